import type { RelatedParty } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { among, containsAny, pointOf, some, starts, words } from '../../../wire/resource/conditions.ts';
import { computed, type Mapping } from '../../../wire/resource/mapping.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';
import { showAddress } from './address.ts';
import { contactPhones, workPhones } from './points.ts';

const readOf = (mapping: Mapping, row: Row): unknown => (mapping.kind === 'computed' ? mapping.read(row) : null);

const nameOf = ({ kind, title, first_name, surname }: RelatedParty) =>
  kind === 'company' ? surname : [title, first_name, surname].filter((part) => part).join(' ');

/** A contact or company, flattened: an item of `related` (contracts/reapit.md §4.3). */
export function showRelated(party: RelatedParty) {
  const isCompany = party.kind === 'company';
  const points = { id: 0, code: '', version: 0, contact_points: party.contact_points };
  const places: Readonly<Record<string, Mapping>> = isCompany ? workPhones : contactPhones;
  return {
    ...Object.fromEntries(Object.entries(places).map(([name, mapping]) => [name, readOf(mapping, points)])),
    id: party.code,
    name: nameOf(party),
    title: party.title,
    forename: party.first_name,
    surname: isCompany ? null : party.surname,
    dateOfBirth: party.extras.reapit?.dateOfBirth ?? null,
    type: party.kind,
    email: party.email,
    marketingConsent: party.marketing_consent,
    fromArchive: party.archived,
    isMain: party.is_main,
    primaryAddress: showAddress(party.address),
  };
}

const partiesOf = (row: Row) => (row.related ?? []) as readonly RelatedParty[];

type NewRelated = {
  readonly associatedId?: string | null;
  readonly associatedType?: string | null;
  readonly isMain?: boolean | null;
};

/** The first is the primary one, unless another says that it is (contracts/reapit.md §1.9, §4.3 landlords). */
const mainFirst = (list: readonly NewRelated[]) => {
  const main = list.find(({ isMain }) => isMain === true);
  return main ? [main, ...list.filter((one) => one !== main)] : list;
};

/** `related` of groups that contacts and companies stand behind: named when the row is made, then its relationships are written below it. */
export const relatedField = computed<readonly NewRelated[]>({
  read: (row) => partiesOf(row).map(showRelated),
  write: (list) => ({
    parties: mainFirst(list).flatMap(({ associatedType, associatedId }) =>
      associatedId ? [{ kind: associatedType ?? null, code: associatedId }] : [],
    ),
  }),
  refers: (list, at) =>
    list.flatMap(({ associatedType, associatedId }, i) =>
      associatedId ? [{ at: `${at}[${i}].associatedId`, to: { noun: associatedType ?? 'contact' }, code: associatedId }] : [],
    ),
});

function nameIs([name = '']: readonly string[], query: ReadQuery) {
  const text = name.trim().toLowerCase();
  switch (query.nameType?.[0]) {
    case 'surname':
      return some('parties', starts('surname_key', text));
    case 'initials':
      return some('parties', starts('initials', text.replaceAll(/\s/g, '')));
    case 'companyName':
      return some('parties', words('company_name', text));
    default:
      return some('parties', words('name_text', text));
  }
}

const emailIs = (values: readonly string[]) => some('parties', among('email', values));

/** Filters over `related`: one of them meets it on its own (contracts/reapit.md §1.5). */
export const relatedFilters = {
  name: nameIs,
  address: ([text = '']: readonly string[]) => some('parties', words('address_text', text)),
  contactDetail: (values: readonly string[]) => some('parties', containsAny('points', values.map(pointOf))),
  email: emailIs,
  emailAddresses: emailIs,
};
