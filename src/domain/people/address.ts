import type { Address } from './types.ts';

const joined = (...parts: (string | undefined)[]) => parts.filter((part) => part).join(' ') || undefined;

/** One line: number and street, then unit, building (domain-people §1.7). */
export const streetLine = (address: Address) =>
  joined(address.street_number, address.street_name, address.unit_number, address.building_name);

/** The state, else the county. */
export const regionOf = (address: Address) => address.state_or_province || address.county || undefined;

/** As typed, else the code. */
export const countryOf = (address: Address) => address.country_text || address.country || undefined;

const NAMES: Record<string, string> = {
  us: 'US',
  usa: 'US',
  'united states': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'united kingdom': 'GB',
  gb: 'GB',
  'great britain': 'GB',
  ca: 'CA',
  canada: 'CA',
  ie: 'IE',
  ireland: 'IE',
  au: 'AU',
  australia: 'AU',
};

const without = (address: Address, ...members: (keyof Address)[]): Address => {
  const rest = { ...address };
  for (const member of members) delete rest[member];
  return rest;
};

export type AddressLineChange = {
  street?: string | null;
  city?: string | null;
  region?: string | null;
  postalCode?: string | null;
  country?: string | null;
};

/** Sets a member, or takes it out. */
const put = (address: Address, member: keyof Address, value: string | null): Address =>
  value === null ? without(address, member) : { ...address, [member]: value };

/**
 * Writes the members that a door with one street line knows. A new line goes whole to street_name; null clears what was shown and what
 * would show in its place. What the door answers already is not written again (echo).
 */
export function writeAddressLine(address: Address, change: AddressLineChange): Address {
  let next = address;
  if (change.street !== undefined && change.street !== (streetLine(address) ?? null)) {
    next = without(next, 'street_number', 'unit_number', 'building_name');
    next = put(next, 'street_name', change.street);
  }
  if (change.city !== undefined) next = put(next, 'city', change.city);
  if (change.postalCode !== undefined) next = put(next, 'postal_code', change.postalCode);
  if (change.region !== undefined && change.region !== (regionOf(address) ?? null)) {
    if (change.region === null) next = without(next, 'state_or_province', 'county');
    else next = { ...next, state_or_province: change.region };
  }
  if (change.country !== undefined && change.country !== (countryOf(address) ?? null)) {
    next = without(next, 'country', 'country_text');
    if (change.country !== null) {
      const code = NAMES[change.country.trim().toLowerCase()];
      next = { ...next, country_text: change.country, ...(code ? { country: code } : {}) };
    }
  }
  return next;
}
