import pino from 'pino';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { Db, Querier, Tx } from '../src/db/index.ts';
import { buildDomain } from '../src/domain/index.ts';
import { makeMeasures } from '../src/measures.ts';
import type { Stores } from '../src/stores.ts';
import { memoryGate } from '../src/wire/call-gate.ts';
import { memoryLimiter } from '../src/wire/limits.ts';
import { type Origin, vary } from './vary.ts';

/** A statement as it reached the database; without a name it is parsed and planned each time, as the product has it. */
export type Step = { readonly name?: string; readonly text: string; readonly values: readonly Origin[] };

/** One request: what was asked of the database for it, transactions included, and what was answered. */
export type Replay = {
  readonly method: string;
  readonly path: string;
  readonly steps: readonly Step[];
  readonly status: number;
  readonly body: string;
};

export type Noted = {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
  rows: readonly unknown[];
};
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** A database that writes down everything that is sent to it. */
function noting({ db }: Stores['ports'], note: (step: Noted) => void): Db {
  const alone = (text: string) => note({ text, values: [], rows: [] });
  const querier = (q: Querier): Querier => ({
    async rows(query, values) {
      const step: Noted = { name: query.name, text: query.text, values, rows: [] };
      note(step);
      const rows = await q.rows(query, values);
      step.rows = rows;
      return rows;
    },
    async run(query, within) {
      const step: Noted = { text: query.sql, values: query.parameters, rows: [] };
      note(step);
      const rows = await q.run(query, within);
      step.rows = rows;
      return rows;
    },
  });
  const inside =
    (begin: string) =>
    <T>(work: (tx: Tx) => Promise<T>) =>
    async (tx: Tx): Promise<T> => {
      alone(begin);
      const done = await work({ ...querier(tx), inTransaction: true });
      alone('commit');
      return done;
    };
  return {
    ...querier(db),
    tx: (work) => db.tx(inside('begin')(work)),
    snapshot: (work) => db.snapshot(inside('begin isolation level repeatable read')(work)),
  };
}

/** The product itself on the database of the bench, in this process, with every statement written down. */
export async function openRecorder({ ports }: Stores) {
  let steps: Noted[] = [];
  const config = readConfig({ PORTICO_SANDBOX: 'off' });
  const domain = buildDomain({ ...ports, db: noting(ports, (step) => void steps.push(step)) });
  const none = { perSecond: null, inFlight: null, perDay: null };
  const app = await buildApp({
    config: { ...config, dotloopCallsPerMinute: null, sparkCalls: null, publicUrl: 'http://127.0.0.1' },
    domain,
    files: ports.files,
    clock: ports.clock,
    limiter: memoryLimiter(ports.clock),
    callGate: memoryGate(ports.clock, none),
    log: pino({ level: 'warn' }),
    measures: makeMeasures(() => ({ total: 0, idle: 0, waiting: 0 })),
    ready: async () => ({ ok: true, database: 'ok', files: 'ok' }),
    front: () => Promise.reject(new Error('There is no front page here')),
  });
  const ask = async ({ method, path, headers, body }: Asked) => {
    steps = [];
    const answer = await app.inject({
      method: method as 'GET',
      url: path,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
    return { answer, steps };
  };
  return {
    ask,
    /** Asked three times: the first time fills what is remembered between requests, the others show what is new with each. */
    async record(request: (n: number) => Promise<Asked>): Promise<Replay> {
      await ask(await request(1));
      const first = await ask(await request(2));
      const last = await request(3);
      const { method, path } = last;
      const second = await ask(last);
      const { statusCode: status, body } = second.answer;
      return { method, path, steps: vary(first.steps, second.steps), status, body };
    },
    close: () => app.close(),
  };
}
export type Recorder = Awaited<ReturnType<typeof openRecorder>>;
