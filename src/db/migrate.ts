import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { SCHEMA_LOCK } from './locks.ts';

const FOLDER = join(import.meta.dirname, '../../migrations');

export type Applied = { readonly version: number; readonly name: string; readonly checksum: string };
const TABLE = `create table if not exists schema_migration (
  version int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`;

type Migration = Applied & { readonly sql: string };

async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{4}_.*\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(FOLDER, file), 'utf8');
      const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
      return { version: Number(file.slice(0, 4)), name: file, sql, checksum };
    }),
  );
}

/** What has run on this database, oldest first; nothing on one that is new. */
export async function appliedMigrations(client: pg.PoolClient | pg.Pool): Promise<Applied[]> {
  const { rows } = await client.query("select to_regclass('schema_migration') is not null as there");
  if (!rows[0].there) return [];
  const done = await client.query<Applied>('select version, name, checksum from schema_migration order by version');
  return done.rows;
}

/** @throws Error when the database was made by a newer version, or a migration was changed after it ran */
function missing(known: readonly Migration[], done: readonly Applied[]): Migration[] {
  const latest = known.at(-1)?.version ?? 0;
  const newest = done.at(-1)?.version ?? 0;
  const checksums = new Map(done.map(({ version, checksum }) => [version, checksum]));
  if (newest > latest)
    throw new Error(`The database is at version ${newest}, which this program (${latest}) does not know. Start a newer Portico.`);
  for (const migration of known) {
    const checksum = checksums.get(migration.version);
    if (checksum && checksum !== migration.checksum)
      throw new Error(
        `${migration.name} was changed after it had run on this database. Restore the file; add a new migration instead.`,
      );
  }
  return known.filter((migration) => !checksums.has(migration.version));
}

/** As long as a timer can be: whoever builds an index over a million rows, or waits for one who does, is not silent. */
const PATIENCE_MS = 2 ** 31 - 1;

async function runOne(client: pg.PoolClient, { version, name, checksum, sql }: Migration): Promise<void> {
  await client.query({ text: sql, query_timeout: PATIENCE_MS } as pg.QueryConfig);
  await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [version, name, checksum]);
}

/**
 * Makes the schema as it stood after these migrations, in the caller's transaction on a database without one.
 * @throws Error when this program does not know one of them, or knows it otherwise
 */
export async function rebuildSchema(client: pg.PoolClient, done: readonly Applied[]): Promise<void> {
  const known = await readMigrations();
  const later = new Set(missing(known, done));
  await client.query(TABLE);
  for (const migration of known) if (!later.has(migration)) await runOne(client, migration);
}

/** Names of the migrations that the database still lacks. */
export async function pendingMigrations(pool: pg.Pool): Promise<string[]> {
  return missing(await readMigrations(), await appliedMigrations(pool)).map((migration) => migration.name);
}

/** Brings the schema forward, each file in a transaction of its own. Answers the names of what ran. */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const known = await readMigrations();
  // The usual start has nothing to do: no lock then.
  if (missing(known, await appliedMigrations(pool)).length === 0) return [];
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query({ text: `select pg_advisory_lock(${SCHEMA_LOCK})`, query_timeout: PATIENCE_MS } as pg.QueryConfig);
    await client.query(TABLE);
    const todo = missing(known, await appliedMigrations(client));
    for (const migration of todo) {
      await client.query('begin');
      await runOne(client, migration);
      await client.query('commit');
    }
    return todo.map((migration) => migration.name);
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    // Closing the session gives the lock and the settings back, whatever happened.
    client.release(true);
  }
}
