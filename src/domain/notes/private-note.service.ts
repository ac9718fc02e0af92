import type { Actor } from '../../access/actor.ts';
import type { Ports } from '../given.ts';
import { authorOf } from './author.ts';
import * as store from './note.store.ts';
import type { Between, GivenNote, Seen } from './types.ts';
import type { Writing } from './writing.ts';

const ownOf = (actor: Actor): Between => {
  const { kind, id } = authorOf(actor);
  return kind === 'member'
    ? { kind: 'private', memberId: id, contactId: null }
    : { kind: 'private', memberId: null, contactId: id };
};

/** What a member or a contact notes on a listing for nobody else: no manager, no other door, no search (domain-people §2.14). */
export function privateNotesService({ db }: Ports, { readListing, put, remove }: Writing) {
  return {
    /** @throws Fault not_found unless the caller sees the listing; so do all of these */
    async privateNote(actor: Actor, seen: Seen): Promise<string | undefined> {
      const listing = await readListing(actor, seen);
      return store.findText(db, actor.orgId, listing.id, ownOf(actor));
    },

    /** Replaces the caller's note; "" removes it. Answers whether there was none before. @throws Fault invalid for the text */
    async putPrivateNote(actor: Actor, seen: Seen, text: string, given: GivenNote = {}): Promise<boolean> {
      const listing = await readListing(actor, seen);
      return put(db, actor, listing, ownOf(actor), text, given);
    },

    async removePrivateNote(actor: Actor, seen: Seen): Promise<void> {
      const listing = await readListing(actor, seen);
      await remove(db, actor, listing, ownOf(actor));
    },
  };
}
