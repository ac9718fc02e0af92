import type { Actor } from '../../access/actor.ts';
import type { Querier, Tx } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { conflict, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { addItems, countItems, removeItems, visibleListings } from './cart-item.store.ts';
import { holdContact, reachContacts } from './contact-reach.store.ts';
import * as store from './listing-cart.store.ts';
import {
  type CartChange,
  type CartContents,
  type CartRow,
  type GivenCart,
  type ListingCart,
  type NewCart,
  PORTAL_CARTS,
  type PortalCart,
} from './types.ts';
import { cartsOf, ownCarts, type Seeker, type Whose, whoseOf } from './whose.ts';

/** What a cart holds at most, so that a page of carts with all their listings stays small. */
export const MOST_LISTINGS = 2000;

const EMPTY: CartContents = { listing_keys: [], added: [], removed: [] };

/** Listing carts of members and consumers; a consumer's Favorites are what a site calls favourites (domain-property §7.2). */
export function listingCartsService({ db, clock, mintResoKey }: Ports) {
  const filled = async (q: Querier, { actor, seen }: Seeker, rows: readonly CartRow[]): Promise<ListingCart[]> => {
    const contents = await store.contentsOf(
      q,
      actor.orgId,
      rows.map(({ id }) => id),
      seen,
    );
    return rows.map((row) => ({ ...row, ...(contents.get(row.id) ?? EMPTY) }));
  };
  const find = (q: Querier, seeker: Seeker, key: string): Promise<CartRow | undefined> =>
    store.findCart(q, seeker.actor.orgId, key, cartsOf(seeker.actor.orgId, whoseOf(seeker)));
  const read = async (q: Querier, seeker: Seeker, key: string): Promise<ListingCart> => {
    const found = await find(q, seeker, key);
    if (!found) throw notFound('listing cart');
    const [cart] = await filled(q, seeker, [found]);
    return cart as ListingCart;
  };
  const lock = async (tx: Tx, seeker: Seeker, key: string): Promise<ListingCart> => {
    await store.lockCart(tx, seeker.actor.orgId, key);
    return read(tx, seeker, key);
  };
  const list = async (seeker: Seeker, scope: ReturnType<typeof ownCarts>, query: ListQuery): Promise<ListPage<ListingCart>> => {
    const page = await store.listCarts(db, seeker.actor.orgId, scope, query);
    return { ...page, rows: await filled(db, seeker, page.rows) };
  };

  const insert = async (
    tx: Tx,
    what: Happening,
    owner: store.CartOwner,
    carts: readonly store.MadeCart[],
    more: { viewId?: string | null; createdAt?: Date; updatedAt?: Date } = {},
  ) => {
    const { actor, at } = what;
    const createdAt = more.createdAt ?? at;
    const made = await store.insertCarts(tx, actor.orgId, owner, carts, {
      viewId: more.viewId ?? null,
      createdAt,
      updatedAt: more.updatedAt ?? createdAt,
      by: actor.kind === 'user' ? actor.id : null,
      door: actor.door,
    });
    const events = made.map((cart) => ({
      noun: 'listing_cart',
      row_id: cart.id,
      row_name: cart.name,
      verb: 'created' as const,
      changed: { ...cart, owner_member_id: owner.memberId, owner_contact_id: owner.contactId },
      contact_id: owner.contactId,
    }));
    await emit(tx, what, ...events);
    return made;
  };

  /** Portal carts come with the consumer: clients look for them by their type and put listings in (contracts/spark.md §10.6). */
  const ensurePortalCarts = async (actor: Actor, whose: Whose): Promise<void> => {
    if (whose.kind !== 'contact') return;
    const there = await store.portalTypesOf(db, actor.orgId, whose.contactId);
    const missing = PORTAL_CARTS.filter((type) => !there.includes(type));
    if (missing.length === 0) return;
    await db.tx(async (tx) => {
      if (!(await holdContact(tx, actor.orgId, whose.contactId))) return;
      const what = happening(actor, clock.now());
      const carts = missing.map((type) => ({ id: null, resoKey: mintResoKey(what.at), type, name: type }));
      await insert(tx, what, { memberId: null, contactId: whose.contactId }, carts);
    });
  };

  const fill = async (
    tx: Tx,
    what: Happening,
    seeker: Seeker,
    cartId: number,
    keys: readonly string[],
    given?: readonly number[],
  ) => {
    const { orgId } = seeker.actor;
    const distinct = [...new Set(keys)];
    const known = await visibleListings(tx, orgId, distinct, seeker.seen);
    const ids = distinct.map((key) => {
      const id = known.get(key);
      if (id === undefined) throw invalidMember('listingKeys', 'value', `${key} is no listing that you can see`);
      return id;
    });
    await addItems(tx, what, cartId, ids, given);
    if ((await countItems(tx, orgId, cartId)) > MOST_LISTINGS)
      throw invalidMember('listingKeys', 'value', `A cart holds ${MOST_LISTINGS} listings at most`);
  };

  const contactOf = async (q: Querier, seeker: Seeker, key: string, how: 'plain' | 'held'): Promise<number> => {
    const whose = whoseOf(seeker);
    if (whose.kind !== 'member' && whose.kind !== 'contact') throw notFound('contact');
    const id = (await reachContacts(q, seeker.actor.orgId, whose, [key], how)).get(key);
    if (id === undefined) throw notFound('contact');
    return id;
  };

  const write = async (tx: Tx, what: Happening, seeker: Seeker, cart: ListingCart, change: CartChange): Promise<void> => {
    const before = { name: cart.name, view_id: cart.view_id };
    const after = { name: change.name ?? cart.name, view_id: change.viewId === undefined ? cart.view_id : change.viewId };
    const changed = difference(before, after);
    if (changed?.name && cart.type !== 'Custom') throw conflict('cart.portal', `The portal's ${cart.type} keeps its name`);
    if (changed) {
      await store.saveCart(tx, seeker.actor.orgId, cart.id, after, what.at);
      await emit(tx, what, { ...eventOf(cart), row_name: after.name, verb: 'updated', changed });
    }
    const { listingKeys } = change;
    if (listingKeys === undefined) return;
    const gone = cart.listing_keys.filter((key) => !listingKeys.includes(key));
    if (gone.length > 0) await removeItems(tx, what, cart.id, gone);
    await fill(
      tx,
      what,
      seeker,
      cart.id,
      listingKeys.filter((key) => !cart.listing_keys.includes(key)),
    );
  };

  return {
    /** The seeker's own carts; a consumer has those of the portal among them. */
    async carts(seeker: Seeker, query: ListQuery): Promise<ListPage<ListingCart>> {
      const whose = whoseOf(seeker);
      await ensurePortalCarts(seeker.actor, whose);
      return list(seeker, ownCarts(whose), query);
    },

    /** Favorites, Possibilities, Rejects and Removed of a consumer, or one of them. Members have none. */
    async portalCarts(seeker: Seeker, query: ListQuery, type?: PortalCart): Promise<ListPage<ListingCart>> {
      const whose = whoseOf(seeker);
      await ensurePortalCarts(seeker.actor, whose);
      return list(seeker, store.ofPortal(ownCarts(whose), type), query);
    },

    /** The seeker's own carts with at least one of these listings in them. */
    cartsHolding: (seeker: Seeker, listingKeys: readonly string[], query: ListQuery): Promise<ListPage<ListingCart>> =>
      list(seeker, store.holding(ownCarts(whoseOf(seeker)), seeker.actor.orgId, listingKeys, seeker.seen), query),

    /** @throws Fault not_found for a contact that is none of the seeker's */
    async checkContact(seeker: Seeker, contactKey: string): Promise<void> {
      await contactOf(db, seeker, contactKey, 'plain');
    },

    /** For the contact's agent, and the contact itself. @throws Fault not_found for a contact that is none of the seeker's */
    async cartsOfContact(seeker: Seeker, contactKey: string, query: ListQuery): Promise<ListPage<ListingCart>> {
      const contactId = await contactOf(db, seeker, contactKey, 'plain');
      await ensurePortalCarts(seeker.actor, whoseOf(seeker));
      return list(seeker, store.ofContact(contactId), query);
    },

    /** @throws Fault not_found, also for a cart that is not that contact's */
    async cart(seeker: Seeker, key: string, contactKey?: string): Promise<ListingCart> {
      const cart = await read(db, seeker, key);
      if (contactKey !== undefined && cart.owner_key !== contactKey) throw notFound('listing cart');
      return cart;
    },

    /** The listings of a cart as ids, for conditions of lists; undefined when the seeker has no such cart. */
    async findListingIds(seeker: Seeker, key: string): Promise<readonly number[] | undefined> {
      const cart = await find(db, seeker, key);
      return cart && store.listingIdsOf(db, seeker.actor.orgId, cart.id);
    },

    /**
     * A cart of the caller's, or of a contact of the caller's book.
     * @throws Fault not_found for the contact; conflict `cart.exists` for a second portal cart of one kind; invalid for its listings
     */
    async createCart(seeker: Seeker, values: NewCart, contactKey?: string, given: GivenCart = {}): Promise<ListingCart> {
      const { actor } = seeker;
      const whose = whoseOf(seeker);
      const type = values.type ?? 'Custom';
      return db.tx(async (tx) => {
        const own = whose.kind === 'contact' ? whose.contactId : null;
        const contactId = contactKey === undefined ? own : await contactOf(tx, seeker, contactKey, 'held');
        if (contactId === null ? whose.kind !== 'member' : !(await holdContact(tx, actor.orgId, contactId)))
          throw notFound('contact');
        if (type !== 'Custom' && contactId === null)
          throw invalidMember('type', 'value', `Only consumers have a cart of the type ${type}`);
        const what = happening(actor, clock.now());
        const resoKey = given.resoKey ?? mintResoKey(given.createdAt ?? what.at);
        const owner = { memberId: contactId === null ? actor.memberId : null, contactId };
        const more = { ...given, viewId: values.viewId ?? null };
        const [made] = await insert(tx, what, owner, [{ id: given.id ?? null, resoKey, type, name: values.name }], more);
        if (!made) throw conflict('cart.exists', `The contact has a cart of the type ${type} already`);
        await fill(tx, what, seeker, made.id, values.listingKeys ?? [], given.itemIds);
        return read(tx, seeker, resoKey);
      });
    },

    /** Replaces what the seeker sees of its listings. @throws Fault not_found; conflict for the name of a portal cart; invalid */
    updateCart: (seeker: Seeker, key: string, change: CartChange, contactKey?: string): Promise<ListingCart> =>
      db.tx(async (tx) => {
        const cart = await lock(tx, seeker, key);
        if (contactKey !== undefined && cart.owner_key !== contactKey) throw notFound('listing cart');
        await write(tx, happening(seeker.actor, clock.now()), seeker, cart, change);
        return read(tx, seeker, key);
      }),

    /** @throws Fault not_found, invalid for listings that the caller does not see */
    addListings: (seeker: Seeker, key: string, listingKeys: readonly string[], given?: readonly number[]): Promise<ListingCart> =>
      db.tx(async (tx) => {
        const cart = await lock(tx, seeker, key);
        await fill(tx, happening(seeker.actor, clock.now()), seeker, cart.id, listingKeys, given);
        return read(tx, seeker, key);
      }),

    /** What is not in the cart is no fault. @throws Fault not_found for the cart */
    removeListings: (seeker: Seeker, key: string, listingKeys: readonly string[]): Promise<ListingCart> =>
      db.tx(async (tx) => {
        const cart = await lock(tx, seeker, key);
        await removeItems(tx, happening(seeker.actor, clock.now()), cart.id, listingKeys);
        return read(tx, seeker, key);
      }),

    /** @throws Fault not_found; conflict `cart.portal` for one that comes with the portal */
    removeCart: (seeker: Seeker, key: string, contactKey?: string): Promise<void> =>
      db.tx(async (tx) => {
        const cart = await lock(tx, seeker, key);
        if (contactKey !== undefined && cart.owner_key !== contactKey) throw notFound('listing cart');
        if (cart.type !== 'Custom') throw conflict('cart.portal', `The portal's ${cart.type} cannot be deleted`);
        const what = happening(seeker.actor, clock.now());
        await store.deleteCart(tx, seeker.actor.orgId, cart.id, what.at);
        await emit(tx, what, { ...eventOf(cart), verb: 'deleted', changed: cart });
      }),
  };
}
export type ListingCarts = ReturnType<typeof listingCartsService>;

const eventOf = (cart: ListingCart) => ({
  noun: 'listing_cart',
  row_id: cart.id,
  row_name: cart.name,
  contact_id: cart.owner_contact_id,
});
