import type { Application, Identity } from '../../domain/index.ts';
import { backTo, readAsked } from '../core/asked.ts';
import { scopesForPerson } from './scopes.ts';

/** A checked question of an application, or why it is none. */
export type AuthorizeRequest =
  | { readonly kind: 'page'; readonly title: string; readonly text: string }
  | { readonly kind: 'back'; readonly location: string }
  | {
      readonly kind: 'ask';
      readonly application: Application;
      readonly redirectUri: string;
      readonly scopes: readonly string[];
      /** for the core, and for the way back here after sign-in */
      readonly parameters: URLSearchParams;
      /** an answer for the application, where it stands in an address */
      readonly back: (answers: Record<string, string | undefined>) => string;
    };

const READ = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'prompt',
  'max_age',
];
/** The core takes these with an id token only; without one they mean nothing. */
const OF_ID_TOKEN = ['nonce', 'max_age'];

const MISMATCH = 'Redirect Mismatch';

/** The words of `prompt` that mean something here: nobody is asked for consent, and there is one account to choose from. */
const promptOf = (text: string | undefined) => text?.split(/\s+/).filter((word) => word === 'none' || word === 'login') ?? [];

/** Reads the query of every authorization path, old and new alike (contracts/reapit.md §2.1, §2.3). */
export async function readAuthorizeRequest(identity: Identity, query: string): Promise<AuthorizeRequest> {
  const { one, doubled } = readAsked(query, READ);
  const whole = (name: string) => (doubled === name ? undefined : one(name));
  const [clientId, redirectUri] = [whole('client_id'), whole('redirect_uri')];
  const application = clientId === undefined ? undefined : await identity.findApplication(clientId);
  if (!application)
    return { kind: 'page', title: MISMATCH, text: 'The application that sent you here is not registered with this server.' };
  const { name, grants, requirePkce, scopes: registered, redirectUris } = application;
  if (redirectUri === undefined || !redirectUris.includes(redirectUri)) {
    const text = `${name} sent you here with an address to return to that it has not registered.`;
    return { kind: 'page', title: MISMATCH, text };
  }

  const state = one('state');
  const back = (answers: Record<string, string | undefined>) => backTo(redirectUri, { ...answers, state });
  const refuse = (error: string, error_description: string): AuthorizeRequest => ({
    kind: 'back',
    location: back({ error, error_description }),
  });
  if (doubled) return refuse('invalid_request', `${doubled} is given with different values`);
  if (one('response_type') === undefined) return refuse('invalid_request', 'response_type is missing');
  if (one('response_type') !== 'code') return refuse('unsupported_response_type', 'response_type must be code');
  if (!grants.includes('authorization_code')) return refuse('unauthorized_client', 'This application does not sign people in');
  if (requirePkce && one('code_challenge') === undefined)
    return refuse('invalid_request', 'This application must send a code_challenge (PKCE)');
  const [challenge, method] = [one('code_challenge'), one('code_challenge_method')];
  if ((challenge ?? method) !== undefined && method !== 'S256')
    return refuse('invalid_request', 'code_challenge_method must be S256');
  const scopes = scopesForPerson(one('scope'), registered);
  if (scopes.length === 0) return refuse('invalid_scope', 'None of the scopes asked for is registered for this application');

  const parameters = new URLSearchParams();
  for (const parameter of READ) {
    const value = one(parameter);
    if (value !== undefined && (scopes.includes('openid') || !OF_ID_TOKEN.includes(parameter))) parameters.set(parameter, value);
  }
  const prompt = promptOf(one('prompt'));
  if (prompt.length > 0) parameters.set('prompt', prompt.join(' '));
  else parameters.delete('prompt');
  return { kind: 'ask', application, redirectUri, scopes, parameters, back };
}
