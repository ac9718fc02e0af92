import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { SCHEMA_LOCK } from '../locks.ts';
import { type Applied, rebuildSchema } from '../migrate.ts';
import { quoted, type Snapshot, type TableShape } from './snapshot.ts';

/** Takes rows in; what is missing at the end is an error, so nothing half is ever committed. */
export type Loader = {
  /** Opens a table for the text that `Snapshot.copy` gave. */
  into(table: Pick<TableShape, 'name' | 'columns'>): {
    write(chunk: Buffer): Promise<void>;
    /** how many rows came */
    end(): Promise<number>;
  };
};

export type LoadPlan = {
  readonly tables: readonly Pick<TableShape, 'name'>[];
  readonly migrations: readonly Applied[];
  readonly sequences: Snapshot['sequences'];
  /** the database has to have given out so many transaction ids before */
  readonly transactions: number;
  /** what is there is dropped first; else a database with rows is refused */
  readonly replace: boolean;
};

/** The database has something in it that nobody said may go: organisations, or tables of another program, which never go. */
export class Filled extends Error {
  readonly by: 'organisations' | 'strangers';
  constructor(by: Filled['by']) {
    super(`The database is filled by ${by}`);
    this.by = by;
  }
}

/** Everything of the schema that is not an extension's, as statements that drop it. */
const DROPS = `
  select format('drop %s if exists %s cascade', x.kind, x.name) as sql from (
    select case c.relkind when 'S' then 2 else 1 end as nr, case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end as kind,
      c.oid::regclass::text as name, c.oid, 'pg_class'::regclass as class
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'S', 'v', 'm')
    union all
    select 3, 'routine', p.oid::regprocedure::text, p.oid, 'pg_proc'::regclass
    from pg_proc p where p.pronamespace = current_schema()::regnamespace
    union all
    select 4, 'type', t.oid::regtype::text, t.oid, 'pg_type'::regclass
    from pg_type t where t.typnamespace = current_schema()::regnamespace and t.typtype in ('d', 'e', 'r')) x
  where not exists (select from pg_depend d where d.classid = x.class and d.objid = x.oid and d.deptype = 'e')
  order by x.nr`;

/** Indexes without a constraint, and foreign keys: built at the end, from rows that are there, they cost a fraction. */
const KEYS = `
  select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as off,
    format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as on
  from pg_constraint k where k.connamespace = current_schema()::regnamespace and k.contype = 'f' order by k.conrelid::regclass::text, k.conname`;
const INDEXES = `
  select format('drop index %s', i.indexrelid::regclass) as off, pg_get_indexdef(i.indexrelid) as on
  from pg_index i join pg_class c on c.oid = i.indrelid
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by i.indexrelid::regclass::text`;

/** Others of our kind on the same database, this connection aside. */
const OTHERS = `select count(*) as others from pg_stat_activity
  where datname = current_database() and application_name like 'portico%' and pid <> pg_backend_pid()`;

/** Whether somebody's Portico is connected. */
export async function hasVisitors(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ others: number }>(OTHERS);
  return (rows[0]?.others ?? 0) > 0;
}

const TENANTS = `select to_regclass('schema_migration') is not null as ours, exists (
  select from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')) as some`;

/** @throws Filled */
async function refuseFilled(client: pg.PoolClient, replace: boolean): Promise<void> {
  const { ours, some } = (await client.query<{ ours: boolean; some: boolean }>(TENANTS)).rows[0]!;
  if (some && !ours) throw new Filled('strangers');
  if (!ours || replace) return;
  const { rows } = await client.query("select to_regclass('organisation') is not null as there");
  if (rows[0].there && (await client.query('select exists (select from organisation) as some')).rows[0].some)
    throw new Filled('organisations');
}

/**
 * Fills the database in one transaction: schema, rows, indexes and keys are there together, or not at all.
 * @throws Filled when there are organisations and `replace` is false, or tables that are not ours
 */
export async function loadDatabase(pool: pg.Pool, plan: LoadPlan, work: (loader: Loader) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  const each = async (statements: readonly string[]) => {
    for (const sql of statements) await client.query(sql);
  };
  const listed = async (sql: string) => (await client.query<{ off: string; on: string }>(sql)).rows;
  try {
    await client.query('set statement_timeout = 0');
    await client.query("set maintenance_work_mem = '256MB'");
    await giveOutTransactions(client, plan.transactions);
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${SCHEMA_LOCK})`);
    await refuseFilled(client, plan.replace);
    await each((await client.query<{ sql: string }>(DROPS)).rows.map(({ sql }) => sql));
    // What waited there is found again by whoever queued it; its library makes the tables anew.
    await client.query('drop schema if exists graphile_worker cascade');
    await rebuildSchema(client, plan.migrations);
    const keys = await listed(KEYS);
    await each(keys.map(({ off }) => off));
    const indexes = await listed(INDEXES);
    await each(indexes.map(({ off }) => off));
    // Rows that migrations make come from the snapshot too.
    await client.query(`truncate ${plan.tables.map(({ name }) => quoted(name)).join(', ')}`);
    // What is counted comes with the rows that count it.
    const triggers = (state: string) => each(plan.tables.map(({ name }) => `alter table ${quoted(name)} ${state} trigger user`));
    await triggers('disable');
    await work({ into: (table) => openTable(client, table) });
    await triggers('enable');
    for (const [name, { value, called }] of Object.entries(plan.sequences))
      await client.query('select setval(format($1, current_schema(), $2::text)::regclass, $3, $4)', [
        '%I.%I',
        name,
        value,
        called,
      ]);
    await each(indexes.map(({ on }) => on));
    await each(keys.map(({ on }) => on));
    await client.query('commit');
    // Counts over an index need visibility maps, and plans need figures; both would come by themselves within minutes.
    await client.query('vacuum (analyze)');
  } finally {
    // A session that ends takes its open transaction back.
    client.release(true);
  }
}

/** Positions in the log of events are ids of transactions; new ones must come behind them. */
async function giveOutTransactions(client: pg.PoolClient, count: number): Promise<void> {
  await client.query(`do $$ begin
    while pg_snapshot_xmax(pg_current_snapshot())::text::bigint <= ${Math.trunc(count)} loop perform pg_current_xact_id(); commit; end loop;
  end $$`);
}

function openTable(client: pg.PoolClient, { name, columns }: Pick<TableShape, 'name' | 'columns'>): ReturnType<Loader['into']> {
  const stream = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
  let failed: unknown;
  // Told to whoever writes next; a stream that nobody hears would end the process.
  stream.on('error', (error) => {
    failed = error;
  });
  return {
    write: (chunk) =>
      new Promise((resolve, reject) => {
        if (failed) return reject(failed);
        stream.write(chunk, (error) => (error ? reject(error) : resolve()));
      }),
    async end() {
      if (failed) throw failed;
      stream.end();
      await once(stream, 'finish');
      return Number(stream.rowCount ?? 0);
    },
  };
}
