import { type Querier, statement, type Tx } from '../db/index.ts';
import type { LoggedEvent } from '../domain/webhooks/index.ts';

/** A place in the log of events: everything up to and including it has been read. */
export type Position = { readonly txid: string; readonly event_id: number };

// Ids are not in commit order, transaction ids are not either: a reader that took what it sees would skip a transaction that began
// earlier and commits later. So it stops at the oldest one still running (domain-people §2.16).
const settled = 'pg_snapshot_xmin(pg_current_snapshot())';
const after = '(e.txid, e.id) > ($1::xid8, $2::bigint)';

const look = statement<Position & { wanted: boolean }>(
  'webhook_feed.look',
  `select c.txid::text, c.event_id,
          exists (select from webhook where ended is null) or exists (select from webhook where ended >= c.txid) as wanted
   from feed_cursor c where c.name = 'webhooks'`,
);
const waiting = statement<{ some: boolean }>(
  'webhook_feed.waiting',
  `select exists (select from event e where ${after} and e.txid < ${settled}) as some`,
);
const lock = statement<Position>(
  'webhook_feed.lock',
  `select txid::text, event_id from feed_cursor where name = 'webhooks' for update skip locked`,
);
const floor = statement<{ txid: string }>(
  'webhook_feed.floor',
  `select x.txid::text from (
     (select pg_snapshot_xmin(since::pg_snapshot) as txid from webhook where ended is null order by 1 limit 1)
     union all
     (select ended from webhook where ended >= $1::xid8 order by ended limit 1)) x
   order by x.txid limit 1`,
);
const read = statement<LoggedEvent>(
  'webhook_feed.read',
  `select e.org_id, e.id, e.txid::text, e.group_uuid, e.at, e.noun, e.row_id, e.verb, e.changed, e.deal_id, e.contact_id
   from event e where ${after} and e.txid < ${settled} order by e.txid, e.id limit $3`,
);
const move = statement<never>(
  'webhook_feed.move',
  `update feed_cursor set txid = $1::xid8, event_id = $2, updated_at = now() where name = 'webhooks'`,
);

/** The feeder's place in the log of events, and its way of reading on. */
export const feedStore = {
  /** Where reading stands, and whether anybody would hear more: somebody listens, or was turned off after this place. */
  look: async (q: Querier) => (await q.rows(look, []))[0],
  waiting: async (q: Querier, from: Position) => (await q.rows(waiting, [from.txid, from.event_id]))[0]?.some ?? false,
  /** undefined while another instance feeds */
  lock: async (tx: Tx): Promise<Position | undefined> => (await tx.rows(lock, []))[0],
  /** The first transaction that any webhook can care about: what lies before it need not be read. */
  floor: async (q: Querier, from: Position) => (await q.rows(floor, [from.txid]))[0]?.txid,
  read: (q: Querier, from: Position, limit: number) => q.rows(read, [from.txid, from.event_id, limit]),
  move: (tx: Tx, to: Position) => tx.rows(move, [to.txid, to.event_id]),
};
