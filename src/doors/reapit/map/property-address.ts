import type { Change, Row } from '../../../kernel/record.ts';
import { computed } from '../../../wire/resource/mapping.ts';

type Text = string | null;
export type AddressColumns = {
  readonly building_name: Text;
  readonly unit_number: Text;
  readonly street_number: Text;
  readonly street_dir_prefix: Text;
  readonly street_name: Text;
  readonly street_suffix: Text;
  readonly street_dir_suffix: Text;
  readonly address_line2: Text;
  readonly city: Text;
  readonly county: Text;
  readonly state_or_province: Text;
  readonly postal_code: Text;
  readonly country: Text;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** what follows from the place, where rows came with it */
  readonly local_time_zone?: Text | undefined;
};

type Place = { readonly latitude?: number | null; readonly longitude?: number | null };
export type PropertyAddress = {
  readonly buildingName?: Text;
  readonly buildingNumber?: Text;
  readonly line1?: Text;
  readonly line2?: Text;
  readonly line3?: Text;
  readonly line4?: Text;
  readonly postcode?: Text;
  readonly countryId?: Text;
  readonly geolocation?: Place | null;
  readonly localTimeZone?: Text;
};

/** Null if there is nothing at all; empty text is text. */
function join(glue: string, ...parts: readonly Text[]): Text {
  const said = parts.filter((part) => part !== null && part !== undefined);
  return said.length === 0 ? null : said.filter((part) => part !== '').join(glue);
}

const lineOne = (row: AddressColumns) =>
  join(' ', row.street_dir_prefix, row.street_name, row.street_suffix, row.street_dir_suffix);
const lineFour = (row: AddressColumns) => join(', ', row.county, row.state_or_province);

/** AddressColumns of a property in this door's lines (domain-property §3.1). */
export function showPropertyAddress(row: AddressColumns): PropertyAddress {
  const { latitude, longitude } = row;
  return {
    buildingName: row.building_name ?? row.unit_number,
    buildingNumber: row.street_number,
    line1: lineOne(row),
    line2: row.address_line2,
    line3: row.city,
    line4: lineFour(row),
    postcode: row.postal_code,
    countryId: row.country,
    localTimeZone: row.local_time_zone ?? null,
    geolocation: latitude === null && longitude === null ? null : { latitude, longitude },
  };
}

/** The lines as one text: of a conveyancing, say. */
export const addressLine = (row: AddressColumns): Text =>
  join(
    ' ',
    ...(({ buildingName, buildingNumber, line1, line2, line3, line4, postcode }: PropertyAddress) =>
      [buildingName, buildingNumber, line1, line2, line3, line4, postcode].map((part) => part || null))(showPropertyAddress(row)),
  );

const PLAIN = {
  buildingNumber: 'street_number',
  line2: 'address_line2',
  line3: 'city',
  postcode: 'postal_code',
  countryId: 'country',
} as const;

/** On a row with a state the line is split at its last comma, else all of it is the county. */
function splitFour(line: Text, state: Text): Change {
  const at = line !== null && state ? line.lastIndexOf(', ') : -1;
  if (line === null || at < 0) return { county: line, state_or_province: null };
  return { county: line.slice(0, at), state_or_province: line.slice(at + 2) };
}

/** What differs from what this door shows; the rest stays as other doors wrote it. */
export function writePropertyAddress(row: AddressColumns, next: PropertyAddress): Change {
  const shown = showPropertyAddress(row);
  const differs = (name: Exclude<keyof PropertyAddress, 'geolocation' | 'localTimeZone'>) =>
    name in next && (next[name] ?? null) !== (shown[name] ?? null);
  const change: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(PLAIN))
    if (differs(name as keyof typeof PLAIN)) change[column] = next[name as keyof typeof PLAIN] ?? null;
  if (differs('line1'))
    Object.assign(change, {
      street_name: next.line1 ?? null,
      street_dir_prefix: null,
      street_suffix: null,
      street_dir_suffix: null,
    });
  // Null clears what was shown, and what would show in its place.
  if (differs('buildingName'))
    Object.assign(change, { building_name: next.buildingName ?? null, ...(next.buildingName ? {} : { unit_number: null }) });
  if (differs('line4')) Object.assign(change, splitFour(next.line4 ?? null, row.state_or_province));
  if ('geolocation' in next)
    Object.assign(change, { latitude: next.geolocation?.latitude ?? null, longitude: next.geolocation?.longitude ?? null });
  return change;
}

const asColumns = (row: Row) => row as unknown as AddressColumns;
const COLUMNS = Object.values(PLAIN);

/** The member `address` of properties; whatever lies in it lies in a column of its own. */
export const propertyAddress = computed<PropertyAddress | null>({
  columns: ['street_name', 'building_name', 'county', 'latitude', ...COLUMNS],
  read: (row) => showPropertyAddress(asColumns(row)),
  write: (next, row) =>
    writePropertyAddress(
      asColumns(row),
      next ?? {
        buildingName: null,
        buildingNumber: null,
        line1: null,
        line2: null,
        line3: null,
        line4: null,
        postcode: null,
        countryId: null,
        geolocation: null,
      },
    ),
});
