import type { Condition, Point } from '../../../kernel/condition.ts';
import { type FilterCode, FilterRefusal } from './faults.ts';
import { LISTING_KEY } from './shapes.ts';
import type { Comparison, Node } from './tree.ts';

/** Fields that name another record, and the code when nobody has it (contracts/spark.md §8.3). */
export const SPECIAL_FIELDS = {
  ListingCart: 2000,
  SavedSearch: 2001,
  EmailLink: 2002,
  SharedListing: 2003,
  SharedLink: 2003,
  MapOverlay: 2000,
} as const satisfies Record<string, FilterCode>;
export type SpecialField = keyof typeof SPECIAL_FIELDS;

/** What filters ask of the rest of the house. Each is asked once for an id, before the filter is made. */
export type Lookups = {
  /** the listings that the record behind an id stands for; undefined when the caller knows no such record */
  readonly listingsOf?: (field: SpecialField, id: string) => Promise<Condition | undefined>;
  /** where a listing that the caller sees lies */
  readonly placeOf?: (listingKey: string) => Promise<Point | undefined>;
};

const isSpecial = (name: string): name is SpecialField => Object.hasOwn(SPECIAL_FIELDS, name);
export const specialOf = ({ left }: Comparison): SpecialField | undefined =>
  left.kind === 'field' && isSpecial(left.name) ? left.name : undefined;

type Asked = { readonly node: Node; readonly id: string };

/** The ids of `SavedSearch Eq 'id'`. @throws FilterRefusal for another operator or another kind of value */
function idsOf(comparison: Comparison, field: SpecialField): Asked[] {
  if (comparison.op !== 'eq' && comparison.op !== 'ne')
    throw new FilterRefusal(`${field} is compared with Eq, not ${comparison.said}`, comparison.left);
  return comparison.right.map((node) => {
    if (node.kind !== 'literal' || node.type !== 'character')
      throw new FilterRefusal(`${field} is compared with an id in quotes`, node);
    return { node, id: node.text };
  });
}

/** Ids that a filter names: of records that stand for listings, and of listings whose place is a centre. */
export type Wanted = { readonly records: Map<string, readonly [SpecialField, string]>; readonly places: Set<string> };
export type Found = ReadonlyMap<string, Condition | undefined>;
const keyOf = (field: SpecialField, id: string) => `${field} ${id}`;

function keysIn(node: Node): string[] {
  if (node.kind !== 'call') return [];
  const [first] = node.args;
  if (node.name === 'radius' && first?.kind === 'literal' && LISTING_KEY.test(first.text.trim())) return [first.text.trim()];
  return node.args.flatMap(keysIn);
}

/** Adds what the comparison names. @throws FilterRefusal */
export function addWanted(comparison: Comparison, { records, places }: Wanted): void {
  const field = specialOf(comparison);
  if (field) for (const { id } of idsOf(comparison, field)) records.set(keyOf(field, id), [field, id]);
  for (const key of comparison.right.flatMap(keysIn)) places.add(key);
}

export async function findRecords({ records }: Wanted, { listingsOf }: Lookups): Promise<Found> {
  const found = new Map<string, Condition | undefined>();
  for (const [key, [field, id]] of records) found.set(key, await listingsOf?.(field, id));
  return found;
}

export async function findPlaces({ places }: Wanted, { placeOf }: Lookups): Promise<ReadonlyMap<string, Point | undefined>> {
  const found = new Map<string, Point | undefined>();
  for (const key of places) found.set(key, await placeOf?.(key));
  return found;
}

/** @throws FilterRefusal 2000 and up for an id that nobody has */
export function checkSpecial(comparison: Comparison, field: SpecialField, found: Found): Condition {
  const of = idsOf(comparison, field).map(({ node, id }) => {
    const condition = found.get(keyOf(field, id));
    if (!condition) throw new FilterRefusal(`Unknown ${field} ${id.slice(0, 100)}`, node, SPECIAL_FIELDS[field]);
    return condition;
  });
  const any: Condition = { kind: 'or', of };
  return comparison.op === 'eq' ? any : { kind: 'not', of: any };
}
