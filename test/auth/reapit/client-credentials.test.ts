import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { REAPIT_SCOPES } from '../../../src/domain/index.ts';
import {
  basicOf,
  CLIENT,
  type Connect,
  claimsOf,
  headerOf,
  machineToken,
  openConnect,
  post,
  SECRET,
  type Tokens,
} from './connect.ts';

let lab: Connect;
before(async () => {
  lab = await openConnect();
});
after(() => lab[Symbol.asyncDispose]());

const GRANT = { grant_type: 'client_credentials' };
const BASIC = { authorization: basicOf() };

describe('a token of the application itself', () => {
  test('R35, R36, R40 to R42: three members, for an hour, not to be cached', async () => {
    const answer = await post(lab, '/token', { client_id: CLIENT, ...GRANT }, BASIC);
    equal(answer.status, 200);
    const body = answer.body as Tokens;
    deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
    deepEqual([body.token_type, body.expires_in], ['Bearer', 3600]);
    equal(answer.headers.get('cache-control'), 'no-store');
    equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  });

  test('its claims are those of the vendor, and no audience is among them', async () => {
    const token = await machineToken(lab);
    const { iat, exp, auth_time, jti, scope, ...claims } = claimsOf(token);
    deepEqual(claims, {
      sub: CLIENT,
      client_id: CLIENT,
      azp: CLIENT,
      token_use: 'access',
      iss: `${lab.url}/connect`,
      version: 2,
    });
    deepEqual([Number(exp) - Number(iat), auth_time, typeof jti], [3600, iat, 'string']);
    deepEqual(String(scope).split(' '), REAPIT_SCOPES);
    deepEqual({ ...headerOf(token), kid: '' }, { alg: 'RS256', typ: 'JWT', kid: '' });
  });

  const ways: [string, () => Promise<{ status: number }>][] = [
    ['the secret in the form', () => post(lab, '/token', { client_id: CLIENT, client_secret: SECRET, ...GRANT })],
    ['Basic, and no client_id in the form', () => post(lab, '/token', GRANT, BASIC)],
    ['Basic in any case', () => post(lab, '/token', GRANT, { authorization: BASIC.authorization.replace('Basic', 'bASIC') })],
    ['the newer path', () => post(lab, '/oauth/token', GRANT, BASIC)],
    ['the other old path', () => post(lab, '/oauth2/token', GRANT, BASIC)],
    ['the path in another case, with a slash', () => post(lab, '/Token/', GRANT, BASIC)],
    ['the query and no body', () => lab.call(`/connect/token?${new URLSearchParams(GRANT)}`, { method: 'POST', headers: BASIC })],
    [
      'the query and an empty JSON body',
      () => lab.call(`/connect/token?${new URLSearchParams({ client_id: CLIENT, ...GRANT })}`, { json: {}, headers: BASIC }),
    ],
    [
      'the body, which wins over the query',
      () => post(lab, '/token?grant_type=password&client_id=nobody', { client_id: CLIENT, ...GRANT }, BASIC),
    ],
  ];
  for (const [name, call] of ways) test(`with ${name}`, async () => equal((await call()).status, 200));

  test('each call makes another token', async () => {
    const [first, second] = [await machineToken(lab), await machineToken(lab)];
    ok(first !== second);
  });

  test('scope narrows; what is not registered is left out', async () => {
    const scope = 'agencyCloud/offices.read agencyCloud/nothing.read openid';
    const { body } = await post(lab, '/token', { ...GRANT, scope }, BASIC);
    equal(claimsOf((body as Tokens).access_token).scope, 'agencyCloud/offices.read');
  });
});

describe('refusals', () => {
  const refused = async (form: Record<string, string>, headers: Record<string, string>, status: number, error: string) => {
    const answer = await post(lab, '/token', form, headers);
    equal(answer.status, status, answer.text);
    const body = answer.body as Record<string, string>;
    deepEqual(Object.keys(body), ['error', 'error_description']);
    equal(body.error, error);
    if (status === 401) match(answer.headers.get('www-authenticate') ?? '', /^Basic /);
  };

  test('R39: a wrong secret, in the header and in the form', async () => {
    await refused({ client_id: CLIENT, ...GRANT }, { authorization: basicOf(CLIENT, 'wrong') }, 401, 'invalid_client');
    await refused({ client_id: CLIENT, client_secret: 'wrong', ...GRANT }, {}, 401, 'invalid_client');
  });
  test('an unknown application, and none at all', async () => {
    await refused(GRANT, { authorization: basicOf('nobody', 'x') }, 401, 'invalid_client');
    await refused(GRANT, {}, 401, 'invalid_client');
    await refused({ client_id: 'a\0b', client_secret: 'x', ...GRANT }, {}, 401, 'invalid_client');
  });
  test('R43: without a secret there is no token by this grant', async () => {
    await refused({ client_id: CLIENT, ...GRANT }, {}, 401, 'invalid_client');
    const { clientId } = await lab.register({ isPublic: true, grants: ['authorization_code'] });
    await refused({ client_id: clientId, ...GRANT }, {}, 400, 'unauthorized_client');
  });
  test('an application that is registered for signing people in only', async () => {
    const { clientId, secret } = await lab.register({ grants: ['authorization_code'] });
    await refused(GRANT, { authorization: basicOf(clientId, secret) }, 400, 'unauthorized_client');
  });
  test('R37: another grant type, and none', async () => {
    await refused({ grant_type: 'password' }, BASIC, 400, 'unsupported_grant_type');
    await refused({ grant_type: 'constructor' }, BASIC, 400, 'unsupported_grant_type');
    await refused({}, BASIC, 400, 'invalid_request');
  });
  test('no scope of those asked for', () =>
    refused({ ...GRANT, scope: 'agencyCloud/nothing.read' }, BASIC, 400, 'invalid_scope'));
  test('header and form name different applications', () =>
    refused({ client_id: 'somebody', ...GRANT }, BASIC, 400, 'invalid_request'));
  test('what cannot be read', async () => {
    for (const body of ['{"a":', '[1]', 'a'.repeat(70_000)])
      equal(
        (await lab.call('/connect/token', { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status,
        400,
      );
  });
  test('guessing is slowed down', async () => {
    const { clientId } = await lab.register({ name: 'Guessed' });
    const guess = () => post(lab, '/token', GRANT, { authorization: basicOf(clientId, 'guess') });
    for (let n = 0; n < 100; n++) await guess();
    const answer = await guess();
    equal(answer.status, 429);
    match(answer.headers.get('retry-after') ?? '', /^\d+$/);
  });
});

test('R30: the secret can be renewed, and the old one ends at once', async () => {
  const { systemActor } = await import('../../../src/access/actor.ts');
  const { clientId, secret } = await lab.register({ name: 'Renewed' });
  const renewed = await lab.identity.renewSecret(systemActor(1), clientId);
  equal((await post(lab, '/token', GRANT, { authorization: basicOf(clientId, secret) })).status, 401);
  equal((await post(lab, '/token', GRANT, { authorization: basicOf(clientId, renewed) })).status, 200);
});
