import { difference } from '../../events/index.ts';
import { type Breach, invalid } from '../../kernel/fault.ts';
import type { ApplicationRow } from './application.store.ts';
import type { ClientApp } from './client.service.ts';
import { REAPIT_SCOPES } from './reapit-scopes.ts';
import { checkSafeUri } from './redirect-uri.ts';

export const APPLICATION_GRANTS = ['authorization_code', 'client_credentials'] as const;
export type ApplicationGrant = (typeof APPLICATION_GRANTS)[number];

/** What a developer says about an application of the Reapit door (contracts/reapit.md §2.6). */
export type ApplicationTerms = {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly signOutUris: readonly string[];
  readonly grants: readonly ApplicationGrant[];
  readonly scopes: readonly string[];
  /** it runs where a secret cannot be kept, and has none */
  readonly isPublic: boolean;
  readonly requirePkce: boolean;
  /** each refresh brings a new refresh token */
  readonly rotateRefresh: boolean;
};

/** Without its secrets. */
export type Application = ApplicationTerms &
  Pick<ClientApp, 'clientId' | 'orgId' | 'sandbox'> & {
    /** name of the developer's organisation */
    readonly developer: string;
    readonly createdAt: Date;
  };

export const toApplication = (row: ApplicationRow): Application => ({
  clientId: row.client_id,
  name: row.name,
  orgId: row.org_id,
  sandbox: row.is_sandbox,
  developer: row.developer,
  redirectUris: row.redirect_uris,
  signOutUris: row.sign_out_uris,
  grants: APPLICATION_GRANTS.filter((grant) => row.grants.includes(grant)),
  scopes: row.scopes,
  isPublic: row.is_public,
  requirePkce: row.require_pkce,
  rotateRefresh: row.rotate_refresh,
  createdAt: row.created_at,
});

const LONGEST_NAME = 100;
const LONGEST_URI = 2_000;
const MOST_URIS = 50;

/** Every sentence about what is wrong with them. */
function* breachesOf(terms: ApplicationTerms): Iterable<Breach> {
  const wrong = (at: string, reason: Breach['reason'], message: string): Breach => ({ in: 'body', at, reason, message });
  const { name, grants, scopes, redirectUris, signOutUris, isPublic } = terms;
  if (name.trim() === '') yield wrong('name', 'required', 'An application needs a name');
  if (name.length > LONGEST_NAME) yield wrong('name', 'length', `A name has up to ${LONGEST_NAME} characters`);
  if (/\p{Cc}/u.test(name)) yield wrong('name', 'form', 'A name has no control characters');
  if (grants.length === 0) yield wrong('grants', 'required', 'Say how it gets its tokens: for people, for itself, or both');
  if (scopes.length === 0) yield wrong('scopes', 'required', 'At least one scope is needed');
  for (const scope of scopes) if (!REAPIT_SCOPES.includes(scope)) yield wrong('scopes', 'value', `There is no scope ${scope}`);
  if (grants.includes('authorization_code') && redirectUris.length === 0)
    yield wrong('redirectUris', 'required', 'At least one redirect URI is needed to sign people in');
  if (isPublic && grants.includes('client_credentials'))
    yield wrong('grants', 'value', 'An application without a secret cannot act for itself (client credentials)');
  for (const [at, uris] of [
    ['redirectUris', redirectUris],
    ['signOutUris', signOutUris],
  ] as const) {
    if (uris.length > MOST_URIS) yield wrong(at, 'length', `Up to ${MOST_URIS} addresses can be registered`);
    if (uris.some((uri) => uri.length > LONGEST_URI)) yield wrong(at, 'length', `An address has up to ${LONGEST_URI} characters`);
  }
}

/** @throws Fault invalid that names every member that is wrong */
export function checkTerms(terms: ApplicationTerms): void {
  const breaches = [...breachesOf(terms)];
  if (breaches.length > 0) throw invalid(breaches);
  for (const uri of terms.redirectUris) checkSafeUri(uri, 'redirectUris');
  for (const uri of terms.signOutUris) checkSafeUri(uri, 'signOutUris');
}

/** What an event says of them. */
export const termsChanged = (before: ApplicationTerms, after: ApplicationTerms) => difference<ApplicationTerms>(before, after);
