import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Client, Configuration } from 'oidc-provider';
import type { Holder, Identity } from '../../domain/index.ts';
import { holderOf } from './account.ts';
import { makeAdapter, type TokenRules } from './adapter.ts';
import { type AskCore, type Asking, makeAsk } from './ask.ts';
import { askFirst } from './ask-first.ts';

/** The core wants a number for what has no end, or no life beyond the request. */
const LONG_SECONDS = 365 * 86_400;
const ID_TOKEN_SECONDS = 3_600;

/** Where the subject of a person is kept among the claims: the core puts its own name of the account over `sub`. */
const SUBJECT = 'portico:subject';
type CoreClaims = { readonly available: Record<string, unknown>; result(): Promise<Record<string, unknown>> };

/** What an application asks about somebody. */
export type Wanted = { readonly scopes: readonly string[]; readonly claims: readonly string[] };

export type CoreOptions = {
  readonly identity: Identity;
  readonly issuer: string;
  readonly cookieSecret: string;
  readonly tokens: TokenRules;
  readonly codeSeconds: number;
  readonly accessSeconds: number;
  /** absent: they do not run out */
  readonly refreshSeconds?: number | ((client: Client) => number);
  readonly scopes: readonly string[];
  /** ids of tokens, if not the core's own */
  readonly tokenId?: () => string;
  readonly checkSecret: (clientId: string, secret: string) => Promise<boolean>;
  /** what the person may be known by; undefined for one who may not be here any more */
  readonly findClaims: (holder: Holder) => Promise<(Record<string, unknown> & { sub: string }) | undefined>;
  /** May the application have these scopes and single claims of this person without anybody being asked? */
  readonly allows: (pair: Holder & { readonly clientId: string }, wanted: Wanted) => Promise<boolean>;
  /** what else differs */
  readonly more?: Omit<Configuration, 'features'> & { readonly features?: Configuration['features'] };
};

/**
 * An authorization core for a door: oidc-provider owns grants, codes, PKCE, client authentication and the rules between them. It is
 * imported with the first request that needs it (184 ms, 44 MiB: tech.md). What is changed of it: secrets compared by the identity slice,
 * and the session, which is always the house's own.
 */
export async function makeCore(options: CoreOptions): Promise<AskCore> {
  const { identity, issuer, cookieSecret, tokens, tokenId, checkSecret, findClaims, allows, more = {} } = options;
  const { refreshSeconds = LONG_SECONDS } = options;
  const [{ Provider, errors }, keys] = await Promise.all([import('oidc-provider'), identity.signingKeys()]);
  const asking = new WeakMap<IncomingMessage, Asking>();

  const provider = new Provider(issuer, {
    adapter: makeAdapter(identity, tokens, {
      refuse: () => new errors.InvalidGrant('grant request is invalid'),
      deny: () => new errors.AccessDenied('access was denied'),
      current: () => Provider.ctx && asking.get(Provider.ctx.req),
    }),
    jwks: { keys: keys.map((key) => ({ ...key, kty: 'RSA' })) },
    cookies: { keys: [cookieSecret] },
    scopes: [...options.scopes],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_post'],
    routes: { authorization: '/authorize', token: '/token', userinfo: '/userinfo' },
    pkce: { required: () => false },
    rotateRefreshToken: false,
    issueRefreshToken: () => true,
    ...more,
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      ...more.features,
    },
    ttl: {
      AuthorizationCode: options.codeSeconds,
      AccessToken: options.accessSeconds,
      ClientCredentials: options.accessSeconds,
      RefreshToken: typeof refreshSeconds === 'function' ? (_ctx, _token, client) => refreshSeconds(client) : refreshSeconds,
      Grant: LONG_SECONDS,
      Session: LONG_SECONDS,
      Interaction: options.codeSeconds,
      IdToken: ID_TOKEN_SECONDS,
    },
    expiresWithSession: () => false,
    interactions: { url: (_ctx, { prompt }) => askFirst(prompt.name) },
    async findAccount(_ctx, account) {
      const claims = await findClaims(holderOf(account));
      return claims && { accountId: account, claims: () => ({ ...claims, [SUBJECT]: claims.sub }) };
    },
    /** What is allowed already carries one more authorization; otherwise the person is asked. */
    async loadExistingGrant(ctx) {
      const { account, client, requestParamScopes, requestParamClaims } = ctx.oidc;
      if (!account || !client) return undefined;
      const { clientId } = client;
      const [scopes, claims] = [asking.get(ctx.req)?.scopes ?? [...requestParamScopes], [...requestParamClaims]];
      if (!(await allows({ ...holderOf(account.accountId), clientId }, { scopes, claims }))) return undefined;
      const grant = new provider.Grant({ accountId: account.accountId, clientId });
      grant.addOIDCScope(scopes.join(' '));
      if (claims.length > 0) grant.addOIDCClaims(claims);
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.body = out;
    },
  });

  if (tokenId)
    for (const { prototype } of [provider.AccessToken, provider.RefreshToken, provider.AuthorizationCode]) {
      const own = (prototype as unknown as { generateTokenId(): string }).generateTokenId;
      Object.assign(prototype, {
        generateTokenId() {
          // The core's own notes the format in the token on the way.
          own.call(this);
          return tokenId();
        },
      });
    }

  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      return checkSecret(this.clientId, secret);
    },
  });

  const { prototype } = (provider as unknown as { readonly Claims: { readonly prototype: CoreClaims } }).Claims;
  const maskedClaims = prototype.result;
  Object.assign(prototype, {
    async result(this: CoreClaims) {
      const claims = await maskedClaims.call(this);
      return 'sub' in claims ? { ...claims, sub: this.available[SUBJECT] } : claims;
    },
  });

  // Its types hide the constructor's argument.
  const Session = provider.Session as unknown as new (payload: object) => object;
  Object.assign(provider.Session, {
    async get(ctx: { req: IncomingMessage; oidc: { entity(name: string, value: unknown): void } }) {
      const { account: accountId, signedInAt = new Date() } = asking.get(ctx.req) ?? {};
      const loginTs = Math.floor(signedInAt.getTime() / 1000);
      const session = new Session({ jti: randomUUID(), ...(accountId && { accountId, loginTs }) });
      ctx.oidc.entity('Session', session);
      return session;
    },
  });

  return makeAsk(provider, asking);
}

/** As `allows`: a live consent that covers what is wanted. */
export const underConsent =
  (identity: Identity, covers: (held: readonly string[], wanted: Wanted) => boolean): CoreOptions['allows'] =>
  async (pair, wanted) => {
    const held = await identity.findConsent(pair);
    return held !== undefined && covers(held, wanted);
  };

/**
 * One core for the process, made when it is first needed, and again once another key signs; a failure (the database was away) is not
 * kept.
 */
export function onceNeeded(identity: Identity, make: () => Promise<AskCore>): () => Promise<AskCore> {
  let made: { readonly kid: string; readonly core: Promise<AskCore> } | undefined;
  return async () => {
    const [signing] = await identity.signingKeys();
    const kid = signing?.kid ?? '';
    if (made?.kid !== kid) {
      const core = make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      made = { kid, core };
    }
    return made.core;
  };
}
