import { type Querier, statement } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';

/** What Portico itself notes: somebody or something new, a consent that changed, through whichever door. */
export type OwnEntry = {
  readonly kind?: 'contact' | 'applicant' | 'landlord' | 'tenancy' | 'worksOrder';
  readonly id?: number;
  readonly propertyId?: number;
  readonly description: string;
};

/** Of the option list journalEntryTypes: miscellaneous. */
const TYPE = 'MI';

/**
 * Entries and their events as parts of a larger statement, in which $1 is the organisation and $2 … $8 are what events share.
 * @param rows SQL of what is noted: entry_id (null: the next), kind, id, property_id, member_id, created_by, description
 */
export const ownEntries = (rows: string) => `noted as (
     insert into journal_entry (org_id, id, type_code, associated_kind, associated_id, property_id, member_id, description,
                                created_at, updated_at, created_by, created_door)
     select $1, coalesce(n.entry_id, nextval('journal_entry_id_seq')), '${TYPE}', n.kind, n.id, n.property_id, n.member_id, n.description, $3, $3, n.created_by, $4 from (${rows}) n
     returning *),
   noted_event as (
     insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id, noun, row_id, row_name, verb, changed)
     select $1, $2, $3, $4, $5, $6, $7, $8, 'journal_entry', n.id, n.description, 'created', to_jsonb(n) from noted n)`;

const insert = statement<never>(
  'journal_entry.own',
  `with ${ownEntries(`select $15::bigint as entry_id, $9::text as kind, $10::bigint as id, $11::bigint as property_id,
       (select m.id from member m where m.org_id = $1 and m.id = $12) as member_id, $13::bigint as created_by, $14::text as description`)}
   select from noted`,
);

/** Where something is noted: in the transaction of what it tells of. `nextId` is the story's, which has the same ids at each telling. */
export type Noting = { readonly tx: Querier; readonly what: Happening; nextId?(table: string): number | undefined };

/** The entry and its event. */
export async function writeOwnEntry(
  { tx, what, nextId }: Noting,
  { kind, id, propertyId, description }: OwnEntry,
): Promise<void> {
  const { actor } = what;
  await tx.rows(insert, [
    actor.orgId,
    ...shared(what),
    kind ?? null,
    id ?? null,
    propertyId ?? null,
    actor.memberId,
    actor.kind === 'user' ? actor.id : null,
    description,
    nextId?.('journal_entry') ?? null,
  ]);
}
