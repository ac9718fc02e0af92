import type { ListingCart, Seeker } from '../../../domain/index.ts';
import type { Condition, ListPage, ListQuery } from '../../../kernel/condition.ts';
import { notFound } from '../../../kernel/fault.ts';
import type { Answer } from '../../../wire/answer.ts';
import { PRIVATE, read, succeeded, written } from '../answers.ts';
import * as contract from '../contract/listing-cart.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { filtered, filterFields } from '../filtering.ts';
import { listingPage } from '../listing-page.ts';
import { CART_FIELDS, cartUri, fromCartChange, fromNewCart, toCart, toCounted, cartWords as words } from '../map/listing-cart.ts';
import { listQuery, readList, readOrder, readPage, select } from '../paging.ts';
import { seekerOf } from '../seeker.ts';
import { visibilityOf } from '../visibility.ts';

const FIELDS = filterFields(CART_FIELDS, { ModificationTimestamp: 'datetime' });
const shown = { headers: PRIVATE };
const done = (): Answer => ({ ...succeeded(), ...shown });
const made = (cart: ListingCart): Answer => ({ ...written(201, { ResourceUri: cartUri(cart.reso_key) }), ...shown });
const counted = (cart: ListingCart): Answer => ({ ...written(200, toCounted(cart)), ...shown });
const idsIn = (text: string) => text.split(',');

type Query = Parameters<typeof readPage>[0] & { readonly _filter?: string };
type Call = { readonly caller: SparkCaller; readonly query: Query };
type OnCart = { readonly caller: SparkCaller; readonly params: { readonly cartId: string; readonly contactId?: string } };

/** Carts of members and consumers: contracts/spark.md §10.6. What is not the caller's to see is as unknown as an id that nobody has. */
export function listingCartRoutes(desk: Desk): SparkRoute[] {
  const { carts, properties } = desk.domain;
  const list = (call: Call, rows: (seeker: Seeker, query: ListQuery) => Promise<ListPage<ListingCart>>) =>
    filtered(desk, call, FIELDS, async (where) => {
      const asked = readPage(call.query, call.caller);
      const query = listQuery(asked, readOrder(call.query._orderby, CART_FIELDS, []));
      const page = await rows(seekerOf(call.caller), { ...query, ...where });
      return readList(asked, page, page.rows.map(toCart), { ...shown, show: (row) => select(row, call.query) });
    });
  const target = ({ caller, params }: OnCart) => carts.cart(seekerOf(caller), params.cartId, params.contactId);
  const one = async (call: OnCart & { readonly query: { readonly _select?: string } }) =>
    read([select(toCart(await target(call)), call.query)], shown);
  const change = async ({ caller, params, body }: OnCart & { readonly body: contract.CartChange }) => {
    await carts.updateCart(seekerOf(caller), params.cartId, fromCartChange(body), params.contactId);
    return done();
  };
  const remove = async ({ caller, params }: OnCart) => {
    await carts.removeCart(seekerOf(caller), params.cartId, params.contactId);
    return done();
  };

  const own = [
    sparkRoute(contract.listCarts, { handle: (call) => list(call, carts.carts) }),
    sparkRoute(contract.listMyCarts, { handle: (call) => list(call, carts.carts) }),
    sparkRoute(contract.createCart, {
      words,
      handle: async ({ caller, body }) => made(await carts.createCart(seekerOf(caller), fromNewCart(body))),
    }),
    sparkRoute(contract.listCartsHolding, {
      handle: (call) => list(call, (seeker, query) => carts.cartsHolding(seeker, idsIn(call.params.listingIds), query)),
    }),
    sparkRoute(contract.listPortalCarts, { handle: (call) => list(call, (seeker, query) => carts.portalCarts(seeker, query)) }),
    sparkRoute(contract.listFavorites, {
      handle: (call) => list(call, (seeker, query) => carts.portalCarts(seeker, query, 'Favorites')),
    }),
    sparkRoute(contract.listRejects, {
      handle: (call) => list(call, (seeker, query) => carts.portalCarts(seeker, query, 'Rejects')),
    }),
  ];

  const single = [
    sparkRoute(contract.readCart, { handle: one }),
    sparkRoute(contract.addToCart, {
      words,
      target,
      handle: async ({ caller, params, body }) =>
        counted(await carts.addListings(seekerOf(caller), params.cartId, body.ListingIds)),
    }),
    sparkRoute(contract.changeCart, { words, target, handle: change }),
    sparkRoute(contract.removeCart, { handle: remove }),
    sparkRoute(contract.listCartListings, {
      handle: async ({ caller, params, query }) => {
        const ids = await carts.findListingIds(seekerOf(caller), params.cartId);
        if (!ids) throw notFound('listing cart');
        return listingPage(desk, { caller, query }, ({ where, ...asked }) => {
          const of: Condition[] = [{ kind: 'ids', ids }, ...(where ? [where] : [])];
          return properties.list(caller.actor, visibilityOf(caller), { ...asked, where: { kind: 'and', of } });
        });
      },
    }),
    sparkRoute(contract.removeFromCart, {
      handle: async ({ caller, params }) =>
        counted(await carts.removeListings(seekerOf(caller), params.cartId, idsIn(params.listingIds))),
    }),
  ];

  const ofContact = [
    sparkRoute(contract.listContactCarts, {
      handle: (call) => list(call, (seeker, query) => carts.cartsOfContact(seeker, call.params.contactId, query)),
    }),
    sparkRoute(contract.createContactCart, {
      words,
      target: ({ caller, params }) => carts.checkContact(seekerOf(caller), params.contactId),
      handle: async ({ caller, params, body }) =>
        made(await carts.createCart(seekerOf(caller), fromNewCart(body), params.contactId)),
    }),
    sparkRoute(contract.readContactCart, { handle: one }),
    sparkRoute(contract.changeContactCart, { words, target, handle: change }),
    sparkRoute(contract.removeContactCart, { handle: remove }),
  ];

  return [...own, ...single, ...ofContact];
}
