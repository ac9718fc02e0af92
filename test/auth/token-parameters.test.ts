import { deepEqual, equal, match } from 'node:assert/strict';
import { after, test } from 'node:test';
import { basicOf, makeClient, type Pair } from './dotloop-client.ts';
import { CALLBACK, CLIENT, openHouse, SECRET } from './house.ts';

const house = await openHouse();
after(() => house[Symbol.asyncDispose]());
const client = makeClient(house);
const SCOPE = 'account:read, profile:*, loop:*, contact:*, template:read';

const answerOf = async (response: Response) => ({ status: response.status, body: await response.json() });
const grantError = (error_description: string) => ({ status: 400, body: { error: 'invalid_grant', error_description } });

const { refresh_token } = await client.tokens('allen@newkyhome.com');
const fields = { grant_type: 'refresh_token', refresh_token };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const own = { client_id: CLIENT, client_secret: SECRET };
const bare = (path: string, init: RequestInit = {}) => fetch(`${house.base}${path}`, { method: 'POST', ...init });
const text = (values: Record<string, string>) => new URLSearchParams(values).toString();

for (const [name, send] of Object.entries<() => Promise<Response>>({
  'in the query': () => client.post(`/oauth/token?${text(fields)}`),
  'in the query, with a trailing slash': () => client.post(`/oauth/token/?${text(fields)}`),
  'under /dotloop': () => client.post(`/dotloop/oauth/token?${text(fields)}`),
  'in the query, with an empty JSON body': () =>
    client.post(`/oauth/token?${text(fields)}`, { headers: { 'content-type': 'application/json' } }),
  'in a form': () => client.post('/oauth/token', { headers: form, body: text(fields) }),
  'in a form without a Content-Type': () => client.post('/oauth/token', { body: Buffer.from(text(fields)) }),
  'in query and form, equal': () => client.post(`/oauth/token?${text(fields)}`, { headers: form, body: text(fields) }),
  'in JSON': () => client.post('/oauth/token', { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }),
  'with client id and secret in the query': () => bare(`/oauth/token?${text({ ...fields, ...own })}`),
  'with client id and secret in the form': () => bare('/oauth/token', { headers: form, body: text({ ...fields, ...own }) }),
  'with client id and secret in JSON': () => bare('/oauth/token', { body: JSON.stringify({ ...fields, ...own }) }),
  'with Basic and the same parameters': () => client.post(`/oauth/token?${text({ ...fields, ...own })}`),
  'with a stale bearer header and parameters': () =>
    bare(`/oauth/token?${text({ ...fields, ...own })}`, { headers: { authorization: 'Bearer old' } }),
  'with Basic in any case': () =>
    client.post(`/oauth/token?${text(fields)}`, { headers: { authorization: basicOf().replace('Basic', 'bAsIc') } }),
  'with unpadded Basic': () =>
    client.post(`/oauth/token?${text(fields)}`, { headers: { authorization: basicOf().replaceAll('=', '') } }),
  'with a scope that is not read': () => client.post(`/oauth/token?${text({ ...fields, scope: SCOPE })}`),
}))
  test(`parameters ${name}`, async () => {
    const response = await send();
    equal(response.status, 200);
    equal(((await response.json()) as Pair).refresh_token, refresh_token);
  });

test('Basic in the URL-safe alphabet', async () => {
  const given = { clientId: '7f0b7b5e-6f55-4be5-9f0a-4bd3a1bd7c11', secret: 'ÿ~?>~ÿ?' };
  await house.identity.createClient({
    door: 'dotloop',
    name: 'Safe',
    orgId: 1,
    redirectUris: [CALLBACK],
    scopes: ['loop:*'],
    given,
  });
  const encoded = Buffer.from(`${given.clientId}:${given.secret}`).toString('base64url');
  match(encoded, /[-_]/);
  const response = await bare(`/oauth/token?${text(fields)}`, { headers: { authorization: `Basic ${encoded}` } });
  // The client is known; the refresh token is another's.
  deepEqual(await answerOf(response), grantError(`Invalid refresh token: ${refresh_token}`));
});

test('wrong or no client credentials: 401 with Basic', async () => {
  for (const authorization of [
    basicOf(CLIENT, 'wrong'),
    basicOf('nobody', SECRET),
    'Basic ???',
    'Basic',
    basicOf(CLIENT, ''),
    '',
  ]) {
    const response = await bare(`/oauth/token?${text(fields)}`, { headers: authorization ? { authorization } : {} });
    equal(response.headers.get('www-authenticate'), 'Basic realm="dotloop"', authorization);
    deepEqual(await answerOf(response), {
      status: 401,
      body: { error: 'invalid_client', error_description: 'Invalid client credentials' },
    });
  }
});

test('what cannot be read is 400 in the OAuth form', async () => {
  const refused = async (send: Promise<Response>) => {
    const { status, body } = await answerOf(await send);
    deepEqual(Object.keys(body as object), ['error', 'error_description']);
    return [status, (body as Record<string, string>).error, (body as Record<string, string>).error_description];
  };
  const post = (query: Record<string, string>, init?: RequestInit) => refused(client.post(`/oauth/token?${text(query)}`, init));
  deepEqual(await post({}), [400, 'invalid_request', 'grant_type is missing']);
  deepEqual(await post({ grant_type: 'password', username: 'a', password: 'b' }), [
    400,
    'unsupported_grant_type',
    'grant_type must be authorization_code or refresh_token',
  ]);
  deepEqual(await post({ grant_type: '__proto__' }), [
    400,
    'unsupported_grant_type',
    'grant_type must be authorization_code or refresh_token',
  ]);
  deepEqual(await post({ grant_type: 'authorization_code', redirect_uri: CALLBACK }), [
    400,
    'invalid_request',
    'code is missing',
  ]);
  deepEqual(await post({ grant_type: 'authorization_code', code: 'x' }), [400, 'invalid_request', 'redirect_uri is missing']);
  deepEqual(await post({ grant_type: 'refresh_token' }), [400, 'invalid_request', 'refresh_token is missing']);
  deepEqual(await post({ grant_type: 'refresh_token', refresh_token: 'a\0b' }), [
    400,
    'invalid_grant',
    'Invalid refresh token: a\0b',
  ]);
  deepEqual(await post(fields, { headers: form, body: text({ refresh_token: 'another' }) }), [
    400,
    'invalid_request',
    'refresh_token is given with different values',
  ]);
  deepEqual(await post({ ...fields, client_id: 'another' }), [
    400,
    'invalid_request',
    'client_id is given with different values',
  ]);
  const json = { 'content-type': 'application/json' };
  deepEqual(await post({}, { headers: json, body: '{"grant_type":' }), [400, 'invalid_request', 'The body is not valid JSON']);
  deepEqual(await post({}, { headers: json, body: '[1]' }), [400, 'invalid_request', 'The body must be a JSON object']);
  deepEqual(await post({}, { headers: json, body: '{"code":{"a":1}}' }), [400, 'invalid_request', 'code must be a string']);
  deepEqual(await post({}, { headers: json, body: '['.repeat(60_000) }), [400, 'invalid_request', 'The body is not valid JSON']);
  deepEqual(await post({}, { headers: form, body: 'a'.repeat(70_000) }), [400, 'invalid_request', 'The body is too long']);
  deepEqual(await post({}, { headers: { 'content-type': ';;;' }, body: 'x' }), [
    400,
    'invalid_request',
    'The request cannot be read',
  ]);
});

test('other methods and paths are 404', async () => {
  for (const [method, path] of [
    ['GET', '/oauth/token'],
    ['PUT', '/oauth/token'],
    ['GET', '/oauth/token/revoke'],
    ['POST', '/oauth/nothing'],
  ])
    equal((await fetch(house.base + path, { method: String(method) })).status, 404, `${method} ${path}`);
});

test('guessing secrets is slowed down, for that client only', async () => {
  const guess = () => bare(`/oauth/token?${text(fields)}`, { headers: { authorization: basicOf('guessed-client', 'wrong') } });
  for (let i = 0; i < 100; i++) await (await guess()).text();
  const response = await guess();
  equal(response.status, 429);
  match(response.headers.get('retry-after') ?? '', /^\d+$/);
  equal((await client.refresh(refresh_token)).status, 200);
  house.pass(60_001);
  equal((await guess()).status, 401);
});
