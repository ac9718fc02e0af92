import { type Querier, statement } from '../../db/index.ts';
import type { ContactPoint } from '../people/index.ts';
import type { Property } from './types.ts';

/** An agent or an office of a listing, as records of listings show them. */
export type ListingParty = {
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
};

/** The columns of a listing that name its people. */
type Named = Pick<Property, 'list_member_id' | 'co_list_member_id' | 'list_office_id' | 'co_list_office_id'>;

const byIds = statement<ListingParty & { kind: 'member' | 'office'; id: number }>(
  'property.parties',
  `select 'member' as kind, m.id, m.first_name, m.middle_name, m.last_name, m.job_title, m.license_number, null as name, m.email,
          m.website_url, m.contact_points
   from member m where m.org_id = $1 and m.id = any ($2::bigint[])
   union all
   select 'office', o.id, null, null, null, null, null, o.name, o.email, null, o.contact_points
   from office o where o.org_id = $1 and o.id = any ($3::bigint[])`,
);

const distinct = (ids: readonly (number | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** Agents and offices of a page of listings: one statement. */
export async function listParties(q: Querier, orgId: number, listings: readonly Named[]): Promise<ListingParties> {
  const memberIds = distinct(listings.flatMap((row) => [row.list_member_id, row.co_list_member_id]));
  const officeIds = distinct(listings.flatMap((row) => [row.list_office_id, row.co_list_office_id]));
  const rows = memberIds.length + officeIds.length === 0 ? [] : await q.rows(byIds, [orgId, memberIds, officeIds]);
  const of = (kind: 'member' | 'office') => new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row]));
  return { members: of('member'), offices: of('office') };
}
