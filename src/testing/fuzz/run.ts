import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Lab } from '../lab.ts';
import { jsonOf, openClient } from './client.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { houseRequests } from './house-requests.ts';
import { makeJudge } from './judge.ts';
import { type Document, type DoorDocument, documentsOf, type Operation } from './operations.ts';
import { rawRequests } from './raw.ts';
import { requestsTo } from './requests.ts';
import type { Schema } from './schema-values.ts';
import type { Shot } from './shot.ts';
import { signInRequests } from './sign-in.ts';
import { makeTally } from './tally.ts';
import { isSilent, openLine } from './wire.ts';

export type FuzzOptions = {
  readonly seed: number;
  /** the first batch to send, to see again what a finding names */
  readonly from?: number;
  readonly requests: number;
  /** ends the run before all are sent */
  readonly minutes?: number;
  /** how long an answer may take before it counts as none */
  readonly patienceMs: number;
  /** findings after which the run ends */
  readonly most?: number;
  readonly progress?: (done: number) => void;
};

export type FuzzReport = {
  readonly requests: number;
  /** whole requests with what was wrong about their answers */
  readonly findings: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly operations: number;
  /** operations that answered 2xx at least once */
  readonly reached: number;
  readonly unreached: readonly string[];
  /** heap after garbage collection in MiB: after the first tenth, and at the end */
  readonly heap: readonly [early: number, late: number];
  readonly slowestMs: number;
  readonly seconds: number;
};

const SOCKETS = 8;
/** Requests that one seed of fast-check makes. Whatever a batch holds depends on the run's seed and the batch's number alone. */
const BATCH = 64;

/** Seeds beside each other have no batch in common. */
const seedOf = (seed: number, batch: number): number => (seed ^ Math.imul(batch, 0x9e3779b1)) | 0;

const collect = (): (() => void) => {
  setFlagsFromString('--expose_gc');
  return runInNewContext('gc') as () => void;
};

/** What `#/components/schemas/…` leads to. */
const resolveIn = (document: Document, reference: string): Schema =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name.replaceAll('~1', '/')], document) as Schema;

/** Everything that may be asked, of every door alike by the number of its operations. Generators are built when they are first used. */
function anyRequest(documents: readonly DoorDocument[], facts: Facts): fc.Arbitrary<Shot> {
  const built = new Map<Operation, fc.Arbitrary<Shot>>();
  const operations = documents.flatMap(({ document, operations }) => operations.map((operation) => ({ document, operation })));
  const requestsOf = ({ document, operation }: (typeof operations)[number]): fc.Arbitrary<Shot> => {
    const around = { idsFor: facts.idsFor, resolve: (reference: string) => resolveIn(document, reference) };
    const made = built.get(operation) ?? requestsTo(operation, facts, around);
    built.set(operation, made);
    return made;
  };
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...operations).chain(requestsOf) },
    { weight: 3, arbitrary: signInRequests },
    { weight: 2, arbitrary: houseRequests(facts) },
  );
}

/**
 * Sends valid, nearly valid and hostile requests to everything that the house answers, and holds every answer against what it promises:
 * below 500, within the declared schema, in time, with nothing of the inside shown. The house is the lab's, over its sockets.
 */
export async function fuzz(
  lab: Lab,
  { seed, from: first = 0, requests, minutes = Number.POSITIVE_INFINITY, patienceMs, most = 20, progress }: FuzzOptions,
): Promise<FuzzReport> {
  const started = performance.now();
  const until = started + minutes * 60_000;
  const line = openLine(lab.url, { sockets: SOCKETS, patienceMs });
  const client = await openClient(lab.url, line);
  const documents = documentsOf(lab.url);
  const facts = await gatherFacts(documents, client.look);
  const anything = anyRequest(documents, facts);
  const tally = makeTally(makeJudge(documents, lab.url));
  let slowestMs = 0;
  let done = 0;

  const shoot = async (shot: Shot, where: string): Promise<void> => {
    const from = performance.now();
    const answer = await client.send(shot);
    slowestMs = Math.max(slowestMs, performance.now() - from);
    done++;
    tally.take(shot, answer, where);
    if (shot.operation && shot.method === 'POST' && !isSilent(answer) && answer.status < 300)
      facts.learn(shot.operation, shot.ids ?? {}, { location: answer.headers.location, body: jsonOf(answer) });
  };

  const gc = collect();
  const heap = (): number => {
    gc();
    return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
  };
  let early = 0;
  for (let batch = first; done < requests && tally.findings.size < most && performance.now() < until; batch++) {
    const where = `seed ${seed}, batch ${batch}`;
    const numRuns = Math.min(BATCH, requests - done);
    const waiting = fc.sample(anything, { seed: seedOf(seed, batch), numRuns })[Symbol.iterator]();
    await Promise.all(
      Array.from({ length: SOCKETS }, async () => {
        for (const shot of waiting) await shoot(shot, where);
      }),
    );
    for (const bytes of fc.sample(rawRequests, { seed: seedOf(seed, batch), numRuns: 1 }))
      tally.takeRaw(bytes, await line.sendRaw(bytes), where);
    if (early === 0 && done >= requests / 10) early = heap();
    progress?.(done);
  }
  const late = heap();
  line.close();
  const operations = documents.flatMap((one) => one.operations);
  return {
    requests: done,
    findings: [...tally.findings.values()],
    statuses: tally.statuses,
    operations: operations.length,
    reached: tally.reached.size,
    unreached: operations.filter((one) => !tally.reached.has(one)).map(({ method, path }) => `${method} ${path}`),
    heap: [early, late],
    slowestMs: Math.round(slowestMs),
    seconds: Math.round((performance.now() - started) / 1000),
  };
}
