import type { ListName } from '../../domain/index.ts';
import type { Role } from './access.ts';

/** The vendor's types of fields (contracts/spark.md §2). */
export type FieldType = 'Character' | 'Integer' | 'Decimal' | 'Boolean' | 'Date' | 'Datetime';

export type StandardField = {
  readonly type: FieldType;
  /** the field of the domain's listing catalogue behind it; a member without one can be neither filtered nor sorted by */
  readonly field?: string;
  /** a long text is filtered, never sorted by (§7) */
  readonly long?: true;
  /** where FieldList comes from: a list of `lookup`, or what the listings say */
  readonly list?: { readonly lookup: ListName } | 'values';
  /** of what is built: land has none */
  readonly built?: true;
  /** roles that get `"********"` and cannot filter or sort by it */
  readonly hidden?: readonly Role[];
};

/** What only members of the MLS read. */
const TRADE_ONLY: readonly Role[] = ['idx', 'public', 'vow', 'portal'];
/** Prices of closed sales are for people who are known: Ohio's are, but other states do not disclose them. */
const ANONYMOUS: readonly Role[] = ['idx', 'public'];

const text = (field?: string, more: Omit<StandardField, 'type' | 'field'> = {}): StandardField => ({
  type: 'Character',
  ...(field === undefined ? {} : { field }),
  ...more,
});
const decimal = (field: string, more: Omit<StandardField, 'type' | 'field'> = {}): StandardField => ({
  type: 'Decimal',
  field,
  ...more,
});
const integer = (field: string): StandardField => ({ type: 'Integer', field, built: true });
const date = (field: string, more: Omit<StandardField, 'type' | 'field'> = {}): StandardField => ({
  type: 'Date',
  field,
  ...more,
});
const datetime = (field: string): StandardField => ({ type: 'Datetime', field });

const AGENT_PARTS = [
  'FirstName',
  'MiddleName',
  'LastName',
  'PreferredPhone',
  'PreferredPhoneExt',
  'OfficePhone',
  'OfficePhoneExt',
  'CellPhone',
  'DirectPhone',
  'TollFreePhone',
  'Fax',
  'Pager',
  'VoiceMail',
  'VoiceMailExt',
  'Email',
  'URL',
  'StateLicense',
  'Designation',
] as const;
const OFFICE_PARTS = ['Name', 'Phone', 'PhoneExt', 'Fax', 'Email', 'URL'] as const;
export type AgentPart = (typeof AGENT_PARTS)[number];
export type OfficePart = (typeof OFFICE_PARTS)[number];

/** Members that a member's or an office's record fills: shown, never filtered by. */
const shown = <P extends string, S extends string>(prefix: P, parts: readonly S[]) =>
  Object.fromEntries(parts.map((part) => [prefix + part, text()])) as Record<`${P}${S}`, StandardField>;

/**
 * Every member of StandardFields, in the order in which records show them (contracts/spark.md §10.2): what metadata says, SparkQL
 * understands and the map of a listing fills.
 */
export const STANDARD_FIELDS = {
  ListingKey: text('reso_key'),
  ListingId: text('listing_number'),
  MlsId: text('mls_key'),
  StandardStatus: text('standard_status', { list: { lookup: 'standard_status' } }),
  MlsStatus: text('mls_status', { list: { lookup: 'mls_status' } }),
  PropertyType: text('property_type', { list: { lookup: 'property_type' } }),
  PropertySubType: text('property_sub_type', { list: { lookup: 'property_sub_type' } }),
  ListPrice: decimal('list_price'),
  OriginalListPrice: decimal('original_list_price'),
  ClosePrice: decimal('close_price', { hidden: ANONYMOUS }),
  StreetNumber: text('street_number'),
  StreetDirPrefix: text('street_dir_prefix', { list: 'values' }),
  StreetName: text('street_name'),
  StreetSuffix: text('street_suffix', { list: 'values' }),
  StreetDirSuffix: text('street_dir_suffix', { list: 'values' }),
  StreetAdditionalInfo: text('unit_number'),
  City: text('city', { list: 'values' }),
  StateOrProvince: text('state_or_province', { list: 'values' }),
  PostalCode: text('postal_code', { list: 'values' }),
  CountyOrParish: text('county', { list: 'values' }),
  SubdivisionName: text('subdivision', { list: 'values' }),
  MLSAreaMinor: text('mls_area_minor', { list: 'values' }),
  UnparsedFirstLineAddress: text('first_line'),
  UnparsedAddress: text(),
  Latitude: decimal('latitude'),
  Longitude: decimal('longitude'),
  BedsTotal: integer('bedrooms'),
  BathsTotal: decimal('bathrooms_total', { built: true }),
  BathsFull: integer('bathrooms_full'),
  BathsHalf: integer('bathrooms_half'),
  BathsThreeQuarter: integer('bathrooms_three_quarter'),
  BuildingAreaTotal: decimal('living_area_sqft', { built: true }),
  YearBuilt: integer('year_built'),
  PublicRemarks: text('public_remarks', { long: true }),
  PrivateRemarks: text(undefined, { hidden: TRADE_ONLY }),
  PrivateOfficeRemarks: text(undefined, { hidden: TRADE_ONLY }),
  Supplement: text(),
  VirtualTourURLBranded: text(),
  VirtualTourURLUnbranded: text(),
  DocumentsCount: { type: 'Integer' },
  OnMarketDate: date('list_date'),
  PendingDate: date('pending_date'),
  CloseDate: date('close_date'),
  CancelDate: date('cancel_date'),
  WithdrawDate: date('withdraw_date'),
  ExpirationDate: date('expiration_date', { hidden: TRADE_ONLY }),
  ModificationTimestamp: datetime('listing_changed_at'),
  StatusChangeTimestamp: datetime('status_changed_at'),
  PriceChangeTimestamp: datetime('price_changed_at'),
  ListAgentId: text('list_agent_key'),
  ...shown('ListAgent', AGENT_PARTS),
  CoListAgentId: text('co_list_agent_key'),
  ...shown('CoListAgent', AGENT_PARTS),
  BuyerAgentId: text('buyer_agent_key'),
  CoBuyerAgentId: text('co_buyer_agent_key'),
  ListOfficeId: text('list_office_key'),
  ...shown('ListOffice', OFFICE_PARTS),
  CoListOfficeId: text('co_list_office_key'),
  ...shown('CoListOffice', OFFICE_PARTS),
} as const satisfies Record<string, StandardField>;

export type StandardFieldName = keyof typeof STANDARD_FIELDS;
const fields: Readonly<Record<StandardFieldName, StandardField>> = STANDARD_FIELDS;
export const STANDARD_FIELD_NAMES = Object.keys(fields) as StandardFieldName[];

/** The field of that name; names are compared as they are written. */
export const findStandardField = (name: string): StandardField | undefined =>
  Object.hasOwn(fields, name) ? fields[name as StandardFieldName] : undefined;

export const isHidden = (field: StandardField, role: Role): boolean => field.hidden?.includes(role) ?? false;
/** Can a caller of this role filter by it? */
export const isSearchable = (field: StandardField, role: Role): boolean => field.field !== undefined && !isHidden(field, role);
export const isSortable = (field: StandardField, role: Role): boolean => isSearchable(field, role) && !field.long;

/** What a hidden value shows, whatever its type (§2). */
export const HIDDEN = '********';
