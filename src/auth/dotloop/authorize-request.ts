import type { ClientApp, Identity } from '../../domain/index.ts';
import { backTo, readAsked } from '../core/asked.ts';
import { grantedScopes } from './scopes.ts';

/** A checked question of an application, or why it is none. */
export type AuthorizeRequest =
  /** nobody we could send back to: a page says so (contracts/dotloop.md §2.2) */
  | { readonly kind: 'page'; readonly text: string }
  | { readonly kind: 'back'; readonly location: string }
  | {
      readonly kind: 'ask';
      readonly client: ClientApp;
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly scopes: readonly string[];
      readonly redirectOnDeny: boolean;
      /** for the core, and for the way back here after sign-in */
      readonly parameters: URLSearchParams;
    };

const READ = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'redirect_on_deny',
  'code_challenge',
  'code_challenge_method',
];

/** The registered URI that is meant; one with an `&` of its own may have come unencoded, and is torn apart then (§2.2). */
function findRedirectUri(client: ClientApp, asked: string, query: string): string | undefined {
  if (client.redirectUris.includes(asked)) return asked;
  return client.redirectUris.find((uri) => uri.includes('&') && `&${query}&`.includes(`&redirect_uri=${uri}&`));
}

export async function readAuthorizeRequest(identity: Identity, query: string): Promise<AuthorizeRequest> {
  const { one, doubled } = readAsked(query, READ);
  const [clientId, asked] = [one('client_id'), one('redirect_uri')];
  const client = clientId === undefined || doubled === 'client_id' ? undefined : await identity.findClient(clientId, 'dotloop');
  if (!client) return { kind: 'page', text: 'The application that sent you here is not registered with this server.' };
  const redirectUri = asked === undefined || doubled === 'redirect_uri' ? undefined : findRedirectUri(client, asked, query);
  if (!redirectUri)
    return { kind: 'page', text: `${client.name} sent you here with an address to return to that it has not registered.` };

  const state = one('state');
  const back = (error: string, error_description: string): AuthorizeRequest => ({
    kind: 'back',
    location: backTo(redirectUri, { error, error_description, state }),
  });
  if (doubled) return back('invalid_request', `${doubled} is given with different values`);
  if (!one('response_type')) return back('invalid_request', 'response_type is missing');
  if (one('response_type') !== 'code') return back('unsupported_response_type', 'response_type must be code');
  const scopes = grantedScopes(one('scope'), client.scopes);
  if (scopes.length === 0) return back('invalid_scope', 'None of the scopes asked for is registered for this application');

  const parameters = new URLSearchParams({ response_type: 'code', client_id: client.clientId, redirect_uri: redirectUri });
  for (const name of ['state', 'scope', 'redirect_on_deny', 'code_challenge', 'code_challenge_method']) {
    const value = one(name);
    if (value !== undefined) parameters.set(name, value);
  }
  const redirectOnDeny = ['true', '1'].includes(one('redirect_on_deny')?.toLowerCase() ?? '');
  return { kind: 'ask', client, redirectUri, state, scopes, redirectOnDeny, parameters };
}
