/** Which market a report is about, as rows say it. */
export type MarketOfRow = {
  readonly location: string | null;
  readonly location_type: string | null;
  /** names */
  readonly property_types: readonly string[];
  readonly min_price: number | null;
  readonly max_price: number | null;
  readonly min_bedrooms: number | null;
  readonly period_start: string | null;
  readonly period_end: string | null;
};

/** That of a lead's order for a report: what it says itself, and for the rest its report. `u` is the row of `market_report_update`. */
export const marketSql = (u: string): string => `(select jsonb_build_object('location', coalesce(${u}.location, r.location),
  'location_type', case when ${u}.location is null or lower(${u}.location) = lower(r.location) then r.location_type end,
  'property_types', case when ${u}.property_types = '{}' then coalesce(r.property_types, '{}') else ${u}.property_types end,
  'min_price', coalesce(${u}.min_price, r.min_price), 'max_price', coalesce(${u}.max_price, r.max_price), 'min_bedrooms', ${u}.min_bedrooms,
  'period_start', r.period_start, 'period_end', r.period_end)
  from (select) o left join market_report r on r.org_id = ${u}.org_id and r.id = ${u}.market_report_id and r.deleted_at is null)`;
