import { read, written } from '../answers.ts';
import * as contract from '../contract/shared-listing.ts';
import { type Desk, type SparkRoute, sparkRoute } from '../desk.ts';
import { toShared, toSharedListing } from '../map/shared-listing.ts';
import { select } from '../paging.ts';
import { seekerOf } from '../seeker.ts';
import { visibilityOf } from '../visibility.ts';

const words = { listingKeys: 'ListingIds' };

/** Listings passed on by an address: contracts/spark.md §10.6. */
export const sharedListingRoutes = ({ domain: { shared }, publicUrl }: Desk): SparkRoute[] => [
  sparkRoute(contract.createShared, {
    words,
    handle: async ({ caller, body: { ListingIds, ViewId } }) => {
      const who = { actor: caller.actor, seen: visibilityOf(caller) };
      return written(201, toShared(await shared.share(who, { listingKeys: ListingIds, viewId: ViewId || null }), publicUrl));
    },
  }),
  sparkRoute(contract.readShared, {
    handle: async ({ caller, params, query }) =>
      read([select(toSharedListing(await shared.shared(seekerOf(caller), params.sharedId), publicUrl), query)]),
  }),
];
