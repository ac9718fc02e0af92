import { type Querier, statement, type Tx } from '../db/index.ts';
import { SANDBOX_CUSTOMER } from '../domain/identity/index.ts';
import type { Response, WebhookFace } from '../domain/webhooks/index.ts';

export type NewDelivery = {
  org_id: number;
  uuid: string;
  webhook_id: number;
  event_id: number;
  topic: string;
  entity_id: number | null;
  entity_code: string | null;
  customer_id: number | null;
  needs_installation: boolean;
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
  /** the customer whose news it is has the application no more */
  readonly uninstalled: boolean;
  readonly client_id: string;
  readonly customer_id: number | null;
  /** the news is of the sandbox's customer */
  readonly sandbox: boolean;
};

// The unique key makes it once only, whoever reads the log how often.
const insert = statement<DeliveryKey>(
  'webhook_delivery.insert',
  `insert into webhook_delivery (org_id, uuid, webhook_id, event_id, topic, entity_id, entity_code, customer_id, needs_installation,
     is_system, body, happened_at, next_at, created_at)
   select d.org_id, d.uuid, d.webhook_id, d.event_id, d.topic, d.entity_id, d.entity_code, d.customer_id, d.needs_installation,
     d.is_system, d.body, d.happened_at, $2, $2
   from jsonb_to_recordset($1::jsonb) as d (org_id bigint, uuid uuid, webhook_id bigint, event_id bigint, topic text, entity_id bigint,
        entity_code text, customer_id bigint, needs_installation boolean, is_system boolean, body text, happened_at timestamptz)
   on conflict (org_id, webhook_id, event_id, topic, entity_id) do nothing
   returning org_id, id`,
);
const due = statement<DueDelivery>(
  'webhook_delivery.due',
  `select d.org_id, d.id, d.webhook_id, d.topic, d.body, d.status, d.attempts, w.door, w.url, coalesce(w.secret, k.sealed) as secret,
          d.is_system, w.ended is not null as off, w.client_id, d.customer_id, coalesce(${SANDBOX_CUSTOMER}, false) as sandbox,
          d.needs_installation and not coalesce(${SANDBOX_CUSTOMER}, false)
            and not exists (select from installation i
              where i.org_id = d.customer_id and i.client_id = w.client_id and i.uninstalled_at is null) as uninstalled
   from webhook_delivery d
   join webhook w on w.org_id = d.org_id and w.id = d.webhook_id
   left join signing_key k on k.client_id = w.client_id and k.retired_at is null
   left join organisation o on o.id = d.customer_id and o.deleted_at is null
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
const idle = statement<{ id: number }>(
  'webhook.idle',
  `select w.id from webhook w
   join organisation o on ${SANDBOX_CUSTOMER}
     and (w.target_kind = 'organisation' and w.org_id = o.id or w.target_kind = 'application' and w.customers = array[o.code])
   where w.door = $1 and w.ended is null and w.updated_at < $2
     and not exists (select from webhook_delivery d where d.org_id = w.org_id and d.webhook_id = w.id and d.created_at >= $2)`,
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
  /** webhooks of the sandbox that were turned on before then and have had no news since */
  idle: async (q: Querier, door: WebhookFace['door'], since: Date) => (await q.rows(idle, [door, since])).map(({ id }) => id),
  overdue: (q: Querier, before: Date, limit: number) => q.rows(overdue, [before, limit]),
  purgeDeliveries: async (q: Querier, before: Date, limit: number) => (await q.rows(purgeDeliveries, [before, limit])).length,
  purgeWebhooks: (q: Querier, before: Date) => q.rows(purgeWebhooks, [before]),
};
