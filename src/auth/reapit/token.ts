import type { Application, ApplicationGrant, Identity } from '../../domain/index.ts';
import type { AskCore, CoreAnswer } from '../core/ask.ts';
import { invalidClient, invalidRequest, OAuthError } from '../core/oauth-error.ts';
import type { Parameters } from '../core/parameters.ts';
import { CHECKED } from './provider.ts';
import { scopesForApplication } from './scopes.ts';

/** Who asks: the secret is absent where the application sent none. */
export type Caller = { readonly clientId: string; readonly secret: string | undefined };

export type TokenAnswer = {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
};

type Grant = { readonly of: ApplicationGrant; readonly needed: readonly string[]; readonly optional: readonly string[] };

/** What each grant reads; whatever else is sent (`code_challenge_method`) says nothing. */
const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: { of: 'authorization_code', needed: ['code', 'redirect_uri'], optional: ['code_verifier'] },
  refresh_token: { of: 'authorization_code', needed: ['refresh_token'], optional: [] },
  client_credentials: { of: 'client_credentials', needed: [], optional: [] },
};

const unauthorized = (text: string) => new OAuthError('unauthorized_client', text);

/**
 * Who it is, if it says so in any way: nothing has to be proved, but what is sent must be right (contracts/reapit.md §2.3).
 * @throws OAuthError invalid_client
 */
export async function findCaller(identity: Identity, { clientId, secret }: Caller): Promise<Application> {
  const application = await identity.findApplication(clientId);
  if (!application) throw invalidClient();
  // Libraries that know no other way send a public application's id with an empty secret.
  const nothing = secret === undefined || (secret === '' && application.isPublic);
  if (!nothing && !(await identity.checkClientSecret(clientId, secret))) throw invalidClient();
  return application;
}

/** @throws OAuthError invalid_request, unsupported_grant_type */
function readGrant(parameters: Parameters): { readonly type: string; readonly grant: Grant; readonly values: URLSearchParams } {
  const type = parameters.get('grant_type');
  if (type === undefined) throw invalidRequest('grant_type is missing');
  const grant = Object.hasOwn(GRANTS, type) ? GRANTS[type] : undefined;
  if (!grant) {
    const names = Object.keys(GRANTS).join(', ');
    throw new OAuthError('unsupported_grant_type', `grant_type must be one of ${names}`);
  }
  const values = new URLSearchParams({ grant_type: type });
  for (const name of [...grant.needed, ...grant.optional]) {
    const value = parameters.get(name);
    if (value !== undefined) values.set(name, value);
    else if (grant.needed.includes(name)) throw invalidRequest(`${name} is missing`);
  }
  return { type, grant, values };
}

/** Only for who has proved to be who it says (§2.2). @throws OAuthError unauthorized_client, invalid_client, invalid_scope */
function readOwnScopes({ isPublic, scopes }: Application, { secret }: Caller, parameters: Parameters): string {
  if (isPublic) throw unauthorized('An application without a secret cannot use client credentials');
  if (secret === undefined) throw invalidClient();
  const granted = scopesForApplication(parameters.get('scope'), scopes);
  if (granted.length === 0)
    throw new OAuthError('invalid_scope', 'None of the scopes asked for is registered for this application');
  return granted.join(' ');
}

/** Which thing is wrong, not why: that would tell a thief what he has. */
function refusalOf({ status, body, detail }: CoreAnswer, type: string): OAuthError {
  const { error, error_description: description } = body as { error?: string; error_description?: string };
  if (status === 401 || error === 'invalid_client') return invalidClient();
  if (error !== 'invalid_grant') return new OAuthError(error ?? 'invalid_request', description || 'The request is invalid');
  if (detail === 'authorization code redirect_uri mismatch')
    return new OAuthError('invalid_grant', 'redirect_uri is another one than at the authorization');
  if (type === 'refresh_token')
    return new OAuthError('invalid_grant', 'The refresh token is unknown, expired, revoked or used already');
  return new OAuthError('invalid_grant', 'The code is unknown, expired or used already, or code_verifier does not fit');
}

export type ExchangeOptions = { readonly identity: Identity; readonly core: () => Promise<AskCore> };

/**
 * One call of the token endpoint: the application first, then the grant (contracts/reapit.md §2.2, §2.3).
 * @throws OAuthError
 */
export async function exchange(parameters: Parameters, caller: Caller, options: ExchangeOptions): Promise<TokenAnswer> {
  const application = await findCaller(options.identity, caller);
  const { type, grant, values } = readGrant(parameters);
  if (grant.of === 'client_credentials') values.set('scope', readOwnScopes(application, caller, parameters));
  if (!application.grants.includes(grant.of)) throw unauthorized(`This application is not registered for grant_type ${type}`);
  values.set('client_id', application.clientId);
  values.set('client_secret', CHECKED);
  const ask = await options.core();
  const answer = await ask({ method: 'POST', path: '/token', parameters: values });
  if (answer.status !== 200) throw refusalOf(answer, type);
  const { access_token, refresh_token, id_token, expires_in } = answer.body as TokenAnswer;
  // The core hands out a refresh token that stays; the vendor does not.
  const renewed = refresh_token !== undefined && refresh_token !== values.get('refresh_token');
  return {
    access_token,
    ...(renewed && { refresh_token }),
    ...(id_token !== undefined && { id_token }),
    token_type: 'Bearer',
    expires_in,
  };
}
