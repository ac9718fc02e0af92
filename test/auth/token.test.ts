import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { after, test } from 'node:test';
import { kindOf, makeClient, type Pair, UUID } from './dotloop-client.ts';
import { CALLBACK, CLIENT, openHouse, SECRET } from './house.ts';

const house = await openHouse();
after(() => house[Symbol.asyncDispose]());
const client = makeClient(house);
const BRIAN = 'brianerwin@newkyhome.com';
const ALLEN = 'allen@newkyhome.com';
const SCOPE = 'account:read, profile:*, loop:*, contact:*, template:read';

const answerOf = async (response: Response) => ({ status: response.status, body: await response.json() });
const grantError = (error_description: string) => ({ status: 400, body: { error: 'invalid_grant', error_description } });

test('D02, D03: the printed Basic header and query give the five keys', async () => {
  const code = await client.code(BRIAN);
  const response = await client.exchange(code);
  const body = (await response.json()) as Pair;
  equal(response.status, 200);
  deepEqual(Object.keys(body), ['access_token', 'token_type', 'refresh_token', 'expires_in', 'scope']);
  match(body.access_token, UUID);
  match(body.refresh_token, UUID);
  deepEqual([body.token_type, body.expires_in, body.scope], ['Bearer', 43200, SCOPE]);
  equal(response.headers.get('cache-control'), 'no-store');
  match(response.headers.get('content-type') ?? '', /^application\/json/);
});

test('D07: the token says who calls', async () => {
  const { access_token } = await client.tokens(BRIAN);
  const bearer = await house.identity.authenticateToken(access_token, 'dotloop');
  deepEqual(bearer, {
    kind: 'ok',
    clientId: CLIENT,
    scopes: SCOPE.split(', '),
    actor: {
      orgId: 1,
      kind: 'user',
      id: house.brian.userId,
      name: 'Brian Erwin',
      door: 'dotloop',
      clientId: CLIENT,
      memberId: house.brian.memberId,
      officeId: null,
      administrator: false,
      scopes: new Set(SCOPE.split(', ')),
    },
  });
  equal(await kindOf(house, 'nonsense'), 'unknown');
});

test('D04: refreshing gives a new access token, the same refresh token, and ends the old one', async () => {
  const first = await client.tokens(BRIAN);
  const { status, body } = await answerOf(await client.refresh(first.refresh_token));
  const { access_token, ...rest } = body as Pair;
  equal(status, 200);
  notEqual(access_token, first.access_token);
  deepEqual(rest, { token_type: 'Bearer', refresh_token: first.refresh_token, expires_in: 43200, scope: SCOPE });
  deepEqual([await kindOf(house, first.access_token), await kindOf(house, access_token)], ['unknown', 'ok']);
});

test('a second exchange replaces the pair; the other user keeps the own', async () => {
  const allen = await client.tokens(ALLEN);
  const first = await client.tokens(BRIAN);
  const second = await client.tokens(BRIAN);
  deepEqual(
    [await kindOf(house, first.access_token), await kindOf(house, second.access_token), await kindOf(house, allen.access_token)],
    ['unknown', 'ok', 'ok'],
  );
  deepEqual(
    await answerOf(await client.refresh(first.refresh_token)),
    grantError(`Invalid refresh token: ${first.refresh_token}`),
  );
  equal((await client.refresh(second.refresh_token)).status, 200);
});

test('a code works once, and its second use ends what the first gave', async () => {
  const code = await client.code(BRIAN);
  const pair = (await (await client.exchange(code)).json()) as Pair;
  deepEqual(await answerOf(await client.exchange(code)), grantError(`Invalid authorization code: ${code}`));
  equal(await kindOf(house, pair.access_token), 'unknown');
  deepEqual(await answerOf(await client.refresh(pair.refresh_token)), grantError(`Invalid refresh token: ${pair.refresh_token}`));
});

test('of many who exchange one code at the same time at most one gets tokens', async () => {
  const code = await client.code(BRIAN);
  const answers = await Promise.all(Array.from({ length: 8 }, () => client.exchange(code)));
  const good = answers.filter((answer) => answer.status === 200);
  equal(good.length <= 1, true);
  equal(
    answers.every((answer) => answer.status === 200 || answer.status === 400),
    true,
  );
});

test('many refreshes at the same time leave one live access token', async () => {
  const { refresh_token } = await client.tokens(BRIAN);
  const answers = await Promise.all(Array.from({ length: 8 }, () => client.refresh(refresh_token)));
  deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
  const pairs = (await Promise.all(answers.map((answer) => answer.json()))) as Pair[];
  const kinds = await Promise.all(pairs.map((pair) => kindOf(house, pair.access_token)));
  equal(kinds.filter((kind) => kind === 'ok').length, 1);
});

test('codes are bound to address and client, and last ten minutes', async () => {
  const code = await client.code(BRIAN);
  deepEqual(await answerOf(await client.exchange(code, `${CALLBACK}/`)), grantError('Redirect URI mismatch.'));
  const other = makeClient(house, house.other.clientId, house.other.clientSecret);
  deepEqual(await answerOf(await other.exchange(code)), grantError(`Invalid authorization code: ${code}`));
  house.pass(600_001);
  deepEqual(await answerOf(await client.exchange(code)), grantError(`Invalid authorization code: ${code}`));
});

test('PKCE holds where an application uses it', async () => {
  const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
  const code = await client.code(BRIAN, challenge);
  deepEqual(await answerOf(await client.exchange(code)), grantError(`Invalid authorization code: ${code}`));
  const query = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  });
  equal((await client.post(`/oauth/token?${query}`)).status, 200);
});

test('an access token lasts twelve hours', async () => {
  const { access_token } = await client.tokens(BRIAN);
  house.pass(43_199_000);
  equal(await kindOf(house, access_token), 'ok');
  house.pass(1_001);
  equal(await kindOf(house, access_token), 'expired');
});

test('a member who is inactive has no tokens', async () => {
  const pair = await client.tokens(ALLEN);
  await house.query('update member set active = false where id = $1', [house.allen.memberId]);
  equal(await kindOf(house, pair.access_token), 'unknown');
  deepEqual(await answerOf(await client.refresh(pair.refresh_token)), grantError(`Invalid refresh token: ${pair.refresh_token}`));
  await house.query('update member set active = true where id = $1', [house.allen.memberId]);
  equal(await kindOf(house, pair.access_token), 'ok');
});

test('nothing that lets its finder in is stored as it is', async () => {
  const code = await client.code(BRIAN);
  const pair = (await (await client.exchange(code)).json()) as Pair;
  const dump = JSON.stringify([
    await house.query('select * from token'),
    await house.query('select * from oauth_grant'),
    await house.query('select * from client_secret'),
    await house.query('select * from web_session'),
    await house.query('select * from signing_key'),
  ]);
  for (const secret of [code, pair.access_token, pair.refresh_token, SECRET]) equal(dump.includes(secret), false);
  equal(dump.includes('"kty"'), false);
});
