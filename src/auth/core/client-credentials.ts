import { invalidClient, invalidRequest } from './oauth-error.ts';
import type { Parameters } from './parameters.ts';

export type Credentials = { readonly clientId: string; readonly secret: string };

// Node decodes both alphabets, with and without padding: clients in the field send URL-safe base64 (contracts/dotloop.md §2.3).
function readBasic(header: string | undefined): Credentials | undefined {
  const [, encoded] = /^basic(?:\s+(.*))?$/i.exec(header ?? '') ?? [];
  if (!/^basic\b/i.test(header ?? '')) return undefined;
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw invalidClient();
  return { clientId: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/**
 * Basic, or `client_id` and `client_secret` as parameters where there is no Basic header; other schemes are not looked at, since some
 * clients send their last bearer token along. Undefined when nothing is given.
 * @throws OAuthError invalid_client for an unreadable header, invalid_request when header and parameters differ
 */
export function readCredentials(authorization: string | undefined, parameters: Parameters): Credentials | undefined {
  const basic = readBasic(authorization);
  const [clientId, secret] = [parameters.get('client_id'), parameters.get('client_secret')];
  if (!basic) return clientId !== undefined && secret !== undefined ? { clientId, secret } : undefined;
  if ((clientId ?? basic.clientId) !== basic.clientId) throw invalidRequest('client_id is given with different values');
  if ((secret ?? basic.secret) !== basic.secret) throw invalidRequest('client_secret is given with different values');
  return basic;
}
