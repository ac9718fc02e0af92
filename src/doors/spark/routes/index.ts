import type { Desk, SparkRoute } from '../desk.ts';
import { accountRoutes } from './accounts.ts';
import { contactPartRoutes } from './contact-parts.ts';
import { contactTagRoutes } from './contact-tags.ts';
import { contactRoutes } from './contacts.ts';
import { listingCartRoutes } from './listing-carts.ts';
import { listingPartRoutes } from './listing-parts.ts';
import { listingRoutes } from './listings.ts';
import { metadataRoutes } from './metadata.ts';
import { noteRoutes } from './notes.ts';
import { portalAccountRoutes } from './portal-accounts.ts';
import { portalRoutes } from './portals.ts';
import { roleRoutes } from './roles.ts';
import { savedSearchRoutes } from './saved-searches.ts';
import { sessionRoutes } from './session.ts';
import { sharedListingRoutes } from './shared-listings.ts';
import { systemRoutes } from './system.ts';

/** Every route of the door. A new file of routes gets its line here. */
export const sparkRoutes = (desk: Desk): SparkRoute[] => [
  ...sessionRoutes(desk),
  ...noteRoutes(desk),
  ...listingRoutes(desk),
  ...listingPartRoutes(desk),
  ...metadataRoutes(desk),
  ...accountRoutes(desk),
  ...systemRoutes(desk),
  ...portalRoutes(desk),
  ...roleRoutes(),
  ...contactRoutes(desk),
  ...contactTagRoutes(desk),
  ...portalAccountRoutes(desk),
  ...contactPartRoutes(desk),
  ...listingCartRoutes(desk),
  ...savedSearchRoutes(desk),
  ...sharedListingRoutes(desk),
];
