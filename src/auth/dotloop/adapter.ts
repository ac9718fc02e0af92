import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Identity } from '../../domain/index.ts';
import { accountOf, userOf } from './account.ts';

type Kind = 'code' | 'access' | 'refresh';
const KINDS: Record<string, Kind> = { AuthorizationCode: 'code', AccessToken: 'access', RefreshToken: 'refresh' };

/** The core asks for a secret in its client; ours are hashes and compared in provider.ts, so this one opens nothing. */
const PLACEHOLDER = randomUUID();

const epoch = () => Math.floor(Date.now() / 1000);
const scopesOf = (scope: string | undefined) => scope?.split(' ').filter(Boolean) ?? [];

type Refuse = () => Error;

/** Clients are registered elsewhere; the core only reads them. Scopes are settled before it is asked (authorize-request.ts). */
const clients = (identity: Identity): Partial<Adapter> => ({
  async find(id) {
    const client = await identity.findClient(id, 'dotloop');
    return (
      client && {
        client_id: client.clientId,
        client_secret: PLACEHOLDER,
        client_name: client.name,
        redirect_uris: [...client.redirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      }
    );
  },
});

const grants = (identity: Identity): Partial<Adapter> => ({
  async upsert(id, payload) {
    const pair = { ...userOf(String(payload.accountId)), clientId: String(payload.clientId) };
    // What the core keeps in a grant and its types do not name.
    const { openid } = payload as { openid?: { scope?: string } };
    await identity.openGrant(id, pair, scopesOf(openid?.scope));
  },
  async find(id) {
    const grant = await identity.findGrant(id);
    return (
      grant && {
        jti: id,
        kind: 'Grant',
        accountId: accountOf(grant),
        clientId: grant.clientId,
        openid: { scope: grant.scopes.join(' ') },
      }
    );
  },
  destroy: (id) => identity.endGrant(id),
});

// What the columns hold, or what must not be stored (jti is the token itself), is taken out of the payload.
function keptOf({ jti, kind, accountId, clientId, grantId, scope, iat, exp, consumed, ...kept }: AdapterPayload) {
  return kept;
}

function tokens(identity: Identity, kind: Kind, refuse: Refuse): Partial<Adapter> {
  return {
    async upsert(value, payload, expiresIn) {
      const issued = await identity.issueToken({
        ...userOf(String(payload.accountId)),
        clientId: String(payload.clientId),
        kind,
        door: 'dotloop',
        value,
        scopes: scopesOf(payload.scope),
        grantId: String(payload.grantId),
        payload: keptOf(payload),
        // Refresh tokens do not expire (contracts/dotloop.md §2.4).
        lifeSeconds: kind === 'refresh' ? null : (expiresIn ?? 0),
      });
      // Revoked, or replaced by another exchange, between the core's look and this write.
      if (!issued) throw refuse();
    },
    async find(value) {
      const token = await identity.findToken(kind, value, 'dotloop');
      if (!token) return undefined;
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
      if (await identity.consumeCode(value)) return;
      // Of two that exchange one code at the same time, one gets here second: a second use like any other (RFC 6749 §4.1.2).
      const used = await identity.findToken('code', value, 'dotloop');
      if (used) await identity.endGrant(used.grantId);
      throw refuse();
    },
    // Only after `destroy` of the grant, or for an access token that its successor has ended.
    async destroy() {},
    revokeByGrantId: (grantId) => identity.endGrant(grantId),
  };
}

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
  (identity: Identity, refuse: Refuse) =>
  (model: string): Adapter => {
    const kind = KINDS[model];
    if (kind) return { ...nothing, ...tokens(identity, kind, refuse) };
    if (model === 'Client') return { ...nothing, ...clients(identity) };
    return model === 'Grant' ? { ...nothing, ...grants(identity) } : nothing;
  };
