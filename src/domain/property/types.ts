import type { Insertable, Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';

export type Property = Selectable<Tables['property']>;
/** Columns of a new property; the store fills the derived ones. */
export type NewProperty = Omit<
  Insertable<Tables['property']>,
  | 'org_id'
  | 'code'
  | 'reso_key'
  | 'mls_id'
  | 'listing_number'
  | 'created_door'
  | 'created_by'
  | 'first_line'
  | 'address_text'
  | 'address_sort'
  | 'place_key'
> & { mls_id?: number; listing_number?: string };

/** What records of listings are made of; the rest of the row is other doors'. */
export const LISTING_COLUMNS = [
  'id',
  'reso_key',
  'mls_id',
  'listing_number',
  'street_number',
  'street_dir_prefix',
  'street_name',
  'street_suffix',
  'street_dir_suffix',
  'unit_number',
  'city',
  'postal_code',
  'county',
  'state_or_province',
  'latitude',
  'longitude',
  'subdivision',
  'mls_area_minor',
  'school_district',
  'first_line',
  'property_sub_type',
  'type_code',
  'styles',
  'parking',
  'special_features',
  'bedrooms',
  'bathrooms_total',
  'bathrooms_full',
  'bathrooms_half',
  'bathrooms_three_quarter',
  'living_area_sqft',
  'lot_acres',
  'year_built',
  'parking_spaces',
  'basement',
  'rooms',
  'standard_status',
  'mls_status',
  'list_price',
  'original_list_price',
  'close_price',
  'list_date',
  'contingent_date',
  'pending_date',
  'close_date',
  'cancel_date',
  'withdraw_date',
  'expiration_date',
  'list_member_id',
  'co_list_member_id',
  'buyer_member_id',
  'co_buyer_member_id',
  'list_office_id',
  'co_list_office_id',
  'agents',
  'is_external',
  'headline',
  'public_remarks',
  'hoa_fee',
  'price_changed_at',
  'status_changed_at',
  'listing_changed_at',
  'extras',
] as const satisfies readonly (keyof Property)[];
export type Listing = Pick<Property, (typeof LISTING_COLUMNS)[number]>;

/** An agent who is no member of the brokerage, as the MLS told. */
export type OutsideAgent = {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly phone?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly mls_number?: string;
  readonly license?: string;
};
export type OutsideOffice = {
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly mls_number?: string;
};
/** What `property.agents` holds: whoever is not named by a column (domain-property §3.3). */
export type OutsideParties = {
  readonly list_agent?: OutsideAgent;
  readonly co_list_agent?: OutsideAgent;
  readonly buyer_agent?: OutsideAgent;
  readonly co_buyer_agent?: OutsideAgent;
  /** who stands in for the list agent */
  readonly back_agent?: OutsideAgent;
  readonly list_office?: OutsideOffice;
  readonly co_list_office?: OutsideOffice;
};

/** A listing that something hangs on. */
export type ListingRef = Pick<Property, 'id' | 'reso_key' | 'first_line' | 'latitude' | 'longitude' | 'extras'>;
