import type { Desk, SparkRoute } from '../desk.ts';
import { contactPartRoutes } from './contact-parts.ts';
import { contactTagRoutes } from './contact-tags.ts';
import { contactRoutes } from './contacts.ts';
import { listingPartRoutes } from './listing-parts.ts';
import { metadataRoutes } from './metadata.ts';
import { noteRoutes } from './notes.ts';
import { portalAccountRoutes } from './portal-accounts.ts';
import { sessionRoutes } from './session.ts';

/** Every route of the door. A new file of routes gets its line here. */
export const sparkRoutes = (desk: Desk): SparkRoute[] => [
  ...sessionRoutes(desk),
  ...noteRoutes(desk),
  ...listingPartRoutes(desk),
  ...metadataRoutes(desk),
  ...contactRoutes(desk),
  ...contactTagRoutes(desk),
  ...portalAccountRoutes(desk),
  ...contactPartRoutes(desk),
];
