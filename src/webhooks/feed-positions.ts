import type { Snapshot, Tellings } from '../db/transfer/snapshot.ts';

/** Places in the log of events, told so that they hold in another database. */
export type FeedPositions = {
  readonly tellings: Tellings;
  /** the highest number that was given: the other database's own transactions have to come behind it */
  readonly highest: number;
};

type Place = { readonly txid: string; readonly event_id: number; readonly pending: number };

// Where reading goes on: behind what nobody listens to, as `fanOut` has it.
const PLACE = `
  with cursor as (select txid, event_id from feed_cursor where name = 'webhooks'),
  heard as (
    select min(t) as txid from (
      select pg_snapshot_xmin(since::pg_snapshot) as t from webhook where ended is null
      union all select w.ended from webhook w, cursor where w.ended >= cursor.txid) x),
  place as (
    select greatest(cursor.txid, coalesce(heard.txid, pg_snapshot_xmax(pg_current_snapshot()))) as txid,
      case when cursor.txid >= coalesce(heard.txid, pg_snapshot_xmax(pg_current_snapshot())) then cursor.event_id else 0 end as event_id
    from cursor, heard)
  select place.txid::text, place.event_id,
    (select count(distinct e.txid) from event e where (e.txid, e.id) > (place.txid, place.event_id)) as pending
  from place`;

/**
 * The log is ordered by the database's transaction ids, and another database counts its own. So a backup numbers anew the transactions
 * that are still to be read, beginning at 5, calls everything that was read 3 or 4, and moves the cursor and the webhooks' beginnings
 * and ends with them. Order, and what each webhook still has to hear of, stay as they were.
 */
export async function tellFeedPositions(snapshot: Snapshot): Promise<FeedPositions> {
  const [place] = await snapshot.query<Place>(PLACE);
  if (!place) throw new Error('The log of events has no cursor');
  const { txid, event_id, pending } = place;
  if (!/^\d+$/.test(txid) || !Number.isSafeInteger(event_id)) throw new Error('The cursor of the log of events cannot be read');
  const toRead = `(select distinct txid from event where (txid, id) > ('${txid}'::xid8, ${event_id}))`;
  const upTo = (bound: string) => `(select count(*) from ${toRead} p where p.txid <= ${bound})`;
  const before = (bound: string) => `(select count(*) from ${toRead} p where p.txid < ${bound})`;
  const asId = (sql: string) => `(${sql})::text::xid8`;
  const since = 'webhook.since::pg_snapshot';
  return {
    highest: 5 + pending,
    tellings: {
      event: {
        beside: `left join (select txid, 4 + row_number() over (order by txid) as n from ${toRead} d) p on p.txid = event.txid`,
        columns: { txid: asId(`coalesce(p.n, case when event.txid < '${txid}'::xid8 then 3 else 4 end)`) },
      },
      feed_cursor: { columns: { txid: asId(`4 + ${upTo(`'${txid}'::xid8`)}`), event_id: String(event_id) } },
      webhook: {
        columns: {
          ended: `case when webhook.ended < '${txid}'::xid8 then '3'::xid8 when webhook.ended is not null then ${asId(`4 + ${upTo('webhook.ended')}`)} end`,
          since: `format('%s:%s:%s', 5 + ${before(`pg_snapshot_xmin(${since})`)}, 5 + ${before(`pg_snapshot_xmax(${since})`)},
            (select string_agg((4 + ${upTo('running')})::text, ',' order by running)
             from pg_snapshot_xip(${since}) running where running in (select txid from ${toRead} q)))`,
        },
      },
    },
  };
}
