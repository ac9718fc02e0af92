import type { Ports } from '../given.ts';
import { imageOrderService } from './image-order.service.ts';
import { mediaService } from './media.service.ts';
import { openHousesService } from './open-house.service.ts';
import { picturesService } from './picture.service.ts';
import { rentalPeriodsService } from './rental-period.service.ts';

export { areaNoun } from './area.noun.ts';
export { certificateNoun } from './certificate.noun.ts';
export { columnsOfNew, type PropertyValues } from './follow.ts';
export { imageNoun } from './image.noun.ts';
export { keyMovementNoun } from './key-movement.noun.ts';
export { keySetNoun } from './key-set.noun.ts';
export { BrokenTerms, type Listings, mayEdit } from './listing.service.ts';
export type { ListingQuery, ListingScope } from './listing.store.ts';
export type { ListingParties, ListingParty, TourLinks } from './listing-besides.store.ts';
export { LISTING_FIELDS } from './listing-catalogue.ts';
export type { ListingFacts } from './listing-facts.ts';
export type { BrokenRule, ListingTerms } from './listing-terms.ts';
export {
  isWebAddress,
  type Medium,
  type MediumKind,
  mediumName,
  NO_WEB_ADDRESS,
  PICTURE_SIZES,
  type PictureSize,
} from './media.ts';
export type { MediaLink } from './media-links.ts';
export type { OpenHouse } from './open-house.store.ts';
export {
  alarmNoun,
  appraisalNoun,
  auctionLotNoun,
  developmentPhaseNoun,
  propertyCheckNoun,
  staffRoleNoun,
  translationNoun,
} from './part.nouns.ts';
export type { ListedPhoto } from './photo-list.ts';
export { propertyNoun } from './property.noun.ts';
export { type Properties, propertiesService } from './property.service.ts';
export type { RentalPeriod } from './rental-period.store.ts';
export { listingNoun, salesExclusiveNoun } from './site-listing.noun.ts';
export type { Listing, ListingRef, NewProperty, OutsideAgent, OutsideOffice, OutsideParties, Property } from './types.ts';
export { valuesService } from './values.service.ts';
export { type ListingValue, VALUE_FIELDS, type ValueField } from './values.store.ts';
export { vendorNoun } from './vendor.noun.ts';
export { LISTED, type Visibility, visibleSql } from './visibility.ts';

/** What lives and dies with a listing. */
export const buildListingParts = (ports: Ports) => ({
  media: { ...mediaService(ports), ...picturesService(ports), ...imageOrderService(ports) },
  openHouses: openHousesService(ports),
  rentalCalendar: rentalPeriodsService(ports),
});
