import { randomBytes } from 'node:crypto';
import type { ClientMetadata } from 'oidc-provider';
import { type Application, type Identity, isConsumer, REAPIT_SCOPES } from '../../domain/index.ts';
import { makeCore } from '../core/provider.ts';
import { sameToken } from '../csrf.ts';
import { writeAccessToken } from './access-token.ts';
import { CLAIMS, claimsOf } from './claims.ts';
import { OPENID_SCOPES } from './scopes.ts';

const DAY_SECONDS = 86_400;
/** contracts/reapit.md §2.3, §2.4 */
const CODE_SECONDS = 600;
const ACCESS_SECONDS = 3_600;
/** With rotation a refresh token that nobody uses runs out; thirty days after the authorization every one does. */
const IDLE_SECONDS = 15 * DAY_SECONDS;
const TOTAL_SECONDS = 30 * DAY_SECONDS;

/**
 * What the face says to the core in place of a client's secret, once it has checked who asks: applications may come with a secret in one
 * of three places, or without any.
 */
export const CHECKED = randomBytes(32).toString('base64url');

/** A name of ours among the client's metadata. */
const ROTATES = 'rotate_refresh';

function metadataOf({ name, redirectUris, grants, rotateRefresh }: Application): Omit<ClientMetadata, 'client_id'> {
  const signsIn = grants.includes('authorization_code');
  return {
    client_name: name,
    redirect_uris: signsIn ? [...redirectUris] : [],
    grant_types: signsIn ? [...grants, 'refresh_token'] : [...grants],
    response_types: signsIn ? ['code'] : [],
    [ROTATES]: rotateRefresh,
  };
}

/** The authorization core of Connect under one of its addresses, its issuer: access tokens are JWTs, installation is the consent. */
export const makeProvider = (identity: Identity, issuer: string, cookieSecret: string) =>
  makeCore({
    identity,
    issuer,
    cookieSecret,
    codeSeconds: CODE_SECONDS,
    accessSeconds: ACCESS_SECONDS,
    refreshSeconds: (client) => (client[ROTATES] === true ? IDLE_SECONDS : TOTAL_SECONDS),
    scopes: [...OPENID_SCOPES, ...REAPIT_SCOPES],
    tokens: {
      door: 'reapit',
      async findClient(id) {
        const application = await identity.findApplication(id);
        return application && metadataOf(application);
      },
      alone: false,
      refreshForever: false,
      overlapSeconds: null,
      keeping: {
        openGrant: (id, grant, asking) => identity.openConnectGrant(id, grant, asking?.session),
        issueToken: identity.issueConnectToken,
      },
    },
    checkSecret: async (_clientId, secret) => sameToken(secret, CHECKED),
    async findClaims(holder) {
      const person = isConsumer(holder) ? undefined : await identity.findReapitPerson(holder);
      return person && claimsOf(person);
    },
    allows: async (pair) => !isConsumer(pair) && (await identity.findAdmission(pair, pair.clientId)) !== undefined,
    more: {
      claims: { openid: [...CLAIMS] },
      conformIdTokenClaims: false,
      extraClientMetadata: { properties: [ROTATES] },
      rotateRefreshToken: ({ oidc }) => oidc.client?.[ROTATES] === true,
      // Asked for, and kept with the authorization: the core takes `offline_access` out of questions that do not prompt for consent.
      issueRefreshToken: async ({ oidc }) => oidc.entities.Grant?.getOIDCScope().split(' ').includes('offline_access') === true,
      formats: { customizers: { jwt: writeAccessToken } },
      features: {
        clientCredentials: { enabled: true },
        // One resource, that of every token: it is what makes the core write JWTs.
        resourceIndicators: {
          enabled: true,
          defaultResource: () => issuer,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({ scope: '', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
        },
      },
    },
  });
