import type { Condition } from '../../kernel/condition.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Desk, SparkCaller } from './desk.ts';
import { listingFilterFields } from './listing-fields.ts';
import { filterFault } from './sparkql/faults.ts';
import { type Lookups, readFilter } from './sparkql/index.ts';
import { visibilityOf } from './visibility.ts';

/** A search may name another search; further than this it is a circle, or meant to cost time. */
const MOST_NESTED = 3;

const idsOf = (ids: readonly number[] | undefined): Condition | undefined => ids && { kind: 'ids', ids };

/** What filters of listings may name: carts, searches, what was shared, and listings as centres of circles. */
export function listingLookups(desk: Desk, caller: SparkCaller, nested = 0): Lookups {
  const { carts, shared, searches, properties, orgs, now } = desk.domain;
  const seeker = { actor: caller.actor, seen: visibilityOf(caller) };

  const readText = async (text: string): Promise<Condition | undefined> => {
    if (nested >= MOST_NESTED) throw filterFault('Saved searches name each other too deep', 'SavedSearch', text, 1041);
    const read = await readFilter(text, {
      fields: listingFilterFields(caller.role),
      now: now(),
      zone: async () => (await orgs.organisation(caller.actor)).time_zone,
      lookups: listingLookups(desk, caller, nested + 1),
    });
    return read?.where;
  };

  const ofSearch = async (key: string): Promise<Condition | undefined> => {
    const search = await searches.search(seeker, key).catch((error: unknown) => {
      if (error instanceof Fault && error.kind === 'not_found') return undefined;
      throw error;
    });
    // A search that asks for nothing finds every listing.
    return search && ((await searches.questionOf(search, readText)) ?? { kind: 'and', of: [] });
  };

  return {
    async listingsOf(field, id) {
      switch (field) {
        case 'ListingCart':
          return idsOf(await carts.findListingIds(seeker, id));
        case 'SavedSearch':
          return ofSearch(id);
        case 'SharedListing':
        case 'SharedLink':
          return idsOf(await shared.findSharedIds(seeker, id));
        default:
          // Portico sends no listings by mail and keeps no overlays of maps, so nobody has an id of these.
          return undefined;
      }
    },
    async placeOf(listingKey) {
      const found = await properties.findVisible(caller.actor, listingKey, seeker.seen);
      if (!found || found.latitude === null || found.longitude === null) return undefined;
      return { latitude: found.latitude, longitude: found.longitude };
    },
  };
}
