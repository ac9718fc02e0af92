import type { SavedSearch } from '../../domain/index.ts';
import { type Condition, countValues } from '../../kernel/condition.ts';
import type { Role } from './access.ts';
import { isConsumer } from './consumer.ts';
import type { Desk, SparkCaller } from './desk.ts';
import { listingFilterFields } from './listing-fields.ts';
import { seekerOf } from './seeker.ts';
import { filterFault } from './sparkql/faults.ts';
import { type Lookups, readFilter, type SpecialField } from './sparkql/index.ts';
import { visibilityOf } from './visibility.ts';

/** Each record that a filter names is a look-up. */
const MOST_RECORDS = 50;
/** PostgreSQL takes 65,535 values in a statement, and a filter has up to 15,000 of its own. */
const MOST_VALUES = 30_000;

function makeBudget(most: number, what: string) {
  let left = most;
  return (cost: number, token: string) => {
    left -= cost;
    if (left < 0) throw filterFault(`A filter may name ${most} ${what} at most`, token, token, 1041);
  };
}

/** What an agent or the brokerage made is read as its maker wrote it; what it finds is still only what the caller sees. */
const roleOf = (search: SavedSearch, caller: SparkCaller): Role =>
  search.owner_contact_id !== null && isConsumer(caller) ? caller.role : 'private';

const noNesting = (id: string) => filterFault('A saved search cannot look into another one', id, `SavedSearch Eq '${id}'`);

/**
 * What one filter of listings may name: carts, searches, what was shared, and listings as centres of circles (contracts/spark.md §8.3).
 * `saved`: it is the filter of a saved search, which cannot name another one.
 */
export function listingLookups(desk: Desk, caller: SparkCaller, { saved = false } = {}): Lookups {
  const { carts, shared, searches, properties, orgs, now } = desk.domain;
  const seeker = seekerOf(caller);
  const take = makeBudget(MOST_RECORDS, 'records');
  const takeValues = makeBudget(MOST_VALUES, 'values in saved searches');

  const ids = (found: readonly number[] | undefined): Condition | undefined => found && { kind: 'ids', ids: found };
  const ofSearch = async (key: string): Promise<Condition | undefined> => {
    if (saved) throw noNesting(key);
    const search = await searches.findSearch(seeker, key);
    if (!search) return undefined;
    const zone = async () => (await orgs.organisation(caller.actor)).time_zone;
    const context = { fields: listingFilterFields(roleOf(search, caller)), now: now(), zone };
    const asked = await searches.questionOf(search, async (text) => {
      const lookups = listingLookups(desk, caller, { saved: true });
      return (await readFilter(text, { ...context, lookups }))?.where;
    });
    // A search that asks for nothing finds every listing.
    const found = asked ?? { kind: 'and', of: [] };
    takeValues(countValues(found), key);
    return found;
  };
  const ofShared = async (id: string) => ids(await shared.findSharedIds(seeker, id));

  const OF: Readonly<Record<SpecialField, (id: string) => Promise<Condition | undefined>>> = {
    SavedSearch: ofSearch,
    ListingCart: async (key) => ids(await carts.findListingIds(seeker, key)),
    SharedListing: ofShared,
    SharedLink: ofShared,
    // Portico sends no listings by mail and keeps no overlays of maps, so nobody has an id of these.
    EmailLink: async () => undefined,
    MapOverlay: async () => undefined,
  };

  return {
    async listingsOf(field, id) {
      take(1, id);
      return OF[field](id);
    },
    async placeOf(listingKey) {
      take(1, listingKey);
      const found = await properties.findVisible(caller.actor, listingKey, visibilityOf(caller));
      if (!found || found.latitude === null || found.longitude === null) return undefined;
      return { latitude: found.latitude, longitude: found.longitude };
    },
  };
}
