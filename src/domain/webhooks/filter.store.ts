import { sql } from 'kysely';
import type { Actor } from '../../access/actor.ts';
import { build, type Catalogue, type Field, listRows, type Querier, statement, type Tx } from '../../db/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import type { Row } from '../../kernel/record.ts';
import { ownWebhooks } from './resthook.store.ts';

/** A filter of a webhook, as declared resources read rows; `webhook` is the webhook's code. */
export type FilterRow = Row & { readonly webhook: string; readonly topic: string; readonly schema: string };

const COLUMNS = `f.id, f.uuid::text as code, f.version, '{}'::jsonb as extras, f.created_at, f.updated_at, w.uuid::text as webhook, f.topic, f.schema`;
const FROM = 'webhook_filter f join webhook w on w.org_id = f.org_id and w.id = f.webhook_id';

const field = (sqlText: string, type: Field['type']): Field => ({ sql: sqlText, type, required: true });
const catalogue: Catalogue = {
  id: 'f.id',
  fields: {
    id: field('f.id', 'integer'),
    code: field('f.uuid::text', 'text'),
    created_at: field('f.created_at', 'datetime'),
    webhook: field('w.uuid::text', 'text'),
  },
};

const mine = (actor: Actor) => sql`${ownWebhooks(actor)} and f.deleted_at is null`;

export const listFilters = (q: Querier, actor: Actor, query: ListQuery): Promise<ListPage<FilterRow>> =>
  listRows<FilterRow>(
    q,
    {
      catalogue,
      from: sql.raw(FROM),
      where: mine(actor),
      key: 'f.uuid::text',
      columns: sql.raw(COLUMNS),
      rows: sql`${sql.raw(FROM)} on f.org_id = ${actor.orgId} and f.id = page.id`,
    },
    query,
  );

export const findFilters = (q: Querier, actor: Actor, uuids: readonly string[]): Promise<FilterRow[]> =>
  q.run(
    sql<FilterRow>`select ${sql.raw(COLUMNS)} from ${sql.raw(FROM)} where ${mine(actor)} and f.uuid = any (${uuids}::uuid[])`.compile(
      build,
    ),
  );

export const lockFilter = async (tx: Tx, actor: Actor, uuid: string): Promise<FilterRow | undefined> =>
  (
    await tx.run(
      sql<FilterRow>`select ${sql.raw(COLUMNS)} from ${sql.raw(FROM)} where ${mine(actor)} and f.uuid = ${uuid}::uuid for update of f`.compile(
        build,
      ),
    )
  )[0];

const counted = statement<{ n: number }>(
  'webhook_filter.count',
  'select count(*)::int as n from webhook_filter where org_id = $1 and webhook_id = $2 and deleted_at is null',
);
export const countFilters = async (tx: Tx, orgId: number, webhookId: number) =>
  (await tx.rows(counted, [orgId, webhookId]))[0]?.n ?? 0;

const insert = statement<{ id: number; code: string }>(
  'webhook_filter.insert',
  `insert into webhook_filter (org_id, webhook_id, topic, schema, created_at, updated_at, created_door)
   values ($1, $2, $3, $4, $5, $5, $6) returning id, uuid::text as code`,
);
export const insertFilter = async (tx: Tx, values: readonly unknown[]) => (await tx.rows(insert, values))[0]!;

const save = statement(
  'webhook_filter.save',
  'update webhook_filter set topic = $3, schema = $4, updated_at = $5, version = version + 1 where org_id = $1 and id = $2',
);
export const saveFilter = (tx: Tx, values: readonly unknown[]) => tx.rows(save, values);

const remove = statement(
  'webhook_filter.remove',
  'update webhook_filter set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);
export const removeFilter = (tx: Tx, orgId: number, id: number, at: Date) => tx.rows(remove, [orgId, id, at]);
