import { type Static, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { ListingRecord } from './listing.ts';
import { creation, datetime, key, none, operation, optional, orNull, ResourceUri, results, success } from './operation.ts';

/** As many as a cart holds. */
const MOST_LISTINGS = 2000;
const LONGEST_NAME = 255;

const PORTAL_CART_TYPES = ['Favorites', 'Possibilities', 'Rejects', 'Removed', 'Custom'] as const;

const Cart = Type.Object({
  Id: key(),
  ResourceUri,
  OwnerId: key('An account, or the contact whose cart it is.'),
  Name: Type.String(),
  ViewId: orNull(Type.String({ description: 'As it was sent.' })),
  PortalCartType: Type.Enum([...PORTAL_CART_TYPES]),
  ListingCount: Type.Integer({ description: 'Of the listings that the caller sees.' }),
  ListingIds: Type.Array(key()),
  VowAdded: Type.Array(key(), { description: 'What the consumer put in.' }),
  VowRemoved: Type.Array(key(), { description: 'What the consumer took out, and nobody put back.' }),
  ModificationTimestamp: datetime(),
});
export type Cart = Static<typeof Cart>;
const CartShown = Type.Intersect([Type.Pick(Cart, ['Id', 'ResourceUri']), Type.Partial(Cart)], { $id: 'ListingCart' });
/** What clients read after they changed what is in a cart. */
const CartCounted = Type.Pick(Cart, ['ResourceUri', 'Id', 'Name', 'ListingCount'], { $id: 'ListingCartCounted' });

const Name = Type.String({ minLength: 1, maxLength: LONGEST_NAME, pattern: '\\S' });
const ViewId = Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 64 });
const ListingIds = Type.Array(key(), { maxItems: MOST_LISTINGS });

const NewCart = Type.Object(
  {
    Name,
    ListingIds: optional(ListingIds),
    ViewId: optional(ViewId),
    PortalCartType: optional(Type.Enum([...PORTAL_CART_TYPES], { description: 'Of a consumer’s cart; one of each kind.' })),
  },
  { $id: 'NewListingCart' },
);
export type NewCart = Static<typeof NewCart>;
const CartChange = Type.Object(
  { Name: optional(Name), ListingIds: optional(ListingIds), ViewId: optional(ViewId) },
  { $id: 'ListingCartChange' },
);
export type CartChange = Static<typeof CartChange>;
const MoreListings = Type.Object(
  { ListingIds: Type.Array(key(), { minItems: 1, maxItems: MOST_LISTINGS }) },
  { $id: 'ListingIds' },
);

const shared = { service: 'listingcarts', learned: 'contracts/spark.md 10.6' } as const;
const collection = {
  ...shared,
  method: 'GET',
  query: Type.Object(collectionQuery),
  answers: { 200: results(CartShown) },
} as const;
const cartId = Type.Object({ cartId: key() });
/** `LL` or `LL,LL,…` */
const listingIds = Type.String({ pattern: '^[0-9]{26}(,[0-9]{26})*$', description: 'One or more ids, with commas between.' });
const ofContact = { ...shared, service: 'contacts/parts' } as const;
const contactCart = Type.Object({ contactId: key(), cartId: key() });
const example = { D: { ListingCarts: [{ Name: 'My Cart', ListingIds: ['20100815153524571646000000'] }] } };

export const listCarts = operation({
  ...collection,
  operationId: 'listListingCarts',
  row: 'E49',
  url: '/listingcarts',
  summary: 'The carts of the caller',
  params: none,
});
export const createCart = operation({
  ...shared,
  operationId: 'createListingCart',
  row: 'E49',
  method: 'POST',
  url: '/listingcarts',
  summary: 'Make a cart',
  params: none,
  query: none,
  body: NewCart,
  plural: 'ListingCarts',
  answers: { 201: creation },
  example,
});
export const listMyCarts = operation({
  ...collection,
  operationId: 'listMyListingCarts',
  row: 'E49',
  url: '/my/listingcarts',
  summary: 'The carts of the caller',
  params: none,
});

export const readCart = operation({
  ...shared,
  operationId: 'readListingCart',
  row: 'E50',
  method: 'GET',
  url: '/listingcarts/:cartId',
  summary: 'One cart',
  params: cartId,
  query: Type.Object(recordQuery),
  answers: { 200: results(CartShown) },
});
export const addToCart = operation({
  ...shared,
  operationId: 'addToListingCart',
  row: 'E50',
  method: 'POST',
  url: '/listingcarts/:cartId',
  summary: 'Put listings into a cart',
  params: cartId,
  query: none,
  body: MoreListings,
  answers: { 200: results(CartCounted) },
  example: { D: { ListingIds: ['20100815153524571646000000'] } },
});
export const changeCart = operation({
  ...shared,
  operationId: 'changeListingCart',
  row: 'E50',
  method: 'PUT',
  url: '/listingcarts/:cartId',
  summary: 'Give a cart another name, or other listings',
  params: cartId,
  query: none,
  body: CartChange,
  answers: { 200: success },
  example: { D: { Name: 'My Cart' } },
});
export const removeCart = operation({
  ...shared,
  operationId: 'removeListingCart',
  row: 'E50',
  method: 'DELETE',
  url: '/listingcarts/:cartId',
  summary: 'Remove a cart',
  params: cartId,
  query: none,
  answers: { 200: success },
});

export const listCartListings = operation({
  ...shared,
  operationId: 'listListingCartListings',
  row: 'E51',
  method: 'GET',
  url: '/listingcarts/:cartId/listings',
  summary: 'The listings in a cart',
  params: cartId,
  query: Type.Object(collectionQuery),
  answers: { 200: results(ListingRecord) },
});
export const removeFromCart = operation({
  ...shared,
  operationId: 'removeFromListingCart',
  row: 'E51',
  method: 'DELETE',
  url: '/listingcarts/:cartId/listings/:listingIds',
  summary: 'Take listings out of a cart',
  params: Type.Object({ cartId: key(), listingIds }),
  query: none,
  answers: { 200: results(CartCounted) },
});

export const listCartsHolding = operation({
  ...collection,
  operationId: 'listListingCartsHolding',
  row: 'E52',
  url: '/listingcarts/for/:listingIds',
  summary: 'The carts of the caller with at least one of these listings in them',
  params: Type.Object({ listingIds }),
});

export const listPortalCarts = operation({
  ...collection,
  operationId: 'listPortalCarts',
  row: 'E53',
  url: '/listingcarts/portal',
  summary: 'Favorites, Possibilities, Rejects and Removed of a consumer',
  params: none,
});
export const listFavorites = operation({
  ...collection,
  operationId: 'listPortalFavorites',
  row: 'E53',
  url: '/listingcarts/portal/favorites',
  summary: 'Favorites of a consumer',
  params: none,
});
export const listRejects = operation({
  ...collection,
  operationId: 'listPortalRejects',
  row: 'E53',
  url: '/listingcarts/portal/rejects',
  summary: 'Rejects of a consumer',
  params: none,
});

export const listContactCarts = operation({
  ...collection,
  ...ofContact,
  operationId: 'listContactListingCarts',
  row: 'E39',
  url: '/contacts/:contactId/listingcarts',
  summary: 'The carts of a contact',
  params: Type.Object({ contactId: key() }),
});
export const createContactCart = operation({
  ...ofContact,
  operationId: 'createContactListingCart',
  row: 'E39',
  method: 'POST',
  url: '/contacts/:contactId/listingcarts',
  summary: 'Make a cart for a contact',
  params: Type.Object({ contactId: key() }),
  query: none,
  body: NewCart,
  plural: 'ListingCarts',
  answers: { 201: creation },
  example,
});
export const readContactCart = operation({
  ...ofContact,
  operationId: 'readContactListingCart',
  row: 'E39',
  method: 'GET',
  url: '/contacts/:contactId/listingcarts/:cartId',
  summary: 'One cart of a contact',
  params: contactCart,
  query: Type.Object(recordQuery),
  answers: { 200: results(CartShown) },
});
export const changeContactCart = operation({
  ...ofContact,
  operationId: 'changeContactListingCart',
  row: 'E39',
  method: 'PUT',
  url: '/contacts/:contactId/listingcarts/:cartId',
  summary: 'Give a contact’s cart another name, or other listings',
  params: contactCart,
  query: none,
  body: CartChange,
  answers: { 200: success },
  example: { D: { Name: 'My Cart' } },
});
export const removeContactCart = operation({
  ...ofContact,
  operationId: 'removeContactListingCart',
  row: 'E39',
  method: 'DELETE',
  url: '/contacts/:contactId/listingcarts/:cartId',
  summary: 'Remove a cart of a contact',
  params: contactCart,
  query: none,
  answers: { 200: success },
});
