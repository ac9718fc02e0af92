import { type ContactChange, shownName } from '../../domain/index.ts';
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

export type ContactRows = Record<'contact' | 'contact_agent' | 'event', Row[]>;

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
}
