import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { conflict, forbidden, invalid, notFound } from '../../kernel/fault.ts';
import type { Codes } from '../codes.ts';
import type { Ports } from '../given.ts';
import { holdKey } from '../guard.ts';
import { enableLogin } from '../identity/index.ts';
import * as store from './book.store.ts';
import { isEmailTaken, lockInBook, lockOwn } from './contact.store.ts';
import { type ContactActivity, listActivity } from './contact-activity.store.ts';
import { mailMember, withAddress } from './mail-member.ts';
import { contactMaker, type GivenContact } from './make-contact.ts';
import { shownName } from './names.ts';
import type { BookEntry, Contact, ContactChange } from './types.ts';
import { writeContact } from './write-contact.ts';

/** Of one answer with a whole book in it; larger ones are read in pages. */
const MOST_AT_ONCE = 25_000;

export type EntryChange = {
  readonly values: ContactChange;
  /** whether the contact may use its login at the portal */
  readonly portal?: boolean | undefined;
};

/** An address stands once in a book, for those who write through a door that promises it (domain-people §3.4). */
async function checkEmail(tx: Tx, orgId: number, memberId: number | null, email: string | null | undefined, id: number | null) {
  if (!email || memberId === null) return;
  await holdKey(tx, orgId, `book:${memberId}`, email.toLowerCase());
  if (await isEmailTaken(tx, orgId, memberId, email, id))
    throw conflict('contact.email_taken', `Another contact has the address ${email} already`, 'email');
}

/**
 * A member's book as a list with filters, where contacts go by their keys and an address stands but once; and a consumer's own page of
 * it. Whoever has no book has an empty one.
 */
export function bookService(ports: Ports, codes: Codes) {
  const { db, clock } = ports;
  const make = contactMaker(ports, codes);

  const list = async (actor: Actor, query: ListQuery, tag?: string): Promise<ListPage<BookEntry>> => {
    if (actor.memberId === null || tag?.includes('\u0000')) return { rows: [], ...(query.total ? { total: 0 } : {}) };
    return store.listEntries(db, actor.orgId, actor.memberId, query, tag);
  };

  const entry = async (actor: Actor, key: string): Promise<BookEntry> => {
    const found = actor.memberId === null ? undefined : await store.findEntry(db, actor.orgId, actor.memberId, key);
    if (!found) throw notFound('contact');
    return found;
  };

  const own = async ({ orgId, kind, id, agentId }: Actor): Promise<BookEntry> => {
    const found = kind === 'contact' && id !== null ? await store.findOwn(db, orgId, id, agentId ?? null) : undefined;
    if (!found) throw notFound('contact');
    return found;
  };

  return {
    /** Fields of conditions and orders: FIELDS of book.store.ts. */
    entries: list,

    /** All of them at once. @throws Fault invalid when there are too many for one answer */
    async everyEntry(actor: Actor, query: Pick<ListQuery, 'where' | 'zone' | 'order'>): Promise<readonly BookEntry[]> {
      const most = MOST_AT_ONCE + 1;
      const { rows } = await list(actor, { ...query, limit: most, offset: 0, total: false });
      if (rows.length < most) return rows;
      const message = `There are more than ${MOST_AT_ONCE} contacts, too many for one answer; read them in pages`;
      throw invalid({ in: 'query', reason: 'value', message });
    },

    /** @throws Fault not_found, also for contacts of other books */
    entry,

    /** The tags in the book. Field of conditions and orders: tag. */
    async tags(actor: Actor, query: ListQuery): Promise<ListPage<{ tag: string }>> {
      return actor.memberId === null ? { rows: [] } : store.listTags(db, actor.orgId, actor.memberId, query);
    },

    /**
     * What happened around a contact; to a consumer, around its own. Fields of conditions and orders: reso_key, at.
     * @throws Fault not_found
     */
    async contactActivity(actor: Actor, key: string, query: ListQuery): Promise<ListPage<ContactActivity>> {
      const found = actor.kind === 'contact' ? await own(actor) : await entry(actor, key);
      if (found.reso_key !== key) throw notFound('contact');
      const reader = { contactId: found.id, memberId: actor.memberId ?? actor.agentId ?? null };
      return listActivity(db, actor.orgId, reader, query);
    },

    /**
     * `notify`: the agent hears of it by mail, and it is an event of its own beside the contact's.
     * @throws Fault forbidden without a book; conflict `contact.email_taken`
     */
    async addEntry(
      actor: Actor,
      values: ContactChange,
      { notify = false, ...given }: GivenContact & { readonly notify?: boolean } = {},
    ): Promise<Contact> {
      const { orgId, memberId } = actor;
      if (memberId === null) throw forbidden('contact.no_book', 'Only a member of the brokerage has a book of contacts');
      const code = given.code ?? (await codes.mint(orgId, 'contact', actor.officeId, clock.now(), 11));
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        await checkEmail(tx, orgId, memberId, values.email, null);
        const made = await make(tx, what, values, { ...given, code });
        if (notify) {
          const row_name = shownName(made);
          const changed = { member_id: memberId, about: 'contact' };
          await emit(tx, what, { noun: 'notice', row_id: made.id, row_name, verb: 'created', changed, contact_id: made.id });
          await mailMember(tx, what, memberId, {
            kind: 'contact.added',
            subject: `New contact: ${row_name}`,
            body: `${withAddress(row_name, made.email)} is in your book now.`,
          });
        }
        return made;
      });
    },

    /** @throws Fault not_found; conflict `contact.email_taken`; forbidden `contact.no_portal_account` */
    async changeEntry(actor: Actor, key: string, change: (contact: Contact) => EntryChange): Promise<void> {
      const { orgId, memberId } = actor;
      if (memberId === null) throw notFound('contact');
      await db.tx(async (tx) => {
        const before = await lockInBook(tx, orgId, memberId, key);
        if (!before) throw notFound('contact');
        const what = happening(actor, clock.now());
        const { values, portal } = change(before);
        if (values.email !== before.email) await checkEmail(tx, orgId, memberId, values.email, before.id);
        await writeContact(tx, what, before, values);
        if (portal !== undefined) await enableLogin(tx, what, before.id, portal);
      });
    },

    /** A consumer's own contact. @throws Fault not_found for whoever is none */
    ownEntry: own,

    /** @throws Fault not_found; conflict `contact.email_taken` when the agent of the portal has another contact with that address */
    async changeOwnEntry(actor: Actor, change: (contact: Contact) => ContactChange): Promise<void> {
      const { orgId, id, kind } = actor;
      if (kind !== 'contact' || id === null) throw notFound('contact');
      await db.tx(async (tx) => {
        const before = await lockOwn(tx, orgId, id);
        if (!before) throw notFound('contact');
        const values = change(before);
        if (values.email !== before.email) await checkEmail(tx, orgId, actor.agentId ?? null, values.email, id);
        await writeContact(tx, happening(actor, clock.now()), before, values);
      });
    },
  };
}
