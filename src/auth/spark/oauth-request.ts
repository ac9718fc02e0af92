import type { Identity, SparkClient } from '../../domain/index.ts';
import { backTo, readAsked } from '../core/asked.ts';
import { findClient, mayGo, type Way } from './client.ts';
import { readScopes } from './scopes.ts';

/** A checked question of an application in the form of RFC 6749, or why it is none. */
export type OAuthRequest =
  | { readonly kind: 'page'; readonly text: string }
  | { readonly kind: 'back'; readonly location: string }
  | {
      readonly kind: 'ask';
      readonly client: SparkClient;
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly scopes: readonly string[];
      /** for the core, and for the way back here after sign-in */
      readonly parameters: URLSearchParams;
      /** an answer for the application, where it stands in an address */
      readonly back: (answers: Record<string, string | undefined>) => string;
    };

const OAUTH = ['response_type', 'client_id', 'redirect_uri', 'state', 'scope', 'code_challenge', 'code_challenge_method'];
/** What OpenID Connect adds. Of those the core does not serve (`request`, …) it says so itself. */
const OPENID = [
  'response_mode',
  'nonce',
  'display',
  'prompt',
  'max_age',
  'ui_locales',
  'claims',
  'claims_locales',
  'id_token_hint',
  'login_hint',
  'acr_values',
  'request',
  'request_uri',
  'registration',
];

/**
 * With an issuer the question is one of OpenID Connect: its response types and parameters are the core's to judge, and every answer says
 * whose it is (RFC 9207).
 */
export async function readOAuthRequest(identity: Identity, query: string, way: Way, issuer?: string): Promise<OAuthRequest> {
  const openid = issuer !== undefined;
  const names = openid ? [...OAUTH, ...OPENID] : OAUTH;
  const { one, doubled } = readAsked(query, names);
  const whole = (name: string) => (doubled === name ? undefined : one(name));
  const found = await findClient(identity, whole('client_id'), whole('redirect_uri'));
  if (found.kind === 'page') return found;
  const { client, redirectUri } = found;
  const [state, type] = [one('state'), one('response_type')];
  const inFragment = openid && type !== undefined && /(^|\s)(id_token|token)(\s|$)/.test(type);
  const back = (answers: Record<string, string | undefined>) =>
    backTo(redirectUri, { ...answers, state, iss: issuer }, inFragment ? '#' : undefined);
  const refuse = (error: string, error_description: string): OAuthRequest => ({
    kind: 'back',
    location: back({ error, error_description }),
  });
  if (!mayGo(client, way)) return refuse('unauthorized_client', 'This key may not be used in this way');
  if (doubled) return refuse('invalid_request', `${doubled} is given with different values`);
  if (type === undefined) return refuse('invalid_request', 'response_type is missing');
  if (!openid && type !== 'code') return refuse('unsupported_response_type', 'response_type must be code');
  // A page that sends itself away would need a script of its own; nobody documents it here.
  if (one('response_mode') === 'form_post') return refuse('invalid_request', 'response_mode must be query or fragment');

  const parameters = new URLSearchParams();
  for (const name of names) {
    const value = one(name);
    if (value !== undefined) parameters.set(name, value);
  }
  const scopes = readScopes(one('scope'));
  return { kind: 'ask', client, redirectUri, state, scopes, parameters, back };
}

/** What is told of a refusal. */
export const DENIED = { error: 'access_denied', error_description: 'The user denied access' };

/** Single claims that are asked for beside the scopes. What is no JSON is refused by the core. */
export function claimsAsked(parameters: URLSearchParams): string[] {
  try {
    const asked: unknown = JSON.parse(parameters.get('claims') ?? '{}');
    if (typeof asked !== 'object' || asked === null) return [];
    return Object.values(asked).flatMap((part: unknown) => (typeof part === 'object' && part !== null ? Object.keys(part) : []));
  } catch {
    return [];
  }
}
