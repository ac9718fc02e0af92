import { type Credentials, compareBodies, compareRecords, doorOf, type Headers } from './bodies.ts';
import type { Case, Requests } from './cases.ts';
import type { Load, LoadPlan } from './load.ts';
import type { Peer } from './peer.ts';
import { type Program, runProgram } from './programs.ts';

export type Server = 'portico' | 'bare' | 'statement';
export type Servers = Readonly<Record<Server, Program>>;
export type Figure = { readonly perSecond: number; readonly p99: number };
export type PeerFigure = Figure & {
  readonly title: string;
  /** Portico to the peer; the median of the rounds' ratios */
  readonly ratio: number;
};
export type Result = {
  readonly name: string;
  readonly title: string;
  readonly target: number;
  readonly figures: Readonly<Record<Server, Figure>>;
  /** Portico to the bare server with the same statements; the median of the rounds' ratios */
  readonly ratio: number;
  /** Portico to the bare server that sends nothing but the one statement */
  readonly ratioToStatement: number;
  /** of other people's servers, where they run and can answer the like */
  readonly peers: readonly PeerFigure[];
};

const QUICK = process.argv.includes('--quick');
const ROUNDS = QUICK ? 1 : 3;
const SECONDS = QUICK ? 1 : 2;
const CONNECTIONS = 20;
/** What a connection should be answered in a round: of fewer answers those that the end cuts off are too large a part. */
const ANSWERS = 5;
const MOST_SECONDS = 4 * SECONDS;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Whoever takes part in a case. */
type Contender = {
  /** what a peer is called; ours have none */
  readonly peer?: string;
  readonly url: string;
  readonly headers: Headers;
  readonly asked: Requests;
  /** whether it compares tags */
  readonly tags: boolean;
  readonly loads: Load[];
};
type Fails = (one: Contender, error: unknown) => void;

async function loadOnce({ url, headers, asked, tags }: Contender, seconds: number): Promise<Load> {
  const plan: LoadPlan = { url, headers, connections: CONNECTIONS, seconds, asked, tags };
  const load = JSON.parse(await runProgram('bench/load.ts', { LOAD_PLAN: JSON.stringify(plan) })) as Load;
  if (load.failed > 0) throw new Error(`${asked.method} ${url}${asked.paths[0]}: ${load.failed} answers were wrong`);
  return load;
}

async function loadRound(one: Contender, seconds: number): Promise<void> {
  const load = await loadOnce(one, seconds);
  if (load.perSecond === 0) throw new Error(`${one.url} answered nothing in ${seconds} s`);
  one.loads.push(load);
}

const secondsFor = ({ perSecond }: Load) =>
  Math.ceil(Math.min(MOST_SECONDS, Math.max(SECONDS, (ANSWERS * CONNECTIONS) / perSecond)));

/** Rounds in turn, so that what else goes on in the machine meets all of them. Answers who got to the end. */
async function takeTurns(contenders: readonly Contender[], fails: Fails): Promise<readonly Contender[]> {
  const seconds = new Map(contenders.map((one) => [one, 1]));
  const each = async (work: (one: Contender, seconds: number) => Promise<void>) => {
    for (const [one, length] of seconds)
      try {
        await work(one, length);
      } catch (error) {
        fails(one, error);
        seconds.delete(one);
      }
  };
  await each(async (one, length) => void seconds.set(one, secondsFor(await loadOnce(one, length))));
  for (let round = 0; round < ROUNDS; round++) await each(loadRound);
  return [...seconds.keys()];
}

/** Who of the peers can be asked the like, and finds the same records. */
async function peersFor(peers: readonly Peer[], portico: Program, asked: Case, credentials: Credentials, fails: Fails) {
  const contenders: Contender[] = [];
  for (const { title, counterparts } of peers) {
    const counterpart = counterparts.get(asked.name);
    if (!counterpart) continue;
    const contender: Contender = { ...counterpart, peer: title, tags: false, loads: [] };
    await compareRecords(portico.url, asked, credentials, counterpart).then(
      () => contenders.push(contender),
      (error: unknown) => fails(contender, error),
    );
  }
  return contenders;
}

const figureOf = ({ loads }: Contender): Figure => ({
  perSecond: Math.round(median(loads.map(({ perSecond }) => perSecond))),
  p99: median(loads.map(({ p99 }) => p99)),
});

const ratioOf = (mine: Contender, other: Contender) =>
  Math.round(100 * median(other.loads.map(({ perSecond }, round) => (mine.loads[round] as Load).perSecond / perSecond))) / 100;

/** One case; figures are medians of the rounds. A peer that fails is left out with a line, of ours none may fail. */
export async function measure(
  servers: Servers,
  peers: readonly Peer[],
  asked: Case,
  credentials: Credentials,
  say: (text: string) => void,
): Promise<Result> {
  await compareBodies(servers, asked, credentials);
  const fails: Fails = ({ peer }, error) => {
    if (peer === undefined) throw error;
    say(`${asked.title}: without ${peer}: ${error instanceof Error ? error.message : error}`);
  };
  const headers = credentials[doorOf(asked)];
  const own = (name: Server): Contender => ({ url: servers[name].url, headers, asked, tags: name === 'portico', loads: [] });
  const [portico, bare, statement] = [own('portico'), own('bare'), own('statement')];
  const others = await peersFor(peers, servers.portico, asked, credentials, fails);
  const atTheEnd = await takeTurns([portico, bare, statement, ...others], fails);
  return {
    name: asked.name,
    title: asked.title,
    target: asked.target,
    figures: { portico: figureOf(portico), bare: figureOf(bare), statement: figureOf(statement) },
    ratio: ratioOf(portico, bare),
    ratioToStatement: ratioOf(portico, statement),
    peers: atTheEnd.flatMap((one) =>
      one.peer === undefined ? [] : [{ title: one.peer, ...figureOf(one), ratio: ratioOf(portico, one) }],
    ),
  };
}
