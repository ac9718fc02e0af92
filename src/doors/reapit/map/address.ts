import type { Address } from '../../../domain/index.ts';
import type { Change, Row } from '../../../kernel/record.ts';
import { computed, type Mapping } from '../../../wire/resource/mapping.ts';

/** An address as this door writes it (domain-people §1.7, domain-property §3.1). */
export type WireAddress = {
  readonly type?: string | null;
  readonly buildingName?: string | null;
  readonly buildingNumber?: string | null;
  readonly line1?: string | null;
  readonly line2?: string | null;
  readonly line3?: string | null;
  readonly line4?: string | null;
  readonly postcode?: string | null;
  readonly countryId?: string | null;
};

/** County and state in one line; empty text is text and comes back. */
function lineFour({ county, state_or_province: state }: Address): string | null {
  const parts = [county, state].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.filter((part) => part !== '').join(', ');
}

export function showAddress(address: Address): WireAddress | null {
  if (Object.keys(address).length === 0) return null;
  return {
    type: address.type ?? null,
    buildingName: address.building_name ?? address.unit_number ?? null,
    buildingNumber: address.street_number ?? null,
    line1: address.street_name ?? null,
    line2: address.address_line2 ?? null,
    line3: address.city ?? null,
    line4: lineFour(address),
    postcode: address.postal_code ?? null,
    countryId: address.country ?? null,
  };
}

type Change4 = Pick<Address, 'county' | 'state_or_province'>;

/** On an address with a state the line is split at its last comma, else all of it is the county. */
function splitFour(line: string | null, address: Address): Change4 {
  if (line === null) return {};
  const at = address.state_or_province ? line.lastIndexOf(', ') : -1;
  return at < 0 ? { county: line } : { county: line.slice(0, at), state_or_province: line.slice(at + 2) };
}

const PLAIN = {
  type: 'type',
  buildingNumber: 'street_number',
  line1: 'street_name',
  line2: 'address_line2',
  line3: 'city',
  postcode: 'postal_code',
} as const;

/** The address with what differs from what this door shows; the rest stays as other doors wrote it. */
export function writeAddress(address: Address, next: WireAddress | null): Address {
  if (next === null) return {};
  const shown: WireAddress = showAddress(address) ?? {};
  const changed = (name: keyof WireAddress) => next[name] !== undefined && (next[name] ?? null) !== (shown[name] ?? null);
  const after: Record<string, string> = { ...address };
  const put = (member: string, value: string | null | undefined) => {
    if (value === null || value === undefined) delete after[member];
    else after[member] = value;
  };
  for (const [name, member] of Object.entries(PLAIN))
    if (changed(name as keyof WireAddress)) put(member, next[name as keyof WireAddress]);
  if (changed('buildingName')) {
    put('unit_number', null);
    put('building_name', next.buildingName);
  }
  if (changed('line4')) {
    const { county, state_or_province } = splitFour(next.line4 ?? null, address);
    put('county', county);
    put('state_or_province', state_or_province);
  }
  if (changed('countryId')) {
    put('country_text', null);
    put('country', next.countryId);
  }
  return after as Address;
}

/** A member that is an address in one column. */
export const addressIn = (column: string): Mapping =>
  computed<WireAddress | null>({
    columns: [column],
    read: (row: Row) => showAddress((row[column] ?? {}) as Address),
    write: (value, row): Change => ({ [column]: writeAddress((row[column] ?? {}) as Address, value) }),
  });
