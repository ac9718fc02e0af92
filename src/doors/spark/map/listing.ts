import type { Listing, ListingParties, OutsideParties, TourLinks } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import type { Role } from '../access.ts';
import { CUSTOM_FIELDS } from '../custom-fields.ts';
import { HIDDEN, isHidden, STANDARD_FIELD_NAMES, STANDARD_FIELDS, type StandardFieldName } from '../standard-fields.ts';
import { agentParts, officeParts } from './listing-party.ts';

export const listingUri = (key: string) => `/v1/listings/${key}`;

/** What else a page of listings has been asked for, each with one statement. */
export type Besides = {
  readonly parties: ListingParties;
  readonly tours: ReadonlyMap<number, TourLinks>;
  readonly documents: ReadonlyMap<number, number>;
};

type Value = string | number | null;
type StandardFields = Record<StandardFieldName, Value>;

const datetime = (at: Date | null) => (at === null ? null : wholeSeconds(at));
const rounded = (value: number | null, digits: number) => (value === null ? null : Number(value.toFixed(digits)));
const joined = (separator: string, ...parts: readonly (string | null | undefined)[]) =>
  parts.filter((part) => part).join(separator);

/** `100 Main St, Fargo, ND 58102` */
const unparsedAddress = (row: Listing): string =>
  joined(', ', row.first_line, row.city, joined(' ', row.state_or_province, row.postal_code));

/** What this door alone was told of a listing, kept in its own words. */
const toldHere = (row: Listing) => (row.extras as { spark?: Readonly<Record<string, unknown>> } | null)?.spark ?? {};
const textIn = (told: Readonly<Record<string, unknown>>, name: string) => (typeof told[name] === 'string' ? told[name] : null);

const prefixed = <P extends string, S extends string>(prefix: P, parts: Readonly<Record<S, Value>>) =>
  Object.fromEntries(Object.entries<Value>(parts).map(([name, value]) => [prefix + name, value])) as Record<`${P}${S}`, Value>;

function partiesOf(row: Listing, { members, offices, mls }: ListingParties) {
  const keyIn = (of: ListingParties['members'], id: number | null) => of.get(id ?? 0)?.reso_key ?? null;
  const outside = row.agents as OutsideParties;
  return {
    MlsId: keyIn(mls, row.mls_id),
    ListAgentId: keyIn(members, row.list_member_id),
    CoListAgentId: keyIn(members, row.co_list_member_id),
    BuyerAgentId: keyIn(members, row.buyer_member_id),
    CoBuyerAgentId: keyIn(members, row.co_buyer_member_id),
    ListOfficeId: keyIn(offices, row.list_office_id),
    CoListOfficeId: keyIn(offices, row.co_list_office_id),
    ...prefixed('ListAgent', agentParts(members.get(row.list_member_id ?? 0), outside.list_agent)),
    ...prefixed('CoListAgent', agentParts(members.get(row.co_list_member_id ?? 0), outside.co_list_agent)),
    ...prefixed('ListOffice', officeParts(offices.get(row.list_office_id ?? 0), outside.list_office)),
    ...prefixed('CoListOffice', officeParts(offices.get(row.co_list_office_id ?? 0), outside.co_list_office)),
  };
}

/** Every member of StandardFields as it is, hidden ones included. */
function valuesOf(row: Listing, besides: Besides): StandardFields {
  const told = toldHere(row);
  const tours = besides.tours.get(row.id);
  return {
    ListingKey: row.reso_key,
    ListingId: row.listing_number,
    StandardStatus: row.standard_status ?? 'Incomplete',
    MlsStatus: row.mls_status,
    PropertyType: row.type_code,
    PropertySubType: row.property_sub_type,
    ListPrice: row.list_price,
    OriginalListPrice: row.original_list_price,
    ClosePrice: row.close_price,
    StreetNumber: row.street_number,
    StreetDirPrefix: row.street_dir_prefix,
    StreetName: row.street_name,
    StreetSuffix: row.street_suffix,
    StreetDirSuffix: row.street_dir_suffix,
    StreetAdditionalInfo: row.unit_number,
    City: row.city,
    StateOrProvince: row.state_or_province,
    PostalCode: row.postal_code,
    CountyOrParish: row.county,
    SubdivisionName: row.subdivision,
    MLSAreaMinor: row.mls_area_minor,
    UnparsedFirstLineAddress: row.first_line,
    UnparsedAddress: unparsedAddress(row),
    Latitude: row.latitude,
    Longitude: row.longitude,
    BedsTotal: row.bedrooms,
    BathsTotal: row.bathrooms_total,
    BathsFull: row.bathrooms_full,
    BathsHalf: row.bathrooms_half,
    BathsThreeQuarter: row.bathrooms_three_quarter,
    BuildingAreaTotal: rounded(row.living_area_sqft, 2),
    YearBuilt: row.year_built,
    PublicRemarks: row.public_remarks,
    PrivateRemarks: textIn(told, 'PrivateRemarks'),
    PrivateOfficeRemarks: textIn(told, 'PrivateOfficeRemarks'),
    Supplement: textIn(told, 'Supplement'),
    VirtualTourURLBranded: tours?.branded ?? null,
    VirtualTourURLUnbranded: tours?.unbranded ?? null,
    DocumentsCount: besides.documents.get(row.id) ?? 0,
    OnMarketDate: row.list_date,
    PendingDate: row.pending_date,
    CloseDate: row.close_date,
    CancelDate: row.cancel_date,
    WithdrawDate: row.withdraw_date,
    ExpirationDate: row.expiration_date,
    ModificationTimestamp: datetime(row.listing_changed_at),
    StatusChangeTimestamp: datetime(row.status_changed_at),
    PriceChangeTimestamp: datetime(row.price_changed_at),
    ...partiesOf(row, besides.parties),
  };
}

/** StandardFields in the order of their table; what the role may not read is eight asterisks, whatever its type (§2). */
export function toStandardFields(row: Listing, role: Role, besides: Besides): Record<string, Value> {
  const values = valuesOf(row, besides);
  return Object.fromEntries(
    STANDARD_FIELD_NAMES.map((name) => [name, isHidden(STANDARD_FIELDS[name], role) ? HIDDEN : values[name]]),
  );
}

type CustomValue = string | number | readonly string[] | null;

/** Groups with their labelled values, in the vendor's nesting: `[{"Main":[{"Features":[{"Style":"Colonial"}]}]}]`. */
function nested(row: Listing, show: (value: CustomValue) => CustomValue | undefined) {
  const groups = Object.entries(CUSTOM_FIELDS).flatMap(([group, fields]) => {
    const shown = Object.entries(fields).flatMap(([label, field]) => {
      const value = show(field.valueOf(row));
      return value === undefined ? [] : [{ [label]: value }];
    });
    return shown.length > 0 ? [{ [group]: shown }] : [];
  });
  return groups.length > 0 ? [{ Main: groups }] : [];
}

/** As people read them: lists in one line, and only what there is. */
export const toCustomFields = (row: Listing) =>
  nested(row, (value) => (value === null ? undefined : typeof value === 'object' ? value.join(', ') : value));
/** As they are kept: lists as lists, and null for what is not told. */
export const toCustomFieldsRaw = (row: Listing) => nested(row, (value) => value);
/** One entry for each value, with where it belongs. */
export const toCustomFieldsExpanded = (row: Listing) =>
  Object.entries(CUSTOM_FIELDS).flatMap(([Group, fields]) =>
    Object.entries(fields).flatMap(([Field, field]) =>
      [field.valueOf(row)].flat().flatMap((Value) => (Value === null ? [] : [{ Group, Field, Type: field.type, Value }])),
    ),
  );

type Room = { readonly name?: unknown; readonly dimensions?: unknown; readonly description?: unknown };
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const toRooms = ({ rooms }: Listing) =>
  (Array.isArray(rooms) ? (rooms as readonly Room[]) : []).map((room) => ({
    Name: textOr(room.name),
    Dimensions: textOr(room.dimensions),
    Description: textOr(room.description),
  }));

/** No status is written through this door, and pictures come by the pages of the house. */
export const toPermissions = (row: Listing, editable: boolean) => ({
  Editable: editable,
  EditableSettings: { StatusChange: false, PriceChange: editable && row.standard_status !== 'Closed', Photos: false },
  AvailableStatusChanges: [],
});
