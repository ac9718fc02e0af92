import { emit, happening } from '../../events/index.ts';
import { invalidMember, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { visibleListings } from './cart-item.store.ts';
import * as store from './shared-listing.store.ts';
import { shortId } from './short-id.ts';
import type { SharedListing } from './types.ts';
import type { Seeker } from './whose.ts';

export type NewSharedListing = { readonly listingKeys: readonly string[]; readonly viewId?: string | null };

/** What could be an id; other texts of an address are not even looked for. */
const ID = /^[0-9A-Za-z]{1,32}$/;

/** Lists of listings that are passed on by an address: who has the address may look (contracts/spark.md §10.6). */
export function sharedListingsService({ db, clock }: Ports) {
  return {
    /** @throws Fault invalid for listings that the caller does not see */
    async share(
      { actor, seen }: Seeker,
      { listingKeys, viewId = null }: NewSharedListing,
      given: { readonly id?: string; readonly createdAt?: Date } = {},
    ): Promise<SharedListing> {
      const keys = [...new Set(listingKeys)];
      if (keys.length === 0) throw invalidMember('listingKeys', 'required', 'At least one listing is needed');
      return db.tx(async (tx) => {
        const known = await visibleListings(tx, actor.orgId, keys, seen);
        const ids = keys.map((key) => {
          const id = known.get(key);
          if (id === undefined) throw invalidMember('listingKeys', 'value', `${key} is no listing that you can see`);
          return id;
        });
        const what = happening(actor, clock.now());
        const id = given.id ?? shortId();
        await store.insertShared(tx, actor, { id, propertyIds: ids, viewId, at: given.createdAt ?? what.at });
        await emit(tx, what, {
          noun: 'shared_listing',
          // its id is a text, which the log has no column for
          row_id: 0,
          row_name: id,
          verb: 'created',
          changed: { id, property_ids: ids, view_id: viewId },
          contact_id: actor.kind === 'contact' ? actor.id : null,
        });
        return { id, listing_keys: keys, view_id: viewId };
      });
    },

    /** With those of its listings that the seeker sees now. @throws Fault not_found */
    async shared({ actor, seen }: Seeker, id: string): Promise<SharedListing> {
      const found = await store.findShared(db, actor.orgId, id, seen);
      if (!found) throw notFound('shared listing');
      return found;
    },

    /** Its listings as ids, for conditions of lists; undefined when there is none. */
    findSharedIds: ({ actor }: Seeker, id: string): Promise<readonly number[] | undefined> =>
      store.findSharedIds(db, actor.orgId, id),

    /** For anybody who has the address: what is listed of it, wherever it belongs. @throws Fault not_found */
    async openShared(id: string): Promise<store.SharedPage> {
      const found = ID.test(id) ? await store.openShared(db, id) : undefined;
      if (!found) throw notFound('shared listing');
      return found;
    },
  };
}
export type SharedListings = ReturnType<typeof sharedListingsService>;
