/** Writes what is generated and committed; with --check it changes nothing and fails when something would change. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { doors } from '../src/app.ts';
import { describeSettings } from '../src/config.ts';
import { connect } from '../src/db/connect.ts';
import { startEmbedded } from '../src/db/embedded/index.ts';
import { migrate } from '../src/db/migrate.ts';
import { openFiles } from '../src/files/index.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { makeResoKeys } from '../src/kernel/reso-key.ts';
import { makeSecrets } from '../src/kernel/secrets.ts';
import { coverageTable } from '../src/testing/coverage.ts';
import { distribution } from './citus.ts';
import { queriesText } from './queries.ts';
import { schemaText } from './schema.ts';
import { tableTypes } from './tables.ts';
import { webClient } from './web-client.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const stale: string[] = [];

async function write(path: string, text: string): Promise<void> {
  const file = join(root, path);
  const old = await readFile(file, 'utf8').catch(() => '');
  if (old === text) return;
  stale.push(path);
  if (check) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const folder = await mkdtemp(join(tmpdir(), 'portico-snap-'));
const server = await startEmbedded({ dataDir: folder, durable: false });
try {
  const connected = connect(server.connection, { max: 2 });
  await migrate(connected.pool);
  await write('src/db/tables.ts', await tableTypes(connected.pool));
  await write('snapshots/schema.sql', await schemaText(connected.pool));
  await write('docs/citus.sql', await distribution(connected.pool));
  const { db } = connected;
  const files = openFiles({ kind: 'disk', directory: folder });
  const ports = { db, files, clock: systemClock, secrets: makeSecrets(folder), mintResoKey: makeResoKeys() };
  await write('snapshots/queries.sql', queriesText(ports));
  await connected.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const door of doors)
  await write(`snapshots/openapi/${door.name}.json`, `${JSON.stringify(door.openapi('http://127.0.0.1:8080'), null, 2)}\n`);
await write('docs/configuration.md', describeSettings());
await write('docs/coverage.md', coverageTable());
await write('web/src/generated/app-api.ts', await webClient());

for (const path of stale) console.log(check ? `out of date: ${path} (run \`npm run snap\`)` : `wrote ${path}`);
if (check && stale.length > 0) process.exitCode = 1;
if (stale.length === 0) console.log('Everything generated is up to date.');
