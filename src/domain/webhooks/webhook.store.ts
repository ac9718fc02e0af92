import type { Actor } from '../../access/actor.ts';
import { type Querier, type Statement, statement, type Tx } from '../../db/index.ts';
import type { DisabledReason, WebhookRow } from './types.ts';

const columns = `w.org_id, w.id, w.uuid, w.door, w.client_id, w.user_id, w.target_kind, w.target_id, w.url, w.topics, w.enabled,
  w.disabled_reason, w.external_id, w.secret, w.version, w.created_at, w.updated_at`;

/**
 * The live webhooks of the caller's client whose target the caller may see: $1 organisation, $2 door, $3 client, $4 user, $5 member,
 * $6 administrator. The rule for profiles is `maySeeProfile` (src/access/profile-access.ts) in SQL; change both together.
 */
const visible = `from webhook w
   where w.org_id = $1 and w.door = $2 and w.client_id = $3 and w.deleted_at is null
     and (w.target_kind = 'user' and w.target_id = $4
       or w.target_kind = 'profile' and exists (
         select from profile p
         left join office o on o.org_id = p.org_id and o.id = p.office_id
         left join team t on t.org_id = p.org_id and t.id = p.team_id
         where p.org_id = w.org_id and p.id = w.target_id and p.deleted_at is null
           and case when p.type = 'INDIVIDUAL' then p.member_id = $5
                    else $6 or coalesce(o.manager_id, t.leader_id) = $5 end))`;

/** The caller in the parameters that `visible` wants. */
const eyes = (actor: Actor) => [actor.orgId, actor.door, actor.clientId, actor.id, actor.memberId, actor.administrator] as const;

const list = statement<WebhookRow>(
  'webhook.list',
  `select ${columns} ${visible} and ($7::boolean is null or w.enabled = $7) and w.id > $8 order by w.id limit $9`,
);
const count = statement<{ n: number }>(
  'webhook.count',
  `select count(*) as n ${visible} and ($7::boolean is null or w.enabled = $7)`,
);
const byUuid = statement<WebhookRow>('webhook.by_uuid', `select ${columns} ${visible} and w.uuid = $7`);
const lockByUuid = statement<WebhookRow>('webhook.lock', `select ${columns} ${visible} and w.uuid = $7 for no key update of w`);

const insert = statement<WebhookRow>(
  'webhook.insert',
  `insert into webhook as w (org_id, door, client_id, user_id, target_kind, target_id, url, topics, enabled, disabled_reason, secret,
     external_id, created_at, updated_at, created_by, created_door, ended)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when not $9 then 'client' end, $10, $11, $12, $12, $4, $2,
     case when not $9 then pg_current_xact_id() end)
   returning ${columns}`,
);
// Turned on again: what happened meanwhile is not made up for, failures are forgotten, and the user who did it answers for it.
const save = statement<WebhookRow>(
  'webhook.save',
  `update webhook as w
   set url = $3, topics = $4, secret = $5, external_id = $6, enabled = $7,
       disabled_reason = case when $7 then null when w.enabled then 'client' else w.disabled_reason end,
       ended = case when $7 then null else coalesce(w.ended, pg_current_xact_id()) end,
       since = case when $7 and not w.enabled then pg_current_snapshot()::text else w.since end,
       user_id = case when $7 and not w.enabled then $8 else w.user_id end,
       failed_in_row = case when $7 and not w.enabled then 0 else w.failed_in_row end,
       updated_at = $9, version = w.version + 1
   where w.org_id = $1 and w.id = $2
   returning ${columns}`,
);
const remove = statement<never>(
  'webhook.remove',
  `update webhook set enabled = false, deleted_at = $3, updated_at = $3, version = version + 1, ended = pg_current_xact_id()
   where org_id = $1 and id = $2`,
);
const turnOff = statement<{ org_id: number; id: number; door: WebhookRow['door'] }>(
  'webhook.turn_off',
  `update webhook
   set enabled = false, disabled_reason = $2, ended = pg_current_xact_id(), updated_at = $3, version = version + 1
   where id = any($1) and ended is null
   returning org_id, id, door`,
);

const one = async <R>(q: Querier, query: Statement<R>, values: readonly unknown[]) => (await q.rows(query, values))[0];

/** SQL of the table `webhook` for its owners; the log of deliveries is `delivery-log.store.ts`. */
export const webhookStore = {
  list: (q: Querier, actor: Actor, enabled: boolean | undefined, after: number, limit: number) =>
    q.rows(list, [...eyes(actor), enabled ?? null, after, limit]),
  count: async (q: Querier, actor: Actor, enabled: boolean | undefined) =>
    (await one(q, count, [...eyes(actor), enabled ?? null]))?.n ?? 0,
  find: (q: Querier, actor: Actor, uuid: string) => one(q, byUuid, [...eyes(actor), uuid]),
  lock: (tx: Tx, actor: Actor, uuid: string) => one(tx, lockByUuid, [...eyes(actor), uuid]),
  async insert(
    tx: Tx,
    actor: Actor,
    row: Pick<WebhookRow, 'target_kind' | 'target_id' | 'url' | 'topics' | 'enabled' | 'secret' | 'external_id'>,
    at: Date,
  ) {
    const { target_kind, target_id, url, topics, enabled, secret, external_id } = row;
    const values = [
      actor.orgId,
      actor.door,
      actor.clientId,
      actor.id,
      target_kind,
      target_id,
      url,
      topics,
      enabled,
      secret,
      external_id,
      at,
    ];
    return (await tx.rows(insert, values))[0]!;
  },
  async save(tx: Tx, actor: Actor, row: WebhookRow, at: Date) {
    const { id, url, topics, secret, external_id, enabled } = row;
    return (await tx.rows(save, [actor.orgId, id, url, topics, secret, external_id, enabled, actor.id, at]))[0]!;
  },
  remove: (tx: Tx, orgId: number, id: number, at: Date) => tx.rows(remove, [orgId, id, at]),
  /** Turns off those that are still on, and names them. */
  turnOff: (tx: Tx, ids: readonly number[], reason: Exclude<DisabledReason, 'client'>, at: Date) =>
    tx.rows(turnOff, [ids, reason, at]),
};
