import { type RawBuilder, sql } from 'kysely';
import { build, compileJsonTests, type Querier, statement, treeScope } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import { searchTree } from '../../kernel/json-search.ts';
import type { JsonObject } from './document.ts';
import type { Metadata, MetadataKey, MetadataQuery, Owner } from './types.ts';

const COLUMNS = 'm.id, m.entity_type, m.entity_id, m.document, m.updated_at';
const OWN = 'm.org_id = $1 and m.client_id = $2 and m.deleted_at is null';

/** The document of an application on the row `t` of that code; `type` and `code` are SQL of ours. */
export const documentSql = (type: string, code: string, clientId: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select m.document from metadata m where m.org_id = t.org_id and m.client_id = ${clientId} and m.deleted_at is null
    and m.entity_type = ${sql.raw(`'${type}'`)} and m.entity_id = ${sql.raw(code)})`;

const KEY = 'lower(m.entity_type) = lower($3) and lower(m.entity_id) = lower($4)';
const byKey = statement<Metadata>('metadata.by_key', `select ${COLUMNS} from metadata m where ${OWN} and ${KEY}`);
const lockKey = statement<Metadata>('metadata.lock', `select ${COLUMNS} from metadata m where ${OWN} and ${KEY} for update`);

export async function findMetadata(q: Querier, owner: Owner, { type, id }: MetadataKey): Promise<Metadata | undefined> {
  return (await q.rows(byKey, [owner.orgId, owner.clientId, type, id]))[0];
}

/** The same, which nobody else writes until the transaction ends. */
export async function lockMetadata(q: Querier, owner: Owner, { type, id }: MetadataKey): Promise<Metadata | undefined> {
  return (await q.rows(lockKey, [owner.orgId, owner.clientId, type, id]))[0];
}

/** Whether another type than its own begins like this is nothing to a tree: its root is the application at the customer. */
const searchOf = ({ orgId, clientId }: Owner, document: JsonObject) =>
  JSON.stringify({ [treeScope(orgId, clientId)]: searchTree(document) });

const insert = statement<{ id: number }>(
  'metadata.insert',
  `insert into metadata (org_id, client_id, entity_type, entity_id, document, search, created_at, updated_at, created_by, created_door)
   values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
   on conflict (org_id, client_id, lower(entity_type), lower(entity_id)) where deleted_at is null do nothing returning id`,
);

/** Undefined when the key has a document already. */
export async function insertMetadata(
  q: Querier,
  owner: Owner,
  what: Happening,
  { type, id }: MetadataKey,
  document: JsonObject,
): Promise<number | undefined> {
  const { actor, at } = what;
  const made = await q.rows(insert, [
    owner.orgId,
    owner.clientId,
    type,
    id,
    JSON.stringify(document),
    searchOf(owner, document),
    at,
    actor.kind === 'user' ? actor.id : null,
    actor.door,
  ]);
  return made[0]?.id;
}

const save = statement<never>(
  'metadata.save',
  'update metadata set document = $3, search = $4, updated_at = $5, version = version + 1 where org_id = $1 and id = $2',
);

export async function saveMetadata(q: Querier, owner: Owner, id: number, document: JsonObject, at: Date): Promise<void> {
  await q.rows(save, [owner.orgId, id, JSON.stringify(document), searchOf(owner, document), at]);
}

const remove = statement<never>(
  'metadata.delete',
  'update metadata set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);

export async function deleteMetadata(q: Querier, orgId: number, id: number, at: Date): Promise<void> {
  await q.rows(remove, [orgId, id, at]);
}

const ofRecord = statement<{ id: number; document: JsonObject }>(
  'metadata.of_record',
  `update metadata set deleted_at = $4, updated_at = $4, version = version + 1
   where org_id = $1 and entity_type = $2 and entity_id = $3 and deleted_at is null returning id, document`,
);

/** Every application's documents on a record that is gone. */
export const deleteOfRecord = (q: Querier, orgId: number, type: string, code: string, at: Date) =>
  q.rows(ofRecord, [orgId, type, code, at]);

const keysSql = (keys: readonly MetadataKey[]): RawBuilder<unknown> =>
  sql`(lower(m.entity_type), lower(m.entity_id)) in (select lower(k.t), lower(k.i)
    from unnest(${keys.map(({ type }) => type)}::text[], ${keys.map(({ id }) => id)}::text[]) as k (t, i))`;

function conditions({ orgId, clientId }: Owner, query: MetadataQuery, seen: string): RawBuilder<unknown> {
  const { type, ids, keys, tests } = query;
  return sql.join(
    [
      sql`m.org_id = ${orgId} and m.client_id = ${clientId} and m.deleted_at is null`,
      ...(type === undefined ? [] : [sql`lower(m.entity_type) = lower(${type})`]),
      ...(ids === undefined ? [] : [sql`lower(m.entity_id) in (select lower(i) from unnest(${[...ids]}::text[]) as i)`]),
      ...(keys === undefined ? [] : [keysSql(keys)]),
      sql.raw(seen),
      ...(tests === undefined ? [] : [compileJsonTests(sql`m.search`, treeScope(orgId, clientId), tests)]),
    ],
    sql.raw(' and '),
  );
}

/** Questions that no index answers get this long (src/db/list.ts has the same figure). */
const COSTLY_MS = 4_000;

/** A page in the order of ids, and the exact total. `seen` is SQL that says which documents the caller may know of. */
export async function listMetadata(
  q: Querier,
  owner: Owner,
  query: MetadataQuery,
  seen: string,
): Promise<{ rows: readonly Metadata[]; total: number }> {
  const where = conditions(owner, query, seen);
  const { after, limit, offset } = query;
  const behind = after ? sql` and (m.entity_type, m.entity_id) > (${after.type}, ${after.id})` : sql``;
  const asked = sql<Metadata & { total: number; there: boolean }>`
    with whole as materialized (select count(*) as total from metadata m where ${where}),
      page as materialized (select ${sql.raw(COLUMNS)} from metadata m where ${where}${behind}
        order by m.entity_type, m.entity_id limit ${limit}::bigint offset ${offset}::bigint)
    select whole.total, page.id is not null as there, page.* from whole left join page on true order by page.entity_type, page.entity_id`;
  const found = await q.run(asked.compile(build), query.tests === undefined ? undefined : COSTLY_MS);
  const rows = found.flatMap(({ total: _, there, ...row }) => (there ? [row] : []));
  return { rows, total: found[0]?.total ?? 0 };
}
