import type { Actor } from '../../access/actor.ts';
import type { Querier, Tx } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { forbidden, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { holdContact, reachContacts, type Spokesman } from './contact-reach.store.ts';
import * as store from './saved-search.store.ts';
import { keepContacts, linkContacts, unlinkContacts } from './search-contact.store.ts';
import type { GivenSearch, NewSearch, SavedSearch, SearchChange, SearchFilter } from './types.ts';
import { ownSearches, providedSearches, providedTo, type Seeker, searchesOf, searchesOfContact, whoseOf } from './whose.ts';

const EVERYTHING: SearchFilter = { text: null, criteria: {}, fits: true };

const valuesOf = (search: SavedSearch): store.SearchValues => ({
  name: search.name,
  description: search.description,
  tags: search.tags,
  filter: { text: search.filter_text, criteria: search.criteria, fits: search.fits },
  provided: search.provided,
});

/** What the log of events keeps of a search. */
const logged = ({ filter, ...values }: store.SearchValues) => ({
  ...values,
  filter_text: filter.text,
  criteria: filter.criteria,
});

/** An agent's own consumers, or the consumer itself. */
const speaksFor = ({ kind, id, memberId }: Actor): Spokesman =>
  kind === 'contact' && id !== null ? { contactId: id } : { memberId: memberId ?? 0 };

const isOwner = ({ kind, id, memberId }: Actor, search: SavedSearch): boolean =>
  kind === 'contact' ? search.owner_contact_id === id : memberId !== null && search.owner_member_id === memberId;

/** Saved searches of members and consumers, and those that members and the brokerage provide to consumers (domain-property §7.1). */
export function savedSearchesService({ db, clock, mintResoKey }: Ports) {
  const find = (q: Querier, seeker: Seeker, key: string) => {
    const { orgId } = seeker.actor;
    const whose = whoseOf(seeker);
    return store.findSearch(q, orgId, key, searchesOf(orgId, whose), whose);
  };
  const read = async (q: Querier, seeker: Seeker, key: string): Promise<SavedSearch> => {
    const found = await find(q, seeker, key);
    if (!found) throw notFound('saved search');
    return found;
  };
  const lock = async (tx: Tx, seeker: Seeker, key: string): Promise<SavedSearch> => {
    await store.lockSearch(tx, seeker.actor.orgId, key);
    return read(tx, seeker, key);
  };
  const lockOwn = async (tx: Tx, seeker: Seeker, key: string): Promise<SavedSearch> => {
    const search = await lock(tx, seeker, key);
    if (!isOwner(seeker.actor, search)) throw forbidden('search.owner', `Only its owner may change the saved search ${key}`);
    return search;
  };
  /** @throws Fault invalid naming a contact that is not the caller's to name */
  const contactIds = async (q: Querier, actor: Actor, keys: readonly string[]): Promise<number[]> => {
    if (keys.length === 0) return [];
    const known = await reachContacts(q, actor.orgId, speaksFor(actor), keys, 'held');
    return [...new Set(keys)].map((key) => {
      const id = known.get(key);
      if (id === undefined) throw invalidMember('contactKeys', 'value', `${key} is none of your contacts`);
      return id;
    });
  };
  const contactId = async (q: Querier, actor: Actor, key: string, how: 'plain' | 'held'): Promise<number> => {
    const id = (await reachContacts(q, actor.orgId, speaksFor(actor), [key], how)).get(key);
    if (id === undefined) throw notFound('contact');
    return id;
  };
  const event = (search: SavedSearch) => ({
    noun: 'saved_search',
    row_id: search.id,
    row_name: search.name,
    contact_id: search.owner_contact_id,
  });
  const list = (seeker: Seeker, scope: ReturnType<typeof ownSearches>, query: ListQuery) =>
    store.listSearches(db, seeker.actor.orgId, scope, whoseOf(seeker), query);

  const write = async (tx: Tx, what: Happening, before: SavedSearch, change: SearchChange): Promise<void> => {
    const old = valuesOf(before);
    const { contactKeys, ...values } = change;
    const next = { ...old, ...values };
    const changed = difference(logged(old), logged(next));
    if (changed) {
      await store.saveSearch(tx, what.actor.orgId, before.id, next, what.at);
      await emit(tx, what, { ...event(before), row_name: next.name, verb: 'updated', changed });
    }
    if (contactKeys === undefined) return;
    // Contacts that it is for already may have left the book; whoever names them again changes nothing.
    const stay = contactKeys.filter((key) => before.contact_keys.includes(key));
    const ids = await contactIds(
      tx,
      what.actor,
      contactKeys.filter((key) => !stay.includes(key)),
    );
    await keepContacts(tx, what, before.id, [...ids, ...(await store.contactIdsOf(tx, what.actor.orgId, before.id, stay))]);
    await linkContacts(tx, what, before.id, ids);
  };

  return {
    /** The seeker's own searches; with a tag, those that carry it. */
    searches: (seeker: Seeker, query: ListQuery, tag?: string): Promise<ListPage<SavedSearch>> => {
      const own = ownSearches(seeker.actor.orgId, whoseOf(seeker));
      return list(seeker, tag === undefined ? own : store.tagged(own, tag), query);
    },

    /** What is provided to the seeker: to a consumer by its agents, to everybody by the brokerage. */
    provided: (seeker: Seeker, query: ListQuery): Promise<ListPage<SavedSearch>> =>
      list(seeker, providedSearches(seeker.actor.orgId, whoseOf(seeker)), query),

    /** What a consumer sees of its searches, for its agent and itself. @throws Fault not_found for a contact that is none of the seeker's */
    async searchesOfContact(
      seeker: Seeker,
      key: string,
      kind: 'own' | 'provided',
      query: ListQuery,
    ): Promise<ListPage<SavedSearch>> {
      const { orgId } = seeker.actor;
      const id = await contactId(db, seeker.actor, key, 'plain');
      return list(seeker, kind === 'own' ? searchesOfContact(orgId, id) : providedTo(orgId, id), query);
    },

    /** @throws Fault not_found */
    search: (seeker: Seeker, key: string): Promise<SavedSearch> => read(db, seeker, key),
    findSearch: (seeker: Seeker, key: string): Promise<SavedSearch | undefined> => find(db, seeker, key),

    /** One that is provided to the seeker. @throws Fault not_found */
    async providedSearch(seeker: Seeker, key: string): Promise<SavedSearch> {
      const { orgId } = seeker.actor;
      const whose = whoseOf(seeker);
      const found = await store.findSearch(db, orgId, key, providedSearches(orgId, whose), whose);
      if (!found) throw notFound('saved search');
      return found;
    },

    /**
     * A consumer's search is for the consumer; what a member makes is for the contacts that are named. The system makes the brokerage's.
     * @throws Fault invalid for contacts that are not the caller's
     */
    async createSearch(seeker: Seeker, values: NewSearch, given: GivenSearch = {}): Promise<SavedSearch> {
      const { actor } = seeker;
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const createdAt = given.createdAt ?? what.at;
        const consumer = actor.kind === 'contact' ? actor.id : null;
        if (consumer !== null && !(await holdContact(tx, actor.orgId, consumer))) throw notFound('contact');
        const resoKey = given.resoKey ?? mintResoKey(createdAt);
        const kept: store.SearchValues = {
          name: values.name,
          description: values.description ?? null,
          tags: values.tags ?? [],
          filter: values.filter ?? EVERYTHING,
          // Consumers provide nothing to others; what is nobody's is the brokerage's, for all.
          provided: consumer === null && (actor.memberId === null || (values.provided ?? false)),
        };
        const id = await store.insertSearch(
          tx,
          actor.orgId,
          {
            id: given.id ?? null,
            resoKey,
            ownerMemberId: consumer === null ? actor.memberId : null,
            ownerContactId: consumer,
            createdAt,
            updatedAt: given.updatedAt ?? createdAt,
            by: actor.kind === 'user' ? actor.id : null,
            door: actor.door,
          },
          kept,
        );
        await emit(tx, what, {
          noun: 'saved_search',
          row_id: id,
          row_name: kept.name,
          verb: 'created',
          changed: { id, reso_key: resoKey, ...logged(kept) },
          contact_id: consumer,
        });
        const contacts = consumer === null ? await contactIds(tx, actor, values.contactKeys ?? []) : [consumer];
        await linkContacts(tx, what, id, contacts, given.partIds);
        return read(tx, seeker, resoKey);
      });
    },

    /** Nothing that differs: nothing is written. @throws Fault not_found, forbidden for who does not own it, invalid */
    updateSearch: (seeker: Seeker, key: string, change: SearchChange): Promise<SavedSearch> =>
      db.tx(async (tx) => {
        const before = await lockOwn(tx, seeker, key);
        const consumer = seeker.actor.kind === 'contact';
        const { contactKeys: _contacts, provided: _provided, ...own } = change;
        await write(tx, happening(seeker.actor, clock.now()), before, consumer ? own : change);
        return read(tx, seeker, key);
      }),

    /** For every door, its parts too. @throws Fault not_found, forbidden for who does not own it */
    removeSearch: (seeker: Seeker, key: string): Promise<void> =>
      db.tx(async (tx) => {
        const search = await lockOwn(tx, seeker, key);
        const what = happening(seeker.actor, clock.now());
        await store.deleteSearch(tx, seeker.actor.orgId, search.id, what.at);
        await emit(tx, what, { ...event(search), verb: 'deleted', changed: search });
      }),

    /** From now on the search is for that contact too. @throws Fault not_found, forbidden for who does not own it */
    attachContact: (seeker: Seeker, key: string, contactKey: string): Promise<void> =>
      db.tx(async (tx) => {
        const search = await lockOwn(tx, seeker, key);
        const id = await contactId(tx, seeker.actor, contactKey, 'held');
        await linkContacts(tx, happening(seeker.actor, clock.now()), search.id, [id]);
      }),

    /** Its owner takes a contact off; a consumer may take itself off what an agent keeps for it. @throws Fault not_found, forbidden */
    detachContact: (seeker: Seeker, key: string, contactKey: string): Promise<void> =>
      db.tx(async (tx) => {
        const { actor } = seeker;
        const search = await lock(tx, seeker, key);
        const linked = await store.contactIdsOf(tx, actor.orgId, search.id, [contactKey]);
        const self = actor.kind === 'contact' && search.owner_contact_id === null && linked.includes(actor.id ?? 0);
        if (!self && !isOwner(actor, search))
          throw forbidden('search.owner', `Only its owner may change the saved search ${key}`);
        const ids = linked.length > 0 ? linked : [await contactId(tx, actor, contactKey, 'plain')];
        await unlinkContacts(tx, happening(actor, clock.now()), search.id, ids);
      }),
  };
}
export type SavedSearches = ReturnType<typeof savedSearchesService>;
