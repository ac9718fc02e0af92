import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';
import type { lookupsService } from '../lookup/index.ts';
import type { MarketOfRow } from './market.ts';

type Lookups = ReturnType<typeof lookupsService>;

export type MarketFigures = Readonly<Record<Figure, number | null>>;
type Figure =
  | 'active_count'
  | 'new_count'
  | 'pending_count'
  | 'sold_count'
  | 'average_list_price'
  | 'median_list_price'
  | 'average_sold_price'
  | 'median_sold_price'
  | 'min_price'
  | 'max_price'
  | 'average_days_on_market'
  | 'price_per_square_foot'
  | 'months_of_inventory'
  | 'list_to_sold_ratio';

// A period that is not said is the last thirty days; sold are those that closed in it.
const figures = statement<MarketFigures>(
  'site.market_figures',
  `with span as (select coalesce($8::date, $10::date - 30) as since, coalesce($9::date, $10::date) as till),
   market as (
     select p.*, coalesce(p.standard_status, 'Incomplete') as state,
       coalesce(p.standard_status = 'Closed' and p.close_date between span.since and span.till, false) as sold,
       coalesce(p.standard_status, '') in ('Active', 'ComingSoon') as on_sale,
       span.since, span.till
     from property p, span where p.org_id = $1 and p.deleted_at is null and p.listed
       and ($2::text is null or case $3::text when 'area' then lower(p.mls_area_minor) when 'county' then lower(p.county) when 'zip_code' then lower(p.postal_code)
         when 'town' then lower(p.city) end = lower($2)
         or ($3 is null and lower($2) in (lower(p.city), lower(p.mls_area_minor), lower(p.county), lower(p.postal_code))))
       and ($4::text[] is null or p.type_code = any ($4)) and ($5::numeric is null or p.list_price >= $5) and ($6::numeric is null or p.list_price <= $6)
       and ($7::int is null or p.bedrooms >= $7))
   select count(*) filter (where on_sale)::int as active_count,
     count(*) filter (where on_sale and list_date between since and till)::int as new_count,
     count(*) filter (where state in ('Pending', 'ActiveUnderContract'))::int as pending_count,
     count(*) filter (where sold)::int as sold_count,
     round(avg(list_price) filter (where on_sale), 2) as average_list_price,
     round((percentile_cont(0.5) within group (order by list_price) filter (where on_sale))::numeric, 2) as median_list_price,
     round(avg(close_price) filter (where sold), 2) as average_sold_price,
     round((percentile_cont(0.5) within group (order by close_price) filter (where sold))::numeric, 2) as median_sold_price,
     min(list_price) filter (where on_sale) as min_price, max(list_price) filter (where on_sale) as max_price,
     round(avg(coalesce(close_date, till) - list_date) filter (where on_sale or sold), 1) as average_days_on_market,
     round(avg(list_price / nullif(living_area_sqft, 0)) filter (where on_sale), 2) as price_per_square_foot,
     round(count(*) filter (where on_sale) / nullif(count(*) filter (where sold) / (greatest(1, max(till) - max(since)) / 30.0), 0), 1) as months_of_inventory,
     round(avg(close_price / nullif(list_price, 0)) filter (where sold), 3) as list_to_sold_ratio
   from market`,
);

export const marketFiguresService = ({ db, clock }: Pick<Ports, 'db' | 'clock'>, lookups: Pick<Lookups, 'options'>) => ({
  /** How a market stands, of the listings that the site shows. A type that nobody knows is no listing's. */
  async marketFigures(actor: Actor, market: MarketOfRow): Promise<MarketFigures> {
    const { location, location_type, property_types, min_price, max_price, min_bedrooms, period_start, period_end } = market;
    const wanted = new Set(property_types.map((name) => name.toLowerCase()));
    const { property_type: types } = await lookups.options(actor, ['property_type']);
    const codes = types.filter(({ name }) => wanted.has(name.toLowerCase())).map(({ code }) => code);
    const [row] = await db.rows(figures, [
      actor.orgId,
      location_type === 'polygon' ? null : location,
      location_type,
      wanted.size === 0 ? null : codes,
      min_price,
      max_price,
      min_bedrooms,
      period_start,
      period_end,
      clock.now().toISOString().slice(0, 10),
    ]);
    return row as MarketFigures;
  },
});
export type MarketFiguresOf = ReturnType<typeof marketFiguresService>['marketFigures'];
