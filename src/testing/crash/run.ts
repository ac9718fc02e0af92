import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sweepFiles } from '../../domain/index.ts';
import { openFiles } from '../../files/index.ts';
import { freePort } from '../../free-port.ts';
import { type Dice, makeDice } from '../../sandbox/dice.ts';
import { type Clients, openClients } from '../clients.ts';
import { until } from '../until.ts';
import { type Claim, writers } from '../writers.ts';
import { checkRecord, countLoopIts, filePath } from './check.ts';
import { besideServer, type Place, postmasterOf, type Server, startAndKill, startServer } from './server.ts';

/** What is killed with -9: Portico, its PostgreSQL, both, one of PostgreSQL's own processes, or a Portico that is only starting. */
const KINDS = ['portico', 'postgres', 'both', 'backend', 'starting'] as const;
type Kind = (typeof KINDS)[number];

export type CrashReport = {
  readonly seed: number;
  readonly kills: Readonly<Record<Kind, number>>;
  readonly sent: number;
  readonly acknowledged: number;
  /** told to come back later */
  readonly refused: number;
  /** nobody knows: the connection broke */
  readonly unanswered: number;
  readonly loopIts: number;
  readonly sweptFiles: number;
  /** milliseconds from the start of a process after a kill to its first answer */
  readonly restarts: readonly number[];
  /** milliseconds from the kill of PostgreSQL to the next acknowledged write of the same Portico */
  readonly recoveries: readonly number[];
  /** empty, or Portico has lost something */
  readonly problems: readonly string[];
};

export type CrashPlan = {
  readonly kills: number;
  readonly seed: number;
  /** ends earlier after so long */
  readonly withinMs?: number;
  /** makes PostgreSQL acknowledge what is not on disk yet, so that the checker has something to find */
  readonly spoil?: boolean;
  readonly say?: (line: string) => void;
};

/** So many integrations write at a time. */
const LANES = 6;
/** A kill comes after so many writes of its round at most. */
const WRITES = 60;
/** Claims of earlier rounds that each round looks at again. */
const OLD = 10;
const STARTING_MS = 1_500;
/** Beyond this it does not come back by itself; how long it took is told anyway. */
const RECOVERS_MS = 180_000;
/** How often a question is asked that is told to come back. */
const ASKED = 20;

type Made = { readonly writer: string; readonly mark: string; readonly claim: Claim };

/** Writes through every door, kills, and looks whether everything that was acknowledged is there, and nothing half. */
export async function runCrashes(plan: CrashPlan): Promise<CrashReport> {
  const { kills, seed, withinMs = Number.POSITIVE_INFINITY, spoil = false, say = () => {} } = plan;
  const dice = makeDice(seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-crash-'));
  const place: Place = { dataDir, env: { PORT: String(await freePort('127.0.0.1')) } };
  const ends = performance.now() + withinMs;
  const count = { sent: 0, acknowledged: 0, refused: 0, unanswered: 0 };
  const done: Record<Kind, number> = { portico: 0, postgres: 0, both: 0, backend: 0, starting: 0 };
  const restarts: number[] = [];
  const recoveries: number[] = [];
  const problems: string[] = [];
  const made: Made[] = [];
  let server: Server | undefined;
  try {
    server = await startServer(place);
    if (spoil) await acknowledgeTooEarly(place);
    say(`started in ${Math.round(server.startMs)} ms, seed ${seed}`);
    for (let round = 1; round <= kills && performance.now() < ends; round++) {
      const kind = KINDS[(round - 1) % KINDS.length]!;
      const since = new Date(Date.now() - 1_000);
      const before = made.length;
      const clients = openClients(server.url);
      // A session and a token are there before the storm, so that lanes begin with writes.
      await Promise.all([clients.spark('/system'), clients.reapit('/contacts?pageSize=1')]);
      const writing = startWriting(clients, dice, round, made, count, problems);
      const enough = dice.between(1, WRITES);
      await until('enough was written', () => writing.sent() >= enough);
      const killedAt = performance.now();
      await killOne(kind, place, server, dice);
      done[kind]++;
      if (kind === 'postgres' || kind === 'backend') {
        const acknowledged = count.acknowledged + LANES;
        await until('writes are acknowledged again', () => count.acknowledged > acknowledged, RECOVERS_MS).catch(
          (error: Error) => {
            throw new Error(`Round ${round}, ${kind}: ${error.message}. Portico said:\n${server?.said()}`);
          },
        );
        recoveries.push(performance.now() - killedAt);
        await writing.stop();
      } else {
        await writing.stop();
        if (kind === 'starting') await startAndKill(place, dice.between(0, STARTING_MS));
        server = await startServer(place);
        restarts.push(server.startMs);
      }
      const fresh = openClients(server.url);
      const old = Array.from({ length: Math.min(OLD, before) }, () => made[dice.between(0, before - 1)]!);
      problems.push(...(await checkClaims(fresh, [...made.slice(before), ...old])));
      const beside = await besideServer(place);
      problems.push(...(await checkRecord(beside, dataDir, since)));
      await beside.close();
      say(`${round} ${kind}: ${made.length - before} acknowledged, ${problems.length} problems`);
    }
    problems.push(...(await checkClaims(openClients(server.url), made)));
    const beside = await besideServer(place);
    problems.push(...(await checkRecord(beside, dataDir, null)));
    const loopIts = await countLoopIts(beside);
    const sweptFiles = await sweep(beside, dataDir, problems);
    await beside.close();
    return { seed, kills: done, ...count, loopIts, sweptFiles, restarts, recoveries, problems: [...new Set(problems)] };
  } finally {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function acknowledgeTooEarly(place: Place): Promise<void> {
  const { pool, close } = await besideServer(place);
  await pool.query('alter database portico set synchronous_commit = off');
  await close();
}

/** Lanes that write one thing after the other, whichever door it falls on, until they are stopped or cut off. */
function startWriting(
  clients: Clients,
  dice: Dice,
  round: number,
  made: Made[],
  count: { sent: number; acknowledged: number; refused: number; unanswered: number },
  problems: string[],
) {
  let sent = 0;
  let stopped = false;
  const write = async (lane: number) => {
    for (let n = 0; !stopped; n++) {
      const writer = dice.pick(writers);
      const mark = `k${round}x${lane}x${n}${writer.name.replaceAll(/\W/g, '')}`;
      sent++;
      count.sent++;
      const answer = await writer.send(clients, mark).catch(() => undefined);
      if (!answer) {
        count.unanswered++;
        // Nobody listens any more, or PostgreSQL is coming back: a moment, as clients do.
        await wait(20);
      } else if (answer.status === writer.said) {
        count.acknowledged++;
        made.push({ writer: writer.name, mark, claim: writer.claim(answer, mark) });
      } else if (answer.status === 503 && Number(answer.headers.get('retry-after')) > 0) {
        count.refused++;
        await wait(20);
      } else problems.push(`${writer.name} said ${answer.status}: ${answer.text.slice(0, 200)}`);
    }
  };
  const lanes = Array.from({ length: LANES }, (_, lane) => write(lane));
  return {
    sent: () => sent,
    async stop() {
      stopped = true;
      await Promise.all(lanes);
    },
  };
}

async function killOne(kind: Kind, place: Place, server: Server, dice: Dice): Promise<void> {
  const postmaster = await postmasterOf(place);
  // Writes are under way at every millisecond; which one it is, is the machine's affair.
  await wait(dice.between(0, 20));
  if ((kind === 'postgres' || kind === 'both') && postmaster) process.kill(postmaster, 'SIGKILL');
  if (kind === 'backend') {
    const beside = await besideServer(place);
    const { rows } = await beside.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'portico' and pid <> pg_backend_pid() order by state = 'active' desc limit 1`,
    );
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
    await beside.close().catch(() => {});
  }
  if (kind === 'portico' || kind === 'both' || kind === 'starting') await server.kill();
}

/** A machine that is busy recovering may tell even a question to come back; a loss is what is still missing then. */
async function ask(claim: Claim, clients: Clients): Promise<string | undefined> {
  for (let tried = 1; ; tried++) {
    const problem = await claim.holds(clients).catch((error: unknown) => `cannot be asked: ${error}`);
    if (!problem || !/\b503\b/.test(problem) || tried === ASKED) return problem;
    await wait(1_000);
  }
}

async function checkClaims(clients: Clients, made: readonly Made[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { writer, mark, claim } of made) {
    const problem = await ask(claim, clients);
    if (problem) problems.push(`acknowledged, and lost: ${writer} ${mark}: ${problem}`);
  }
  return problems;
}

/** Two days later: what the sweep leaves is what rows name. */
async function sweep(
  { db, pool }: Awaited<ReturnType<typeof besideServer>>,
  dataDir: string,
  problems: string[],
): Promise<number> {
  const files = openFiles({ kind: 'disk', directory: join(dataDir, 'files') });
  const swept = await sweepFiles(db, files, new Date(Date.now() + 2 * 86_400_000));
  const { rows } = await pool.query<{ org_id: number; sha256: string }>('select org_id, sha256 from blob');
  const named = new Set(rows.map((row) => filePath(dataDir, row)));
  for await (const { orgId, sha256 } of files.list())
    if (!named.delete(filePath(dataDir, { org_id: orgId, sha256 }))) problems.push(`the file ${orgId}/${sha256} has no row`);
  for (const path of named) problems.push(`${path} is gone`);
  return swept.files;
}
