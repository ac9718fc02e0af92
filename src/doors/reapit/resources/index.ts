import type { Declared, Written } from '../desk.ts';
import { configurationLists, configurationOperations } from './configuration.ts';
import { contacts, landlordDetails } from './contacts.ts';
import { metadataOperations } from './metadata.ts';
import { resthookFilters, resthookOperations, resthooks } from './resthooks.ts';
import { departments, negotiators, offices, sources } from './staff.ts';
import { changeSubscriptions, subscriptions } from './subscriptions.ts';

/** The groups that rows of a noun answer. */
export const declared: readonly Declared[] = [
  contacts,
  landlordDetails,
  subscriptions,
  departments,
  negotiators,
  offices,
  sources,
  resthooks,
  resthookFilters,
  ...configurationLists,
];

/** The endpoints that are written out. */
export const written: readonly Written[] = [...configurationOperations, changeSubscriptions, ...metadataOperations, ...resthookOperations];
