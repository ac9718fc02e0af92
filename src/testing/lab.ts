import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { type House, openHouse } from '../house.ts';
import type { Clock } from '../kernel/clock.ts';
import { SANDBOX } from '../sandbox/index.ts';
import { copyDatabase, TEST_SECRET, testServer } from './server.ts';
import { type SparkCall, signedPath, sparkSessions } from './spark-client.ts';

export type LabOptions = {
  /** the sandbox world (default), or nothing but the schema */
  readonly world?: 'sandbox' | 'empty';
  /** environment variables of the house */
  readonly env?: Record<string, string>;
  readonly clock?: Clock;
  /** silent, if nobody listens */
  readonly log?: Logger;
  /** jobs, webhooks and folding run; off by default, so that a test decides when */
  readonly background?: boolean;
};

/** An answer as a client sees it: the body is parsed where it is JSON. */
export type Answer = { status: number; headers: Headers; body: unknown; text: string };

export type Call = {
  method?: string;
  token?: string | null;
  json?: unknown;
  body?: NonNullable<RequestInit['body']>;
  headers?: Record<string, string>;
};

export type ReapitCall = Call & {
  /** header `reapit-customer`; null: none */
  customer?: string | null;
};

export type Lab = {
  readonly house: House;
  readonly config: Config;
  readonly url: string;
  /** a call from outside, over HTTP; redirects are not followed */
  call(path: string, call?: Call): Promise<Answer>;
  /** the same under dotloop's base, with the sandbox's token unless told otherwise */
  dotloop(path: string, call?: Call): Promise<Answer>;
  /** the same under Spark's `/v1`, in a signed session of the sandbox agent's key unless told otherwise */
  spark(path: string, call?: SparkCall): Promise<Answer>;
  /** the same under the Reapit platform, with a machine token of the sandbox's application for SBOX unless told otherwise */
  reapit(path: string, call?: ReapitCall): Promise<Answer>;
  /** rows straight from the database, for what no door shows */
  rows<R>(sql: string, values?: unknown[]): Promise<R[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: json && text ? JSON.parse(text) : text };
}

/** The shipped house on a copy of the database, listening on a port of its own. `await using` takes everything down again. */
export async function openLab(options: LabOptions = {}): Promise<Lab> {
  const { world = 'sandbox', env = {}, background = false } = options;
  const database = await copyDatabase(world);
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-lab-'));
  // The story's documents; hard links would do, but the folder may lie on another disk.
  if (world === 'sandbox') await cp(testServer().files, join(dataDir, 'files'), { recursive: true });
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    PORTICO_DATA: dataDir,
    PORTICO_SECRET: TEST_SECRET,
    PORTICO_LOG: 'silent',
    PORTICO_SHARED_LIMITS: 'off',
    PORTICO_DOTLOOP_RATE: '0',
    PORTICO_SPARK_RATE: '0',
    PORTICO_REAPIT_PER_SECOND: '0',
    PORTICO_REAPIT_IN_FLIGHT: '0',
    PORTICO_REAPIT_PER_DAY: '0',
    PORTICO_SANDBOX: world === 'sandbox' ? 'on' : 'off',
    PORTICO_POOL: '5',
    ...env,
  });
  const end = async () => {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const house = await openHouse(config, options.log ?? pino({ level: config.logLevel }), {
    background,
    ...(options.clock ? { clock: options.clock } : {}),
  }).catch(async (error: unknown) => {
    await end();
    throw error;
  });

  const call = async (path: string, { method, token, json, body, headers = {} }: Call = {}): Promise<Answer> => {
    const response = await fetch(path.startsWith('http') ? path : house.url + path, {
      method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
    });
    return answerOf(response);
  };

  let machine: Promise<string> | undefined;
  const machineToken = () => {
    machine ??= call('/connect/token', {
      body: new URLSearchParams({ client_id: SANDBOX.reapit.clientId, grant_type: 'client_credentials' }),
      headers: { authorization: `Basic ${btoa(`${SANDBOX.reapit.clientId}:${SANDBOX.reapit.clientSecret}`)}` },
    }).then(({ body, status, text }) => {
      if (status !== 200) throw new Error(`No token: ${text}`);
      return (body as { access_token: string }).access_token;
    });
    return machine;
  };
  const session = sparkSessions((path) => call(path, { method: 'POST' }));
  return {
    house,
    config,
    url: house.url,
    call,
    dotloop: (path, { token = SANDBOX.dotloop.accessToken, ...rest } = {}) =>
      call(`/dotloop/public/v2${path}`, { token, ...rest }),
    async spark(path, { as = 'agent', bearer, json, body, headers = {}, method, ...rest } = {}) {
      const text = json === undefined ? body : JSON.stringify(json);
      const verb = method ?? (text === undefined ? 'GET' : 'POST');
      const more = {
        ...rest,
        method: verb,
        headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(text === undefined ? {} : { body: text }),
      };
      if (bearer !== undefined) return call(`/spark/v1${path}`, { ...more, token: bearer });
      if (as === null) return call(`/spark/v1${path}`, more);
      const signed = signedPath(await session(as), `/v1${path}`, verb, text);
      return call(`/spark${signed}`, more);
    },
    async reapit(path, { token, customer = SANDBOX.reapit.customer, headers = {}, ...rest } = {}) {
      const bearer = token === undefined ? await machineToken() : token;
      return call(`/reapit${path}`, {
        ...rest,
        token: bearer,
        headers: { ...(customer === null ? {} : { 'reapit-customer': customer }), ...headers },
      });
    },
    rows: async <R>(sql: string, values: unknown[] = []) => (await house.stores.connected.pool.query(sql, values)).rows as R[],
    async [Symbol.asyncDispose]() {
      await house.stop();
      await end();
    },
  };
}
