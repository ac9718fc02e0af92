import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Identity } from '../../domain/index.ts';
import { accountOf, userOf } from './account.ts';
import { makeAdapter } from './adapter.ts';
import { type Asking, makeAsk } from './ask.ts';
import { coversAll, SCOPES } from './scopes.ts';

/** Where the core sends people who have to be asked; nobody gets there, ask.ts reads it as an answer. */
export const ASK_FIRST = '/ask-first';

const CODE_SECONDS = 600;
const ACCESS_SECONDS = 43_200;
/** The core wants a number for what has no end, or no life beyond the request. */
const LONG_SECONDS = 365 * 86_400;

/**
 * The authorization core for dotloop: oidc-provider owns grants, codes, PKCE, client authentication and the rules between them. It is
 * imported with the first request that needs it (184 ms, 44 MiB: tech.md). What is changed of it: ids in UUID form, secrets compared as
 * hashes, and the session, which is always the house's own.
 */
export async function makeProvider(identity: Identity, publicUrl: string, cookieSecret: string) {
  const [{ Provider, errors }, keys] = await Promise.all([import('oidc-provider'), identity.signingKeys()]);
  const asking = new WeakMap<IncomingMessage, Asking>();

  const provider = new Provider(new URL('/dotloop/oauth', publicUrl).href, {
    adapter: makeAdapter(identity, () => new errors.InvalidGrant('grant request is invalid')),
    jwks: { keys: keys.map((key) => ({ ...key, kty: 'RSA' })) },
    cookies: { keys: [cookieSecret] },
    scopes: Object.keys(SCOPES),
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_post'],
    routes: { authorization: '/authorize', token: '/token' },
    pkce: { required: () => false },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
    },
    ttl: {
      AuthorizationCode: CODE_SECONDS,
      AccessToken: ACCESS_SECONDS,
      RefreshToken: LONG_SECONDS,
      Grant: LONG_SECONDS,
      Session: LONG_SECONDS,
      Interaction: CODE_SECONDS,
      IdToken: CODE_SECONDS,
    },
    rotateRefreshToken: false,
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    interactions: { url: () => ASK_FIRST },
    async findAccount(_ctx, account) {
      return (await identity.isUsable(userOf(account))) ? { accountId: account, claims: () => ({ sub: account }) } : undefined;
    },
    /** A live consent that covers what is asked carries one more authorization; otherwise the person is asked. */
    async loadExistingGrant(ctx) {
      const { account, client, requestParamScopes } = ctx.oidc;
      if (!account || !client) return undefined;
      const user = userOf(account.accountId);
      const held = await identity.findConsent({ ...user, clientId: client.clientId });
      const asked = [...requestParamScopes];
      if (!held || !coversAll(held, asked)) return undefined;
      const grant = new provider.Grant({ accountId: accountOf(user), clientId: client.clientId });
      grant.addOIDCScope(asked.join(' '));
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.body = out;
    },
  });

  for (const { prototype } of [provider.AccessToken, provider.RefreshToken, provider.AuthorizationCode]) {
    const own = (prototype as unknown as { generateTokenId(): string }).generateTokenId;
    Object.assign(prototype, {
      generateTokenId() {
        // The core's own notes the format in the token on the way.
        own.call(this);
        return randomUUID();
      },
    });
  }

  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      return identity.checkClientSecret(this.clientId, secret);
    },
  });

  // Its types hide the constructor's argument.
  const Session = provider.Session as unknown as new (payload: object) => object;
  Object.assign(provider.Session, {
    async get(ctx: { req: IncomingMessage; oidc: { entity(name: string, value: unknown): void } }) {
      const accountId = asking.get(ctx.req)?.account;
      const session = new Session({ jti: randomUUID(), ...(accountId && { accountId, loginTs: Math.floor(Date.now() / 1000) }) });
      ctx.oidc.entity('Session', session);
      return session;
    },
  });

  return makeAsk(provider, asking);
}
