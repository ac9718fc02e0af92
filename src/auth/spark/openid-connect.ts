import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, SigningKey } from '../../domain/index.ts';
import type { ReadAddress } from '../core/address.ts';
import type { AskCore, CoreAnswer } from '../core/ask.ts';
import { type Credentials, readCredentials } from '../core/client-credentials.ts';
import { invalidClient, invalidRequest, OAuthError } from '../core/oauth-error.ts';
import type { Parameters } from '../core/parameters.ts';
import { type Guard, parametersOf, prepareTokenRoom } from '../core/token-room.ts';
import { discoveryOf } from './discovery.ts';
import { checkHttps, type IsSecure } from './transport.ts';

export type OpenidConnectOptions = {
  readonly identity: Identity;
  readonly coreOf: (base: string) => Promise<AskCore>;
  readonly readAddress: ReadAddress;
  readonly isSecure: IsSecure;
  readonly guarded: Guard;
};

/** What the core reads at its token endpoint. */
const TOKEN_PARAMETERS = ['grant_type', 'code', 'redirect_uri', 'code_verifier', 'refresh_token', 'scope'];

function refusalOf({ status, body }: CoreAnswer): OAuthError {
  const { error, error_description: description } = body as { error?: string; error_description?: string };
  if (status === 401 || error === 'invalid_client') return invalidClient();
  return new OAuthError(error ?? 'invalid_request', description || 'The request is invalid');
}

const publicKeyOf = ({ kty, n, e, kid, use, alg }: SigningKey) => ({ kty, use, alg, kid, n, e });

/** OpenID Connect's endpoints for applications (contracts/spark.md §4.4: E08, E10 to E13). */
export function mountOpenidConnect(room: FastifyInstance, options: OpenidConnectOptions): void {
  const { identity, coreOf, readAddress, isSecure, guarded } = options;

  const withClient = <T>(
    request: FastifyRequest,
    work: (parameters: Parameters, credentials: Credentials) => Promise<T>,
  ): Promise<T> => {
    checkHttps(request, isSecure);
    const parameters = parametersOf(request);
    const credentials = readCredentials(request.headers.authorization, parameters);
    if (!credentials) throw invalidClient();
    return guarded(request, credentials, async () => {
      const client = await identity.findSparkClient(credentials.clientId);
      if (!client || !(await identity.checkSparkSecret(client.clientId, credentials.secret))) throw invalidClient();
      if (!client.mechanisms.includes('openid'))
        throw new OAuthError('unauthorized_client', 'This key may not be used with OpenID Connect');
      return work(parameters, credentials);
    });
  };

  const token = (request: FastifyRequest) =>
    withClient(request, async (parameters, { clientId, secret }) => {
      const question = new URLSearchParams({ client_id: clientId, client_secret: secret });
      for (const name of TOKEN_PARAMETERS) {
        const value = parameters.get(name);
        if (value !== undefined) question.set(name, value);
      }
      const ask = await coreOf(readAddress(request).base);
      const answer = await ask({ method: 'POST', path: '/token', parameters: question });
      if (answer.status !== 200) throw refusalOf(answer);
      return answer.body;
    });

  const revoke = (request: FastifyRequest) =>
    withClient(request, async (parameters, { clientId }) => {
      const value = parameters.get('token');
      if (value === undefined) throw invalidRequest('token is missing');
      await identity.endAuthorization(value, clientId);
      return {};
    });

  /** Clients of this vendor say `OAuth` where others say `Bearer` (§4.3). */
  const bearerOf = ({ headers: { authorization } }: FastifyRequest) =>
    authorization?.replace(/^\s*(?:oauth|bearer)\s+/i, 'Bearer ');

  const userinfo = async (request: FastifyRequest, reply: FastifyReply) => {
    checkHttps(request, isSecure);
    const authorization = bearerOf(request);
    const sent = request.method === 'POST' ? parametersOf(request).get('access_token') : undefined;
    const ask = await coreOf(readAddress(request).base);
    const { status, body, challenge } = await ask({
      method: sent === undefined ? 'GET' : 'POST',
      path: '/userinfo',
      parameters: new URLSearchParams(sent === undefined ? {} : { access_token: sent }),
      ...(authorization !== undefined && { authorization }),
    });
    if (challenge) reply.header('www-authenticate', challenge);
    return reply.code(status).send(body);
  };

  room.register(async (tokens) => {
    prepareTokenRoom(tokens, 'spark');
    tokens.post('/openid/token', token);
    tokens.post('/openid/revoke', revoke);
    tokens.get('/openid/userinfo', userinfo);
    tokens.post('/openid/userinfo', userinfo);
  });

  // What anybody may know; applications read it again now and then.
  const known = { 'cache-control': 'public, max-age=300' };
  room.get('/.well-known/openid-configuration', (request, reply) => {
    reply.headers(known);
    return discoveryOf(readAddress(request).base);
  });
  room.get('/openid/jwks.json', async (_request, reply) => {
    reply.headers(known);
    return { keys: (await identity.signingKeys()).map(publicKeyOf) };
  });
}
