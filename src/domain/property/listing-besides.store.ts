import { type Querier, statement } from '../../db/index.ts';
import type { OrganisationSettings } from '../orgs/index.ts';
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

/** First tours of a listing: one that names its agent, one that does not. */
export type TourLinks = { readonly branded: string | null; readonly unbranded: string | null };
type Site = NonNullable<OrganisationSettings['site']>;

/** What records of listings show beside the listings' own columns. */
export type ListingBesides = {
  readonly parties: ListingParties;
  readonly tours: ReadonlyMap<number, TourLinks>;
  /** how the brokerage shows itself */
  readonly site: Site;
};
/** What of it is wanted; the rest is left empty, and nothing is asked where nothing is. */
export type WantedBesides = { readonly parties?: boolean; readonly tours?: boolean; readonly site?: boolean };

const person = `'first_name', m.first_name, 'middle_name', m.middle_name, 'last_name', m.last_name, 'job_title', m.job_title,
  'license_number', m.license_number`;
const NOBODY = `'first_name', null, 'middle_name', null, 'last_name', null, 'job_title', null, 'license_number', null`;
const first = (which: string) => `(array_agg(t.link order by t.position, t.id) filter (where ${which}))[1]`;
type BesideRow =
  | { readonly kind: keyof ListingParties; readonly id: number; readonly facts: ListingParty }
  | { readonly kind: 'tours'; readonly id: number; readonly facts: TourLinks }
  | { readonly kind: 'site'; readonly id: number; readonly facts: Site | null };
const besides = statement<BesideRow>(
  'property.besides',
  `select 'members' as kind, m.id, jsonb_build_object('reso_key', m.reso_key, ${person}, 'name', null, 'email', m.email,
     'website_url', m.website_url, 'contact_points', m.contact_points) as facts
   from member m where m.org_id = $1 and m.id = any ($2::bigint[])
   union all
   select 'offices', o.id, jsonb_build_object('reso_key', o.reso_key, ${NOBODY}, 'name', o.name, 'email', o.email,
     'website_url', null, 'contact_points', o.contact_points)
   from office o where o.org_id = $1 and o.id = any ($3::bigint[])
   union all
   select 'mls', l.id, jsonb_build_object('reso_key', l.reso_key, ${NOBODY}, 'name', l.name, 'email', null, 'website_url', null,
     'contact_points', '[]'::jsonb)
   from mls l where l.org_id = $1 and l.id = any ($4::bigint[])
   union all
   select 'tours', t.property_id, jsonb_build_object('branded', ${first('t.branded')}, 'unbranded', ${first('t.branded is not true')})
   from media t where t.org_id = $1 and t.property_id = any ($5::bigint[]) and t.kind = 'tour' and t.deleted_at is null
     and t.archived_at is null
   group by t.property_id
   union all
   select 'site', g.id, g.settings -> 'site' from organisation g where g.id = $1 and $6::boolean`,
);

const distinct = (ids: readonly (number | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** Agents, offices, MLSs and tours of a page of listings, and how their brokerage shows itself: one statement, at most. */
export async function readBesides(
  q: Querier,
  orgId: number,
  listings: readonly (Named & Pick<Listing, 'id'>)[],
  { parties = false, tours = false, site = false }: WantedBesides,
): Promise<ListingBesides> {
  const named = parties ? listings : [];
  const members = named.flatMap((row) => [
    row.list_member_id,
    row.co_list_member_id,
    row.buyer_member_id,
    row.co_buyer_member_id,
  ]);
  const offices = named.flatMap((row) => [row.list_office_id, row.co_list_office_id]);
  const mls = named.map((row) => row.mls_id);
  const toured = tours ? listings.map(({ id }) => id) : [];
  const isAsked = listings.length > 0 && (parties || tours || site);
  const rows = isAsked ? await q.rows(besides, [orgId, distinct(members), distinct(offices), distinct(mls), toured, site]) : [];
  const of = (kind: keyof ListingParties) => new Map(rows.flatMap((row) => (row.kind === kind ? [[row.id, row.facts]] : [])));
  return {
    parties: { members: of('members'), offices: of('offices'), mls: of('mls') },
    tours: new Map(rows.flatMap((row) => (row.kind === 'tours' ? [[row.id, row.facts]] : []))),
    site: rows.flatMap((row) => (row.kind === 'site' && row.facts ? [row.facts] : []))[0] ?? {},
  };
}
