import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../db/connect.ts';
import { type EmbeddedServer, startEmbedded } from '../db/embedded/index.ts';
import { migrate } from '../db/migrate.ts';
import { openFiles } from '../files/index.ts';
import { migrateJobs } from '../jobs/index.ts';
import { systemClock } from '../kernel/clock.ts';
import { makeResoKeys } from '../kernel/reso-key.ts';
import { makeSecrets } from '../kernel/secrets.ts';
import { tellStory } from '../sandbox/index.ts';
import { keepStatements, leaveStatements, statementsIn } from './lint/sent-statements.ts';
import { lintStatements } from './lint/tenants.ts';
import { TEST_SECRET, type TestServer, urlOf } from './server.ts';

let server: EmbeddedServer | undefined;
let folder: string | undefined;

const MEMORY = '/dev/shm';
const ENOUGH = 4 * 1024 ** 3;

/** Where a run's databases lie. Each copy is a thousand small files, which a disk makes and deletes many times slower than memory. */
const scratch = (): Promise<string> =>
  statfs(MEMORY).then(
    ({ bavail, bsize }) => (bavail * bsize > ENOUGH ? MEMORY : tmpdir()),
    () => tmpdir(),
  );

/** Here, before there are test processes: two that unpack at once find half a program. Where it cannot be, `openBrowser` says why. */
async function unpackBrowser(): Promise<void> {
  const { default: packaged } = await import('@sparticuz/chromium');
  await packaged.executablePath().catch(() => undefined);
}

/**
 * One PostgreSQL for the run, with two templates: `t_empty` has the schema, `t_sandbox` the sandbox world. Every test file copies one.
 * With TEST_DATABASE_URL the user's own server is used instead (the account must be allowed to create databases).
 */
export async function globalSetup(): Promise<void> {
  const unpacked = unpackBrowser();
  folder = await mkdtemp(join(await scratch(), 'portico-test-'));
  const files = join(folder, 'files');
  let root = process.env.TEST_DATABASE_URL;
  if (!root) {
    // Nothing of a test has to survive a crash.
    server = await startEmbedded({ dataDir: join(folder, 'data'), durable: false, settings: { max_connections: '200' } });
    const { host, port, user, password, database } = server.connection;
    root = `postgres://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  }
  const facts: TestServer = { root, files, prefix: `t${process.pid}`, statements: join(folder, 'statements') };
  keepStatements(facts.statements);
  const admin = connect(root, { max: 1 });
  for (const name of ['empty', 'sandbox']) {
    const database = `${facts.prefix}_${name}`;
    await admin.pool.query(`drop database if exists ${database}`);
    await admin.pool.query(`create database ${database} ${name === 'sandbox' ? `template ${facts.prefix}_empty` : ''}`);
    const connected = connect(urlOf(facts, database), { max: 4 });
    if (name === 'empty') {
      await migrate(connected.pool);
      await migrateJobs(connected.pool);
    } else {
      await tellStory(
        {
          db: connected.db,
          clock: systemClock,
          files: openFiles({ kind: 'disk', directory: files }),
          secrets: makeSecrets(TEST_SECRET),
          mintResoKey: makeResoKeys(),
        },
        { publicUrl: 'http://127.0.0.1:8080' },
      );
    }
    await connected.close();
  }
  await admin.close();
  await unpacked;
  process.env.PORTICO_TEST = JSON.stringify(facts);
}

async function tenantTables(facts: TestServer): Promise<string[]> {
  const { pool, close } = connect(urlOf(facts, `${facts.prefix}_empty`), { max: 1 });
  const { rows } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = current_schema() and column_name = 'org_id'",
  );
  await close();
  return rows.map(({ name }) => name);
}

export async function globalTeardown(): Promise<void> {
  const facts: TestServer = JSON.parse(process.env.PORTICO_TEST ?? '{}');
  leaveStatements();
  const untied = facts.root ? await lintStatements(statementsIn(facts.statements), await tenantTables(facts)) : [];
  if (!server && facts.root) {
    const admin = connect(facts.root, { max: 1 });
    for (const name of ['empty', 'sandbox'])
      await admin.pool.query(`drop database if exists ${facts.prefix}_${name} with (force)`);
    await admin.close();
  }
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
  if (untied.length === 0) return;
  // An error thrown here would have this called again.
  process.exitCode = 1;
  console.error(`Statements that no organisation bounds (src/testing/lint):\n\n${untied.join('\n\n')}`);
}
