import Fastify, { type FastifyInstance } from 'fastify';
import type { Door, House } from '../doors/door.ts';
import { makeTextReader } from '../doors/spark/saved-filter.ts';
import type { Clock } from '../kernel/clock.ts';
import { memoryGate } from '../wire/call-gate.ts';
import { memoryLimiter } from '../wire/limits.ts';

type Ports = Pick<House, 'domain' | 'files'> & Partial<House> & { readonly clock: Clock };

/** One door alone under its prefix, for tests that say themselves who calls; nobody is known and nothing is limited unless told otherwise. */
export async function openDoor(door: Door, prefix: string, { clock, ...ports }: Ports): Promise<FastifyInstance> {
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 }, genReqId: () => crypto.randomUUID() });
  app.decorateRequest('orgId', undefined);
  const house: House = {
    publicUrl: 'http://portico.test',
    fetchFile: () => Promise.reject(new Error('Nothing is fetched here')),
    limiter: memoryLimiter(clock),
    authenticate: async () => ({ kind: 'unknown' }),
    authenticateReapit: async () => ({ kind: 'unauthenticated' }),
    callGate: memoryGate(clock, { perSecond: null, inFlight: null, perDay: null }),
    readText: makeTextReader(ports.domain),
    settings: {},
    ...ports,
  };
  await app.register((room) => door.mount(room, house), { prefix });
  return app;
}
