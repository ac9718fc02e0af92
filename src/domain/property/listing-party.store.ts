import { type Querier, statement } from '../../db/index.ts';
import type { ContactPoint } from '../people/index.ts';
import type { Listing } from './types.ts';

/** An agent, an office or the MLS of a listing, as records of listings show them. */
export type ListingParty = {
  readonly reso_key: string;
  readonly first_name: string | null;
  readonly middle_name: string | null;
  readonly last_name: string | null;
  readonly job_title: string | null;
  readonly license_number: string | null;
  /** an office's */
  readonly name: string | null;
  readonly email: string | null;
  readonly website_url: string | null;
  readonly contact_points: readonly ContactPoint[];
};
export type ListingParties = {
  readonly members: ReadonlyMap<number, ListingParty>;
  readonly offices: ReadonlyMap<number, ListingParty>;
  readonly mls: ReadonlyMap<number, ListingParty>;
};

/** The columns of a listing that name its people. */
type Named = Pick<
  Listing,
  | 'list_member_id'
  | 'co_list_member_id'
  | 'buyer_member_id'
  | 'co_buyer_member_id'
  | 'list_office_id'
  | 'co_list_office_id'
  | 'mls_id'
>;

const NO_PERSON = 'null as first_name, null as middle_name, null as last_name, null as job_title, null as license_number';
const byIds = statement<ListingParty & { kind: keyof ListingParties; id: number }>(
  'property.parties',
  `select 'members' as kind, m.id, m.reso_key, m.first_name, m.middle_name, m.last_name, m.job_title, m.license_number, null as name,
          m.email, m.website_url, m.contact_points
   from member m where m.org_id = $1 and m.id = any ($2::bigint[])
   union all
   select 'offices', o.id, o.reso_key, ${NO_PERSON}, o.name, o.email, null, o.contact_points
   from office o where o.org_id = $1 and o.id = any ($3::bigint[])
   union all
   select 'mls', l.id, l.reso_key, ${NO_PERSON}, l.name, null, null, '[]'
   from mls l where l.org_id = $1 and l.id = any ($4::bigint[])`,
);

const distinct = (ids: readonly (number | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** Agents, offices and MLSs of a page of listings: one statement. */
export async function listParties(q: Querier, orgId: number, listings: readonly Named[]): Promise<ListingParties> {
  const members = listings.flatMap((row) => [
    row.list_member_id,
    row.co_list_member_id,
    row.buyer_member_id,
    row.co_buyer_member_id,
  ]);
  const offices = listings.flatMap((row) => [row.list_office_id, row.co_list_office_id]);
  const mls = listings.map((row) => row.mls_id);
  const rows = listings.length === 0 ? [] : await q.rows(byIds, [orgId, distinct(members), distinct(offices), distinct(mls)]);
  const of = (kind: keyof ListingParties) => new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row]));
  return { members: of('members'), offices: of('offices'), mls: of('mls') };
}
