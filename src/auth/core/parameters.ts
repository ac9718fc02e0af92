import { invalidRequest } from './oauth-error.ts';

/** Parameters that have one value each. */
export type Parameters = ReadonlyMap<string, string>;

function* membersOf(text: string): Iterable<[string, string]> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalidRequest('The body is not valid JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalidRequest('The body must be a JSON object');
  for (const [name, value] of Object.entries(body)) {
    if (value === null) continue;
    if (typeof value === 'object') throw invalidRequest(`${name} must be a string`);
    yield [name, String(value)];
  }
}

const isJson = (text: string, contentType: string) => /\bjson\b/i.test(contentType) || /^\s*[{[]/.test(text);

/**
 * Reads parameters from query, form and JSON body alike (contracts/dotloop.md §2.3). Without a value counts as left out (RFC 6749 §3.2).
 * @throws OAuthError invalid_request for a name with two different values
 */
export function readParameters(query: string, body: string, contentType: string): Parameters {
  const found = new Map<string, string>();
  const add = ([name, value]: [string, string]) => {
    if (value === '') return;
    if ((found.get(name) ?? value) !== value) throw invalidRequest(`${name.slice(0, 100)} is given with different values`);
    found.set(name, value);
  };
  new URLSearchParams(query).forEach((value, name) => {
    add([name, value]);
  });
  if (body.trim() === '') return found;
  for (const pair of isJson(body, contentType) ? membersOf(body) : new URLSearchParams(body)) add(pair);
  return found;
}

/** The part of an address after `?`. */
export const queryOf = (url: string): string => url.slice(`${url}?`.indexOf('?') + 1);
