import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import { type Credentials, readCredentials } from '../core/client-credentials.ts';
import { invalidClient, invalidRequest } from '../core/oauth-error.ts';
import { queryOf } from '../core/parameters.ts';
import { onceNeeded } from '../core/provider.ts';
import { makeGuard, parametersOf, prepareTokenRoom } from '../core/token-room.ts';
import { type AuthorizeOptions, mountAuthorize } from './authorize.ts';
import { makeProvider } from './provider.ts';
import { exchange } from './token.ts';

export type DotloopFaceOptions = Omit<AuthorizeOptions, 'core'> & { readonly cookieSecret: string; readonly clock: Clock };

/** Clients send parameters in the query as well as in the body, whatever its Content-Type says (§1.2, §2.3). */
const sentBy = (request: FastifyRequest) => parametersOf(request, queryOf(request.raw.url ?? ''));

/**
 * dotloop's OAuth face under `/dotloop/oauth` (contracts/dotloop.md §2). That a trailing slash is accepted is the router's doing
 * (`ignoreTrailingSlash`).
 */
export async function dotloopFace(room: FastifyInstance, options: DotloopFaceOptions): Promise<void> {
  const { identity, publicUrl, cookieSecret, clock } = options;
  const core = onceNeeded(identity, () => makeProvider(identity, publicUrl, cookieSecret));
  const guarded = makeGuard(clock);

  // 404 for methods that a path does not have as well, never 405 (§1.1).
  room.setNotFoundHandler((_request, reply) => {
    reply.code(404).send({ error: 'not_found', error_description: 'There is nothing under this path and method' });
  });

  await room.register(async (pages) => mountAuthorize(pages, { ...options, core }));

  await room.register(async (tokens) => {
    prepareTokenRoom(tokens, 'dotloop');

    const token = async (request: FastifyRequest) => {
      const parameters = sentBy(request);
      const credentials = readCredentials(request.headers.authorization, parameters);
      if (!credentials) throw invalidClient();
      return guarded(request, credentials, async () => exchange(await core(), parameters, credentials));
    };

    const checkClient = async ({ clientId, secret }: Credentials) => {
      const known = await identity.findClient(clientId, 'dotloop');
      if (!known || !(await identity.checkClientSecret(clientId, secret))) throw invalidClient();
    };

    // Ours, not the core's: nobody has to authenticate here (§2.5), and the page of connected applications does the same.
    const revoke = async (request: FastifyRequest) => {
      const parameters = sentBy(request);
      const credentials = readCredentials(request.headers.authorization, parameters);
      if (credentials) await guarded(request, credentials, () => checkClient(credentials));
      const value = parameters.get('token');
      if (value === undefined) throw invalidRequest('token is missing');
      await identity.revokeToken(value, 'dotloop', credentials?.clientId);
      return {};
    };

    tokens.post('/token', token);
    tokens.post('/token/revoke', revoke);
  });
}
