import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';

export type LeadCounts = {
  readonly saved_searches_count: number;
  readonly property_views_count: number;
  readonly favorite_properties_count: number;
};

const counts = statement<LeadCounts & { id: number }>(
  'site.lead_counts',
  `select c.id,
     (select count(*)::int from saved_search_contact s where s.org_id = $1 and s.contact_id = c.id and s.deleted_at is null) as saved_searches_count,
     (select count(*)::int from property_view v where v.org_id = $1 and v.contact_id = c.id and v.deleted_at is null) as property_views_count,
     (select count(*)::int from listing_cart k join listing_cart_item i on i.org_id = k.org_id and i.cart_id = k.id and i.deleted_at is null
       where k.org_id = $1 and k.owner_contact_id = c.id and k.type = 'Favorites' and k.deleted_at is null) as favorite_properties_count
   from unnest($2::bigint[]) as c (id)`,
);

export const leadCountsService = ({ db }: Pick<Ports, 'db'>) => ({
  /** What leads have done, by their ids: counted where one is shown, kept nowhere. */
  async leadCounts({ orgId }: Actor, ids: readonly number[]): Promise<ReadonlyMap<number, LeadCounts>> {
    const rows = await db.rows(counts, [orgId, ids]);
    return new Map(rows.map(({ id, ...found }) => [id, found]));
  },
});
