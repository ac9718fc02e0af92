import { type Querier, statement } from '../../db/index.ts';
import type { Delivery } from './types.ts';

// Listed after the first attempt, with the status of the latest one (contracts/dotloop.md §5.14): pending after a failure is failed.
const columns = `d.id, d.uuid, d.topic, d.body, d.status = 'success' as succeeded, d.attempts, d.responses, d.happened_at`;
const tried = `from webhook_delivery d
   where d.org_id = $1 and d.webhook_id = $2 and d.attempts > 0 and ($3::boolean is null or (d.status = 'success') = $3)`;

const list = statement<Delivery>(
  'webhook_delivery.list',
  `select ${columns} ${tried} and ($4::bigint is null or d.id < $4) order by d.id desc limit $5`,
);
const count = statement<{ n: number }>('webhook_delivery.count', `select count(*) as n ${tried}`);
const byUuid = statement<Delivery>(
  'webhook_delivery.by_uuid',
  `select ${columns} from webhook_delivery d where d.org_id = $1 and d.webhook_id = $2 and d.attempts > 0 and d.uuid = $3`,
);

/** What was sent to a webhook, newest first. The rows are written by src/webhooks. */
export const deliveryLog = {
  list: (
    q: Querier,
    orgId: number,
    webhookId: number,
    succeeded: boolean | undefined,
    before: number | undefined,
    limit: number,
  ) => q.rows(list, [orgId, webhookId, succeeded ?? null, before ?? null, limit]),
  count: async (q: Querier, orgId: number, webhookId: number, succeeded: boolean | undefined) =>
    (await q.rows(count, [orgId, webhookId, succeeded ?? null]))[0]?.n ?? 0,
  find: async (q: Querier, orgId: number, webhookId: number, uuid: string) => (await q.rows(byUuid, [orgId, webhookId, uuid]))[0],
};
