import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { AskCore } from './ask.ts';
import { type AuthorizeOptions, mountAuthorize } from './authorize.ts';
import { type Credentials, readCredentials } from './client-credentials.ts';
import { makeFailureWindow } from './failures.ts';
import { answerOAuthErrors, invalidClient, invalidRequest, OAuthError } from './oauth-error.ts';
import { queryOf, readParameters } from './parameters.ts';
import { makeProvider } from './provider.ts';
import { exchange } from './token.ts';

export type DotloopFaceOptions = Omit<AuthorizeOptions, 'core'> & { readonly cookieSecret: string; readonly clock: Clock };

/** Longest body of a token call: a few parameters of a few hundred characters. */
const BODY_LIMIT = 64 * 1024;

/** One core for the process, made when it is first needed; a failure (the database was away) is not kept. */
function onceNeeded(make: () => Promise<AskCore>): () => Promise<AskCore> {
  let made: Promise<AskCore> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

// Client ids come from outside and may be long; what is kept in memory is not.
const keyOf = (address: string, clientId: string) => `${address} ${clientId.slice(0, 64)}`;

const parametersOf = ({ raw, body, headers }: FastifyRequest) =>
  readParameters(queryOf(raw.url ?? ''), typeof body === 'string' ? body : '', headers['content-type'] ?? '');

/**
 * dotloop's OAuth face under `/dotloop/oauth` (contracts/dotloop.md §2). That a trailing slash is accepted is the router's doing
 * (`ignoreTrailingSlash`).
 */
export async function dotloopFace(room: FastifyInstance, options: DotloopFaceOptions): Promise<void> {
  const { identity, publicUrl, cookieSecret, clock } = options;
  const core = onceNeeded(() => makeProvider(identity, publicUrl, cookieSecret));
  const failures = makeFailureWindow(clock);

  /** Counts what a guesser of this client's secret would cause. */
  async function guarded<T>(request: FastifyRequest, { clientId }: Credentials, work: () => Promise<T>): Promise<T> {
    const key = keyOf(request.ip, clientId);
    failures.check(key);
    try {
      return await work();
    } catch (error) {
      if (error instanceof OAuthError && error.status === 401) failures.count(key);
      throw error;
    }
  }

  // 404 for methods that a path does not have as well, never 405 (§1.1).
  room.setNotFoundHandler((_request, reply) => {
    reply.code(404).send({ error: 'not_found', error_description: 'There is nothing under this path and method' });
  });

  await room.register(async (pages) => mountAuthorize(pages, { ...options, core }));

  await room.register(async (tokens) => {
    answerOAuthErrors(tokens);
    // Read as text whatever the Content-Type says; readParameters decides (§1.2, §2.3).
    tokens.removeAllContentTypeParsers();
    tokens.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body));
    tokens.addHook('onSend', async (_request, reply) => {
      reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache', 'x-content-type-options': 'nosniff' });
    });

    const token = async (request: FastifyRequest) => {
      const parameters = parametersOf(request);
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
      const parameters = parametersOf(request);
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
