/** Members that several resources share: phones, addresses, numbers in an MLS. */
import { type Address, type ContactPoint, type Places, readPoints, writePoints } from '../../domain/index.ts';
import type { Row } from '../../kernel/record.ts';
import type { Field } from './fields.ts';
import { computed } from './fields.ts';

const pointsOf = (row: Row) => (row.contact_points ?? []) as readonly ContactPoint[];
const addressOf = (row: Row) => (row.address ?? {}) as Address;

type StaffPlace = 'phone' | 'cell_phone' | 'fax';
const STAFF: Places<StaffPlace> = [
  { name: 'phone', kinds: ['main', 'work'], makes: 'main' },
  { name: 'cell_phone', kinds: ['mobile'], makes: 'mobile' },
  { name: 'fax', kinds: ['fax'], makes: 'fax' },
];

/** A phone of staff, an office or a team (domain-people §1.6). */
export const phone = (place: StaffPlace): Field =>
  computed<string | null>('string', 'rw', {
    read: (row) => readPoints(pointsOf(row), STAFF)[place] ?? null,
    write: (value, row) => ({ contact_points: writePoints(pointsOf(row), STAFF, { [place]: value || null }) }),
  });

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' });
const REGION = /^[A-Z]{2}$/;
export const countryName = (code: string | null | undefined): string | null => {
  if (!code) return null;
  return REGION.test(code) ? (COUNTRIES.of(code) ?? code) : code;
};

/** The code of a country that is named in English, or by its code. */
export function countryCode(name: string): string | undefined {
  const asked = name.trim();
  if (/^usa$/i.test(asked)) return 'US';
  if (/^uk$/i.test(asked)) return 'GB';
  for (let first = 65; first <= 90; first++)
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second);
      const known = COUNTRIES.of(code);
      if (known !== code && (known?.toLowerCase() === asked.toLowerCase() || code === asked.toUpperCase())) return code;
    }
  return undefined;
}

const without = (address: Address, ...members: readonly (keyof Address)[]): Address =>
  Object.fromEntries(Object.entries(address).filter(([name]) => !members.includes(name as keyof Address))) as Address;
const put = (address: Address, member: keyof Address, value: string | null): Address =>
  value === null || value === '' ? without(address, member) : { ...address, [member]: value };

export const countryOf = ({ country_text, country }: Address): string | null => country_text || countryName(country);
export const withCountry = (address: Address, value: string | null): Address => {
  const bare = without(address, 'country', 'country_text');
  const code = value ? countryCode(value) : undefined;
  return value ? { ...bare, country_text: value, ...(code === undefined ? {} : { country: code }) } : bare;
};

const part = (
  read: (address: Address) => string | null | undefined,
  write: (address: Address, value: string | null) => Address,
): Field =>
  computed<string | null>('string', 'rw', {
    read: (row) => read(addressOf(row)) || null,
    write: (value, row) => ({ address: write(addressOf(row), value) }),
  });

/** The address of an office: number and street, then unit or building (domain-people §1.7). */
export const officeAddress: Readonly<Record<string, Field>> = {
  address: part(
    ({ street_number, street_name }) => [street_number, street_name].filter((one) => one).join(' '),
    (address, value) => put(without(address, 'street_number'), 'street_name', value),
  ),
  address2: part(
    ({ unit_number, building_name }) => unit_number || building_name,
    (address, value) => put(without(address, 'building_name'), 'unit_number', value),
  ),
  city: part(
    ({ city }) => city,
    (address, value) => put(address, 'city', value),
  ),
  state: part(
    ({ state_or_province, county }) => state_or_province || county,
    (address, value) =>
      value === null ? without(address, 'state_or_province', 'county') : put(address, 'state_or_province', value),
  ),
  zip_code: part(
    ({ postal_code }) => postal_code,
    (address, value) => put(address, 'postal_code', value),
  ),
  country_name: part(countryOf, withCountry),
};

/** What clients send as the numbers of an office or a person in MLSs: objects, or the number alone where the site has one MLS. */
export const mlsNumbers = (name: 'agent_mls_id' | 'office_mls_id') => (value: readonly unknown[] | null) => ({
  mls_numbers: (value ?? []).flatMap((one) => {
    if (typeof one === 'string' || typeof one === 'number') return [{ mlsName: null, number: String(one) }];
    const { [name]: number, mls_name } = one as Record<string, unknown>;
    if (number === null || number === undefined || number === '') return [];
    return [{ mlsName: typeof mls_name === 'string' && mls_name !== '' ? mls_name : null, number: String(number) }];
  }),
});
