import { type Querier, statement, type Tx } from '../../db/index.ts';
import type { DisabledReason, Response } from './types.ts';

export type ApplicationHookRow = {
  readonly org_id: number;
  readonly id: number;
  readonly uuid: string;
  readonly target_kind: 'organisation' | 'application';
  /** of a webhook that the application made itself: for whom */
  readonly customer: string;
  readonly customers: readonly string[];
  readonly url: string;
  readonly description: string | null;
  readonly topics: readonly string[];
  readonly enabled: boolean;
  readonly disabled_reason: DisabledReason | null;
  readonly ignore_etag_only: boolean;
  readonly extras_fields: readonly string[];
  readonly created_at: Date;
  readonly updated_at: Date;
};
export type HookValues = Pick<
  ApplicationHookRow,
  'customers' | 'url' | 'description' | 'topics' | 'enabled' | 'ignore_etag_only' | 'extras_fields'
>;

const COLUMNS = `w.org_id, w.id, w.uuid, w.target_kind, o.code as customer, w.customers, w.url, w.description, w.topics, w.enabled,
  w.disabled_reason, w.ignore_etag_only, w.extras_fields, w.created_at, w.updated_at`;
const FROM = 'from webhook w join organisation o on o.id = w.org_id';

const list = statement<ApplicationHookRow>(
  'application_hook.list',
  `select ${COLUMNS} ${FROM} where w.client_id = $1 and w.deleted_at is null and w.target_kind in ('organisation', 'application') order by w.id`,
);
export const listHooks = (q: Querier, clientId: string) => q.rows(list, [clientId]);

const lock = statement<ApplicationHookRow>(
  'application_hook.lock',
  `select ${COLUMNS} ${FROM}
   where w.org_id = $1 and w.client_id = $2 and w.uuid = $3 and w.target_kind = 'application' and w.deleted_at is null
   for no key update of w`,
);
export const lockHook = async (tx: Tx, orgId: number, clientId: string, uuid: string) =>
  (await tx.rows(lock, [orgId, clientId, uuid]))[0];

const insert = statement<{ id: number; uuid: string }>(
  'application_hook.insert',
  `insert into webhook (org_id, door, client_id, target_kind, customers, url, description, topics, enabled, disabled_reason,
     ignore_etag_only, extras_fields, created_at, updated_at, created_by, created_door, ended)
   values ($1, 'reapit', $2, 'application', $3, $4, $5, $6, $7, case when not $7 then 'client' end, $8, $9, $10, $10, $11, $12,
     case when not $7 then pg_current_xact_id() end)
   returning id, uuid`,
);
export const insertHook = async (tx: Tx, values: readonly unknown[]) => (await tx.rows(insert, values))[0]!;

// Turned on again: what happened meanwhile is not made up for.
const save = statement(
  'application_hook.save',
  `update webhook
   set customers = $3, url = $4, description = $5, topics = $6, ignore_etag_only = $8, extras_fields = $9, enabled = $7,
     disabled_reason = case when $7 then null when enabled then 'client' else disabled_reason end,
     ended = case when $7 then null else coalesce(ended, pg_current_xact_id()) end,
     since = case when $7 and not enabled then pg_current_snapshot()::text else since end,
     updated_at = $10, version = version + 1
   where org_id = $1 and id = $2`,
);
export const saveHook = (tx: Tx, values: readonly unknown[]) => tx.rows(save, values);

/** A customer that a webhook may name, and what the application may read there. */
export type CustomerRow = { readonly code: string; readonly extras_fields: readonly string[] };
const customers = statement<CustomerRow>(
  'application_hook.customers',
  `select o.code, coalesce(array_agg(distinct e.name) filter (where e.name is not null), '{}') as extras_fields
   from installation i
   join organisation o on o.id = i.org_id and o.deleted_at is null
   left join lateral unnest(i.extras_fields) as e (name) on true
   where i.client_id = $1 and i.uninstalled_at is null
   group by o.code order by o.code`,
);
export const customersOf = (q: Querier, clientId: string) => q.rows(customers, [clientId]);

export type AttemptedRow = {
  readonly id: number;
  readonly uuid: string;
  readonly topic: string;
  readonly entity_code: string | null;
  readonly customer: string | null;
  readonly url: string;
  readonly status: 'pending' | 'success' | 'failed' | 'cancelled';
  readonly responses: readonly Response[];
  readonly happened_at: Date;
};
// The newest of each webhook, of which the newest are the page: each webhook's come from its own index.
const attempted = statement<AttemptedRow>(
  'application_hook.attempted',
  `select d.id, d.uuid, d.topic, d.entity_code, c.code as customer, w.url, d.status, d.responses, d.happened_at
   from webhook w
   cross join lateral (
     select * from webhook_delivery d
     where d.org_id = w.org_id and d.webhook_id = w.id and d.attempts > 0 and ($2::bigint is null or d.id < $2)
     order by d.id desc limit $3) d
   left join organisation c on c.id = d.customer_id
   where w.client_id = $1 and w.target_kind in ('organisation', 'application')
   order by d.id desc limit $3`,
);
export const listAttempted = (q: Querier, clientId: string, before: number | null, limit: number) =>
  q.rows(attempted, [clientId, before, limit]);
