import { channel } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Fault, unavailable } from '../kernel/fault.ts';
import type { CompiledQuery, Db, Querier, Tx } from './querier.ts';

/** Where the server is: a URL, or the parts that the embedded one gives. */
export type Connection =
  | string
  | { readonly host: string; readonly port: number; readonly user: string; readonly password: string; readonly database: string };

/** Ids and counts stay below 2^53 and money within 15 digits, so both are numbers (contracts/dotloop.md §1.3). */
const { INT8, NUMERIC, DATE } = pg.types.builtins;
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(NUMERIC, Number);
pg.types.setTypeParser(DATE, (text) => text);
// The library's list of type ids has no arrays.
const INT8_ARRAY = 1016;
pg.types.setTypeParser(INT8_ARRAY as typeof INT8, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number)));

/** What a row refers to went away while it was written (the sandbox is put back, say): a second look sees what is there now. */
const REFERENCE_GONE = '23503';
const AGAIN = new Set(['40001', '40P01', REFERENCE_GONE]);
const AWAY = /^(08|53|57P0[123]|25006|58|XX001)/;
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const isAway = (error: unknown) => {
  const code = codeOf(error);
  if (AWAY.test(code) || AWAY_CODES.has(code)) return true;
  return (
    error instanceof Error &&
    /terminated|timeout exceeded when trying to connect|Client has encountered|not queryable/i.test(error.message)
  );
};

const CANCELED = '57014';
/** The driver's own words; it has no code for them. */
const SILENT = 'Query read timeout';
const isSilent = (error: unknown) => error instanceof Error && error.message === SILENT;

function translated(error: unknown): unknown {
  if (error instanceof Fault) return error;
  if (codeOf(error) === CANCELED || isSilent(error))
    return new Fault('unavailable', 'The answer took too long', { reason: 'database.slow', cause: error, retryAfterSeconds: 5 });
  if (isAway(error)) return unavailable('The database is not available for the moment', error);
  return error;
}

/** Says each statement's text as it is sent, to whoever listens: the tests, which read them all. Without a listener it is one look at a flag. */
export const sentStatements = channel('portico.db.statement');

const querierOf = (client: pg.Pool | pg.PoolClient): Querier => ({
  async rows(query, values) {
    if (sentStatements.hasSubscribers) sentStatements.publish(query.text);
    try {
      const result = await client.query({ name: query.name, text: query.text, values: values as unknown[] });
      return result.rows;
    } catch (error) {
      throw translated(error);
    }
  },
  async run(query, within) {
    if (sentStatements.hasSubscribers) sentStatements.publish(query.sql);
    try {
      if (within !== undefined)
        return await (client instanceof pg.Pool ? runAlone(client, query, within) : runWithin(client, query, within));
      const result = await client.query(query.sql, query.parameters as unknown[]);
      return result.rows;
    } catch (error) {
      throw translated(error);
    }
  },
});

/** In a transaction that goes on afterwards with the usual time. */
async function runWithin<R>(client: pg.PoolClient, query: CompiledQuery<R>, within: number): Promise<R[]> {
  await client.query(`set local statement_timeout = ${Math.round(within)}`);
  const result = await client.query(query.sql, query.parameters as unknown[]);
  await client.query('set local statement_timeout to default');
  return result.rows as R[];
}

/** Rolls back; false: the connection is of no more use, and the server takes the transaction back when it ends. */
async function takenBack(client: pg.PoolClient, after: unknown): Promise<boolean> {
  if (isSilent(after)) return false;
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

/** In a transaction of its own, because a time limit needs one: two round trips more than a bare statement (0.1 ms on a local socket). */
async function runAlone<R>(pool: pg.Pool, query: CompiledQuery<R>, within: number): Promise<R[]> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(`begin read only; set local statement_timeout = ${Math.round(within)}`);
    const result = await client.query(query.sql, query.parameters as unknown[]);
    await client.query('commit');
    return result.rows as R[];
  } catch (error) {
    broken = !(await takenBack(client, error));
    throw error;
  } finally {
    client.release(broken);
  }
}

const TRIES = 5;
/** How much later than the server's own limit we give it up: a slow network is not a lost one. */
const SILENCE_MS = 2_000;

/** A statement that is a transaction of its own left nothing behind when it failed, so it can be sent again. */
async function sentAgain<T>(send: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await send();
    } catch (error) {
      if (codeOf(error) !== REFERENCE_GONE || tried === TRIES) throw error;
    }
  }
}

async function transact<T>(pool: pg.Pool, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    const client = await pool.connect().catch((error: unknown) => {
      throw translated(error);
    });
    let broken = false;
    try {
      await client.query(begin);
      const result = await work({ ...querierOf(client), inTransaction: true });
      await client.query('commit');
      return result;
    } catch (error) {
      broken = !(await takenBack(client, error));
      if (!AGAIN.has(codeOf(error)) || tried === TRIES) throw translated(error);
    } finally {
      client.release(broken);
    }
    await wait(2 ** tried * (1 + Math.random()));
  }
}

export type Connected = { readonly db: Db; readonly pool: pg.Pool; close(): Promise<void> };

/**
 * Opens the pool. Statements that run longer than `statementTimeout` ms are ended by the server, so that one bad query cannot hold a
 * connection for ever; of a server that has not even done that, nothing is expected any more. 0 is for work that takes as long as it takes.
 */
export function connect(connection: Connection, options: { max?: number; statementTimeout?: number } = {}): Connected {
  const { max = 20, statementTimeout = 30_000 } = options;
  const pool = new pg.Pool({
    ...(typeof connection === 'string' ? { connectionString: connection } : connection),
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    application_name: 'portico',
    statement_timeout: statementTimeout,
    ...(statementTimeout > 0 ? { query_timeout: statementTimeout + SILENCE_MS } : {}),
    keepAlive: true,
    options: '-c TimeZone=UTC -c jit=off',
  });
  // An idle connection that the server closes must not end the process; the next query reports it.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const single = querierOf(pool);
  return {
    pool,
    db: {
      rows: (query, values) => sentAgain(() => single.rows(query, values)),
      run: (query, within) => sentAgain(() => single.run(query, within)),
      tx: (work) => transact(pool, 'begin', work),
      snapshot: (work) => transact(pool, 'begin isolation level repeatable read', work),
    },
    close: () => pool.end(),
  };
}
