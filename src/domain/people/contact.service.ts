import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import { invalid, notFound } from '../../kernel/fault.ts';
import type { Listed, Page } from '../../kernel/page.ts';
import type { Codes } from '../codes.ts';
import type { Given, Ports } from '../given.ts';
import * as store from './contact.store.ts';
import { shownName } from './names.ts';
import type { Contact, ContactChange, ContactQuery, Parting } from './types.ts';

/**
 * The contacts in a member's book. Whoever is not a member of the brokerage has no book. `partings` are what other slices end when a
 * contact is deleted.
 */
export function contactsService({ db, clock, mintResoKey }: Ports, codes: Codes, partings: readonly Parting[] = []) {
  const none: Listed<Contact> = { rows: [], total: 0 };

  /** One contact and its event in one statement; `q` may be a transaction of something larger. */
  const create = async (
    q: Querier,
    what: Happening,
    values: ContactChange,
    given: Given & { memberIds?: readonly number[] } = {},
  ) => {
    const { actor } = what;
    const memberIds = given.memberIds ?? (actor.memberId === null ? [] : [actor.memberId]);
    const createdAt = given.createdAt ?? what.at;
    return store.insertContact(q, what, {
      given: { ...(given.id === undefined ? {} : { id: given.id }), createdAt, updatedAt: given.updatedAt ?? createdAt },
      code: given.code ?? (await codes.mint(actor.orgId, 'contact', actor.officeId, what.at, 11)),
      resoKey: given.resoKey ?? mintResoKey(what.at),
      memberIds,
      officeIds: actor.officeId === null ? [] : [actor.officeId],
      values,
      shownName: shownName({ first_name: values.first_name ?? null, last_name: values.last_name ?? null, ...values }),
    });
  };

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
    async createContact(
      actor: Actor,
      values: ContactChange,
      given: Given & { memberIds?: readonly number[] } = {},
    ): Promise<Contact> {
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
     * `change` computes new values from the contact as it stands, under lock. Nothing that differs: nothing is written and
     * `updated_at` stays (domain-people §1.1.4).
     * @throws Fault not_found
     */
    async updateContact(actor: Actor, id: number, change: (contact: Contact) => ContactChange): Promise<Contact> {
      if (actor.memberId === null) throw notFound('contact');
      const { orgId, memberId } = actor;
      return db.tx(async (tx) => {
        const before = await store.lockInBook(tx, orgId, memberId, id);
        if (!before) throw notFound('contact');
        const values = change(before);
        const changed = difference(before, values);
        if (!changed) return before;
        const what = happening(actor, clock.now());
        const after = await store.saveContact(tx, { ...before, ...values }, what.at);
        await emit(tx, what, {
          noun: 'contact',
          row_id: id,
          row_name: shownName(after),
          verb: 'updated',
          changed,
          contact_id: id,
        });
        return after;
      });
    },

    /**
     * Deletes the contact for every door, or takes it out of the caller's book when others need it: another member has it, documents
     * hang on it, or the brokerage's own doors made it (domain-people §3.5).
     * @throws Fault not_found
     */
    async removeContact(actor: Actor, id: number): Promise<void> {
      if (actor.memberId === null) throw notFound('contact');
      const { orgId, memberId } = actor;
      await db.tx(async (tx) => {
        const contact = await store.lockInBook(tx, orgId, memberId, id);
        if (!contact) throw notFound('contact');
        const what = happening(actor, clock.now());
        const row = { noun: 'contact', row_id: id, row_name: shownName(contact), contact_id: id };
        const needed =
          contact.member_ids.length > 1 ||
          contact.created_door === 'reapit' ||
          contact.created_door === 'propertybase' ||
          (await store.hasDocuments(tx, orgId, id));
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
