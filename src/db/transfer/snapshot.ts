import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BACKUP_LOCK } from '../locks.ts';
import { type Applied, appliedMigrations } from '../migrate.ts';

export type TableShape = {
  readonly name: string;
  /** what can be written: generated columns are computed anew */
  readonly columns: readonly string[];
  /** on disk, without indexes: how far a copy has come is measured by it */
  readonly bytes: number;
};

/** How rows are told where the stored ones would mean nothing elsewhere: SQL of some columns, and what else is read beside the table. */
export type Telling = { readonly columns: Readonly<Record<string, string>>; readonly beside?: string };
export type Tellings = Readonly<Record<string, Telling>>;

/** The whole database as it stood at one moment. */
export type Snapshot = {
  readonly migrations: readonly Applied[];
  readonly tables: readonly TableShape[];
  /** name → where it stands, and whether that value was given out */
  readonly sequences: Readonly<Record<string, { readonly value: number; readonly called: boolean }>>;
  /** A question of the caller's own to the same moment. */
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  /** The rows in PostgreSQL's text form of COPY. */
  copy(table: TableShape, telling?: Telling): AsyncIterable<Buffer>;
  close(): Promise<void>;
};

// Unlogged tables count calls of the running minute: nothing anybody would want back.
const TABLES = `
  select c.relname as name, pg_table_size(c.oid) as bytes,
    array(select a.attname::text from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
  from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> 'schema_migration'
  order by c.relname`;
// Of sequences no snapshot exists; they only go forward, so they stand behind every row that is seen.
const SEQUENCES = `
  select sequencename as name, coalesce(last_value, start_value) as value, last_value is not null as called
  from pg_sequences where schemaname = current_schema() order by sequencename`;

/** An identifier as SQL writes it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Opens a snapshot that writes nothing, so that neither writers nor deliveries wait for it, however long it is read. */
export async function openSnapshot(pool: pg.Pool): Promise<Snapshot> {
  const client = await pool.connect();
  // Closing the session gives back the lock, the settings and the transaction.
  const close = async () => client.release(true);
  try {
    await client.query('set statement_timeout = 0');
    await client.query(`select pg_advisory_lock_shared(${BACKUP_LOCK})`);
    await client.query('begin isolation level repeatable read read only');
    const migrations = await appliedMigrations(client);
    const tables = (await client.query<TableShape>(TABLES)).rows;
    const sequences = (await client.query<{ name: string; value: number; called: boolean }>(SEQUENCES)).rows;
    return {
      migrations,
      tables,
      sequences: Object.fromEntries(sequences.map(({ name, value, called }) => [name, { value, called }])),
      query: async (sql, values) => (await client.query(sql, values)).rows,
      copy: (table, telling) => client.query(copyTo(`copy (${selectOf(table, telling)}) to stdout`)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function selectOf({ name, columns }: TableShape, telling: Telling | undefined): string {
  const told = columns.map((column) => telling?.columns[column] ?? `${quoted(name)}.${quoted(column)}`);
  return `select ${told.join(', ')} from ${quoted(name)} ${telling?.beside ?? ''}`;
}
