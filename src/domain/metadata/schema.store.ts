import { type Querier, statement } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { MetadataSchema, Owner } from './types.ts';

const COLUMNS = 's.id, s.entity_type, s.schema, s.updated_at';
const OWN = 's.org_id = $1 and s.client_id = $2 and s.deleted_at is null';

const byType = statement<MetadataSchema>(
  'metadata_schema.by_type',
  `select ${COLUMNS} from metadata_schema s where ${OWN} and lower(s.entity_type) = lower($3)`,
);
const lockType = statement<MetadataSchema>(
  'metadata_schema.lock',
  `select ${COLUMNS} from metadata_schema s where ${OWN} and lower(s.entity_type) = lower($3) for update`,
);

export async function findSchema(q: Querier, { orgId, clientId }: Owner, type: string): Promise<MetadataSchema | undefined> {
  return (await q.rows(byType, [orgId, clientId, type]))[0];
}

export async function lockSchema(q: Querier, { orgId, clientId }: Owner, type: string): Promise<MetadataSchema | undefined> {
  return (await q.rows(lockType, [orgId, clientId, type]))[0];
}

const page = statement<MetadataSchema & { total: number; there: boolean }>(
  'metadata_schema.page',
  `with whole as (select count(*) as total from metadata_schema s where ${OWN} and ($3::text is null or lower(s.entity_type) = lower($3))),
     page as (select ${COLUMNS} from metadata_schema s where ${OWN} and ($3::text is null or lower(s.entity_type) = lower($3))
       order by s.entity_type limit $4 offset $5)
   select whole.total, page.id is not null as there, page.* from whole left join page on true order by page.entity_type`,
);

export async function listSchemas(
  q: Querier,
  { orgId, clientId }: Owner,
  query: { type?: string; limit: number; offset: number },
): Promise<{ rows: readonly MetadataSchema[]; total: number }> {
  const found = await q.rows(page, [orgId, clientId, query.type ?? null, query.limit, query.offset]);
  return { rows: found.flatMap(({ total: _, there, ...row }) => (there ? [row] : [])), total: found[0]?.total ?? 0 };
}

const insert = statement<{ id: number }>(
  'metadata_schema.insert',
  `insert into metadata_schema (org_id, client_id, entity_type, schema, created_at, updated_at, created_by, created_door)
   values ($1, $2, $3, $4, $5, $5, $6, $7)
   on conflict (org_id, client_id, lower(entity_type)) where deleted_at is null do nothing returning id`,
);

/** Undefined when the type has a schema already. */
export async function insertSchema(
  q: Querier,
  { orgId, clientId }: Owner,
  { actor, at }: Happening,
  row: { type: string; schema: string },
): Promise<number | undefined> {
  const by = actor.kind === 'user' ? actor.id : null;
  return (await q.rows(insert, [orgId, clientId, row.type, row.schema, at, by, actor.door]))[0]?.id;
}

const save = statement<never>(
  'metadata_schema.save',
  'update metadata_schema set schema = $3, updated_at = $4, version = version + 1 where org_id = $1 and id = $2',
);

export async function saveSchema(q: Querier, orgId: number, id: number, schema: string, at: Date): Promise<void> {
  await q.rows(save, [orgId, id, schema, at]);
}

const remove = statement<never>(
  'metadata_schema.delete',
  'update metadata_schema set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);

export async function deleteSchema(q: Querier, orgId: number, id: number, at: Date): Promise<void> {
  await q.rows(remove, [orgId, id, at]);
}
