import { beginningOf } from '../../kernel/storable.ts';
import type { NewProperty } from './types.ts';

type AddressOf = Pick<
  NewProperty,
  | 'street_dir_prefix'
  | 'street_name'
  | 'street_suffix'
  | 'street_dir_suffix'
  | 'street_number'
  | 'unit_number'
  | 'building_name'
  | 'address_line2'
  | 'city'
  | 'county'
  | 'state_or_province'
  | 'postal_code'
  | 'country'
>;

export const ADDRESS_COLUMNS = [
  'street_dir_prefix',
  'street_name',
  'street_suffix',
  'street_dir_suffix',
  'street_number',
  'unit_number',
  'building_name',
  'address_line2',
  'city',
  'county',
  'state_or_province',
  'postal_code',
  'country',
] as const satisfies readonly (keyof AddressOf)[];

const words = (...parts: (string | null | undefined)[]) => parts.filter((part) => part).join(' ');

/** Columns the store derives from the address (domain-property §3.1). */
export function addressColumns(row: AddressOf) {
  const street = words(row.street_dir_prefix, row.street_name, row.street_suffix, row.street_dir_suffix);
  const first_line = words(row.street_number, street, row.unit_number);
  const address = words(
    row.building_name || row.unit_number,
    row.street_number,
    street,
    row.address_line2,
    row.city,
    [row.county, row.state_or_province].filter((part) => part).join(', '),
    row.postal_code,
  )
    .toLowerCase()
    .replaceAll(/\s+/g, ' ');
  const bare = (part: string | null | undefined) => (part ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
  return {
    first_line,
    address_text: address,
    address_sort: beginningOf(address, 200),
    place_key: [row.country, row.postal_code, row.street_number, street, row.unit_number].map(bare).join('|'),
  };
}
