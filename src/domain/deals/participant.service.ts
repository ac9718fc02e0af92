import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import { invalid, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Given, Ports } from '../given.ts';
import type { Contacts } from '../people/index.ts';
import { touchDeal } from './deal.store.ts';
import { lockDeal, openDeal } from './opening.ts';
import * as store from './participant.store.ts';
import type { NewParticipant, Participant, ParticipantChange } from './types.ts';

const EMAIL_LENGTH = 254;
const checkEmail = (email: string | null | undefined) => {
  if (email && email.length > EMAIL_LENGTH)
    throw invalidMember('email', 'length', `E-mail is longer than ${EMAIL_LENGTH} characters`);
};

/** Members of every door, changed one by one; null takes a member out. */
function mergeExtras(extras: Participant['extras'], change: ParticipantChange['extras'] = {}): Participant['extras'] {
  const next: Participant['extras'] = { ...extras };
  for (const [door, members] of Object.entries(change)) {
    const kept = Object.entries({ ...next[door], ...members }).filter((member): member is [string, string] => member[1] !== null);
    next[door] = Object.fromEntries(kept);
  }
  return next;
}

const named = (participant: { full_name: string | null; email: string | null; role: string }) =>
  participant.full_name || participant.email || participant.role;

/** People of a loop. Their text is the loop's own: no contact changes it, and it changes no contact (domain-property §4.2). */
export function participantsService({ db, clock }: Ports, contacts: Contacts) {
  /** Adds one to a deal that the caller has locked. */
  const add = async (
    tx: Tx,
    what: Happening,
    dealId: number,
    input: NewParticipant,
    contactId: number | null,
    given: Given = {},
  ) => {
    const { actor } = what;
    const createdAt = given.createdAt ?? what.at;
    const row = await store.insertParticipant(tx, actor.orgId, {
      ...(given.id === undefined ? {} : { id: given.id }),
      deal_id: dealId,
      role: input.role,
      full_name: input.full_name ?? null,
      email: input.email ?? null,
      contact_id: contactId,
      extras: input.extras ?? {},
      created_at: createdAt,
      updated_at: given.updatedAt ?? createdAt,
      created_by: actor.kind === 'user' ? actor.id : null,
      created_door: actor.door,
    });
    await emit(tx, what, {
      noun: 'participant',
      row_id: row.id,
      row_name: named(row),
      verb: 'created',
      changed: row,
      deal_id: dealId,
      contact_id: contactId,
    });
    return row;
  };

  return {
    addTo: add,

    async participants(actor: Actor, profileId: number, dealId: number): Promise<Participant[]> {
      const deal = await openDeal(db, actor, profileId, dealId);
      return store.listParticipants(db, actor.orgId, deal.id);
    },

    async participant(actor: Actor, profileId: number, dealId: number, id: number): Promise<Participant> {
      const deal = await openDeal(db, actor, profileId, dealId);
      const found = await store.findParticipant(db, actor.orgId, deal.id, id);
      if (!found) throw notFound('participant');
      return found;
    },

    /** Links the contact of the caller's book with that e-mail, writes none. @throws Fault invalid, not_found, forbidden */
    async addParticipant(
      actor: Actor,
      profileId: number,
      dealId: number,
      input: NewParticipant,
      given: Given = {},
    ): Promise<Participant> {
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        if (!input.full_name && !input.email)
          throw invalid({
            in: 'body',
            at: 'full_name',
            reason: 'required',
            message: 'A participant needs a full name or an e-mail',
          });
        checkEmail(input.email);
        const contact = input.email ? await contacts.findByEmail(tx, actor, input.email) : undefined;
        const what = happening(actor, clock.now());
        const row = await add(tx, what, deal.id, input, contact?.id ?? null, given);
        await touchDeal(tx, actor.orgId, deal.id, given.updatedAt ? deal.updated_at : what.at);
        return row;
      });
    },

    async updateParticipant(
      actor: Actor,
      profileId: number,
      dealId: number,
      id: number,
      change: ParticipantChange,
    ): Promise<Participant> {
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const before = await store.findParticipant(tx, actor.orgId, deal.id, id);
        if (!before) throw notFound('participant');
        checkEmail(change.email);
        const { extras, ...columns } = change;
        const next = { ...columns, ...(extras ? { extras: mergeExtras(before.extras, extras) } : {}) };
        const changed = difference(before, next);
        if (!changed) return before;
        const what = happening(actor, clock.now());
        const after = await store.saveParticipant(tx, { ...before, ...next }, what.at);
        await emit(tx, what, {
          noun: 'participant',
          row_id: id,
          row_name: named(after),
          verb: 'updated',
          changed,
          deal_id: deal.id,
        });
        await touchDeal(tx, actor.orgId, deal.id, what.at);
        return after;
      });
    },

    async removeParticipant(actor: Actor, profileId: number, dealId: number, id: number): Promise<void> {
      await db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const row = await store.findParticipant(tx, actor.orgId, deal.id, id);
        if (!row) throw notFound('participant');
        const what = happening(actor, clock.now());
        await store.deleteParticipant(tx, actor.orgId, id, what.at);
        await emit(tx, what, {
          noun: 'participant',
          row_id: id,
          row_name: named(row),
          verb: 'deleted',
          changed: row,
          deal_id: deal.id,
        });
        await touchDeal(tx, actor.orgId, deal.id, what.at);
      });
    },
  };
}
