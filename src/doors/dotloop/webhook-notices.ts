import type { Audience, LoggedEvent, Notice } from '../../domain/index.ts';
import type { EventType } from './event-types.ts';

const notice = (
  topic: EventType,
  event: LoggedEvent,
  kind: Audience['kind'],
  ids: readonly number[],
  entity: Notice['entity'],
): Notice => ({
  topic,
  event,
  audience: { kind, ids },
  entity,
});

/** Ids of a list out of the log. Digits count too: what was logged as text stays text for ever. */
const idsOf = (value: unknown): number[] =>
  Array.isArray(value) ? value.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0) : [];
const isPair = (value: unknown): value is [unknown, unknown] => Array.isArray(value) && value.length === 2;

/** Everything of a loop that moves its `updated` is LOOP_UPDATED, except participants, which have words of their own (§5.3). */
const PARTS = new Set(['folder', 'document', 'tasklist', 'task']);
const CHANGES = new Set(['created', 'updated', 'deleted']);

/**
 * One write is one piece of news: a loop made with its folders, tasks and details is LOOP_CREATED; many changed parts are one
 * LOOP_UPDATED; a merge is LOOP_MERGED, heard by whoever sees the survivor.
 */
function ofLoops(events: readonly LoggedEvent[]): Notice[] {
  const told = new Map<number, Notice>();
  const put = (id: number, next: Notice, beats: boolean) => {
    if (beats || !told.has(id)) told.set(id, next);
  };
  for (const event of events) {
    const { noun, verb, row_id, deal_id } = event;
    if (deal_id === null) continue;
    if (noun === 'deal' && verb === 'created')
      put(deal_id, notice('LOOP_CREATED', event, 'deal', [deal_id], { id: row_id, loopId: row_id }), true);
    else if (noun === 'deal' && verb === 'merged') {
      const fromId = Number(event.changed.from_id);
      const entity = { id: row_id, loopId: row_id, fromId, toId: row_id };
      put(deal_id, notice('LOOP_MERGED', event, 'deal', [deal_id, fromId], entity), true);
    } else if (CHANGES.has(verb) && (noun === 'deal' || PARTS.has(noun)))
      put(deal_id, notice('LOOP_UPDATED', event, 'deal', [deal_id], { id: deal_id, loopId: deal_id }), false);
  }
  return [...told.values()];
}

const PARTICIPANT: Readonly<Record<string, EventType>> = {
  created: 'LOOP_PARTICIPANT_CREATED',
  updated: 'LOOP_PARTICIPANT_UPDATED',
  deleted: 'LOOP_PARTICIPANT_DELETED',
};

function ofParticipant(event: LoggedEvent): Notice[] {
  const topic = PARTICIPANT[event.verb];
  if (!topic || event.deal_id === null) return [];
  return [
    notice(topic, event, 'deal', [event.deal_id], { id: event.deal_id, loopId: event.deal_id, participantId: event.row_id }),
  ];
}

/** A contact lives in books: who enters sees it made, who leaves sees it deleted, whatever happened to the row (domain-people §3.3). */
function ofContact(event: LoggedEvent): Notice[] {
  const entity = { id: event.row_id };
  const members = event.changed.member_ids;
  if (event.verb === 'created') return [notice('CONTACT_CREATED', event, 'member', idsOf(members), entity)];
  if (event.verb === 'deleted') return [notice('CONTACT_DELETED', event, 'member', idsOf(members), entity)];
  if (event.verb !== 'updated') return [];
  if (!isPair(members)) return [notice('CONTACT_UPDATED', event, 'book', [event.row_id], entity)];
  const before = new Set(idsOf(members[0]));
  const after = new Set(idsOf(members[1]));
  return [
    notice('CONTACT_CREATED', event, 'member', [...after.difference(before)], entity),
    notice('CONTACT_DELETED', event, 'member', [...before.difference(after)], entity),
    notice('CONTACT_UPDATED', event, 'member', [...before.intersection(after)], entity),
  ];
}

function ofProfile(event: LoggedEvent): Notice[] {
  const tell = (topic: EventType) =>
    notice(topic, event, 'profile', [event.row_id], { id: event.row_id, profileId: event.row_id });
  if (event.verb === 'created') return [tell('USER_ADDED_TO_PROFILE')];
  if (event.verb === 'deleted') return [tell('USER_REMOVED_FROM_PROFILE')];
  if (event.verb !== 'updated') return [];
  const { deactivated_at: deactivated, ...others } = event.changed;
  const told = Object.keys(others).length > 0 ? [tell('PROFILE_UPDATED')] : [];
  if (isPair(deactivated)) told.push(tell(deactivated[1] === null ? 'USER_PROFILE_ACTIVATED' : 'USER_PROFILE_DEACTIVATED'));
  return told;
}

function ofSubscription(event: LoggedEvent): Notice[] {
  const tell = (topic: EventType) => [notice(topic, event, 'webhook', [event.row_id], { id: event.row_id })];
  if (event.verb === 'deleted') return tell('SUBSCRIPTION_REMOVED');
  // Only what turns a subscription off without being asked leaves a reason in the log.
  return event.verb === 'updated' && isPair(event.changed.disabled_reason) ? tell('SUBSCRIPTION_DISABLED') : [];
}

const READERS: Readonly<Record<string, (event: LoggedEvent) => Notice[]>> = {
  participant: ofParticipant,
  contact: ofContact,
  profile: ofProfile,
  webhook: ofSubscription,
};

/** What the events of one transaction mean in dotloop's words (contracts/dotloop.md §5.14). */
export function noticesOf(events: readonly LoggedEvent[]): Notice[] {
  return [...ofLoops(events), ...events.flatMap((event) => READERS[event.noun]?.(event) ?? [])];
}
