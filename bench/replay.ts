import Fastify from 'fastify';
import type { Db } from '../src/db/index.ts';
import { buildDomain } from '../src/domain/index.ts';
import { spark } from '../src/doors/spark/plugin.ts';
import { makeTextReader } from '../src/doors/spark/saved-filter.ts';
import type { Stores } from '../src/stores.ts';
import { memoryLimiter } from '../src/wire/limits.ts';

/** A statement as it reached the database; without a name it is parsed and planned each time, as the product has it. */
export type Step = { readonly name?: string; readonly text: string; readonly values: readonly unknown[] };

/** One request: what was asked of the database for it, and what was answered. */
export type Replay = { readonly path: string; readonly steps: readonly Step[]; readonly body: string };

const bytes = (value: unknown) => (Buffer.isBuffer(value) ? { hex: value.toString('hex') } : value);

/** The door itself, on the database of the bench, with every statement written down. */
export async function recordReplay(stores: Stores, publicUrl: string, token: string, path: string): Promise<Replay> {
  const { ports } = stores;
  const steps: Step[] = [];
  const note = (step: Step) => void steps.push({ ...step, values: step.values.map(bytes) });
  const db: Db = {
    ...ports.db,
    rows: (query, values) => {
      note({ name: query.name, text: query.text, values });
      return ports.db.rows(query, values);
    },
    run: (query, within) => {
      note({ text: query.sql, values: query.parameters });
      return ports.db.run(query, within);
    },
  };
  const domain = buildDomain({ ...ports, db });
  const app = Fastify();
  app.decorateRequest('orgId', undefined);
  await app.register(
    (room) =>
      spark.mount(room, {
        domain,
        publicUrl,
        files: ports.files,
        fetchFile: () => Promise.reject(new Error('Nothing is fetched here')),
        limiter: memoryLimiter(ports.clock),
        authenticate: (accessToken) => domain.identity.authenticateToken(accessToken, 'dotloop'),
        callGate: { enter: () => ({ leave: () => {} }), spend: () => {} },
        authenticateReapit: async () => ({ kind: 'unauthenticated' }),
        readText: makeTextReader(domain),
        settings: { sparkCalls: null, plainHttp: 'all' },
      }),
    { prefix: '/spark' },
  );
  const ask = () => app.inject({ url: path, headers: { authorization: `Bearer ${token}` } });
  // What is remembered between requests is remembered in the product, too.
  await ask();
  steps.length = 0;
  const { statusCode, body } = await ask();
  await app.close();
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${body}`);
  return { path, steps: [...steps], body };
}
