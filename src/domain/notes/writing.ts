import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { happening } from '../../events/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import type { ListingRef, Properties } from '../property/index.ts';
import { authorOf } from './author.ts';
import * as store from './note.store.ts';
import { checkText } from './note-text.ts';
import { readSettings } from './settings.store.ts';
import type { Between, GivenNote, Seen } from './types.ts';

/** What notes need of listings. */
export type Listings = Pick<Properties, 'findVisible'>;

/** What private and shared notes have in common: a listing that is seen, a text that may be kept, an end that hides everything. */
export function makeWriting({ clock, mintResoKey }: Pick<Ports, 'clock' | 'mintResoKey'>, listings: Listings) {
  const remove = async (q: Querier, actor: Actor, listing: ListingRef, between: Between): Promise<void> =>
    store.closeThread(q, happening(actor, clock.now()), listing.id, between, listing.first_line);

  return {
    /** @throws Fault not_found, whatever the reason is */
    async readListing(actor: Actor, { key, ...visibility }: Seen): Promise<ListingRef> {
      const listing = await listings.findVisible(actor, key, visibility);
      if (!listing) throw notFound('listing');
      return listing;
    },

    remove,

    /**
     * Adds an entry, which from now on is the note. An empty text ends the note, as removing does. Answers whether there was none before.
     * @throws Fault invalid for a text that is too long or cannot be stored
     */
    async put(q: Querier, actor: Actor, listing: ListingRef, between: Between, text: string, given: GivenNote): Promise<boolean> {
      if (text === '') {
        await remove(q, actor, listing, between);
        return false;
      }
      await checkText(text, async () => (await readSettings(q, actor.orgId)).limit);
      const what = happening(actor, clock.now());
      return store.putEntry(q, what, listing.id, between, {
        text,
        author: authorOf(actor),
        resoKey: given.resoKey ?? mintResoKey(what.at),
        listingName: listing.first_line,
        given,
      });
    },
  };
}
export type Writing = ReturnType<typeof makeWriting>;
