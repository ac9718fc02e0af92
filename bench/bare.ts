/**
 * The server to compare with: `node:http` and `pg`, nothing else. It sends the statements that Portico sends and answers the same
 * bytes. With `token: false` it leaves out everything but the one statement that reads or writes.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';
import { BASE } from './cases.ts';
import type { Replay, Step } from './replay.ts';
import type { Sent, Statements } from './statements.ts';
import type { Origin } from './vary.ts';

export type BarePlan = {
  readonly port: number;
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** where Portico is, for the links in the bodies */
  readonly publicUrl: string;
  readonly statements: Statements;
  readonly replays: readonly Replay[];
  readonly checksToken: boolean;
};

const plan = JSON.parse(readFileSync(process.env.BARE_PLAN ?? '', 'utf8')) as BarePlan;
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
const pool = new pg.Pool({
  connectionString: plan.databaseUrl,
  max: plan.poolSize,
  statement_timeout: 30_000,
  options: '-c TimeZone=UTC -c jit=off',
});

type Row = Record<string, unknown>;
const send = async ({ name, text }: Sent, values: unknown[]) => (await pool.query<Row>({ name, text, values })).rows;
const last = (statements: readonly Sent[]) => statements.at(-1) as Sent;
const time = (at: unknown) => `${(at as Date).toISOString().slice(0, 19)}Z`;

const [token] = plan.statements.token as [Sent];
const loop = last(plan.statements.loop);
const list = last(plan.statements.list);
const contact = last(plan.statements.contact);
const checks = plan.statements.list.slice(0, -1);

async function isKnown(request: IncomingMessage): Promise<boolean> {
  if (!plan.checksToken) return true;
  const given = (request.headers.authorization ?? '').slice('Bearer '.length);
  const hash = createHash('sha256').update(given).digest();
  return (await send(token, [hash, 'dotloop', new Date()])).length === 1;
}

const toLoop = (row: Row, profileId: number) => ({
  id: row.id,
  profileId,
  ownerProfileId: row.profile_id,
  name: row.name,
  transactionType: row.transaction_type,
  status: row.status,
  totalTaskCount: row.task_count,
  completedTaskCount: row.done_task_count,
  created: time(row.created_at),
  updated: time(row.updated_at),
  loopUrl: `${plan.publicUrl}/m/loop?viewId=${row.id}`,
});

async function readLoop(profileId: number, id: number): Promise<unknown> {
  const [row] = await send(loop, [loop.values[0], profileId, id]);
  return row && { data: toLoop(row, profileId) };
}

async function listLoops(profileId: number, query: URLSearchParams): Promise<unknown> {
  const size = Number(query.get('batch_size'));
  const offset = (Number(query.get('batch_number')) - 1) * size;
  if (plan.checksToken) for (const check of checks) await send(check, [list.values[0], profileId]);
  const rows = await send(list, [list.values[0], profileId, size, offset]);
  return { meta: { total: rows[0]?.total }, data: rows.map((row) => toLoop(row, profileId)) };
}

let made = 0;
const mine = plan.checksToken ? 'A' : 'B';
/** Places of the values that differ from contact to contact. */
const AT = {
  group: 1,
  at: 2,
  code: 9,
  resoKey: 10,
  firstName: 11,
  lastName: 12,
  email: 15,
  createdAt: 24,
  updatedAt: 25,
} as const;

type Body = { firstName: string; lastName: string; email: string; [name: string]: unknown };

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function createContact(request: IncomingMessage): Promise<unknown> {
  const body = (await readBody(request)) as Body;
  const values = [...contact.values];
  const now = new Date();
  const number = mine + String(++made).padStart(10, '0');
  values[AT.group] = randomUUID();
  values[AT.at] = values[AT.createdAt] = values[AT.updatedAt] = now;
  values[AT.code] = number;
  values[AT.resoKey] = number.padStart(26, '0');
  values[AT.firstName] = body.firstName;
  values[AT.lastName] = body.lastName;
  values[AT.email] = body.email;
  const [row] = await send(contact, values);
  if (!row) throw new Error('No contact was made');
  const phone = (kind: string) => (row.contact_points as { kind: string; value: string }[]).find((p) => p.kind === kind)?.value;
  return {
    data: {
      id: row.id,
      firstName: row.first_name,
      lastName: row.last_name,
      email: row.email,
      home: phone('home'),
      office: phone('work'),
      fax: phone('fax'),
      cell: phone('mobile'),
      phone: phone('main'),
      address: body.address,
      city: body.city,
      zipCode: body.zipCode,
      state: body.state,
      country: body.country,
      created: time(row.created_at),
      updated: time(row.updated_at),
    },
  };
}

/** The product's statements and its answer as an object, which is written as JSON anew for every request. */
const replays = new Map<string, Replay & { readonly answer: unknown }>(
  plan.replays.map((replay) => {
    if (replay.steps.length < 2) throw new Error(`${replay.path} asked nothing of the database`);
    return [`${replay.method} ${replay.path}`, { ...replay, answer: replay.body === '' ? undefined : JSON.parse(replay.body) }];
  }),
);

type Answers = readonly (readonly Row[])[];
/** A value as it was recorded, or a new one where requests differ; what this server counts up begins with a 9 or an 8. */
function newValue(origin: Origin, answers: Answers, request: number): unknown {
  switch (origin.as) {
    case 'value':
      return origin.value;
    case 'bytes':
      return Buffer.from(origin.hex, 'hex');
    case 'now':
      return new Date();
    case 'uuid':
      return randomUUID();
    case 'count':
      return origin.before + (plan.checksToken ? '9' : '8') + String(request).padStart(origin.width - 1, '0') + origin.behind;
    case 'answer':
      return answers[origin.step]?.[0]?.[origin.column];
    case 'list':
      return origin.of.map((one) => newValue(one, answers, request));
  }
}

const ask = async (q: pg.Pool | pg.PoolClient, { name, text, values }: Step, answers: Answers = [], request = 0) =>
  (await q.query<Row>({ ...(name ? { name } : {}), text, values: values.map((one) => newValue(one, answers, request)) })).rows;

/** Who calls, then what is asked for, then all that hangs on it at once. */
async function read([token, first, ...others]: readonly Step[]): Promise<void> {
  if (plan.checksToken && token) await ask(pool, token);
  if (first) await ask(pool, first);
  if (plan.checksToken) await Promise.all(others.map((step) => ask(pool, step)));
}

/** One after the other, in the transaction that the product had. */
async function write(steps: readonly Step[]): Promise<void> {
  const answers: (readonly Row[])[] = [];
  const request = ++made;
  let client: pg.PoolClient | undefined;
  try {
    for (const [i, step] of steps.entries()) {
      if (step.text.startsWith('begin')) client = await pool.connect();
      answers.push(i === 0 && !plan.checksToken ? [] : await ask(client ?? pool, step, answers, request));
      if (step.text !== 'commit') continue;
      client?.release();
      client = undefined;
    }
  } catch (error) {
    client?.release(true);
    throw error;
  }
}

async function replay(request: IncomingMessage, response: ServerResponse, of: Replay & { readonly answer: unknown }) {
  if (of.method === 'GET') await read(of.steps);
  else {
    await readBody(request);
    await write(of.steps);
  }
  if (of.answer === undefined) return void response.writeHead(of.status).end();
  const text = JSON.stringify(of.answer);
  response
    .writeHead(of.status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/readyz') return void response.end();
  const recorded = replays.get(`${request.method} ${request.url}`);
  if (recorded) return replay(request, response, recorded);
  if (!(await isKnown(request))) return void response.writeHead(401).end();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bare');
  const [, profile, , id] = pathname.slice(BASE.length + 1).split('/');
  const found =
    request.method === 'POST'
      ? await createContact(request)
      : id
        ? await readLoop(Number(profile), Number(id))
        : await listLoops(Number(profile), searchParams);
  const text = JSON.stringify(found);
  response
    .writeHead(request.method === 'POST' ? 201 : 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    // The load generator hangs up in the middle when its time is over.
    if (request.socket.destroyed) return;
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(plan.port, '127.0.0.1', () => console.log('ready'));

process.once('SIGTERM', () => {
  server.close(() => void pool.end());
  server.closeAllConnections();
});
