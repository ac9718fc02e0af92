import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify';
import type { Domain, Identity } from '../../domain/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { makeAddressReader } from '../core/address.ts';
import { readCredentials } from '../core/client-credentials.ts';
import { invalidClient, OAuthError } from '../core/oauth-error.ts';
import { onceNeeded } from '../core/provider.ts';
import { makeGuard, parametersOf, prepareTokenRoom } from '../core/token-room.ts';
import { readForms } from '../form.ts';
import { answerErrorsWithPages } from '../page-errors.ts';
import type { ReadWebSession } from '../web-session.ts';
import { mountConsumerPages } from './consumer.ts';
import { grant } from './grant.ts';
import { mountLogout } from './logout.ts';
import { mountMemberPages } from './member.ts';
import { mountOpenidConnect } from './openid-connect.ts';
import { makeProvider } from './provider.ts';
import { checkHttps, type IsSecure, pagesNeedHttps } from './transport.ts';

export type SparkFaceOptions = {
  readonly identity: Identity;
  readonly portals: Pick<Domain['orgs']['portals'], 'findByName'>;
  readonly publicUrl: string;
  readonly secureCookies: boolean;
  readonly cookieSecret: string;
  readonly clock: Clock;
  readonly readWebSession: ReadWebSession;
  /** host names at whose root this door answers */
  readonly sparkHosts: ReadonlySet<string>;
  /** plain http is enough for everything (contracts/spark.md §1: H13) */
  readonly plainHttp: boolean;
};

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** `POST /v1/oauth2/grant`; the method is looked at before anything else (§1: H14, §4.4). */
function mountGrant(room: FastifyInstance, isSecure: IsSecure, call: (request: FastifyRequest) => Promise<unknown>): void {
  prepareTokenRoom(room, 'spark');
  room.route({
    method: METHODS,
    url: '/v1/oauth2/grant',
    exposeHeadRoute: false,
    async onRequest(request) {
      if (request.method !== 'POST') throw new OAuthError('invalid_request', 'Only POST is allowed here', 405, { allow: 'POST' });
      checkHttps(request, isSecure);
    },
    handler: call,
  });
}

/**
 * OAuth 2 and OpenID of the Spark door under `/spark` (contracts/spark.md §4.4). What lies beside these paths is the door's; its answers
 * to other methods of them, too.
 */
export async function sparkFace(room: FastifyInstance, options: SparkFaceOptions): Promise<void> {
  const { identity, publicUrl, cookieSecret, clock, plainHttp } = options;
  const isSecure: IsSecure = (request) => plainHttp || request.protocol === 'https';
  const readAddress = makeAddressReader(publicUrl, '/spark', options.sparkHosts);
  const guarded = makeGuard(clock);

  // One for each address of the door: as many as there are host names in the settings, and one more.
  const cores = new Map<string, ReturnType<typeof onceNeeded>>();
  const coreOf = (base: string) => {
    const known = cores.get(base) ?? onceNeeded(identity, () => makeProvider(identity, base, cookieSecret));
    cores.set(base, known);
    return known();
  };

  room.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  await room.register(async (pages) => {
    readForms(pages);
    answerErrorsWithPages(pages);
    pagesNeedHttps(pages, isSecure);
    mountMemberPages(pages, { ...options, coreOf, readAddress });
    mountConsumerPages(pages, { ...options, coreOf, readAddress });
    mountLogout(pages, options);
  });

  await room.register(async (tokens) =>
    mountGrant(tokens, isSecure, async (request) => {
      const parameters = parametersOf(request);
      const credentials = readCredentials(request.headers.authorization, parameters);
      if (!credentials) throw invalidClient();
      const core = () => coreOf(readAddress(request).base);
      return guarded(request, credentials, () => grant(parameters, credentials, { identity, core, from: request.ip }));
    }),
  );

  await room.register(async (endpoints) => mountOpenidConnect(endpoints, { identity, coreOf, readAddress, isSecure, guarded }));
}
