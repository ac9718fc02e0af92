import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';

const FOLDER = join(import.meta.dirname, '../../migrations');
/** One migrator at a time over all processes on this database; the number is ours and means nothing. */
const LOCK = 7_064_842;

type Migration = { readonly version: number; readonly name: string; readonly sql: string; readonly checksum: string };

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

async function applied(client: pg.PoolClient | pg.Pool): Promise<Map<number, string>> {
  const { rows } = await client.query("select to_regclass('schema_migration') is not null as there");
  if (!rows[0].there) return new Map();
  const done = await client.query<{ version: number; checksum: string }>('select version, checksum from schema_migration');
  return new Map(done.rows.map((row) => [row.version, row.checksum]));
}

/** @throws Error when the database was made by a newer version, or a migration was changed after it ran */
function missing(known: readonly Migration[], done: ReadonlyMap<number, string>): Migration[] {
  const latest = known.at(-1)?.version ?? 0;
  const newest = Math.max(0, ...done.keys());
  if (newest > latest)
    throw new Error(`The database is at version ${newest}, which this program (${latest}) does not know. Start a newer Portico.`);
  for (const migration of known) {
    const checksum = done.get(migration.version);
    if (checksum && checksum !== migration.checksum)
      throw new Error(
        `${migration.name} was changed after it had run on this database. Restore the file; add a new migration instead.`,
      );
  }
  return known.filter((migration) => !done.has(migration.version));
}

/** Names of the migrations that the database still lacks. */
export async function pendingMigrations(pool: pg.Pool): Promise<string[]> {
  return missing(await readMigrations(), await applied(pool)).map((migration) => migration.name);
}

/** Brings the schema forward, each file in a transaction of its own. Answers the names of what ran. */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const known = await readMigrations();
  // The usual start has nothing to do: no lock then.
  if (missing(known, await applied(pool)).length === 0) return [];
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists schema_migration (
      version int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
    const todo = missing(known, await applied(client));
    for (const migration of todo) {
      await client.query('begin');
      await client.query(migration.sql);
      await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
        migration.version,
        migration.name,
        migration.checksum,
      ]);
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
