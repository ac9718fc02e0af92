import type { Identity, SparkClient } from '../../domain/index.ts';
import type { AskCore, CoreAnswer } from '../core/ask.ts';
import type { Credentials } from '../core/client-credentials.ts';
import { invalidClient, invalidRequest, OAuthError } from '../core/oauth-error.ts';
import type { Parameters } from '../core/parameters.ts';
import { ACCESS_SECONDS, REFRESH_SECONDS } from './provider.ts';
import { API } from './scopes.ts';

/** Exactly these three (contracts/spark.md §4.4). */
export type GrantAnswer = { readonly access_token: string; readonly refresh_token: string; readonly expires_in: number };

export type GrantOptions = {
  readonly identity: Identity;
  readonly core: () => Promise<AskCore>;
  /** network address of whoever calls: passwords can be guessed */
  readonly from: string;
};

/** What each grant needs, and may have. */
const GRANTS: Readonly<Record<string, { needed: readonly string[]; optional: readonly string[] }>> = {
  authorization_code: { needed: ['code', 'redirect_uri'], optional: ['code_verifier'] },
  refresh_token: { needed: ['refresh_token'], optional: [] },
  password: { needed: ['username', 'password'], optional: [] },
};

const unauthorized = (text: string) => new OAuthError('unauthorized_client', text);

/** @throws OAuthError invalid_request, unsupported_grant_type */
function readGrant(parameters: Parameters): { readonly type: string; readonly values: URLSearchParams } {
  const type = parameters.get('grant_type');
  if (type === undefined) throw invalidRequest('grant_type is missing');
  const grant = Object.hasOwn(GRANTS, type) ? GRANTS[type] : undefined;
  if (!grant) throw new OAuthError('unsupported_grant_type', 'grant_type must be authorization_code, refresh_token or password');
  const values = new URLSearchParams({ grant_type: type });
  for (const name of [...grant.needed, ...grant.optional]) {
    const value = parameters.get(name);
    if (value !== undefined) values.set(name, value);
    else if (grant.needed.includes(name)) throw invalidRequest(`${name} is missing`);
  }
  return { type, values };
}

/** Which thing is wrong, not why: that would tell a thief what he has. */
function refusalOf({ status, body, detail }: CoreAnswer, type: string): OAuthError {
  const { error, error_description: description } = body as { error?: string; error_description?: string };
  if (status === 401 || error === 'invalid_client') return invalidClient();
  if (error !== 'invalid_grant') return new OAuthError(error ?? 'invalid_request', description || 'The request is invalid');
  if (detail === 'authorization code redirect_uri mismatch')
    return new OAuthError('invalid_grant', 'redirect_uri is another one than at the authorization');
  if (type === 'refresh_token') return new OAuthError('invalid_grant', 'The refresh token is unknown, expired or revoked');
  return new OAuthError('invalid_grant', 'The authorization code is unknown, expired or used already');
}

/** The grant of older clients: only for keys that are flagged for it, and for people of the key's own brokerage. */
async function byPassword(client: SparkClient, values: URLSearchParams, { identity, from }: GrantOptions): Promise<GrantAnswer> {
  const { orgId, clientId } = client;
  if (!client.flags.includes('password') || !['idx', 'private'].includes(client.role))
    throw unauthorized('This key may not use the password grant');
  const [username = '', password = ''] = [values.get('username') ?? '', values.get('password') ?? ''];
  const result = await identity.signIn(username.trim(), password, orgId, { address: from });
  if (result.kind === 'slow_down') {
    const seconds = String(result.retryAfterSeconds);
    throw new OAuthError('too_many_requests', `Too many tries. Wait ${seconds} seconds`, 429, { 'retry-after': seconds });
  }
  const user = result.kind === 'ok' ? result.user : undefined;
  if (!user || !(await identity.findSparkPerson(user))) throw new OAuthError('invalid_grant', 'User name or password is wrong');
  const lives = { accessSeconds: ACCESS_SECONDS, refreshSeconds: REFRESH_SECONDS };
  const tokens = await identity.issuePair({ ...user, clientId, door: 'spark', scopes: [API], ...lives });
  return { access_token: tokens.accessToken, refresh_token: tokens.refreshToken, expires_in: ACCESS_SECONDS };
}

/** One call of `POST /v1/oauth2/grant` (contracts/spark.md §4.4: E03): the client first, then the grant. @throws OAuthError */
export async function grant(
  parameters: Parameters,
  { clientId, secret }: Credentials,
  options: GrantOptions,
): Promise<GrantAnswer> {
  const { identity, core } = options;
  const client = await identity.findSparkClient(clientId);
  if (!client || !(await identity.checkSparkSecret(clientId, secret))) throw invalidClient();
  const { type, values } = readGrant(parameters);
  if (!client.mechanisms.includes('oauth2') && !client.mechanisms.includes('openid'))
    throw unauthorized('This key may not be used with OAuth');
  if (type === 'password') return byPassword(client, values, options);
  values.set('client_id', clientId);
  values.set('client_secret', secret);
  const ask = await core();
  const answer = await ask({ method: 'POST', path: '/token', parameters: values });
  if (answer.status !== 200) throw refusalOf(answer, type);
  const body = answer.body as GrantAnswer;
  return { access_token: body.access_token, refresh_token: body.refresh_token, expires_in: body.expires_in };
}
