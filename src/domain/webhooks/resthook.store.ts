import { sql } from 'kysely';
import type { Actor } from '../../access/actor.ts';
import { build, type Catalogue, type Field, listRows, type Querier, type Tx } from '../../db/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import type { Row } from '../../kernel/record.ts';

/** A webhook of an application for one customer, as declared resources read rows. */
export type Resthook = Row & {
  readonly url: string;
  readonly description: string | null;
  readonly topics: readonly string[];
  readonly enabled: boolean;
  readonly ignore_etag_only: boolean;
  readonly client_id: string;
};
export type ResthookValues = Pick<Resthook, 'url' | 'description' | 'topics' | 'enabled' | 'ignore_etag_only'>;

const COLUMNS =
  sql.raw(`w.id, w.uuid::text as code, w.version, '{}'::jsonb as extras, w.created_at, w.updated_at, w.url, w.description, w.topics,
  w.enabled, w.ignore_etag_only, w.client_id`);

const field = (name: string, type: Field['type']): Field => ({ sql: `w.${name}`, type, required: true });
const catalogue: Catalogue = {
  id: 'w.id',
  fields: {
    id: field('id', 'integer'),
    code: { sql: 'w.uuid::text', type: 'text', required: true },
    created_at: field('created_at', 'datetime'),
    updated_at: field('updated_at', 'datetime'),
    enabled: field('enabled', 'boolean'),
  },
};

/** An application's webhooks `w` for the customer; a caller of a group of offices has those of the group. */
export const ownWebhooks = ({ orgId, door, clientId, officeGroupId }: Actor) =>
  sql`w.org_id = ${orgId} and w.door = ${door} and w.client_id = ${clientId} and w.target_kind = 'organisation'
    and w.office_group_id is not distinct from ${officeGroupId ?? null}::bigint and w.deleted_at is null`;

export const listResthooks = (q: Querier, actor: Actor, query: ListQuery): Promise<ListPage<Resthook>> =>
  listRows<Resthook>(
    q,
    {
      catalogue,
      from: sql`webhook w`,
      where: ownWebhooks(actor),
      key: 'w.uuid::text',
      columns: COLUMNS,
      rows: sql`webhook w on w.org_id = ${actor.orgId} and w.id = page.id`,
    },
    query,
  );

export const findResthooks = (q: Querier, actor: Actor, uuids: readonly string[]): Promise<Resthook[]> =>
  q.run(
    sql<Resthook>`select ${COLUMNS} from webhook w where ${ownWebhooks(actor)} and w.uuid = any (${uuids}::uuid[])`.compile(
      build,
    ),
  );

export const lockResthook = async (tx: Tx, actor: Actor, uuid: string): Promise<Resthook | undefined> =>
  (
    await tx.run(
      sql<Resthook>`select ${COLUMNS} from webhook w where ${ownWebhooks(actor)} and w.uuid = ${uuid}::uuid for no key update of w`.compile(
        build,
      ),
    )
  )[0];

export async function countResthooks(tx: Tx, actor: Actor): Promise<number> {
  const [row] = await tx.run(
    sql<{ n: number }>`select count(*)::int as n from webhook w where ${ownWebhooks(actor)}`.compile(build),
  );
  return row?.n ?? 0;
}

export async function insertResthook(tx: Tx, actor: Actor, values: ResthookValues, at: Date): Promise<Resthook> {
  const { url, description, topics, enabled, ignore_etag_only } = values;
  const [row] = await tx.run(
    sql<Resthook>`insert into webhook as w (org_id, door, client_id, target_kind, office_group_id, url, description, topics, enabled,
        disabled_reason, ignore_etag_only, created_at, updated_at, created_by, created_door, ended)
      values (${actor.orgId}, ${actor.door}, ${actor.clientId}, 'organisation', ${actor.officeGroupId ?? null}::bigint, ${url},
        ${description}::text, ${topics}::text[], ${enabled}::boolean, case when not ${enabled}::boolean then 'client' end,
        ${ignore_etag_only}, ${at}, ${at}, ${actor.kind === 'user' ? actor.id : null}::bigint, ${actor.door},
        case when not ${enabled}::boolean then pg_current_xact_id() end)
      returning ${COLUMNS}`.compile(build),
  );
  if (!row) throw new Error('The webhook was not made');
  return row;
}

// Turned on again: what happened meanwhile is not made up for.
export async function saveResthook(tx: Tx, orgId: number, id: number, values: ResthookValues, at: Date): Promise<Resthook> {
  const { url, description, topics, enabled, ignore_etag_only } = values;
  const [row] = await tx.run(
    sql<Resthook>`update webhook as w
      set url = ${url}, description = ${description}::text, topics = ${topics}::text[], ignore_etag_only = ${ignore_etag_only},
        enabled = ${enabled}::boolean,
        disabled_reason = case when ${enabled}::boolean then null when w.enabled then 'client' else w.disabled_reason end,
        ended = case when ${enabled}::boolean then null else coalesce(w.ended, pg_current_xact_id()) end,
        since = case when ${enabled}::boolean and not w.enabled then pg_current_snapshot()::text else w.since end,
        failed_in_row = 0, updated_at = ${at}, version = w.version + 1
      where w.org_id = ${orgId} and w.id = ${id}
      returning ${COLUMNS}`.compile(build),
  );
  if (!row) throw new Error(`Webhook ${id} went away while it was written`);
  return row;
}
