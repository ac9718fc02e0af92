import type { Ports } from '../given.ts';
import type { Listings } from '../property/index.ts';
import { listingCartsService } from './listing-cart.service.ts';
import { runService } from './run.service.ts';
import { savedSearchesService } from './saved-search.service.ts';
import { sharedListingsService } from './shared-listing.service.ts';

export { applicantNoun } from './applicant.noun.ts';
export { CLASS_OF_CODE, CODE_OF_CLASS, CODE_TO_LET, type Criteria, conditionOf, type Range, type Side } from './criteria.ts';
export { criteriaOf, type Fitting } from './criteria-of.ts';
export { leadSavedSearchNoun, type SearchTaken } from './lead-search.noun.ts';
export { partWithSearches } from './parting.ts';
export type { FilterReader } from './run.service.ts';
export type { SharedPage, SharedProperty } from './shared-listing.store.ts';
export { type Question, type SearchReader, type StandingSearch, standingSql } from './standing.ts';
export {
  type CartChange,
  type CartType,
  type ListingCart,
  type NewCart,
  type NewSearch,
  PORTAL_CARTS,
  type PortalCart,
  type SavedSearch,
  type SearchChange,
  type SearchFilter,
  type SharedListing,
} from './types.ts';
export type { Seeker } from './whose.ts';

/** Saved searches, listing carts and what is shared of listings. */
export function buildSearches(ports: Ports, listings: Listings) {
  const searches = savedSearchesService(ports);
  return {
    searches: { ...searches, ...runService(listings, searches) },
    carts: listingCartsService(ports),
    shared: sharedListingsService(ports),
  };
}
