import { type ContactChange, NEW_CONTACT, shownName } from '../../domain/index.ts';
import type { Person, Stage } from '../stage.ts';
import { eventRow } from './event-rows.ts';
import type { Row } from './insert-rows.ts';

/** A contact that somebody enters at some moment. */
export type Card = {
  readonly id: number;
  readonly by: Person;
  /** false: in nobody's book */
  readonly kept: boolean;
  readonly at: Date;
  readonly values: ContactChange & { readonly last_name: string | null };
  readonly archivedAt?: Date;
};

export type ContactRows = Record<'contact' | 'contact_agent' | 'journal_entry' | 'event', Row[]>;
export const noContactRows = (): ContactRows => ({ contact: [], contact_agent: [], journal_entry: [], event: [] });

/** The rows that the service leaves for a new contact (test/sandbox/bulk.test.ts compares). */
export async function addContactRows(stage: Stage, card: Card, rows: ContactRows): Promise<void> {
  const { id, by, at, values } = card;
  const { first_name = null, last_name = null, company_name = null, email = null } = values;
  const contact = {
    org_id: stage.orgId,
    id,
    code: await stage.codes.mint(stage.orgId, 'contact', by.officeId, at, 11),
    reso_key: stage.mintResoKey(at),
    first_name,
    last_name,
    company_name,
    email,
    contact_points: values.contact_points ?? [],
    primary_address: values.primary_address ?? {},
    member_ids: card.kept ? [by.memberId] : [],
    office_ids: [by.officeId],
    archived_at: card.archivedAt ?? null,
    extras: values.extras ?? {},
    tags: values.tags ?? [],
    created_at: at,
    updated_at: at,
    created_by: by.userId,
    created_door: 'portico',
  };
  rows.contact.push(contact);
  const row_name = shownName({ first_name, last_name, company_name, email });
  const book = {
    org_id: stage.orgId,
    member_id: by.memberId,
    contact_id: id,
    updated_at: at,
    display_key: row_name.toLowerCase(),
  };
  if (card.kept) rows.contact_agent.push(book);
  rows.event.push(
    eventRow(stage.orgId, by, at, { noun: 'contact', row_id: id, row_name, verb: 'created', changed: contact, contact_id: id }),
  );
  noteNew(stage, card, rows);
}

/** The line that the journal gets of it. */
function noteNew(stage: Stage, { id, by, at }: Card, rows: ContactRows): void {
  const entry = {
    org_id: stage.orgId,
    id: stage.nextId('journal_entry'),
    type_code: 'MI',
    associated_kind: 'contact',
    associated_id: id,
    member_id: by.memberId,
    description: NEW_CONTACT,
    extras: {},
    version: 1,
    created_at: at,
    updated_at: at,
    created_by: by.userId,
    created_door: 'portico',
  };
  rows.journal_entry.push(entry);
  const about = { noun: 'journal_entry', row_id: entry.id, row_name: NEW_CONTACT } as const;
  rows.event.push(eventRow(stage.orgId, by, at, { ...about, verb: 'created', changed: entry }));
}
