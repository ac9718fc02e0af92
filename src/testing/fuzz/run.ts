import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Lab } from '../lab.ts';
import { gatherCredentials } from './callers.ts';
import { gatherFacts } from './facts.ts';
import { makeJudge } from './judge.ts';
import { documentsOf, type Operation } from './operations.ts';
import { rawRequests } from './raw.ts';
import { requestsTo } from './requests.ts';
import { CURRENT_TAG, describe, type Header, type Shot } from './shot.ts';
import { houseRequests, signInRequests } from './sign-in.ts';
import { type Answer, isSilent, openLine, type Silence } from './wire.ts';

export type FuzzOptions = {
  readonly seed: number;
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

const jsonOf = ({ headers, text }: Answer): unknown =>
  /json/.test(headers['content-type'] ?? '') && text !== '' ? JSON.parse(text) : undefined;

/** The tag of a record at the moment, from an answer that shows it. */
const tagOf = (answer: Answer | Silence): string => {
  if (isSilent(answer) || answer.status !== 200) return '"none"';
  return answer.headers.etag ?? (JSON.parse(answer.text) as { _eTag?: string })._eTag ?? '"none"';
};

const signature = ({ door, method, path, operation }: Shot, what: string) =>
  `${door} ${operation ? `${operation.method} ${operation.path}` : `${method} ${path.split(/[?%]/)[0]?.slice(0, 40)}`}: ${what}`;

/**
 * Sends valid, nearly valid and hostile requests to everything that the house answers, and holds every answer against what it promises:
 * below 500, within the declared schema, in time, with nothing of the inside shown. The house is the lab's, over its sockets.
 */
export async function fuzz(
  lab: Lab,
  { seed, requests, minutes = Number.POSITIVE_INFINITY, patienceMs, most = 20, progress }: FuzzOptions,
): Promise<FuzzReport> {
  const started = performance.now();
  const line = openLine(lab.url, { sockets: SOCKETS, patienceMs });
  const host: Header = ['host', new URL(lab.url).host];
  const credentials = await gatherCredentials({
    ...line,
    send: (method, path, headers, body) => line.send(method, path, [host, ...headers, ...lengthOf(body)], body),
  });

  const send = async (shot: Shot): Promise<Answer | Silence> => {
    const { path, headers } = credentials(shot.caller, shot);
    const own = new Set(shot.headers.map(([name]) => name));
    const tag = shot.headers.some(([, value]) => value === CURRENT_TAG)
      ? tagOf(await line.send('GET', path.split('?')[0] ?? path, [host, ...headers]))
      : '';
    const said = shot.headers.map(([name, value]): Header => [name, value === CURRENT_TAG ? tag : value]);
    const all = [
      ...(own.has('host') ? [] : [host]),
      ...headers.filter(([name]) => !own.has(name)),
      ...said,
      ...lengthOf(shot.body),
    ];
    return line.send(shot.method, path, all, shot.body);
  };

  const documents = documentsOf(lab.url);
  const operations = documents.flatMap((one) => one.operations);
  const judge = makeJudge(documents, lab.url);
  const facts = await gatherFacts(documents, async (path, caller, json) => {
    const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
    const headers: Header[] = body ? [['content-type', 'application/json']] : [];
    const answer = await send({ door: 'house', method: body ? 'POST' : 'GET', path, headers, caller, ...(body ? { body } : {}) });
    if (isSilent(answer)) throw new Error(`${path}: ${answer.silence}`);
    return answer.status < 300 ? jsonOf(answer) : undefined;
  });

  const resolvers = new Map(documents.map(({ door, document }) => [door, document]));
  const known = new Map<Operation, fc.Arbitrary<Shot>>();
  const requestsOf = (operation: Operation): fc.Arbitrary<Shot> => {
    const made =
      known.get(operation) ??
      requestsTo(operation, facts, {
        idsFor: facts.idsFor,
        resolve: (reference) =>
          reference
            .slice(2)
            .split('/')
            .reduce<unknown>(
              (node, name) => (node as Record<string, unknown>)[name.replaceAll('~1', '/')],
              resolvers.get(operation.door),
            ) as never,
      });
    known.set(operation, made);
    return made;
  };
  const house = houseRequests(facts);
  const anything = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...operations).chain(requestsOf) },
    { weight: 3, arbitrary: signInRequests },
    { weight: 2, arbitrary: house },
  );

  const findings = new Map<string, string>();
  const statuses: Record<string, number> = {};
  const reached = new Set<Operation>();
  let slowestMs = 0;
  let done = 0;
  const note = (shot: Shot, answer: Answer | Silence, batch: number) => {
    const what = isSilent(answer) ? answer.silence : judge(shot, answer);
    if (what === undefined) return;
    const key = signature(shot, what);
    if (findings.has(key)) return;
    const text = isSilent(answer) ? '' : answer.text.slice(0, 500);
    findings.set(
      key,
      `${key}\n  ${describe(shot)}\n  ${isSilent(answer) ? '' : answer.status} ${text}\n  seed ${seed}, batch ${batch}`,
    );
  };

  const shoot = async (shot: Shot, batch: number): Promise<void> => {
    const from = performance.now();
    const answer = await send(shot);
    slowestMs = Math.max(slowestMs, performance.now() - from);
    done++;
    const status = isSilent(answer) ? 'none' : answer.status;
    statuses[`${shot.door} ${status}`] = (statuses[`${shot.door} ${status}`] ?? 0) + 1;
    if (shot.operation && !isSilent(answer) && answer.status < 300) {
      reached.add(shot.operation);
      if (shot.method === 'POST')
        facts.learn(shot.operation, shot.ids ?? {}, { location: answer.headers.location, body: jsonOf(answer) });
    }
    note(shot, answer, batch);
  };

  const gc = collect();
  const heap = (): number => {
    gc();
    return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
  };
  let early = 0;
  const until = started + minutes * 60_000;
  for (let batch = 0; done < requests && findings.size < most && performance.now() < until; batch++) {
    const shots = fc.sample(anything, { seed: seedOf(seed, batch), numRuns: Math.min(BATCH, requests - done) });
    const waiting = shots[Symbol.iterator]();
    await Promise.all(
      Array.from({ length: SOCKETS }, async () => {
        for (const shot of waiting) await shoot(shot, batch);
      }),
    );
    for (const bytes of fc.sample(rawRequests, { seed: seedOf(seed, batch), numRuns: 1 })) {
      const first = await line.sendRaw(bytes);
      const bad = typeof first !== 'string' ? first.silence : /^HTTP\/1\.1 5(?!05)/.test(first) ? first : undefined;
      if (bad !== undefined)
        findings.set(`raw: ${bad}`, `raw: ${bad}\n  ${JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 1_000))}`);
    }
    if (early === 0 && done >= requests / 10) early = heap();
    progress?.(done);
  }
  const late = heap();
  line.close();
  return {
    requests: done,
    findings: [...findings.values()],
    statuses,
    operations: operations.length,
    reached: reached.size,
    unreached: operations.filter((one) => !reached.has(one)).map(({ method, path }) => `${method} ${path}`),
    heap: [early, late],
    slowestMs: Math.round(slowestMs),
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

/** Node's client counts nothing when it is told to add no headers. */
const lengthOf = (body: Uint8Array | undefined): readonly Header[] => (body ? [['content-length', String(body.length)]] : []);
