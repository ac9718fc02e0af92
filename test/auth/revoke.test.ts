import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { after, test } from 'node:test';
import { basicOf, kindOf, makeClient } from './dotloop-client.ts';
import { CLIENT, openHouse } from './house.ts';
import { makeVisitor } from './visitor.ts';

const house = await openHouse();
after(() => house[Symbol.asyncDispose]());
const client = makeClient(house);
const BRIAN = 'brianerwin@newkyhome.com';
const ALLEN = 'allen@newkyhome.com';
const { orgId, userId } = house.brian;
const brian = (await house.identity.readSession(await house.identity.openSession({ orgId, userId })))!.actor;

const revoke = (query: string, init: RequestInit = {}) =>
  fetch(`${house.base}/oauth/token/revoke${query}`, { method: 'POST', ...init });
const answerOf = async (response: Response) => ({
  status: response.status,
  type: response.headers.get('content-type')?.split(';')[0],
  body: await response.json(),
});
const done = { status: 200, type: 'application/json', body: {} };

test('D05: either token ends both, with Basic or without', async () => {
  const ways: ((pair: { access_token: string; refresh_token: string }) => Promise<Response>)[] = [
    (pair) => revoke(`?token=${pair.access_token}`),
    (pair) => revoke(`/?token=${pair.refresh_token}`),
    (pair) => revoke('', { body: new URLSearchParams({ token: pair.access_token }) }),
    (pair) => revoke('', { body: new URLSearchParams({ token: pair.access_token }), headers: { authorization: basicOf() } }),
    (pair) => revoke(`?token=${pair.access_token}`, { headers: { authorization: 'Bearer anything' } }),
  ];
  for (const way of ways) {
    const pair = await client.tokens(BRIAN);
    deepEqual(await answerOf(await way(pair)), done);
    equal(await kindOf(house, pair.access_token), 'unknown');
    deepEqual(await answerOf(await client.refresh(pair.refresh_token)), {
      status: 400,
      type: 'application/json',
      body: { error: 'invalid_grant', error_description: `Invalid refresh token: ${pair.refresh_token}` },
    });
  }
});

test('a refresh under way while the pair is revoked leaves nothing alive', async () => {
  for (let round = 0; round < 10; round++) {
    const { access_token, refresh_token } = await client.tokens(BRIAN);
    await Promise.all([
      client.refresh(refresh_token),
      client.refresh(refresh_token),
      revoke(`?token=${refresh_token}`),
      client.refresh(refresh_token),
    ]);
    equal(await kindOf(house, access_token), 'unknown');
    deepEqual(await house.query("select hash from token where kind <> 'code' and ended_at is null"), []);
  }
});

test('unknown tokens are 200 {} too; wrong credentials are 401; no token is 400', async () => {
  deepEqual(await answerOf(await revoke('?token=nothing')), done);
  const wrong = await revoke('?token=nothing', { headers: { authorization: basicOf(CLIENT, 'wrong') } });
  equal(wrong.headers.get('www-authenticate'), 'Basic realm="dotloop"');
  deepEqual(await answerOf(wrong), {
    status: 401,
    type: 'application/json',
    body: { error: 'invalid_client', error_description: 'Invalid client credentials' },
  });
  deepEqual(await answerOf(await revoke('')), {
    status: 400,
    type: 'application/json',
    body: { error: 'invalid_request', error_description: 'token is missing' },
  });
});

test("another application's credentials end nothing", async () => {
  const pair = await client.tokens(BRIAN);
  const authorization = basicOf(house.other.clientId, house.other.clientSecret);
  deepEqual(await answerOf(await revoke(`?token=${pair.access_token}`, { headers: { authorization } })), done);
  equal(await kindOf(house, pair.access_token), 'ok');
});

test('connected applications: listed, disconnected at once, asked again', async () => {
  const pair = await client.tokens(BRIAN);
  const allen = await client.tokens(ALLEN);
  const [application, ...more] = await house.identity.connectedApplications(brian);
  deepEqual(more, []);
  const { since, lastUsed, ...rest } = application!;
  equal(since instanceof Date && lastUsed instanceof Date, true);
  deepEqual(rest, {
    clientId: CLIENT,
    name: 'Deal <Helper>',
    scopes: [...rest.scopes],
  });
  const unused = await client.code(BRIAN);

  await house.identity.revokeApplication(brian, CLIENT);
  deepEqual([await kindOf(house, pair.access_token), await kindOf(house, allen.access_token)], ['unknown', 'ok']);
  equal((await client.refresh(pair.refresh_token)).status, 400);
  equal((await client.exchange(unused)).status, 400, 'a code that was still under way is dead too');
  deepEqual(await house.identity.connectedApplications(brian), []);
  const visitor = makeVisitor(house.base);
  await visitor.signIn(BRIAN);
  const page = await visitor.go(client.authorizePath());
  equal(page.status, 200);
  match(await page.text(), /Connect Deal/);
  await rejects(house.identity.revokeApplication(brian, CLIENT), { kind: 'not_found' });
  await rejects(house.identity.revokeApplication(brian, 'a\0b'), { kind: 'not_found' });
});

test('tokens of which the values are given do not run out, and refresh as others do', async () => {
  const accessToken = '0b043f2f-2abe-4c9d-844a-3eb008dcba67';
  const refreshToken = '19bfda68-ca62-480c-9c62-2ba408458fc7';
  const given = {
    ...house.brian,
    clientId: CLIENT,
    door: 'dotloop',
    scopes: ['account:read', 'loop:*'],
    accessToken,
    refreshToken,
  } as const;
  await house.identity.grantTokens(given);
  house.pass(1000 * 86_400_000);
  equal(await kindOf(house, accessToken), 'ok');
  const response = await client.refresh(refreshToken);
  const body = (await response.json()) as Record<string, unknown>;
  deepEqual([response.status, body.refresh_token, body.scope], [200, refreshToken, 'account:read, loop:*']);
  equal(await kindOf(house, accessToken), 'unknown');
});

test('what ended long ago is swept, and the rest goes on', async () => {
  const pair = await client.tokens(BRIAN);
  await client.refresh(pair.refresh_token);
  house.pass(31 * 86_400_000);
  await house.identity.sweep();
  deepEqual(await house.query("select kind from token where kind <> 'refresh'"), []);
  equal((await client.refresh(pair.refresh_token)).status, 200);
});
