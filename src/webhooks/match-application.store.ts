import { type Querier, statement } from '../db/index.ts';
import { SANDBOX_CUSTOMER } from '../domain/identity/index.ts';
import type { Heard, Hearer, Notice, WebhookFace } from '../domain/webhooks/index.ts';

type Match = Omit<Hearer, 'office_ids'> & {
  readonly n: number;
  /** of the groups that the application is installed for; null: the whole organisation */
  readonly installed_offices: number[] | null;
  /** of the group that the webhook was made for; null: for none in particular */
  readonly own_offices: number[] | null;
  /** extra fields that the customer lets the application read */
  readonly granted_extras: string[];
};

// Webhooks that an application made with a token of the customer lie in the customer's organisation; those that its developer made lie in
// the developer's and name customers, or none: all that have installed it. Either way the customer must have let the application in, with
// that scope, before the event happened; the sandbox is open to all. What happens to an installation itself is told to its application
// alone, whatever it may see. `since`: see match.store.ts.
const match = statement<Match>(
  'webhook_feed.match_applications',
  `with notice as (
     select x.*, o.code as customer, o.is_sandbox, coalesce(${SANDBOX_CUSTOMER}, false) as open
     from unnest($2::int[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[])
       as x (n, org_id, topic, txid, at, scope, only_client)
     join organisation o on o.id = x.org_id and o.deleted_at is null
   ), listening as (
     select x.n, w.id as webhook_id, w.org_id as webhook_org
     from notice x join webhook w on w.org_id = x.org_id and w.target_kind = 'organisation' and w.topics @> array[x.topic]
     where w.ended is null and w.door = $1 and not pg_visible_in_snapshot(x.txid::xid8, w.since::pg_snapshot)
     union all
     select x.n, w.id, w.org_id
     from notice x join webhook w on w.target_kind = 'application' and w.topics @> array[x.topic]
       and (w.customers = '{}' and not x.open or x.customer = any (w.customers))
     where w.ended is null and w.door = $1 and not pg_visible_in_snapshot(x.txid::xid8, w.since::pg_snapshot)
   )
   select x.n, w.org_id, w.id, w.uuid, w.door, w.client_id, w.user_id, w.target_kind, w.target_id, w.url, w.topics, w.enabled,
     w.disabled_reason, w.external_id, w.version, w.created_at, w.updated_at, x.org_id as customer_id, x.customer,
     w.ignore_etag_only, w.extras_fields,
     case when not x.open and x.only_client is null and not i.whole then coalesce(i.offices, '{}') end as installed_offices,
     coalesce(i.extras, '{}') as granted_extras,
     case when x.only_client is null and w.office_group_id is not null then coalesce(g.office_ids, '{}') end as own_offices,
     coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'version', f.version, 'schema', f.schema) order by f.id)
       from webhook_filter f
       where f.org_id = w.org_id and f.webhook_id = w.id and f.topic = x.topic and f.deleted_at is null), '[]') as filters
   from listening l
   join notice x on x.n = l.n
   join webhook w on w.org_id = l.webhook_org and w.id = l.webhook_id
   join client_app a on a.client_id = w.client_id and a.deleted_at is null
   join organisation d on d.id = a.org_id and d.deleted_at is null and (x.is_sandbox or not d.is_sandbox)
   left join office_group g on g.org_id = w.org_id and g.id = w.office_group_id and g.deleted_at is null
   cross join lateral (
     select count(*) > 0 as there, coalesce(bool_or(i.office_group_id is null), false) as whole,
       array_agg(distinct o.id) filter (where o.id is not null) as offices,
       array_agg(distinct e.name) filter (where e.name is not null) as extras
     from installation i
     left join office_group t on t.org_id = i.org_id and t.id = i.office_group_id and t.deleted_at is null
     left join lateral unnest(t.office_ids) as o (id) on true
     left join lateral unnest(i.extras_fields) as e (name) on true
     where i.org_id = x.org_id and i.client_id = w.client_id and i.uninstalled_at is null and i.installed_at <= x.at
       and x.scope = any (i.scopes)
   ) i
   where case when x.only_client is not null then w.client_id = x.only_client
              else x.scope = any (a.scopes) and (x.open or i.there) end`,
);

/** Offices that are allowed by both; null allows all. */
const both = (one: readonly number[] | null, other: readonly number[] | null): readonly number[] | null =>
  one && other ? one.filter((id) => other.includes(id)) : (one ?? other);

/** Webhooks of applications that hear of what happens in an organisation. */
export async function findApplications(q: Querier, door: WebhookFace['door'], notices: readonly Notice[]): Promise<Heard[]> {
  const asked = notices.flatMap((notice, n) => (notice.audience.kind === 'organisation' ? [{ n, notice }] : []));
  if (asked.length === 0) return [];
  const accessOf = ({ access }: Notice) => ({ scope: null, clientId: null, ...access });
  const found = await q.rows(match, [
    door,
    asked.map(({ n }) => n),
    asked.map(({ notice }) => notice.event.org_id),
    asked.map(({ notice }) => notice.topic),
    asked.map(({ notice }) => notice.event.txid),
    asked.map(({ notice }) => notice.event.at),
    asked.map(({ notice }) => accessOf(notice).scope),
    asked.map(({ notice }) => accessOf(notice).clientId),
  ]);
  return found.map(({ n, installed_offices, own_offices, granted_extras, ...webhook }) => ({
    notice: notices[n]!,
    webhook: {
      ...webhook,
      office_ids: both(installed_offices, own_offices),
      extras_fields: webhook.extras_fields.filter((name) => granted_extras.includes(name)),
    },
  }));
}
