/** `npm run bench`: Portico beside a bare server on one durable database of 100,000 loops; writes results.json and README.md. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { readConfig } from '../src/config.ts';
import { startEmbedded } from '../src/db/embedded/index.ts';
import { openStores } from '../src/stores.ts';
import type { BarePlan } from './bare.ts';
import { makeCases, sparkCases } from './cases.ts';
import { measure, type Result, type Servers } from './measure.ts';
import { freePort, type Program, startPortico, startProgram } from './programs.ts';
import { type Replay, recordReplay } from './replay.ts';
import { writeReport } from './report.ts';
import { measureStarts } from './starts.ts';
import { recordStatements, type Statements } from './statements.ts';
import { loadRows, makeWorld, noteListing, someLoops, TOKEN } from './world.ts';

const POOL = 20;
const say = (text: string) => console.log(text);

type Connection = Awaited<ReturnType<typeof startEmbedded>>['connection'];
const urlOf = ({ host, port, user, password, database }: Connection) =>
  `postgres://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;

async function fill(dataDir: string, connection: Connection) {
  const config = readConfig({ PORTICO_DATA: dataDir, PORTICO_POOL: '4', PORTICO_SANDBOX: 'off' });
  const stores = await openStores(config, pino({ level: 'warn' }), { running: connection });
  const world = await makeWorld(stores);
  await loadRows(stores, world);
  const loops = await someLoops(stores, world);
  const statements = await recordStatements(stores, world, loops[0] as number);
  const spark = sparkCases(await noteListing(stores, world));
  const replays: Replay[] = [];
  for (const { paths } of spark)
    for (const path of paths) replays.push(await recordReplay(stores, 'http://127.0.0.1', world.sparkToken, path));
  await stores.close();
  const tokens = { dotloop: TOKEN, spark: world.sparkToken };
  return { cases: [...makeCases(world.profileId, loops), ...spark], statements, replays, tokens };
}

type Recorded = { readonly statements: Statements; readonly replays: readonly Replay[] };

async function startBare(databaseUrl: string, publicUrl: string, recorded: Recorded, checksToken: boolean): Promise<Program> {
  const port = await freePort();
  const plan: BarePlan = { port, databaseUrl, publicUrl, ...recorded, checksToken, poolSize: POOL };
  return startProgram({
    command: [process.execPath, 'bench/bare.ts'],
    env: { BARE_PLAN: JSON.stringify(plan) },
    url: `http://127.0.0.1:${port}`,
    probe: '/readyz',
  });
}

async function compare(dataDir: string): Promise<Result[]> {
  const database = await startEmbedded({ dataDir });
  const running: Program[] = [];
  try {
    say('Loading 100,000 loops and 100,000 listings');
    const { cases, statements, replays, tokens } = await fill(dataDir, database.connection);
    const databaseUrl = urlOf(database.connection);
    const portico = await startPortico({
      DATABASE_URL: databaseUrl,
      PORTICO_DATA: dataDir,
      PORTICO_SANDBOX: 'off',
      PORTICO_POOL: String(POOL),
    });
    running.push(portico);
    const bare = await startBare(databaseUrl, portico.url, { statements, replays }, true);
    running.push(bare);
    const statement = await startBare(databaseUrl, portico.url, { statements, replays }, false);
    running.push(statement);
    const servers: Servers = { portico, bare, statement };
    const results: Result[] = [];
    for (const asked of cases) {
      const result = await measure(servers, asked, tokens);
      say(
        `${result.title}: ${JSON.stringify(result.figures)} ratio ${result.ratio}, to the statement ${result.ratioToStatement}`,
      );
      results.push(result);
    }
    return results;
  } finally {
    for (const program of running.reverse()) await program.stop();
    await database.stop();
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'portico-bench-'));
try {
  const results = await compare(dataDir);
  say('Starting on a full and on an empty folder');
  const starts = await measureStarts(dataDir);
  say(JSON.stringify(starts));
  await writeReport(import.meta.dirname, { results, starts });
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
