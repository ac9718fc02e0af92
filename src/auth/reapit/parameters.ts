import type { FastifyRequest } from 'fastify';
import { type Parameters, queryOf, readParameters } from '../core/parameters.ts';
import { parametersOf } from '../core/token-room.ts';

/**
 * Parameters of the body, and of the query where the body lacks them: older clients put them there with an empty body, or with `{}`
 * (contracts/reapit.md §2.1). @throws OAuthError invalid_request
 */
export function sentBy(request: FastifyRequest): Parameters {
  const query = readParameters(queryOf(request.raw.url ?? ''), '', '');
  return new Map([...query, ...parametersOf(request)]);
}
