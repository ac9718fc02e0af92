import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider';
import type { Grant, Identity, Issue, TokenDoor } from '../../domain/index.ts';
import { accountOf, holderOf } from './account.ts';
import type { Asking } from './ask.ts';

/** Where authorizations and tokens are kept that hang on something else than a person's consent. False: it has ended meanwhile. */
export type Keeping = {
  readonly openGrant: (id: string, grant: Grant, asking: Asking | undefined) => Promise<boolean>;
  readonly issueToken: (issue: Issue) => Promise<boolean>;
};

/** In what the doors' tokens differ. */
export type TokenRules = {
  readonly door: TokenDoor;
  /** an application as the core has to know it; its id and how it authenticates are added */
  readonly findClient: (id: string) => Promise<Omit<ClientMetadata, 'client_id'> | undefined>;
  /** one pair of tokens for each application and user */
  readonly alone: boolean;
  /** refresh tokens run until they are ended */
  readonly refreshForever: boolean;
  /** how much longer a refresh token works that was exchanged for a new one; null: its second use ends the authorization */
  readonly overlapSeconds: number | null;
  /** if not under consents */
  readonly keeping?: Keeping;
};

type Kind = 'code' | 'access' | 'refresh';
const KINDS: Record<string, Kind> = { AuthorizationCode: 'code', AccessToken: 'access', RefreshToken: 'refresh' };

/** The core asks for a secret in its client; ours are compared by the identity slice, so this one opens nothing. */
const PLACEHOLDER = randomUUID();

const epoch = () => Math.floor(Date.now() / 1000);
const scopesOf = (scope: string | undefined) => scope?.split(' ').filter(Boolean) ?? [];

/** The core's errors, and the question that it is busy with. */
export type AdapterContext = {
  readonly refuse: () => Error;
  readonly deny: () => Error;
  readonly current: () => Asking | undefined;
};

/** Clients are registered elsewhere; the core only reads them. Scopes are settled before it is asked. */
const clients = ({ findClient }: TokenRules): Partial<Adapter> => ({
  async find(id) {
    const client = await findClient(id);
    return client && { client_id: id, client_secret: PLACEHOLDER, token_endpoint_auth_method: 'client_secret_post', ...client };
  },
});

/** What the core keeps in a grant and its types do not name. */
type GrantPayload = { readonly openid?: { readonly scope?: string; readonly claims?: readonly string[] } };

const grants = (identity: Identity, { keeping }: TokenRules, { deny, current }: AdapterContext): Partial<Adapter> => ({
  async upsert(id, payload) {
    const { openid } = payload as GrantPayload;
    const pair = { ...holderOf(String(payload.accountId)), clientId: String(payload.clientId) };
    const grant = { ...pair, scopes: scopesOf(openid?.scope), claims: openid?.claims ?? [] };
    if (!keeping) await identity.openGrant(id, grant);
    else if (!(await keeping.openGrant(id, grant, current()))) throw deny();
  },
  async find(id) {
    const grant = await identity.findGrant(id);
    return (
      grant && {
        jti: id,
        kind: 'Grant',
        accountId: accountOf(grant),
        clientId: grant.clientId,
        openid: { scope: grant.scopes.join(' '), claims: [...grant.claims] },
      }
    );
  },
  destroy: (id) => identity.endGrant(id),
});

// What the columns hold, or what must not be stored (jti is the token itself), is taken out of the payload.
function keptOf({ jti, kind, accountId, clientId, grantId, scope, iat, exp, consumed, ...kept }: AdapterPayload) {
  return kept;
}

function tokens(identity: Identity, kind: Kind, rules: TokenRules, { refuse }: AdapterContext): Partial<Adapter> {
  const { door, alone, refreshForever, overlapSeconds } = rules;
  const { issueToken } = rules.keeping ?? identity;
  return {
    async upsert(value, payload, expiresIn) {
      const issued = await issueToken({
        ...holderOf(String(payload.accountId)),
        clientId: String(payload.clientId),
        kind,
        door,
        value,
        scopes: scopesOf(payload.scope),
        grantId: String(payload.grantId),
        payload: keptOf(payload),
        lifeSeconds: kind === 'refresh' && refreshForever ? null : (expiresIn ?? 0),
        alone,
      });
      // Revoked, or replaced by another exchange, between the core's look and this write.
      if (!issued) throw refuse();
    },
    async find(value) {
      const token = await identity.findToken(kind, value, door);
      // Where refresh tokens may be used again for a while, one that has ended is like any that nobody knows.
      if (!token || (token.ended && kind === 'refresh' && overlapSeconds !== null)) return undefined;
      return {
        ...token.payload,
        jti: value,
        accountId: accountOf(token),
        clientId: token.clientId,
        grantId: token.grantId,
        scope: token.scopes.join(' '),
        iat: epoch(),
        // Our clock decides; the core's own is told how long is left.
        ...(token.secondsLeft !== null && { exp: epoch() + token.secondsLeft }),
        ...(token.ended && { consumed: epoch() }),
      };
    },
    async consume(value) {
      if (kind === 'access') return;
      if (kind === 'refresh' && overlapSeconds !== null) return identity.retireToken(value, door, overlapSeconds);
      if (await identity.consumeToken(kind, value)) return;
      // Of two that exchange one code at the same time, one gets here second: a second use like any other (RFC 6749 §4.1.2).
      const used = await identity.findToken(kind, value, door);
      if (used) await identity.endGrant(used.grantId);
      throw refuse();
    },
    // Only after `destroy` of the grant, or for an access token that its successor has ended.
    async destroy() {},
    revokeByGrantId: (grantId) => identity.endGrant(grantId),
  };
}

/** Tokens of applications themselves: the door asks for whom they are, never the core. */
const ownTokens = (identity: Identity): Partial<Adapter> => ({
  upsert: (value, payload, expiresIn) =>
    identity.issueClientToken(String(payload.clientId), value, scopesOf(payload.scope), expiresIn ?? 0),
});

const nothing: Adapter = {
  async upsert() {},
  async find() {
    return undefined;
  },
  async findByUserCode() {
    return undefined;
  },
  async findByUid() {
    return undefined;
  },
  async consume() {},
  async destroy() {},
  async revokeByGrantId() {},
};

/**
 * Keeps what the authorization core has to remember in the identity slice. Sessions and interactions are not kept: who is signed in, and
 * what was consented to, comes from there with every request.
 */
export const makeAdapter =
  (identity: Identity, rules: TokenRules, context: AdapterContext) =>
  (model: string): Adapter => {
    const kind = KINDS[model];
    if (kind) return { ...nothing, ...tokens(identity, kind, rules, context) };
    if (model === 'ClientCredentials') return { ...nothing, ...ownTokens(identity) };
    if (model === 'Client') return { ...nothing, ...clients(rules) };
    return model === 'Grant' ? { ...nothing, ...grants(identity, rules, context) } : nothing;
  };
