import { sql } from 'kysely';
import type { Actor } from '../../access/actor.ts';
import { build, type Querier, statement } from '../../db/index.ts';
import { type Visibility, visibleSql } from '../property/index.ts';
import type { SharedListing } from './types.ts';

const insert = statement<never>(
  'shared_listing.insert',
  `insert into shared_listing (org_id, id, property_ids, view_id, member_id, contact_id, created_at, created_by, created_door)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

type Made = { readonly id: string; readonly propertyIds: readonly number[]; readonly viewId: string | null; readonly at: Date };

export const insertShared = (q: Querier, { orgId, kind, id, memberId, door }: Actor, made: Made): Promise<unknown> =>
  q.rows(insert, [
    orgId,
    made.id,
    made.propertyIds,
    made.viewId,
    memberId,
    kind === 'contact' ? id : null,
    made.at,
    kind === 'user' ? id : null,
    door,
  ]);

/** With the keys of those of its listings that are seen, in the order in which they were shared. */
export async function findShared(q: Querier, orgId: number, id: string, seen: Visibility): Promise<SharedListing | undefined> {
  const asked = sql<SharedListing>`select s.id, s.view_id, array(
      select p.reso_key::text from unnest(s.property_ids) with ordinality g(id, place)
      join property p on p.id = g.id and ${visibleSql(orgId, seen)} order by g.place) as listing_keys
    from shared_listing s where s.org_id = ${orgId} and s.id = ${id}`;
  return (await q.run(asked.compile(build)))[0];
}

const ids = statement<{ property_ids: number[] }>(
  'shared_listing.ids',
  'select property_ids from shared_listing where org_id = $1 and id = $2',
);
export const findSharedIds = async (q: Querier, orgId: number, id: string): Promise<readonly number[] | undefined> =>
  (await q.rows(ids, [orgId, id]))[0]?.property_ids;

/** What a page says of a listing to somebody nobody knows. */
export type SharedProperty = {
  readonly listing_number: string;
  readonly first_line: string;
  readonly city: string | null;
  readonly state_or_province: string | null;
  readonly postal_code: string | null;
  readonly standard_status: string | null;
  readonly list_price: number | null;
  readonly currency: string;
  readonly to_let: boolean;
  readonly bedrooms: number | null;
  readonly bathrooms_total: number | null;
  readonly living_area_sqft: number | null;
  readonly headline: string | null;
  readonly public_remarks: string | null;
};
/** `broker` is the brokerage that shared it. */
export type SharedPage = { readonly id: string; readonly broker: string; readonly listings: readonly SharedProperty[] };

const open = statement<{ id: string; broker: string; listings: SharedProperty[] }>(
  'shared_listing.open',
  `select s.id, o.name as broker, coalesce((
     select jsonb_agg(jsonb_build_object('listing_number', p.listing_number, 'first_line', p.first_line, 'city', p.city,
       'state_or_province', p.state_or_province, 'postal_code', p.postal_code, 'standard_status', p.standard_status,
       'list_price', p.list_price, 'currency', p.currency, 'to_let', p.list_side = 'lease', 'bedrooms', p.bedrooms,
       'bathrooms_total', p.bathrooms_total, 'living_area_sqft', round(p.living_area_sqft), 'headline', p.headline,
       'public_remarks', p.public_remarks) order by g.place)
     from unnest(s.property_ids) with ordinality g(id, place)
     join property p on p.org_id = s.org_id and p.id = g.id where p.deleted_at is null and p.listed), '[]') as listings
   from shared_listing s join organisation o on o.id = s.org_id and o.deleted_at is null where s.id = $1`,
);
/** By its id alone: that is unique on the server, and all that its address has. */
export const openShared = async (q: Querier, id: string): Promise<SharedPage | undefined> => (await q.rows(open, [id]))[0];
