import { type Querier, statement, type Tx } from '../db/index.ts';
import type { Response, WebhookFace } from '../domain/webhooks/index.ts';

export type NewDelivery = {
  org_id: number;
  uuid: string;
  webhook_id: number;
  event_id: number;
  topic: string;
  entity_id: number;
  is_system: boolean;
  body: string;
  happened_at: Date;
};
export type DeliveryKey = { readonly org_id: number; readonly id: number };

/** A delivery with what sending it needs of its webhook. */
export type DueDelivery = DeliveryKey & {
  readonly webhook_id: number;
  readonly topic: string;
  readonly body: string;
  readonly status: string;
  readonly attempts: number;
  readonly door: WebhookFace['door'];
  readonly url: string;
  readonly secret: string | null;
  readonly is_system: boolean;
  readonly off: boolean;
};

// The unique key makes it once only, whoever reads the log how often.
const insert = statement<DeliveryKey>(
  'webhook_delivery.insert',
  `insert into webhook_delivery (org_id, uuid, webhook_id, event_id, topic, entity_id, is_system, body, happened_at, next_at, created_at)
   select d.org_id, d.uuid, d.webhook_id, d.event_id, d.topic, d.entity_id, d.is_system, d.body, d.happened_at, $2, $2
   from jsonb_to_recordset($1::jsonb) as d (org_id bigint, uuid uuid, webhook_id bigint, event_id bigint, topic text, entity_id bigint,
        is_system boolean, body text, happened_at timestamptz)
   on conflict (org_id, webhook_id, event_id, topic) do nothing
   returning org_id, id`,
);
const due = statement<DueDelivery>(
  'webhook_delivery.due',
  `select d.org_id, d.id, d.webhook_id, d.topic, d.body, d.status, d.attempts, w.door, w.url, w.secret,
          d.is_system, w.ended is not null as off
   from webhook_delivery d join webhook w on w.org_id = d.org_id and w.id = d.webhook_id
   where d.org_id = $1 and d.id = $2`,
);
const record = statement<{ id: number }>(
  'webhook_delivery.record',
  `update webhook_delivery
   set attempts = attempts + 1, status = $4, next_at = $5, responses = responses || $6::jsonb
   where org_id = $1 and id = $2 and attempts = $3 and status = 'pending' returning id`,
);
const cancel = statement<never>(
  'webhook_delivery.cancel',
  `update webhook_delivery set status = 'cancelled', next_at = null where org_id = $1 and id = $2 and status = 'pending'`,
);
const succeeded = statement<never>(
  'webhook_delivery.succeeded',
  'update webhook set failed_in_row = 0 where org_id = $1 and id = $2 and failed_in_row > 0',
);
const failed = statement<{ failed_in_row: number }>(
  'webhook_delivery.failed',
  'update webhook set failed_in_row = failed_in_row + 1 where org_id = $1 and id = $2 and ended is null returning failed_in_row',
);
const overdue = statement<DeliveryKey & { attempts: number }>(
  'webhook_delivery.overdue',
  `select org_id, id, attempts from webhook_delivery where status = 'pending' and next_at < $1 order by next_at limit $2`,
);
const purgeDeliveries = statement<{ id: number }>(
  'webhook_delivery.purge',
  `delete from webhook_delivery where (org_id, id) in (
     select org_id, id from webhook_delivery where created_at < $1 order by created_at limit $2) returning id`,
);
const purgeWebhooks = statement<never>(
  'webhook.purge',
  `delete from webhook w where w.deleted_at < $1
   and not exists (select from webhook_delivery d where d.org_id = w.org_id and d.webhook_id = w.id)`,
);

/** SQL of the log of deliveries, for those who write it. */
export const deliveryStore = {
  insert: (tx: Tx, rows: readonly NewDelivery[], at: Date) => tx.rows(insert, [JSON.stringify(rows), at]),
  find: async (q: Querier, key: DeliveryKey) => (await q.rows(due, [key.org_id, key.id]))[0],
  /** false when somebody else has recorded this attempt already */
  async record(tx: Tx, delivery: DueDelivery, status: 'pending' | 'success' | 'failed', nextAt: Date | null, response: Response) {
    const values = [delivery.org_id, delivery.id, delivery.attempts, status, nextAt, JSON.stringify([response])];
    return (await tx.rows(record, values)).length > 0;
  },
  cancel: (q: Querier, key: DeliveryKey) => q.rows(cancel, [key.org_id, key.id]),
  succeeded: (tx: Tx, delivery: DueDelivery) => tx.rows(succeeded, [delivery.org_id, delivery.webhook_id]),
  /** how many events in a row have failed now; 0 for a webhook that is off */
  failed: async (tx: Tx, delivery: DueDelivery) =>
    (await tx.rows(failed, [delivery.org_id, delivery.webhook_id]))[0]?.failed_in_row ?? 0,
  overdue: (q: Querier, before: Date, limit: number) => q.rows(overdue, [before, limit]),
  purgeDeliveries: async (q: Querier, before: Date, limit: number) => (await q.rows(purgeDeliveries, [before, limit])).length,
  purgeWebhooks: (q: Querier, before: Date) => q.rows(purgeWebhooks, [before]),
};
