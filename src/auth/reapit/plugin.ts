import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, SigningKey } from '../../domain/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { makeAddressReader } from '../core/address.ts';
import { readCredentials } from '../core/client-credentials.ts';
import { answerOAuthErrors, invalidClient, invalidRequest } from '../core/oauth-error.ts';
import { onceNeeded } from '../core/provider.ts';
import { makeGuard, prepareTokenRoom } from '../core/token-room.ts';
import { readForms } from '../form.ts';
import { answerErrorsWithPages } from '../page-errors.ts';
import type { ReadWebSession } from '../web-session.ts';
import { mountAuthorize } from './authorize.ts';
import { discoveryOf } from './discovery.ts';
import { mountLogout } from './logout.ts';
import { sentBy } from './parameters.ts';
import { makeProvider } from './provider.ts';
import { type Caller, exchange, findCaller } from './token.ts';
import { speakAsVendor } from './transport.ts';
import { mountUserInfo } from './user-info.ts';

export type ConnectFaceOptions = {
  readonly identity: Identity;
  readonly publicUrl: string;
  readonly secureCookies: boolean;
  readonly cookieSecret: string;
  readonly clock: Clock;
  readonly readWebSession: ReadWebSession;
  /** host names at whose root Connect answers */
  readonly connectHosts: ReadonlySet<string>;
};

const PATH = '/connect';

const publicKeyOf = ({ kty, n, e, kid, use, alg }: SigningKey) => ({ kty, use, alg, kid, n, e });

/** Who says to be calling, in the header or in the parameters. @throws OAuthError invalid_client, invalid_request */
function callerOf(request: FastifyRequest, parameters = sentBy(request)): Caller | undefined {
  const both = readCredentials(request.headers.authorization, parameters);
  const clientId = both?.clientId ?? parameters.get('client_id');
  return clientId === undefined ? undefined : { clientId, secret: both?.secret };
}

/** Reapit Connect under `/connect` (contracts/reapit.md §2): each thing under its old and its new path, in lower case. */
export async function connectFace(room: FastifyInstance, options: ConnectFaceOptions): Promise<void> {
  const { identity, publicUrl, cookieSecret, clock } = options;
  const readAddress = makeAddressReader(publicUrl, PATH, options.connectHosts);
  const guarded = makeGuard(clock);

  // One for each address of Connect, its issuer: as many as there are host names in the settings, and one more.
  const cores = new Map<string, ReturnType<typeof onceNeeded>>();
  const coreOf = (base: string) => {
    const known = cores.get(base) ?? onceNeeded(identity, () => makeProvider(identity, base, cookieSecret));
    cores.set(base, known);
    return known();
  };

  speakAsVendor(room);
  answerOAuthErrors(room, 'connect');

  await room.register(async (pages) => {
    readForms(pages);
    answerErrorsWithPages(pages);
    mountAuthorize(pages, { ...options, core: () => coreOf(new URL(PATH, publicUrl).href) });
    mountLogout(pages, options);
  });

  await room.register(async (tokens) => {
    prepareTokenRoom(tokens, 'connect');

    const token = async (request: FastifyRequest) => {
      const parameters = sentBy(request);
      const caller = callerOf(request, parameters);
      if (!caller) throw invalidClient();
      const core = () => coreOf(readAddress(request).base);
      return guarded(request, caller, () => exchange(parameters, caller, { identity, core }));
    };

    const revoke = async (request: FastifyRequest) => {
      const parameters = sentBy(request);
      const caller = callerOf(request, parameters);
      if (caller) await guarded(request, caller, () => findCaller(identity, caller));
      const value = parameters.get('token');
      if (value === undefined) throw invalidRequest('token is missing');
      await identity.revokeConnectToken(value, caller?.clientId);
      return {};
    };

    for (const path of ['/token', '/oauth2/token', '/oauth/token']) tokens.post(path, token);
    for (const path of ['/oauth2/revoke', '/oauth/revoke']) tokens.post(path, revoke);
    mountUserInfo(tokens, identity);
  });

  // What anybody may know; applications read it again now and then, and a new key is there for longer than that before it signs.
  const known = (reply: FastifyReply) => reply.header('cache-control', 'public, max-age=300');
  room.get('/.well-known/openid-configuration', (request, reply) => {
    known(reply);
    return discoveryOf(readAddress(request).base);
  });
  room.get('/.well-known/jwks.json', async (_request, reply) => {
    const keys = await identity.signingKeys();
    known(reply);
    return { keys: keys.map(publicKeyOf) };
  });
}
