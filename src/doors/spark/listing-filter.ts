import type { SavedSearch } from '../../domain/index.ts';
import type { Condition, Scalar } from '../../kernel/condition.ts';
import type { Role } from './access.ts';
import { isConsumer } from './consumer.ts';
import type { Desk, SparkCaller } from './desk.ts';
import { seekerOf } from './seeker.ts';
import { filterFault } from './sparkql/faults.ts';
import { type FilterField, type FilterFields, type Lookups, readFilter, type SpecialField } from './sparkql/index.ts';
import { type FieldType, findStandardField, isSearchable } from './standard-fields.ts';
import { visibilityOf } from './visibility.ts';

const TYPES: Record<FieldType, Exclude<FilterField['type'], 'shape'>> = {
  Character: 'character',
  Integer: 'integer',
  Decimal: 'decimal',
  Boolean: 'boolean',
  Date: 'date',
  Datetime: 'datetime',
};
/** Names of filters that no record has (contracts/spark.md §8.2, §8.3). */
const ALIASES: Readonly<Record<string, string>> = { StreetAddress: 'UnparsedFirstLineAddress' };

/** Fields of listings as the filters of a role see them; one that is hidden is as unknown as one that is none. */
export const listingFields =
  (role: Role): FilterFields =>
  (name) => {
    if (name === 'Location') return { type: 'shape' };
    const field = findStandardField(Object.hasOwn(ALIASES, name) ? (ALIASES[name] as string) : name);
    return field?.field !== undefined && isSearchable(field, role) ? { name: field.field, type: TYPES[field.type] } : undefined;
  };

/** Records that one filter may name: each is a look-up. */
const MOST_RECORDS = 50;
/** Values of the searches that one filter may name: PostgreSQL takes 65,535 in a statement, and the filter's own are up to 15,000. */
const MOST_VALUES = 30_000;

const valuesIn = (value: Scalar): number => {
  if (value.kind === 'literal') return 1;
  if (value.kind === 'call') return value.args.reduce((sum, arg) => sum + valuesIn(arg), 0);
  if (value.kind === 'arithmetic') return valuesIn(value.left) + valuesIn(value.right);
  return value.kind === 'negative' ? valuesIn(value.of) : 0;
};

/** How many parameters the condition takes, about. */
function sizeOf(condition: Condition): number {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.reduce((sum, part) => sum + sizeOf(part), 0);
    case 'not':
      return sizeOf(condition.of);
    case 'compare':
      return valuesIn(condition.left) + valuesIn(condition.right);
    case 'among':
      return condition.values.reduce((sum, value) => sum + valuesIn(value), valuesIn(condition.left));
    case 'between':
      return valuesIn(condition.left) + valuesIn(condition.least) + valuesIn(condition.most);
    case 'inside':
      return 'points' in condition.shape ? condition.shape.points.length * 4 : 8;
    default:
      return 1;
  }
}

const budget = (most: number, what: string) => {
  let left = most;
  return (cost: number, token: string) => {
    left -= cost;
    if (left < 0) throw filterFault(`A filter may name at most ${most} ${what}`, token, token, 1041);
  };
};

/** What an agent or the brokerage made is read as its maker wrote it; what it finds is still only what the caller sees. */
const roleOf = (search: SavedSearch, caller: SparkCaller): Role =>
  search.owner_contact_id === null || !isConsumer(caller) ? 'private' : caller.role;

const zoneOf =
  ({ domain }: Desk, caller: SparkCaller) =>
  async () =>
    (await domain.orgs.organisation(caller.actor)).time_zone;

/** Listings behind the ids that filters name: carts, saved searches, shared listings (contracts/spark.md §8.3). For one filter. */
export function listingLookups(desk: Desk, caller: SparkCaller, more: { readonly nested?: boolean } = {}): Lookups {
  const { carts, properties, searches, shared } = desk.domain;
  const seeker = seekerOf(caller);
  const take = budget(MOST_RECORDS, 'records');
  const takeValues = budget(MOST_VALUES, 'values of saved searches');

  const ids = (found: readonly number[] | undefined): Condition | undefined => found && { kind: 'ids', ids: found };
  const ofSearch = async (id: string): Promise<Condition | undefined> => {
    if (more.nested) throw filterFault('A saved search cannot look into another one', id, `SavedSearch Eq '${id}'`);
    const search = await searches.findSearch(seeker, id);
    if (!search) return undefined;
    const nested = listingLookups(desk, caller, { nested: true });
    const fields = listingFields(roleOf(search, caller));
    const where = await searches.questionOf(
      search,
      async (text) =>
        (await readFilter(text, { fields, now: desk.domain.now(), zone: zoneOf(desk, caller), lookups: nested }))?.where,
    );
    const found = where ?? { kind: 'and', of: [] };
    takeValues(sizeOf(found), id);
    return found;
  };

  const OF: Record<SpecialField, (id: string) => Promise<Condition | undefined>> = {
    SavedSearch: ofSearch,
    ListingCart: async (id) => ids(await carts.findListingIds(seeker, id)),
    SharedListing: async (id) => ids(await shared.findSharedIds(seeker, id)),
    SharedLink: async (id) => ids(await shared.findSharedIds(seeker, id)),
    // Nobody can make one here, so there is none.
    EmailLink: async () => undefined,
    MapOverlay: async () => undefined,
  };

  return {
    listingsOf: (field, id) => {
      take(1, id);
      return OF[field](id);
    },
    placeOf: async (key) => {
      take(1, key);
      const listing = await properties.findVisible(caller.actor, key, visibilityOf(caller));
      if (listing?.latitude == null || listing.longitude == null) return undefined;
      return { latitude: listing.latitude, longitude: listing.longitude };
    },
  };
}
