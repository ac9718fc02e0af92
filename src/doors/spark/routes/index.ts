import type { Desk, SparkRoute } from '../desk.ts';
import { listingPartRoutes } from './listing-parts.ts';
import { metadataRoutes } from './metadata.ts';
import { noteRoutes } from './notes.ts';
import { sessionRoutes } from './session.ts';

/** Every route of the door. A new file of routes gets its line here. */
export const sparkRoutes = (desk: Desk): SparkRoute[] => [
  ...sessionRoutes(desk),
  ...noteRoutes(desk),
  ...listingPartRoutes(desk),
  ...metadataRoutes(desk),
];
