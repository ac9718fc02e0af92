import type { AskCore, CoreAnswer } from '../core/ask.ts';
import type { Credentials } from '../core/client-credentials.ts';
import { invalidClient, invalidRequest, OAuthError } from '../core/oauth-error.ts';
import type { Parameters } from '../core/parameters.ts';
import { inOrder } from './scopes.ts';

/** contracts/dotloop.md §2.3, in this order */
export type TokenAnswer = {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly scope: string;
};

/** What each grant reads; everything else (`state`, `scope`) is left out before the core is asked. */
const GRANTS = new Map([
  ['authorization_code', ['code', 'redirect_uri', 'code_verifier']],
  ['refresh_token', ['refresh_token']],
]);
const OPTIONAL = new Set(['code_verifier']);

/** @throws OAuthError invalid_request, unsupported_grant_type */
function questionOf(parameters: Parameters, { clientId, secret }: Credentials): URLSearchParams {
  const question = new URLSearchParams({ client_id: clientId, client_secret: secret });
  const grant = parameters.get('grant_type');
  if (grant !== undefined) question.set('grant_type', grant);
  for (const name of GRANTS.get(grant ?? '') ?? []) {
    const value = parameters.get(name);
    if (value !== undefined) question.set(name, value);
  }
  return question;
}

function checkGrant(parameters: Parameters): void {
  const grant = parameters.get('grant_type');
  if (grant === undefined) throw invalidRequest('grant_type is missing');
  const names = GRANTS.get(grant);
  if (!names) throw new OAuthError('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
  const missing = names.find((name) => !OPTIONAL.has(name) && !parameters.has(name));
  if (missing) throw invalidRequest(`${missing} is missing`);
}

/** The texts of §2.7: which thing is wrong, not why; why would tell a thief what he has. */
function refusalOf({ status, body, detail }: CoreAnswer, parameters: Parameters): OAuthError {
  const { error, error_description: description } = body as { error?: string; error_description?: string };
  if (status === 401 || error === 'invalid_client') return invalidClient();
  if (error !== 'invalid_grant') return new OAuthError(error ?? 'invalid_request', description ?? 'The request is invalid', 400);
  if (detail === 'authorization code redirect_uri mismatch') return new OAuthError('invalid_grant', 'Redirect URI mismatch.');
  const code = parameters.get('code');
  if (parameters.get('grant_type') === 'authorization_code')
    return new OAuthError('invalid_grant', `Invalid authorization code: ${code}`);
  return new OAuthError('invalid_grant', `Invalid refresh token: ${parameters.get('refresh_token')}`);
}

/**
 * One call of `POST /oauth/token`, clean of where its parameters stood. The core checks the client first, then the grant.
 * @throws OAuthError
 */
export async function exchange(ask: AskCore, parameters: Parameters, credentials: Credentials): Promise<TokenAnswer> {
  const answer = await ask({ method: 'POST', path: '/token', parameters: questionOf(parameters, credentials) });
  if (answer.status !== 200) {
    const refusal = refusalOf(answer, parameters);
    // Our words for what is missing, once the client is known to be who it says.
    if (refusal.status !== 401) checkGrant(parameters);
    throw refusal;
  }
  const body = answer.body as { access_token: string; refresh_token: string; expires_in: number; scope: string };
  return {
    access_token: body.access_token,
    token_type: 'Bearer',
    refresh_token: body.refresh_token,
    expires_in: body.expires_in,
    scope: inOrder(body.scope.split(' ')).join(', '),
  };
}
