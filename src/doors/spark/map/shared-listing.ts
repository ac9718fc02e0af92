import type { SharedListing } from '../../../domain/index.ts';

/** `SharedUri` is a page of the house, for people who have no key. */
export const toShared = ({ id }: SharedListing, publicUrl: string) => ({
  ResourceUri: `/v1/sharedlistings/${id}`,
  SharedUri: `${publicUrl}/s/${id}`,
  Mode: 'Public' as const,
  Id: id,
});

export const toSharedListing = (shared: SharedListing, publicUrl: string) => ({
  ...toShared(shared, publicUrl),
  ListingIds: [...shared.listing_keys],
});
