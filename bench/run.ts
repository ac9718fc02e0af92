/** `npm run bench`: Portico beside a bare server, and beside peers that are installed, on one durable database; writes results.json and results.md. `-- --quick` for a try. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbedded } from '../src/db/embedded/index.ts';
import type { BarePlan } from './bare.ts';
import { fill, isRead } from './fill.ts';
import { measure, type Result, type Servers } from './measure.ts';
import { startPeers } from './peers.ts';
import { freePort, type Program, startPortico, startProgram, stopPrograms } from './programs.ts';
import { type Measured, writeReport } from './report.ts';
import { measureStarts } from './starts.ts';
import { FULL, QUICK, type Size } from './world.ts';

const POOL = 20;
/** Portico, two bare servers and a peer keep as many connections each; Portico's own setting is for one. */
const SETTINGS = { max_connections: String(5 * POOL) };
const say = (text: string) => console.log(text);

/** Settles when somebody ends the run: what was started is then stopped as after an error. */
const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error(`Ended by ${signal}`)));
});
// Also where nothing waits for it at the moment.
interrupted.catch(() => {});
const orInterrupted = <T>(work: Promise<T>): Promise<T> => Promise.race([work, interrupted]);

const urlOf = ({ host, port, user, password, database }: EmbeddedServer['connection']) =>
  `postgres://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;

async function startBare(folder: string, plan: Omit<BarePlan, 'port' | 'poolSize'>): Promise<Program> {
  const port = await freePort();
  const file = join(folder, `bare-${port}.json`);
  await writeFile(file, JSON.stringify({ ...plan, port, poolSize: POOL } satisfies BarePlan));
  return startProgram({
    command: [process.execPath, 'bench/bare.ts'],
    env: { BARE_PLAN: file },
    url: `http://127.0.0.1:${port}`,
    probe: '/readyz',
  });
}

type Compared = Pick<Measured, 'results' | 'price'>;

async function compareOn({ connection }: EmbeddedServer, folder: string, dataDir: string, size: Size): Promise<Compared> {
  const held = Object.entries(size).map(([name, count]) => `${count.toLocaleString('en-US')} ${name}`);
  say(`Loading ${held.join(', ')}`);
  const { statements, replays, price, ...filled } = await fill(dataDir, connection, size);
  const databaseUrl = urlOf(connection);
  const portico = await startPortico({
    DATABASE_URL: databaseUrl,
    PORTICO_DATA: dataDir,
    PORTICO_SANDBOX: 'off',
    PORTICO_SHARED_LIMITS: 'off',
    PORTICO_POOL: String(POOL),
  });
  const plan = { databaseUrl, publicUrl: portico.url, statements, replays };
  const bare = await startBare(folder, { ...plan, checksToken: true });
  const statement = await startBare(folder, { ...plan, checksToken: false });
  const servers: Servers = { portico, bare, statement };
  const peers = await startPeers({ ...filled, folder, connection, poolSize: POOL, porticoUrl: portico.url }, say);
  const results: Result[] = [];
  for (const asked of filled.cases.toSorted((a, b) => Number(isRead(b)) - Number(isRead(a)))) {
    const result = await measure(servers, peers, asked, filled.credentials, say);
    const besides = result.peers.map(({ title, ratio }) => `, to ${title} ${ratio}`).join('');
    say(
      `${result.title}: ${JSON.stringify(result.figures)} ratio ${result.ratio}, to the statement ${result.ratioToStatement}${besides}`,
    );
    results.push(result);
  }
  for (const peer of peers) await peer.stop();
  return { results, price };
}

async function compare(folder: string, dataDir: string, size: Size): Promise<Compared> {
  const database = await startEmbedded({ dataDir, settings: SETTINGS });
  try {
    return await orInterrupted(compareOn(database, folder, dataDir, size));
  } finally {
    await stopPrograms();
    await database.stop();
  }
}

const size = process.argv.includes('--quick') ? QUICK : FULL;
const folder = await mkdtemp(join(tmpdir(), 'portico-bench-'));
const dataDir = join(folder, 'data');
try {
  const { results, price } = await compare(folder, dataDir, size);
  say('Starting on a full and on an empty folder');
  const starts = await orInterrupted(measureStarts(dataDir, folder));
  say(JSON.stringify(starts));
  await writeReport(import.meta.dirname, { results, price, starts, size });
} finally {
  await stopPrograms();
  await rm(folder, { recursive: true, force: true });
}
