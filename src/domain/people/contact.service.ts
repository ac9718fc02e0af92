import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { invalid, notFound } from '../../kernel/fault.ts';
import type { Listed, Page } from '../../kernel/page.ts';
import type { Codes } from '../codes.ts';
import type { Ports } from '../given.ts';
import * as store from './contact.store.ts';
import { contactMaker, type GivenContact } from './make-contact.ts';
import { shownName } from './names.ts';
import type { Contact, ContactChange, ContactQuery, ContactRef, Parting } from './types.ts';
import { writeContact } from './write-contact.ts';

/**
 * The contacts in a member's book. Whoever is not a member of the brokerage has no book. `partings` are what other slices end when a
 * contact is deleted.
 */
export function contactsService(ports: Ports, codes: Codes, partings: readonly Parting[] = []) {
  const { db, clock } = ports;
  const none: Listed<Contact> = { rows: [], total: 0 };

  const create = contactMaker(ports, codes);

  return {
    /** A page of the caller's book, by id. */
    async contacts(actor: Actor, page: Page, query: ContactQuery): Promise<Listed<Contact>> {
      if (actor.memberId === null) return none;
      return store.listBook(db, actor.orgId, actor.memberId, page, query);
    },

    /** @throws Fault not_found, also for contacts of other books */
    async contact(actor: Actor, id: number): Promise<Contact> {
      const found = actor.memberId === null ? undefined : await store.findInBook(db, actor.orgId, actor.memberId, id);
      if (!found) throw notFound('contact');
      return found;
    },

    /** @throws Fault invalid when neither a name, a company nor an e-mail is given (domain-people §3.1) */
    async createContact(actor: Actor, values: ContactChange, given: GivenContact = {}): Promise<Contact> {
      if (!(values.first_name || values.last_name || values.email || values.company_name || values.display_name))
        throw invalid({
          in: 'body',
          reason: 'required',
          message: 'A contact needs a first name, a last name, an e-mail or a company',
        });
      return create(db, happening(actor, clock.now()), values, given);
    },

    /** For Loop-It: the contact of the book with that address is taken as it is, else one is made (domain-people §3.1). */
    async findOrCreate(tx: Querier, what: Happening, values: ContactChange): Promise<Contact> {
      const { actor } = what;
      const known =
        values.email && actor.memberId !== null
          ? await store.findByEmail(tx, actor.orgId, actor.memberId, values.email)
          : undefined;
      return known ?? create(tx, what, values);
    },

    /** The contact of the caller's book with that address, for links that write nothing. */
    async findByEmail(q: Querier, actor: Actor, email: string): Promise<Contact | undefined> {
      return actor.memberId === null ? undefined : store.findByEmail(q, actor.orgId, actor.memberId, email);
    },

    /**
     * `change` computes new values from the contact as it stands, under lock.
     * @throws Fault not_found
     */
    async updateContact(actor: Actor, id: number, change: (contact: Contact) => ContactChange): Promise<Contact> {
      if (actor.memberId === null) throw notFound('contact');
      const { orgId, memberId } = actor;
      return db.tx(async (tx) => {
        const before = await store.lockInBook(tx, orgId, memberId, id);
        if (!before) throw notFound('contact');
        return writeContact(tx, happening(actor, clock.now()), before, change(before));
      });
    },

    /**
     * Deletes the contact for every door, or takes it out of the caller's book when others need it: another member has it, documents
     * hang on it, or the brokerage's own doors made it (domain-people §3.5).
     * @throws Fault not_found
     */
    async removeContact(actor: Actor, ref: ContactRef): Promise<void> {
      if (actor.memberId === null) throw notFound('contact');
      const { orgId, memberId } = actor;
      await db.tx(async (tx) => {
        const contact = await store.lockInBook(tx, orgId, memberId, ref);
        if (!contact) throw notFound('contact');
        const { id } = contact;
        const what = happening(actor, clock.now());
        const row = { noun: 'contact', row_id: id, row_name: shownName(contact), contact_id: id };
        const needed =
          contact.member_ids.length > 1 ||
          contact.created_door === 'reapit' ||
          contact.created_door === 'propertybase' ||
          (await store.isNeeded(tx, orgId, id));
        if (!needed) {
          await store.deleteContact(tx, orgId, id, what.at);
          for (const part of partings) await part(tx, what, id);
          return emit(tx, what, { ...row, verb: 'deleted', changed: contact });
        }
        const member_ids = contact.member_ids.filter((member) => member !== memberId);
        await store.leaveBook(tx, orgId, id, memberId);
        await store.saveContact(tx, { ...contact, member_ids }, what.at);
        return emit(tx, what, { ...row, verb: 'updated', changed: { member_ids: [contact.member_ids, member_ids] } });
      });
    },
  };
}
export type Contacts = ReturnType<typeof contactsService>;
