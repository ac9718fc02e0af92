import { type Catalogue, type Field, milesFromSql } from '../../db/index.ts';
import type { Point, ValueType } from '../../kernel/condition.ts';

/** RESO's names, and the codes of the option list property_type: closed lists both. */
const STANDARD_STATUSES = [
  'Active',
  'ActiveUnderContract',
  'Canceled',
  'Closed',
  'ComingSoon',
  'Delete',
  'Expired',
  'Hold',
  'Incomplete',
  'Pending',
  'Withdrawn',
] as const;
const TYPE_CODES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const placeOf = (p: string) => ({ latitude: `${p}.latitude`, longitude: `${p}.longitude` });

/** What is asked of listings, whichever door asks; `p` is the property. */
export function listingFields(p: string) {
  const column = (type: ValueType, name: string, more: Partial<Field> = {}): Field => ({ sql: `${p}.${name}`, type, ...more });
  const text = (name: string) => column('text', name, { caseless: true });
  const key = (table: 'member' | 'office' | 'mls', id: string): Field => ({
    sql: `(select k.reso_key from ${table} k where k.org_id = ${p}.org_id and k.id = ${p}.${id})`,
    type: 'text',
    refers: { id: `${p}.${id}`, table },
  });
  return {
    id: column('integer', 'id', { required: true }),
    reso_key: column('text', 'reso_key', { required: true, refers: { id: `${p}.id`, table: 'property' } }),
    listing_number: column('text', 'listing_number', { caseless: `${p}.listing_number_key`, required: true }),
    mls_key: key('mls', 'mls_id'),
    standard_status: column('text', 'standard_status', { caseless: true, words: STANDARD_STATUSES, absent: 'Incomplete' }),
    mls_status: text('mls_status'),
    property_type: column('text', 'type_code', { caseless: true, words: TYPE_CODES, required: true }),
    property_sub_type: text('property_sub_type'),
    list_price: column('decimal', 'list_price'),
    original_list_price: column('decimal', 'original_list_price'),
    close_price: column('decimal', 'close_price'),
    street_number: text('street_number'),
    street_dir_prefix: text('street_dir_prefix'),
    street_name: text('street_name'),
    street_suffix: text('street_suffix'),
    street_dir_suffix: text('street_dir_suffix'),
    unit_number: text('unit_number'),
    city: text('city'),
    state_or_province: text('state_or_province'),
    postal_code: text('postal_code'),
    county: text('county'),
    subdivision: text('subdivision'),
    mls_area_minor: text('mls_area_minor'),
    first_line: text('first_line'),
    latitude: column('decimal', 'latitude'),
    longitude: column('decimal', 'longitude'),
    bedrooms: column('integer', 'bedrooms'),
    bathrooms_total: column('decimal', 'bathrooms_total'),
    bathrooms_full: column('integer', 'bathrooms_full'),
    bathrooms_half: column('integer', 'bathrooms_half'),
    bathrooms_three_quarter: column('integer', 'bathrooms_three_quarter'),
    living_area_sqft: column('decimal', 'living_area_sqft'),
    year_built: column('integer', 'year_built'),
    lot_acres: column('decimal', 'lot_acres'),
    parking_spaces: column('integer', 'parking_spaces'),
    basement: text('basement'),
    school_district: text('school_district'),
    hoa_fee: column('decimal', 'hoa_fee'),
    public_remarks: text('public_remarks'),
    list_date: column('date', 'list_date'),
    contingent_date: column('date', 'contingent_date'),
    pending_date: column('date', 'pending_date'),
    close_date: column('date', 'close_date'),
    cancel_date: column('date', 'cancel_date'),
    withdraw_date: column('date', 'withdraw_date'),
    expiration_date: column('date', 'expiration_date'),
    created_at: column('datetime', 'created_at', { required: true }),
    listing_changed_at: column('datetime', 'listing_changed_at', { required: true }),
    status_changed_at: column('datetime', 'status_changed_at'),
    price_changed_at: column('datetime', 'price_changed_at'),
    list_agent_key: key('member', 'list_member_id'),
    co_list_agent_key: key('member', 'co_list_member_id'),
    buyer_agent_key: key('member', 'buyer_member_id'),
    co_buyer_agent_key: key('member', 'co_buyer_member_id'),
    list_office_key: key('office', 'list_office_id'),
    co_list_office_key: key('office', 'co_list_office_id'),
  } as const satisfies Record<string, Field>;
}

const FIELDS = listingFields('p');

/** Names that listings can be filtered and sorted by, with their types: what doors translate to. */
export const LISTING_FIELDS: Readonly<Record<string, { readonly type: ValueType }>> = {
  ...FIELDS,
  next_open_house: { type: 'datetime' },
};
export type ListingField = keyof typeof FIELDS | 'next_open_house';

/** Open houses of the public that are not over. */
export const comingOpenHouses = (now: Date, more = '') =>
  `from open_house o where o.org_id = p.org_id and o.property_id = p.id and o.deleted_at is null and o.audience = 'public'
   and o.ends_at > '${now.toISOString()}'::timestamptz${more}`;

/** Over `property p`; `now` decides which open house is the next one. */
export const listingCatalogue = (orgId: number, now: Date): Catalogue => ({
  orgId,
  id: 'p.id',
  place: placeOf('p'),
  fields: { ...FIELDS, next_open_house: { sql: `(select min(o.starts_at) ${comingOpenHouses(now)})`, type: 'datetime' } },
});

/** Miles on the ground from a point of ours. */
export const milesSql = (from: Point): string => milesFromSql(placeOf('p'), from);
