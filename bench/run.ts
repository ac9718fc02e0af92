/** `npm run bench`: Portico beside a bare server on one durable database; writes results.json, results.md and README.md. `-- --quick` for a try. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { makeProgress, terminalOf } from '../src/commands/command.ts';
import { readConfig } from '../src/config.ts';
import { startEmbedded } from '../src/db/embedded/index.ts';
import { openStores } from '../src/stores.ts';
import type { BarePlan } from './bare.ts';
import { type Case, makeCases, reapitCases, siteCases, sparkCases } from './cases.ts';
import { credentialsOf, requestsOf } from './credentials.ts';
import { measure, type Result, type Servers } from './measure.ts';
import { priceOfTotal } from './price.ts';
import { freePort, type Program, startPortico, startProgram } from './programs.ts';
import { openRecorder, type Replay } from './replay.ts';
import { type Measured, writeReport } from './report.ts';
import { measureStarts } from './starts.ts';
import { recordStatements, type Statements } from './statements.ts';
import { FULL, loadRows, makeWorld, noteListing, QUICK, type Size, someContacts, someLoops } from './world.ts';

const POOL = 20;
const say = (text: string) => console.log(text);

type Connection = Awaited<ReturnType<typeof startEmbedded>>['connection'];
const urlOf = ({ host, port, user, password, database }: Connection) =>
  `postgres://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;

async function fill(dataDir: string, connection: Connection, size: Size) {
  const config = { ...readConfig({ PORTICO_DATA: dataDir, PORTICO_POOL: '4', PORTICO_SANDBOX: 'off' }), statementTimeoutMs: 0 };
  const stores = await openStores(config, pino({ level: 'warn' }), { running: connection });
  const world = await makeWorld(stores);
  const bar = await makeProgress({ json: false, terminal: terminalOf(process) });
  await loadRows(stores, world, size, bar.step);
  bar.end();
  const loops = await someLoops(stores, world, size);
  const contacts = await someContacts(stores, world, size);
  const statements = await recordStatements(stores, world, loops[0] as number);
  const recorder = await openRecorder(stores);
  const credentials = await credentialsOf(recorder, world);
  const [written, others] = [contacts.slice(0, 20), contacts.slice(20)];
  const recorded = [
    ...sparkCases(await noteListing(stores, world)),
    ...reapitCases(others, written),
    ...siteCases(others.map(({ id }) => id)),
  ];
  const replays: Replay[] = [];
  // What is written shows in lists, so writes are recorded before them, and measured after all of them.
  for (const asked of recorded.toSorted((a, b) => Number(isRead(a)) - Number(isRead(b))))
    for (const i of asked.paths.keys()) replays.push(await recorder.record(requestsOf(recorder, asked, i, credentials)));
  const price = await priceOfTotal(stores, world);
  await recorder.close();
  await stores.close();
  const cases = [...makeCases(world.profileId, loops), ...recorded];
  return { cases, statements, replays, credentials, price };
}

const isRead = ({ method }: Case) => method === 'GET';

type Recorded = { readonly statements: Statements; readonly replays: readonly Replay[] };

async function startBare(databaseUrl: string, publicUrl: string, recorded: Recorded, checksToken: boolean): Promise<Program> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'portico-bench-plan-'));
  const file = join(folder, 'plan.json');
  const plan: BarePlan = { port, databaseUrl, publicUrl, ...recorded, checksToken, poolSize: POOL };
  await writeFile(file, JSON.stringify(plan));
  const program = await startProgram({
    command: [process.execPath, 'bench/bare.ts'],
    env: { BARE_PLAN: file },
    url: `http://127.0.0.1:${port}`,
    probe: '/readyz',
  });
  await rm(folder, { recursive: true });
  return program;
}

async function compare(dataDir: string, size: Size): Promise<Pick<Measured, 'results' | 'price'>> {
  const database = await startEmbedded({ dataDir });
  const running: Program[] = [];
  try {
    say(
      `Loading ${Object.entries(size)
        .map(([name, count]) => `${count.toLocaleString('en-US')} ${name}`)
        .join(', ')}`,
    );
    const { cases, statements, replays, credentials, price } = await fill(dataDir, database.connection, size);
    const databaseUrl = urlOf(database.connection);
    const portico = await startPortico({
      DATABASE_URL: databaseUrl,
      PORTICO_DATA: dataDir,
      PORTICO_SANDBOX: 'off',
      PORTICO_SHARED_LIMITS: 'off',
      PORTICO_POOL: String(POOL),
    });
    running.push(portico);
    const bare = await startBare(databaseUrl, portico.url, { statements, replays }, true);
    running.push(bare);
    const statement = await startBare(databaseUrl, portico.url, { statements, replays }, false);
    running.push(statement);
    const servers: Servers = { portico, bare, statement };
    const results: Result[] = [];
    for (const asked of cases.toSorted((a, b) => Number(isRead(b)) - Number(isRead(a)))) {
      const result = await measure(servers, asked, credentials);
      say(
        `${result.title}: ${JSON.stringify(result.figures)} ratio ${result.ratio}, to the statement ${result.ratioToStatement}`,
      );
      results.push(result);
    }
    return { results, price };
  } finally {
    for (const program of running.reverse()) await program.stop();
    await database.stop();
  }
}

const size = process.argv.includes('--quick') ? QUICK : FULL;
const dataDir = await mkdtemp(join(tmpdir(), 'portico-bench-'));
try {
  const { results, price } = await compare(dataDir, size);
  say('Starting on a full and on an empty folder');
  const starts = await measureStarts(dataDir);
  say(JSON.stringify(starts));
  await writeReport(import.meta.dirname, { results, price, starts, size });
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
