import type { Db, Querier, Tx } from '../db/index.ts';
import { findLost, type Heard, type Letter, type LoggedEvent, turnOff, type WebhookFace } from '../domain/webhooks/index.ts';
import { enqueueAll } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { Fault } from '../kernel/fault.ts';
import { deliveryStore, type NewDelivery } from './delivery.store.ts';
import { DELIVER, deliveryJob } from './delivery-job.ts';
import { feedStore, type Position } from './feed.store.ts';
import type { WebhookLog } from './log.ts';
import { findDoubtful, findHearers } from './match.store.ts';

/** Events read in one transaction: short enough to let go of the lock soon, long enough to catch up fast. */
const BATCH = 500;

export type FanOutPorts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly faces: readonly WebhookFace[];
  readonly batch?: number;
  readonly log?: WebhookLog;
};

/** Faces judge a transaction as a whole, so one that the batch cut through waits for the next batch; unless it fills a batch alone. */
function wholeTransactions(events: readonly LoggedEvent[], limit: number): readonly LoggedEvent[] {
  if (events.length < limit) return events;
  const last = events.at(-1)!.txid;
  const whole = events.filter((event) => event.txid !== last);
  return whole.length > 0 ? whole : events;
}

/** What the events mean to those who listen at one door. Nothing is written yet. */
type Post = { readonly letters: readonly Letter[]; readonly slow: readonly number[] };

const NOTHING: Post = { letters: [], slow: [] };

/** What cannot be told of stops nothing else: it is looked for, logged, and left out. A database that is away is waited for. */
async function write(face: WebhookFace, heard: readonly Heard[], log: WebhookLog | undefined): Promise<Post> {
  try {
    return heard.length > 0 ? await face.write(heard) : NOTHING;
  } catch (error) {
    if (error instanceof Fault && error.kind === 'unavailable') throw error;
    if (heard.length > 1) {
      const half = Math.ceil(heard.length / 2);
      const [one, other] = [await write(face, heard.slice(0, half), log), await write(face, heard.slice(half), log)];
      return { letters: [...one.letters, ...other.letters], slow: [...one.slow, ...other.slow] };
    }
    const [{ notice } = {}] = heard;
    log?.error(
      { room: 'webhooks', err: error, org: notice?.event.org_id, event: notice?.event.id, topic: notice?.topic },
      'A message could not be written and is left out',
    );
    return NOTHING;
  }
}

async function compose({ db, log }: FanOutPorts, face: WebhookFace, events: readonly LoggedEvent[]): Promise<Post> {
  const groups = Map.groupBy(events, (event) => `${event.org_id} ${event.group_uuid}`);
  const notices = [...groups.values()].flatMap((group) => face.noticesOf(group));
  return write(face, await findHearers(db, face.door, notices), log);
}

const isSystem = ({ notice }: Letter) => notice.audience.kind === 'webhook';

const rowOf = (letter: Letter): NewDelivery => ({
  org_id: letter.webhook.org_id,
  uuid: letter.uuid,
  webhook_id: letter.webhook.id,
  event_id: letter.notice.event.id,
  topic: letter.notice.topic,
  entity_id: letter.entityId,
  entity_code: letter.entityCode,
  customer_id: letter.webhook.customer_id,
  needs_installation: letter.needsInstallation,
  is_system: isSystem(letter),
  body: letter.body,
  happened_at: letter.notice.event.at,
});

async function post(tx: Tx, { letters, slow }: Post, doubtful: readonly number[], at: Date): Promise<void> {
  const told = letters.filter((letter) => !isSystem(letter)).map(({ webhook }) => webhook.id);
  const lost = await findLost(tx, [...told, ...doubtful]);
  await turnOff(tx, [...lost], 'access', at);
  await turnOff(tx, slow, 'filter', at);
  const rows = letters.filter((letter) => isSystem(letter) || !lost.has(letter.webhook.id)).map(rowOf);
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
 * transaction, so nothing is lost or doubled whenever the process dies. Letters are written before it, because doors read the record for
 * them; an instance that was overtaken meanwhile throws its own away. Answers what it found:
 * `read` some (there may be more), `end` of the log, `busy`: another instance is at it, `nobody` listens.
 */
export async function fanOut(ports: FanOutPorts, catchUp: boolean): Promise<'read' | 'end' | 'busy' | 'nobody'> {
  const { db, clock, faces, batch = BATCH } = ports;
  const seen = await feedStore.look(db);
  if (!seen?.wanted) return 'nobody';
  // Locking writes; looking does not. Most of the time there is nothing.
  if (!(await feedStore.waiting(db, seen))) return 'end';
  const from = catchUp ? await skip(db, seen) : seen;
  const events = wholeTransactions(await feedStore.read(db, from, batch), batch);
  const last = events.at(-1);
  if (!last && from === seen) return 'end';
  const posts: Post[] = [];
  for (const face of faces) posts.push(await compose(ports, face, events));
  return db.tx(async (tx) => {
    const place = await feedStore.lock(tx);
    if (!place) return 'busy';
    if (place.txid !== seen.txid || place.event_id !== seen.event_id) return 'read';
    const at = clock.now();
    const doubtful = await findDoubtful(tx, events);
    for (const one of posts) await post(tx, one, doubtful, at);
    await feedStore.move(tx, last ? { txid: last.txid, event_id: last.id } : from);
    return last ? 'read' : 'end';
  });
}

/** After a time without listeners the log has grown by what nobody wants. */
async function skip(q: Querier, place: Position): Promise<Position> {
  const floor = await feedStore.floor(q, place);
  return floor !== undefined && BigInt(floor) > BigInt(place.txid) ? { txid: floor, event_id: 0 } : place;
}
