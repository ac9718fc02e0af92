import type { FastifyInstance } from 'fastify';
import { Fault } from '../../kernel/fault.ts';

type Code =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'too_many_requests';

/** A refusal in the form of RFC 6749 §5.2: two strings and nothing else (contracts/dotloop.md §2.7, contracts/spark.md §4.4). */
export class OAuthError extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: Code | (string & {}), description: string, status = 400, headers: Record<string, string> = {}) {
    super(description);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

export const invalidRequest = (description: string) => new OAuthError('invalid_request', description);
export const invalidClient = () => new OAuthError('invalid_client', 'Invalid client credentials', 401);

const toOAuthError = (error: unknown): OAuthError | undefined => {
  if (error instanceof OAuthError) return error;
  if (error instanceof Fault && error.kind === 'unavailable')
    return new OAuthError('temporarily_unavailable', error.message, 503, { 'retry-after': String(error.retryAfterSeconds ?? 5) });
  // Whatever Fastify refuses (too long, cut short, not decodable) is a bad request here, whichever 4xx it has in mind.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return invalidRequest('The body is too long');
  return status >= 400 && status < 500 ? invalidRequest('The request cannot be read') : undefined;
};

/** Errors of the token endpoints. */
export function answerOAuthErrors(room: FastifyInstance, realm: string): void {
  room.setErrorHandler((error, request, reply) => {
    const refusal = toOAuthError(error);
    if (!refusal) request.log.error({ err: error }, 'a token endpoint failed');
    const { code, message, status, headers } =
      refusal ?? new OAuthError('server_error', `Something went wrong on our side. Request ${request.id}`, 500);
    return reply
      .code(status)
      .headers({
        'cache-control': 'no-store',
        pragma: 'no-cache',
        ...(status === 401 && { 'www-authenticate': `Basic realm="${realm}"` }),
        ...headers,
      })
      .send({ error: code, error_description: message });
  });
}
