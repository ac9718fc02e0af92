import * as account from './account.ts';
import * as contact from './contact.ts';
import * as contactList from './contact-list.ts';
import * as contactPart from './contact-part.ts';
import * as listing from './listing.ts';
import * as listingCart from './listing-cart.ts';
import * as listingPart from './listing-part.ts';
import * as metadata from './metadata.ts';
import * as note from './note.ts';
import type { SparkContract } from './operation.ts';
import * as portal from './portal.ts';
import * as portalAccount from './portal-account.ts';
import * as role from './role.ts';
import * as savedSearch from './saved-search.ts';
import * as session from './session.ts';
import * as sharedListing from './shared-listing.ts';
import * as system from './system.ts';

const isContract = (value: unknown): value is SparkContract =>
  typeof value === 'object' && value !== null && 'operationId' in value;

/** Every operation of the door, in the order of contracts/spark.md §10.1. A new file of contracts gets its line here. */
export const contracts: readonly SparkContract[] = [
  session,
  note,
  listing,
  listingPart,
  metadata,
  contact,
  contactList,
  portalAccount,
  contactPart,
  account,
  system,
  portal,
  role,
  listingCart,
  savedSearch,
  sharedListing,
].flatMap((file) => Object.values<unknown>(file).filter(isContract));
