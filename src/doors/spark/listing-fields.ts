import { LISTING_FIELDS } from '../../domain/index.ts';
import type { Role } from './access.ts';
import { CUSTOM_FIELDS, findCustomFieldOf } from './custom-fields.ts';
import type { FilterField, FilterFields } from './sparkql/index.ts';
import { type FieldType, findStandardField, isSearchable, isSortable, STANDARD_FIELD_NAMES } from './standard-fields.ts';

/** Other names of fields, in filters and orders alike (contracts/spark.md §8.3). */
const ALIASES: Readonly<Record<string, string>> = { StreetAddress: 'UnparsedFirstLineAddress', Id: 'ListingKey' };
const TYPES = {
  Character: 'character',
  Integer: 'integer',
  Decimal: 'decimal',
  Boolean: 'boolean',
  Date: 'date',
  Datetime: 'datetime',
} as const satisfies Record<FieldType, FilterField['type']>;

const aliased = (name: string) => (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined) ?? name;
const CUSTOM = /^"([^"]+)"\."([^"]+)"$/;

function customField(name: string) {
  const [, group, label] = CUSTOM.exec(name) ?? [];
  return group === undefined || label === undefined ? undefined : findCustomFieldOf(group, label);
}

/** What a caller of this role can filter listings by; a hidden field is as unknown as one that does not exist. */
export const listingFilterFields =
  (role: Role): FilterFields =>
  (name) => {
    if (name === 'Location') return { name: 'latitude', type: 'shape' };
    const standard = findStandardField(aliased(name));
    const field = standard ?? customField(name);
    if (!field?.field || !Object.hasOwn(LISTING_FIELDS, field.field)) return undefined;
    return standard && !isSearchable(standard, role) ? undefined : { name: field.field, type: TYPES[field.type] };
  };

const customOrders = Object.entries(CUSTOM_FIELDS).flatMap(([group, fields]) =>
  Object.entries(fields).flatMap(([label, { field }]) =>
    field === undefined ? [] : [[`"${group}"."${label}"`, field] as const],
  ),
);

/** What a caller of this role can sort listings by; `OpenHouses` is the next one that begins. */
export function listingOrders(role: Role): Readonly<Record<string, string>> {
  const standard = STANDARD_FIELD_NAMES.flatMap((name) => {
    const field = findStandardField(name);
    return field?.field !== undefined && isSortable(field, role) ? [[name, field.field] as const] : [];
  });
  const orders: Record<string, string> = Object.fromEntries([...standard, ...customOrders]);
  for (const [alias, name] of Object.entries(ALIASES)) if (orders[name] !== undefined) orders[alias] = orders[name];
  return { ...orders, OpenHouses: 'next_open_house' };
}
