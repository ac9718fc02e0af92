import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '../db/index.ts';
import { findLost, type LoggedEvent, turnOff, type WebhookFace } from '../domain/webhooks/index.ts';
import { enqueueAll } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { deliveryStore, type NewDelivery } from './delivery.store.ts';
import { DELIVER, deliveryJob } from './delivery-job.ts';
import { feedStore, type Position } from './feed.store.ts';
import { findDoubtful, findHearers } from './match.store.ts';

/** Events read in one transaction: short enough to let go of the lock soon, long enough to catch up fast. */
const BATCH = 500;

export type FanOutPorts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly faces: readonly WebhookFace[];
  readonly batch?: number;
};

/** Faces judge a transaction as a whole, so one that the batch cut through waits for the next batch; unless it fills a batch alone. */
function wholeTransactions(events: readonly LoggedEvent[], limit: number): readonly LoggedEvent[] {
  if (events.length < limit) return events;
  const last = events.at(-1)!.txid;
  const whole = events.filter((event) => event.txid !== last);
  return whole.length > 0 ? whole : events;
}

async function spread(tx: Tx, face: WebhookFace, events: readonly LoggedEvent[], at: Date): Promise<void> {
  const groups = Map.groupBy(events, (event) => `${event.org_id} ${event.group_uuid}`);
  const notices = [...groups.values()].flatMap((group) => face.noticesOf(group));
  const found = await findHearers(tx, face.door, notices);
  const told = found.filter(({ notice }) => notice.audience.kind !== 'webhook').map(({ webhook }) => webhook.id);
  const lost = await findLost(tx, [...told, ...(await findDoubtful(tx, events))]);
  await turnOff(tx, [...lost], 'access', at);
  const rows = found
    .filter(({ notice, webhook }) => notice.audience.kind === 'webhook' || !lost.has(webhook.id))
    .map(({ notice, webhook }): NewDelivery => {
      const uuid = randomUUID();
      return {
        org_id: webhook.org_id,
        uuid,
        webhook_id: webhook.id,
        event_id: notice.event.id,
        topic: notice.topic,
        entity_id: notice.entity.id,
        is_system: notice.audience.kind === 'webhook',
        body: face.body(notice, webhook, uuid),
        happened_at: notice.event.at,
      };
    });
  if (rows.length === 0) return;
  const made = await deliveryStore.insert(tx, rows, at);
  await enqueueAll(
    tx,
    DELIVER,
    made.map((key) => deliveryJob(key, 0)),
  );
}

/**
 * Reads the next events from the log, which is the outbox, and turns them into deliveries and their jobs: place, rows and jobs in one
 * transaction, so nothing is lost or doubled whenever the process dies. Answers what it found:
 * `read` some (there may be more), `end` of the log, `busy`: another instance is at it, `nobody` listens.
 */
export async function fanOut(
  { db, clock, faces, batch = BATCH }: FanOutPorts,
  catchUp: boolean,
): Promise<'read' | 'end' | 'busy' | 'nobody'> {
  const seen = await feedStore.look(db);
  if (!seen?.wanted) return 'nobody';
  // Locking writes; looking does not. Most of the time there is nothing.
  if (!(await feedStore.waiting(db, seen))) return 'end';
  return db.tx(async (tx) => {
    const place = await feedStore.lock(tx);
    if (!place) return 'busy';
    const from = catchUp ? await skip(tx, place) : place;
    const events = wholeTransactions(await feedStore.read(tx, from, batch), batch);
    const last = events.at(-1);
    if (!last) {
      if (from !== place) await feedStore.move(tx, from);
      return 'end';
    }
    for (const face of faces) await spread(tx, face, events, clock.now());
    await feedStore.move(tx, { txid: last.txid, event_id: last.id });
    return 'read';
  });
}

/** After a time without listeners the log has grown by what nobody wants. */
async function skip(tx: Tx, place: Position): Promise<Position> {
  const floor = await feedStore.floor(tx, place);
  return floor !== undefined && BigInt(floor) > BigInt(place.txid) ? { txid: floor, event_id: 0 } : place;
}
