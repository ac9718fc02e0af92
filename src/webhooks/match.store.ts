import { type Querier, statement, type Tx } from '../db/index.ts';
import type { Heard, Hearer, Notice, WebhookFace } from '../domain/webhooks/index.ts';
import { findApplications } from './match-application.store.ts';

type Match = Hearer & { n: number };

/** What a face may know of a webhook; the middle columns are of those that hear of whole organisations. */
const COLUMNS = `w.org_id, w.id, w.uuid, w.door, w.client_id, w.user_id, w.target_kind, w.target_id, w.url, w.topics, w.enabled,
          w.disabled_reason, w.external_id, w.version, w.created_at, w.updated_at, null::bigint as customer_id, null as customer,
          null::bigint[] as office_ids, w.ignore_etag_only, w.extras_fields, '[]'::jsonb as filters`;

// One row a notice and id of its audience, joined to whom that means now. `since` is exact where a comparison of times would not be:
// an event is news for a webhook if its transaction was not yet visible when the webhook was turned on.
const match = statement<Match>(
  'webhook_feed.match',
  `with notice as (
     select * from unnest($2::int[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[]) as x (n, org_id, kind, id, topic, txid)
   ), target as (
     select x.*, 'profile' as target_kind, pd.profile_id as target_id
     from notice x join profile_deal pd on pd.org_id = x.org_id and pd.deal_id = x.id where x.kind = 'deal'
     union all
     -- a merged deal is in no list any more, but its owner hears what became of it
     select x.*, 'profile', d.profile_id from notice x join deal d on d.org_id = x.org_id and d.id = x.id where x.kind = 'deal'
     union all
     select x.*, 'user', m.user_id from notice x join member m on m.org_id = x.org_id and m.id = x.id where x.kind = 'member'
     union all
     select x.*, 'user', m.user_id
     from notice x
     join contact c on c.org_id = x.org_id and c.id = x.id
     join member m on m.org_id = x.org_id and m.id = any(c.member_ids)
     where x.kind = 'book'
     union all
     select x.*, 'user', m.user_id
     from notice x
     join profile p on p.org_id = x.org_id and p.id = x.id
     left join office o on o.org_id = p.org_id and o.id = p.office_id
     left join team t on t.org_id = p.org_id and t.id = p.team_id
     join member m on m.org_id = x.org_id and m.id = coalesce(p.member_id, o.manager_id, t.leader_id)
     where x.kind = 'profile'
     union all
     select x.*, 'user', u.id
     from notice x
     join profile p on p.org_id = x.org_id and p.id = x.id and p.type <> 'INDIVIDUAL'
     join app_user u on u.org_id = x.org_id and u.administrator and u.deleted_at is null
     where x.kind = 'profile'
   )
   select distinct on (x.n, w.org_id, w.id) x.n, ${COLUMNS}
   from target x
   join webhook w on w.org_id = x.org_id and w.target_kind = x.target_kind and w.target_id = x.target_id
   where w.ended is null and w.door = $1 and w.topics @> array[x.topic]
     and not pg_visible_in_snapshot(x.txid::xid8, w.since::pg_snapshot)
   union all
   select x.n, ${COLUMNS}
   from notice x join webhook w on w.org_id = x.org_id and w.id = x.id
   where x.kind = 'webhook' and w.door = $1`,
);

/** Which webhooks of a door each notice is for. */
export async function findHearers(q: Querier, door: WebhookFace['door'], notices: readonly Notice[]): Promise<Heard[]> {
  const asked = notices.flatMap((notice, n) =>
    notice.audience.kind === 'organisation' ? [] : notice.audience.ids.map((id) => ({ n, id, notice })),
  );
  const applications = await findApplications(q, door, notices);
  if (asked.length === 0) return applications;
  const found = await q.rows(match, [
    door,
    asked.map(({ n }) => n),
    asked.map(({ notice }) => notice.event.org_id),
    asked.map(({ notice }) => notice.audience.kind),
    asked.map(({ id }) => id),
    asked.map(({ notice }) => notice.topic),
    asked.map(({ notice }) => notice.event.txid),
  ]);
  return [...applications, ...found.map(({ n, ...webhook }) => ({ notice: notices[n]!, webhook }))];
}

// Anybody's leaving, and any change of who manages what, may end the access behind some webhooks.
const STAFF = new Set(['user', 'app_user', 'member', 'office', 'team', 'profile', 'consent']);
const liveOf = statement<{ id: number }>(
  'webhook_feed.live_of',
  'select id from webhook where org_id = any($1) and ended is null',
);

/** The live webhooks whose right to hear has to be looked at again after these events (domain-people §3.3). */
export async function findDoubtful(tx: Tx, events: readonly Notice['event'][]): Promise<number[]> {
  const orgs = new Set(events.filter((event) => STAFF.has(event.noun)).map((event) => event.org_id));
  if (orgs.size === 0) return [];
  return (await tx.rows(liveOf, [[...orgs]])).map((row) => row.id);
}
