import type { ClientMetadata } from 'oidc-provider';
import type { Holder, Identity, SparkClient } from '../../domain/index.ts';
import { holderOf } from '../core/account.ts';
import { makeCore, underConsent } from '../core/provider.ts';
import { CLAIMS, claimsOf, scopesOfClaims } from './claims.ts';
import { API, SCOPES } from './scopes.ts';

/** A code works for five minutes; an access token for a day (contracts/spark.md §4.4). */
const CODE_SECONDS = 300;
export const ACCESS_SECONDS = 86_400;
/** A refresh token that nobody used for a year has been forgotten (RFC 9700 §4.14.2); each use begins a new one. */
export const REFRESH_SECONDS = 365 * 86_400;
/** The old refresh token works so much longer, for the other processes of the application (§4.4). */
const OVERLAP_SECONDS = 600;

/**
 * Those that give out no access token in an address, where it would be seen by too many (RFC 9700 §2.1.2). In the order of discovery;
 * the core has its own.
 */
export const RESPONSE_TYPES = ['code', 'id_token', 'id_token code'] as const;

/** Identity goes into addresses of https only (OpenID Connect Core 3.2.2.1). */
const isSafe = (uri: string) => {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' && hostname !== 'localhost';
};

/**
 * The core tells of people by its own account names, unless subjects are "pairwise": only then it asks what to call somebody. Ours are
 * the 26 digits, the same for every application. The address is never asked, but must be there.
 */
const SUBJECT = { subject_type: 'pairwise', sector_identifier_uri: 'https://sector.invalid/' } as const;

function metadataOf({ name, redirectUris }: SparkClient): Omit<ClientMetadata, 'client_id'> {
  const safe = redirectUris.every(isSafe);
  return {
    ...SUBJECT,
    client_name: name,
    redirect_uris: [...redirectUris],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials', ...(safe ? ['implicit'] : [])],
    response_types: safe ? ['code', 'id_token', 'code id_token'] : ['code'],
  };
}

/** What a person has to allow for these scopes and single claims. */
export const neededFor = (scopes: readonly string[], claims: readonly string[]): string[] => [
  ...new Set([...scopes, ...scopesOfClaims(claims), API]),
];

/** The authorization core for Spark under one of the door's addresses, its issuer. */
export const makeProvider = (identity: Identity, issuer: string, cookieSecret: string) => {
  const findClaims = async (holder: Holder) => {
    const person = await identity.findSparkPerson(holder);
    return person && claimsOf(person);
  };
  return makeCore({
    identity,
    issuer,
    cookieSecret,
    codeSeconds: CODE_SECONDS,
    accessSeconds: ACCESS_SECONDS,
    refreshSeconds: REFRESH_SECONDS,
    scopes: Object.keys(SCOPES),
    tokens: {
      door: 'spark',
      async findClient(id) {
        const client = await identity.findSparkClient(id);
        return client?.enabled ? metadataOf(client) : undefined;
      },
      alone: false,
      refreshForever: false,
      overlapSeconds: OVERLAP_SECONDS,
    },
    checkSecret: (clientId, secret) => identity.checkSparkSecret(clientId, secret),
    findClaims,
    allows: underConsent(identity, (held, { scopes, claims }) =>
      neededFor(scopes, claims).every((scope) => held.includes(scope)),
    ),
    more: {
      responseTypes: ['code', 'id_token', 'code id_token'],
      claims: Object.fromEntries(Object.entries(CLAIMS).map(([scope, claims]) => [scope, [...claims]])),
      rotateRefreshToken: true,
      subjectTypes: ['public', 'pairwise'],
      sectorIdentifierUriValidate: () => false,
      pairwiseIdentifier: async (_ctx, account) => (await findClaims(holderOf(account)))?.sub ?? account,
      features: { userinfo: { enabled: true }, claimsParameter: { enabled: true }, clientCredentials: { enabled: true } },
    },
  });
};
