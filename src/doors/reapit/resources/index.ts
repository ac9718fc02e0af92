import type { Declared, Written } from '../desk.ts';
import { configurationLists, configurationOperations } from './configuration.ts';
import { contacts, landlordDetails } from './contacts.ts';
import { chainOperations, conveyancing, conveyancingChain } from './conveyancing.ts';
import { documents, downloadDocument } from './documents.ts';
import { propertyImages, reindexImages } from './images.ts';
import { metadataOperations } from './metadata.ts';
import { properties } from './properties.ts';
import { propertyParts } from './property-parts.ts';
import { relationships } from './relationships.ts';
import { resthookFilters, resthookOperations, resthooks } from './resthooks.ts';
import { applicants, areas, offers, vendors } from './sales.ts';
import { signedUrls } from './signed-urls.ts';
import { departments, negotiators, offices, sources } from './staff.ts';
import { changeSubscriptions, subscriptions } from './subscriptions.ts';

/** The groups that rows of a noun answer. */
export const declared: readonly Declared[] = [
  properties,
  ...propertyParts,
  areas,
  applicants,
  vendors,
  offers,
  conveyancing,
  conveyancingChain,
  ...relationships,
  contacts,
  landlordDetails,
  subscriptions,
  departments,
  negotiators,
  offices,
  sources,
  documents,
  propertyImages,
  resthooks,
  resthookFilters,
  ...configurationLists,
];

/** The endpoints that are written out. */
export const written: readonly Written[] = [
  ...configurationOperations,
  ...chainOperations,
  changeSubscriptions,
  downloadDocument,
  reindexImages,
  ...signedUrls,
  ...metadataOperations,
  ...resthookOperations,
];
