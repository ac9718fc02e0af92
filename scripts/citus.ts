import type pg from 'pg';

/** Read by a key before the organisation is known, or of no organisation: each node of a distributed database has a copy. */
const COPIED: Readonly<Record<string, string>> = {
  organisation: 'every key begins with it',
  organisation_domain: 'a site is known by its host name',
  portal_name: 'a portal is known by its name in an address',
  api_key: 'a caller is known by its key',
  client_app: 'an application is known by its client id',
  client_secret: 'belongs to applications',
  signing_key: 'belongs to applications',
  oauth_grant: 'a refresh token is known by its hash',
  token: 'a caller is known by the hash of its token',
  spark_session: 'a caller is known by the hash of its session',
  web_session: 'a visitor is known by the hash of a cookie',
};

/** Rows of the installation and not of anybody; they stay on the coordinator, where nothing refers to them. */
const LOCAL: Readonly<Record<string, string>> = {
  schema_migration: 'versions of the schema',
  call_gate: 'counts of running calls, unlogged',
  rate_window: 'counts of the running minute, unlogged',
  sign_in_attempt: 'failed sign-ins by address and name',
  revoked_token: 'ids of signed tokens that were revoked',
  feed_cursor: 'one row: how far the log of events was read',
  fence_folding: 'one row: who folds totals',
  fenced_list: 'which lists have kept totals',
};

/** Random keys of 128 bits that stand in public addresses: distributed, the index only finds them, and chance keeps them apart. */
const FOUND_BY_KEY: ReadonlySet<string> = new Set([
  'media_public_key',
  'public_file_key',
  'shared_listing_address',
  'upload_uuid',
]);

type Index = { readonly table: string; readonly name: string; readonly definition: string; readonly first: string };
type Reference = {
  readonly table: string;
  readonly name: string;
  readonly to: string;
  readonly first: string;
  readonly last: string;
  readonly definition: string;
};

const TABLES = `
  select c.relname as name, exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull and not a.attisdropped) as tenant
  from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' order by c.relname`;
const UNIQUE = `
  select t.relname as table, x.relname as name, pg_get_indexdef(i.indexrelid) as definition,
    coalesce((select attname from pg_attribute a where a.attrelid = t.oid and a.attnum = i.indkey[0]), '') as first
  from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
  where t.relnamespace = current_schema()::regnamespace and i.indisunique order by 1, 2`;
const REFERENCES = `
  select k.conrelid::regclass::text as table, k.conname as name, k.confrelid::regclass::text as to,
    (select attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) as first,
    (select attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = k.confkey[1]) as last
  from pg_constraint k where k.connamespace = current_schema()::regnamespace and k.contype = 'f' order by 1, 2`;

/**
 * Declares the schema distributed by organisation, for Citus (docs/operations.md).
 * @throws Error that lists every key which does not begin with org_id although its table is distributed, and every exception without a use
 */
export async function distribution(pool: pg.Pool): Promise<string> {
  const tables = (await pool.query<{ name: string; tenant: boolean }>(TABLES)).rows;
  const unique = (await pool.query<Index>(UNIQUE)).rows;
  const references = (await pool.query<Reference>(REFERENCES)).rows;
  const isSpread = ({ name, tenant }: { name: string; tenant: boolean }) => tenant && !(name in COPIED);
  const spread = new Set(tables.filter(isSpread).map(({ name }) => name));
  const found = unique.filter(({ name }) => FOUND_BY_KEY.has(name));
  const names = new Set(tables.map(({ name }) => name));
  const order = parentsFirst(spread, references);
  const problems = [
    ...(order ? [] : ['tables refer to each other in a circle']),
    ...tables
      .filter(({ name, tenant }) => !tenant && !(name in COPIED) && !(name in LOCAL))
      .map(({ name }) => `table ${name} has no org_id: give it one, or say in scripts/citus.ts why it has none`),
    ...unique
      .filter(({ table, name, first }) => spread.has(table) && first !== 'org_id' && !FOUND_BY_KEY.has(name))
      .map(({ table, name }) => `the key ${name} of ${table} does not begin with org_id`),
    ...references
      .filter(({ table, to, first, last }) => spread.has(table) && spread.has(to) && !(first === 'org_id' && last === 'org_id'))
      .map(({ table, name, to }) => `the reference ${name} of ${table} to ${to} does not begin with org_id`),
    ...references
      .filter(({ table, to }) => table in LOCAL || to in LOCAL)
      .map(({ table, to }) => `${table} refers to ${to}: a table that stays on the coordinator refers to none`),
    ...[...Object.keys(COPIED), ...Object.keys(LOCAL)]
      .filter((name) => !names.has(name))
      .map((name) => `there is no table ${name}`),
    ...[...FOUND_BY_KEY].filter((name) => !found.some((index) => index.name === name)).map((name) => `there is no key ${name}`),
  ];
  if (problems.length > 0) throw new Error(`The schema cannot be distributed by organisation:\n  ${problems.join('\n  ')}`);
  const loose = references.filter(({ table, to }) => table in COPIED && spread.has(to));
  return `-- Generated by scripts/citus.ts from the migrations. Do not edit. How to use it: docs/operations.md.

-- Tables that are copied to every node cannot refer to rows that lie on one of them.
${loose.map(({ table, name }) => `alter table ${table} drop constraint ${name};`).join('\n')}

-- Random keys in public addresses: found by an index that cannot be unique over all nodes.
${found.map(({ name, definition }) => `drop index ${name};\n${definition.replace('UNIQUE INDEX', 'INDEX').replaceAll('public.', '')};`).join('\n')}

${Object.entries(COPIED)
  .map(([name, why]) => `select create_reference_table('${name}'); -- ${why}`)
  .join('\n')}

${order?.map((name) => `select create_distributed_table('${name}', 'org_id');`).join('\n')}
`;
}

/** A table is distributed after those it refers to; undefined when they go round in a circle. */
function parentsFirst(tables: ReadonlySet<string>, references: readonly Reference[]): string[] | undefined {
  const parentsOf = (table: string) =>
    references.flatMap((one) => (one.table === table && one.to !== table && tables.has(one.to) ? [one.to] : []));
  const order: string[] = [];
  for (let left = [...tables]; left.length > 0; left = left.filter((table) => !order.includes(table))) {
    const next = left.filter((table) => parentsOf(table).every((parent) => order.includes(parent)));
    if (next.length === 0) return undefined;
    order.push(...next);
  }
  return order;
}
