import type { CartChange, ListingCart, NewCart } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import type * as wire from '../contract/listing-cart.ts';

/** The vendor's names of what carts can be sorted by. */
export const CART_FIELDS = {
  Id: 'reso_key',
  OwnerId: 'owner_key',
  Name: 'name',
  ViewId: 'view_id',
  PortalCartType: 'type',
  ModificationTimestamp: 'changed_at',
} as const;

/** One address, whoever the cart belongs to: clients add and remove listings under it. */
export const cartUri = (key: string) => `/v1/listingcarts/${key}`;

export const toCart = (cart: ListingCart): wire.Cart => ({
  Id: cart.reso_key,
  ResourceUri: cartUri(cart.reso_key),
  OwnerId: cart.owner_key,
  Name: cart.name,
  ViewId: cart.view_id,
  PortalCartType: cart.type,
  ListingCount: cart.listing_keys.length,
  ListingIds: [...cart.listing_keys],
  VowAdded: [...cart.added],
  VowRemoved: [...cart.removed],
  ModificationTimestamp: wholeSeconds(cart.changed_at),
});

export const toCounted = (cart: ListingCart) => ({
  ResourceUri: cartUri(cart.reso_key),
  Id: cart.reso_key,
  Name: cart.name,
  ListingCount: cart.listing_keys.length,
});

export const fromCartChange = ({ Name, ListingIds, ViewId }: wire.CartChange): CartChange => ({
  ...(Name === undefined ? {} : { name: Name }),
  ...(ListingIds === undefined ? {} : { listingKeys: ListingIds }),
  ...(ViewId === undefined ? {} : { viewId: ViewId || null }),
});

export const fromNewCart = (body: wire.NewCart): NewCart => ({
  ...fromCartChange(body),
  name: body.Name,
  ...(body.PortalCartType === undefined ? {} : { type: body.PortalCartType }),
});

export const cartWords = { listingKeys: 'ListingIds', type: 'PortalCartType' };
