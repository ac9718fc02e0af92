import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { forbidden, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { consumerOf, memberOf } from './author.ts';
import * as people from './correspondent.store.ts';
import * as store from './note.store.ts';
import { readSettings } from './settings.store.ts';
import type { Between, GivenNote, Seen, SharedNote } from './types.ts';
import type { Writing } from './writing.ts';

const ownSide = (actor: Actor): Between => ({ kind: 'shared', ...consumerOf(actor) });

/** Where the organisation asks for one. @throws Fault forbidden `contact.no_portal_account` */
async function checkLogin(q: Querier, actor: Actor, { hasLogin }: people.Correspondent): Promise<void> {
  if (!hasLogin && (await readSettings(q, actor.orgId)).needsLogin)
    throw forbidden('contact.no_portal_account', 'The contact has no portal account yet');
}

/** Both sides of a note that is about to be written, the contact's row held: one that is being deleted gets no new note. */
async function holdSides(q: Querier, actor: Actor, contactKey: string | null): Promise<Between> {
  if (contactKey === null) {
    const sides = consumerOf(actor);
    if (!(await people.holdContact(q, actor.orgId, sides.contactId))) throw notFound('contact');
    return { kind: 'shared', ...sides };
  }
  const memberId = memberOf(actor);
  const contact = await people.holdInBook(q, actor.orgId, memberId, contactKey);
  if (!contact) throw notFound('contact');
  await checkLogin(q, actor, contact);
  return { kind: 'shared', memberId, contactId: contact.id };
}

/**
 * The one note that an agent and a contact share on a listing. Both read it and replace it whole, and the last one wins
 * (contracts/spark.md §9.1). `contactKey` is the contact that an agent names; null for a consumer, who shares with the agent of the portal.
 * All of these throw not_found unless the caller sees the listing and has the contact in the book.
 */
export function sharedNotesService({ db }: Ports, { readListing, put, remove }: Writing) {
  const readContact = async (actor: Actor, contactKey: string): Promise<people.Correspondent> => {
    const contact = await people.findInBook(db, actor.orgId, memberOf(actor), contactKey);
    if (!contact) throw notFound('contact');
    return contact;
  };

  return {
    async sharedNote(actor: Actor, seen: Seen, contactKey: string | null): Promise<string | undefined> {
      const listing = await readListing(actor, seen);
      if (contactKey === null) return store.findText(db, actor.orgId, listing.id, ownSide(actor));
      const found = await people.findTextWith(db, actor.orgId, memberOf(actor), contactKey, listing.id);
      if (!found) throw notFound('contact');
      return found.text ?? undefined;
    },

    /** Everything that an agent shares on a listing, latest change first. */
    async sharedNotes(actor: Actor, seen: Seen): Promise<SharedNote[]> {
      const listing = await readListing(actor, seen);
      return store.listShared(db, actor.orgId, memberOf(actor), listing.id);
    },

    /** May something be written there? @throws Fault not_found, forbidden `contact.no_portal_account` */
    async checkSharing(actor: Actor, seen: Seen, contactKey: string): Promise<void> {
      await readListing(actor, seen);
      await checkLogin(db, actor, await readContact(actor, contactKey));
    },

    /**
     * Replaces the note; "" removes it. The contact need not have a portal account: the note waits for it. Answers whether there was none
     * before.
     * @throws Fault invalid for the text, forbidden `contact.no_portal_account` where the organisation asks for an account
     */
    async putSharedNote(
      actor: Actor,
      seen: Seen,
      contactKey: string | null,
      text: string,
      given: GivenNote = {},
    ): Promise<boolean> {
      const listing = await readListing(actor, seen);
      return db.tx(async (tx) => put(tx, actor, listing, await holdSides(tx, actor, contactKey), text, given));
    },

    async removeSharedNote(actor: Actor, seen: Seen, contactKey: string | null): Promise<void> {
      const listing = await readListing(actor, seen);
      const sides: Between =
        contactKey === null
          ? ownSide(actor)
          : { kind: 'shared', memberId: memberOf(actor), contactId: (await readContact(actor, contactKey)).id };
      await remove(db, actor, listing, sides);
    },
  };
}
