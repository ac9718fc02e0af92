import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { answerUnknownAtConnect, authPlugin, makeSessionReader, permissionsOf } from './auth/index.ts';
import type { Config } from './config.ts';
import type { Domain, Usage } from './domain/index.ts';
import type { Door, House } from './doors/door.ts';
import { dotloop } from './doors/dotloop/plugin.ts';
import { propertybase } from './doors/propertybase/plugin.ts';
import { reapit } from './doors/reapit/plugin.ts';
import { scopesOfTopics } from './doors/reapit/webhooks/topics.ts';
import { spark } from './doors/spark/plugin.ts';
import { makeTextReader } from './doors/spark/saved-filter.ts';
import { explorers } from './explore.ts';
import type { Clock } from './kernel/clock.ts';
import type { Files } from './kernel/files.ts';
import type { Measures } from './measures.ts';
import { mediaPlugin } from './media.ts';
import { makeFetcher } from './outgoing/fetch-file.ts';
import type { FrontPageFacts } from './pages/contract.ts';
import { answerFaultAsJson } from './pages/faults.ts';
import { pagesPlugin } from './pages/plugin.ts';
import { makeRewrite } from './rewrite.ts';
import { SANDBOX } from './sandbox/credentials.ts';
import type { CallGate } from './wire/call-gate.ts';
import type { Limiter } from './wire/limits.ts';

/** Every door that is built, in the order of the front page. */
export const doors: readonly (Door & { readonly prefix: string })[] = [
  { ...dotloop, prefix: '/dotloop/public/v2' },
  { ...reapit, prefix: '/reapit' },
  { ...propertybase, prefix: '/propertybase' },
  { ...spark, prefix: '/spark' },
];

export type AppOptions = {
  readonly config: Config & { readonly publicUrl: string };
  readonly domain: Domain;
  readonly files: Files;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly callGate: CallGate;
  readonly log: Logger;
  readonly measures: Measures;
  /** true when the schema is right and database and files answer; says what is wrong otherwise */
  readonly ready: () => Promise<{ ok: boolean; database: string; files: string }>;
  readonly front: () => Promise<FrontPageFacts>;
  /** told of calls that applications pay for */
  readonly countCalls?: (calls: Omit<Usage, 'day'>) => void;
  /** told after every request that may have written: whoever reads the log of events looks again */
  readonly afterWrite?: () => void;
};

/** Types are what they are called (OWASP API8); who came by https once goes on so for a year (RFC 6797), this host alone. */
const headersOfEveryAnswer = (publicUrl: string): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
});

const DOORS: ReadonlySet<string> = new Set([...doors.map(({ name }) => name), 'connect']);

/** By its address, after that of a host of its own was written as a path: what a door does not know is told by that door too. */
function doorOf(url: string): string {
  const [, first = ''] = url.split(/[/?]/, 2);
  return DOORS.has(first) ? first : 'house';
}

/** One line a request: no query (tokens stand there), no body, no names (design §8). */
function logRequests(app: FastifyInstance, log: Logger, measures: Measures): void {
  app.addHook('onResponse', async (request: FastifyRequest, reply) => {
    const route = request.operation?.split(' ')[1] ?? request.routeOptions.url ?? 'unknown';
    const door = doorOf(request.url);
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    measures.request({ door, method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    if (log.isLevelEnabled('info'))
      log.info(
        { id: request.id, org: request.orgId, door, operation: `${request.method} ${route}`, status: reply.statusCode, ms },
        'request',
      );
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** the caller's organisation, once it is known; for the log */
    orgId: number | undefined;
  }
}

/** A token of the sandbox's application, got as every application gets one (contracts/reapit.md §2.2). */
async function machineToken(app: FastifyInstance): Promise<string | undefined> {
  const { clientId, clientSecret } = SANDBOX.reapit;
  const answer = await app.inject({
    method: 'POST',
    url: '/connect/token',
    headers: {
      authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({ client_id: clientId, grant_type: 'client_credentials' }).toString(),
  });
  return answer.statusCode === 200 ? (answer.json() as { access_token: string }).access_token : undefined;
}

/** Answers are written by JSON.stringify, so no route has a schema for them, and the library that would read it is not loaded. */
const noSerializer = () => () => {
  throw new Error('A route has a schema for its answer, which Fastify is not to write');
};

/** The whole house as one Fastify server; it never listens by itself. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, domain, files, clock, limiter, log, measures, afterWrite } = options;
  const doorSettings = {
    callsPerMinute: config.dotloopCallsPerMinute,
    uploadLimit: config.uploadLimit,
    plainHttp: config.plainHttp,
    ...(config.sparkCalls === undefined ? {} : { sparkCalls: config.sparkCalls }),
  };
  const everywhere = headersOfEveryAnswer(config.publicUrl);
  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: config.trustProxy,
    schemaController: { compilersFactory: { buildSerializer: noSerializer } },
    // Spark takes lists of ids in a path; how long one may be is said by Node's limit of a request's head (16 KiB).
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    // A path that cannot be decoded finds no room of its own; the door it was meant for answers.
    frameworkErrors: (error, request, reply) => {
      reply.headers(everywhere);
      const door = doors.find(({ prefix }) => request.url.startsWith(prefix));
      if (door) return door.unreadablePath(request, reply, doorSettings);
      if (request.url.startsWith('/connect')) return answerUnknownAtConnect(request, reply);
      return (reply as FastifyReply).status(error.statusCode ?? 400).send({ error: { message: error.message } });
    },
    rewriteUrl: makeRewrite({ hosts: config.hosts, doors: new Set(doors.map((door) => door.name)) }),
    forceCloseConnections: 'idle',
    // A client that never finishes its headers or body holds a connection, not a worker; uploads of 50 MiB over slow lines pass.
    requestTimeout: 300_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    exposeHeadRoutes: true,
  });
  app.decorateRequest('orgId', undefined);
  // For what has no room with a face of its own: explorers, health, figures.
  app.setErrorHandler(answerFaultAsJson);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(everywhere);
  });
  logRequests(app, log, measures);
  if (afterWrite)
    app.addHook('onResponse', async ({ method }) => {
      if (method !== 'GET' && method !== 'HEAD') afterWrite();
    });

  const secureCookies = config.publicUrl.startsWith('https:');
  const hostsOf = (name: string) => new Set([...config.hosts].flatMap(([host, door]) => (door === name ? [host] : [])));
  const readWebSession = makeSessionReader({ identity: domain.identity, secureCookies });
  await app.register(authPlugin, {
    identity: domain.identity,
    portals: domain.orgs.portals,
    invitations: domain.orgs.invitations,
    publicUrl: config.publicUrl,
    secureCookies,
    cookieSecret: config.secret,
    clock,
    sessionOf: readWebSession,
    sparkHosts: hostsOf('spark'),
    connectHosts: hostsOf('connect'),
    plainHttp: config.plainHttp === 'all',
  });
  const house: House = {
    domain,
    publicUrl: config.publicUrl,
    files,
    fetchFile: makeFetcher({ allowPrivate: config.webhooksPrivate }),
    limiter,
    callGate: options.callGate,
    authenticate: (accessToken) => domain.identity.authenticateToken(accessToken, 'dotloop'),
    authenticateReapit: domain.identity.authenticateReapit,
    ...(options.countCalls ? { countReapitCalls: options.countCalls } : {}),
    readText: makeTextReader(domain),
    settings: doorSettings,
  };
  for (const door of doors) await app.register((room) => door.mount(room, house), { prefix: door.prefix });
  await app.register(explorers, {
    doors,
    publicUrl: config.publicUrl,
    tokens: new Map<string, string | (() => Promise<string | undefined>)>(
      config.sandbox
        ? [
            ['dotloop', SANDBOX.dotloop.accessToken],
            ['reapit', () => machineToken(app)],
            ['propertybase', SANDBOX.propertybase.key],
            ['spark', SANDBOX.spark.accessToken],
          ]
        : [],
    ),
  });
  await app.register(async (room) => {
    room.get('/healthz', () => ({ status: 'ok' }));
    room.get('/readyz', async (_, reply) => {
      const state = await options.ready();
      return reply
        .status(state.ok ? 200 : 503)
        .send({ status: state.ok ? 'ready' : 'not ready', database: state.database, files: state.files });
    });
    room.get('/metrics', async (_, reply) => reply.type(measures.contentType).send(await measures.text()));
  });
  await app.register(mediaPlugin, { domain });
  await app.register(pagesPlugin, {
    domain,
    readWebSession,
    permissionsOf,
    front: options.front,
    topics: scopesOfTopics,
    webDist: join(import.meta.dirname, '../web/dist'),
  });
  return app;
}
