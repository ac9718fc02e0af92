import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { Credentials } from './client-credentials.ts';
import { makeFailureWindow } from './failures.ts';
import { answerOAuthErrors, OAuthError } from './oauth-error.ts';
import { type Parameters, readParameters } from './parameters.ts';

/** Longest body of a token call: a few parameters of a few hundred characters. */
const BODY_LIMIT = 64 * 1024;

/** A room for what applications call, not browsers: bodies of any type as text, errors as RFC 6749 has them, nothing to be cached. */
export function prepareTokenRoom(room: FastifyInstance, realm: string): void {
  answerOAuthErrors(room, realm);
  room.removeAllContentTypeParsers();
  room.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body));
  room.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache', 'x-content-type-options': 'nosniff' });
  });
}

/** The parameters of the body, and of a query where the vendor has some there. @throws OAuthError invalid_request */
export const parametersOf = ({ body, headers }: FastifyRequest, query = ''): Parameters =>
  readParameters(query, typeof body === 'string' ? body : '', headers['content-type'] ?? '');

// Client ids come from outside and may be long; what is kept in memory is not.
const keyOf = (address: string, clientId: string) => `${address} ${clientId.slice(0, 64)}`;

export type Guard = <T>(request: FastifyRequest, caller: Pick<Credentials, 'clientId'>, work: () => Promise<T>) => Promise<T>;

/** Counts what a guesser of a client's secret would cause, and slows it down. */
export function makeGuard(clock: Clock): Guard {
  const failures = makeFailureWindow(clock);
  return async (request, { clientId }, work) => {
    const key = keyOf(request.ip, clientId);
    failures.check(key);
    try {
      return await work();
    } catch (error) {
      if (error instanceof OAuthError && error.status === 401) failures.count(key);
      throw error;
    }
  };
}
