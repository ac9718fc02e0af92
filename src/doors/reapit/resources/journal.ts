import type { Breach } from '../../../kernel/fault.ts';
import { all, among, anyOf, equal, not, present } from '../../../wire/resource/conditions.ts';
import { column } from '../../../wire/resource/mapping.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';
import { creationBreaches } from '../../../wire/resource/rules.ts';
import { groupOf } from '../contract/data.ts';
import { answerEmpty, type Declared, declare, type Model, operation, type Written } from '../desk.ts';
import { groupShape, inMembers, writeOf } from '../write-of.ts';

const KINDS = ['applicant', 'contact', 'company', 'enquiry', 'landlord', 'tenancy', 'worksOrder'];
const associatedIs = (values: readonly string[]) => anyOf(...KINDS.map((kind) => among(`associated_id:${kind}`, values)));

/** Those of tenancies and works orders are listed to who asks for them by that type (contracts/reapit.md §4.3). */
const listed = (query: ReadQuery) =>
  query.associatedType ? undefined : not(among('associated_kind', ['tenancy', 'worksOrder']));

const ENTRY = {
  typeId: column('type_code'),
  associatedType: column('associated_kind'),
  associatedId: column('associated_id'),
  negotiatorId: column('member_id'),
};
const DEFAULTS = { typeId: 'MI' };

const journalEntries = declare('journalEntries', ({ domain }) => ({
  source: domain.records.journalEntry,
  fields: ENTRY,
  filters: { associatedId: associatedIs },
  where: listed,
  defaults: () => DEFAULTS,
}));

/** What happened to landlords' data. Its types are words of the contract and no options of a list, so nothing is linked. */
const landlordJournal = declare('journalEntries/landlords', ({ domain }) => ({
  source: domain.records.journalEntry,
  fields: { landlordId: column('associated_id'), type: column('landlord_kind') },
  filters: { landlordId: (values: readonly string[]) => among('associated_id:landlord', values) },
  where: () => all(present('landlord_kind'), equal('associated_kind', 'landlord')),
  sorts: { typeId: ['landlord_kind'] },
  links: { type: null },
}));

const place = (n: number, member: string | undefined) => `createJournalEntry[${n}].${member}`;
const entriesIn = (body: Model): readonly Model[] =>
  ((body.createJournalEntry ?? []) as readonly Model[]).map((entry) => ({ ...DEFAULTS, ...entry }));

function entryBreaches(body: Model): Breach[] {
  const spec = groupOf('journalEntries');
  return entriesIn(body).flatMap((entry, n) =>
    creationBreaches(spec, spec.create?.fields ?? {}, entry).map((one) => ({ ...one, at: place(n, one.at) })),
  );
}

/** Up to a hundred at once, each checked as one that comes alone: all of them, or none. */
export const addJournalEntries: Written = {
  ...operation('journalEntries/bulk', 'POST', '/journalEntries/bulk', ({ domain: { records } }) => {
    const shape = groupShape('journalEntries', records.journalEntry, ENTRY);
    return async ({ caller: { actor }, body }) => {
      const writes = entriesIn(body).map((entry) => writeOf(shape, entry));
      await records.journalEntry.createAll(actor, writes, (n, at) => place(n, inMembers(shape, at)));
      return answerEmpty(204);
    };
  }),
  check: entryBreaches,
};

export const journalGroups: readonly Declared[] = [journalEntries, landlordJournal];
