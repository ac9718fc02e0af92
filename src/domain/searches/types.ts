import type { Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';
import type { Given } from '../given.ts';
import type { Criteria } from './criteria.ts';

type Search = Selectable<Tables['saved_search']>;
/** `owner_key` and `contact_keys` are the 26 digits of other rows; of the contacts there are those that the seeker may know. */
export type SavedSearch = Pick<
  Search,
  | 'id'
  | 'reso_key'
  | 'owner_member_id'
  | 'owner_contact_id'
  | 'name'
  | 'description'
  | 'side'
  | 'tags'
  | 'filter_text'
  | 'fits'
  | 'provided'
  | 'version'
  | 'created_at'
  | 'updated_at'
> & { readonly criteria: Criteria; readonly owner_key: string; readonly contact_keys: readonly string[] };

/** What a search looks for: the text as it was sent, and what of it fits the normal form. */
export type SearchFilter = { readonly text: string | null; readonly criteria: Criteria; readonly fits: boolean };

/** New values; absent leaves a column as it is. */
export type SearchChange = {
  readonly name?: string;
  readonly description?: string | null;
  readonly filter?: SearchFilter;
  readonly tags?: readonly string[];
  readonly provided?: boolean;
  /** 26 digits of the contacts it is for: these and no others */
  readonly contactKeys?: readonly string[];
};
export type NewSearch = SearchChange & { readonly name: string };
/** The story brings the ids of the parts too, in the order of the contacts. */
export type GivenSearch = Given & { readonly partIds?: readonly number[] };

export const PORTAL_CARTS = ['Favorites', 'Possibilities', 'Rejects', 'Removed'] as const;
export type PortalCart = (typeof PORTAL_CARTS)[number];
export type CartType = PortalCart | 'Custom';

type Cart = Selectable<Tables['listing_cart']>;
export type CartRow = Pick<
  Cart,
  'id' | 'reso_key' | 'owner_member_id' | 'owner_contact_id' | 'name' | 'view_id' | 'version' | 'created_at' | 'changed_at'
> & { readonly type: CartType; readonly owner_key: string };

/** Keys of listings that the seeker may see; the others stay in the cart and come back with them. */
export type CartContents = {
  readonly listing_keys: readonly string[];
  /** those of them that the consumer put in */
  readonly added: readonly string[];
  /** what the consumer took out, and nobody has put back */
  readonly removed: readonly string[];
};
export type ListingCart = CartRow & CartContents;

export type NewCart = {
  readonly name: string;
  readonly type?: CartType;
  readonly viewId?: string | null;
  readonly listingKeys?: readonly string[];
};
/** The story brings the ids of the items too, in the order of the listings. */
export type GivenCart = Given & { readonly itemIds?: readonly number[] };
export type CartChange = { readonly name?: string; readonly viewId?: string | null; readonly listingKeys?: readonly string[] };

export type SharedListing = { readonly id: string; readonly listing_keys: readonly string[]; readonly view_id: string | null };
