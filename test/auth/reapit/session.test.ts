import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  authorizePath,
  basicOf,
  CLIENT,
  type Connect,
  exchange,
  machineToken,
  openConnect,
  post,
  refresh,
  signIn,
  type Tokens,
  tokensOf,
} from './connect.ts';

let lab: Connect;
before(async () => {
  lab = await openConnect();
});
after(() => lab[Symbol.asyncDispose]());

const JOHN = 'john.smith@allenrealty.example';
const SIGNED_OUT = 'http://localhost:3000/login';
const kindOf = async (token: string, customer?: string) => (await lab.identity.authenticateReapit(token, customer)).kind;

describe('logout', () => {
  for (const [path, name] of [
    ['/connect/logout', 'logout_uri'],
    ['/connect/oidc/logout', 'post_logout_redirect_uri'],
  ] as const)
    test(`${path} ends the session and refreshing, and access tokens live on`, async () => {
      const { visitor, told } = await signIn(lab, JOHN);
      const tokens = (await exchange(lab, told.code ?? '')).body as Tokens;
      const elsewhere = await tokensOf(lab, JOHN);
      const done = await visitor.go(`${path}?${new URLSearchParams({ client_id: CLIENT, [name]: SIGNED_OUT })}`);
      deepEqual([done.status, done.headers.get('location')], [302, SIGNED_OUT]);
      match((await visitor.go(authorizePath())).headers.get('location') ?? '', /^\/login/);
      equal((await refresh(lab, tokens.refresh_token ?? '')).status, 400);
      // Tried once more, it still is no stolen token whose family has to end.
      equal((await refresh(lab, tokens.refresh_token ?? '')).status, 400);
      equal(await kindOf(tokens.access_token), 'ok');
      equal((await refresh(lab, elsewhere.refresh_token ?? '')).status, 200, 'another browser goes on');
    });

  test('leads nowhere that is not registered, and ends nothing then', async () => {
    const { visitor } = await signIn(lab, JOHN);
    for (const wrong of [
      { client_id: CLIENT, logout_uri: 'https://evil.example/' },
      { client_id: CLIENT },
      { client_id: 'nobody', logout_uri: SIGNED_OUT },
      { logout_uri: SIGNED_OUT },
    ] as Record<string, string>[]) {
      const { status, headers } = await visitor.go(`/connect/logout?${new URLSearchParams(wrong)}`);
      deepEqual([status, headers.get('location')], [400, null]);
    }
    match((await visitor.go(authorizePath())).headers.get('location') ?? '', /[?]code=/);
  });

  test('a code of the session gives no refresh token any more', async () => {
    const { visitor, told } = await signIn(lab, JOHN);
    await visitor.go(`/connect/logout?${new URLSearchParams({ client_id: CLIENT, logout_uri: SIGNED_OUT })}`);
    equal((await exchange(lab, told.code ?? '')).status, 400);
  });
});

describe('revoke', () => {
  test('a refresh token goes with all that came of the authorization', async () => {
    const { access_token, refresh_token = '' } = await tokensOf(lab, JOHN);
    const answer = await post(lab, '/oauth2/revoke', { token: refresh_token, client_id: CLIENT });
    deepEqual([answer.status, answer.body], [200, {}]);
    equal((await refresh(lab, refresh_token)).status, 400);
    equal(await kindOf(access_token), 'unauthenticated');
  });

  test('an access token goes alone, of a person and of the application itself', async () => {
    const { access_token, refresh_token = '' } = await tokensOf(lab, JOHN);
    equal((await post(lab, '/oauth/revoke', { token: access_token })).status, 200);
    equal(await kindOf(access_token), 'unauthenticated');
    equal((await refresh(lab, refresh_token)).status, 200);
    const own = await machineToken(lab);
    equal(await kindOf(own, 'SBOX'), 'ok');
    equal((await post(lab, '/oauth2/revoke', { token: own }, { authorization: basicOf() })).status, 200);
    equal(await kindOf(own, 'SBOX'), 'unauthenticated');
  });

  test('unknown tokens are 200 too; of another application nothing ends; wrong credentials and no token are told', async () => {
    const other = await lab.register({ name: 'Other' });
    const { access_token, refresh_token = '' } = await tokensOf(lab, JOHN);
    equal((await post(lab, '/oauth/revoke', { token: 'nobody' })).status, 200);
    for (const token of [access_token, refresh_token])
      equal((await post(lab, '/oauth/revoke', { token, client_id: other.clientId })).status, 200);
    equal(await kindOf(access_token), 'ok');
    equal((await post(lab, '/oauth/revoke', { token: access_token }, { authorization: basicOf(CLIENT, 'x') })).status, 401);
    equal((await post(lab, '/oauth/revoke', { client_id: CLIENT })).status, 400);
    equal((await refresh(lab, refresh_token)).status, 200);
  });

  test('authorizations of which nothing is left are forgotten', async () => {
    await using own = await openConnect();
    await tokensOf(own, JOHN);
    const count = async () => (await own.rows("select 1 from oauth_grant where client_id = 'portico-sandbox'")).length;
    own.pass(31 * 86_400_000);
    await own.identity.sweep();
    equal(await count(), 1, 'its refresh token ran out a day ago');
    own.pass(31 * 86_400_000);
    await own.identity.sweep();
    equal(await count(), 0);
  });

  test('what was revoked is forgotten once it would have run out', async () => {
    await using own = await openConnect();
    const token = await machineToken(own);
    await post(own, '/oauth/revoke', { token });
    equal((await own.rows('select 1 from revoked_token')).length, 1);
    own.pass(32 * 86_400_000);
    await own.identity.sweep();
    equal((await own.rows('select 1 from revoked_token')).length, 0);
  });
});

describe('user information', () => {
  const paths = ['/connect/oauth2/userInfo', '/connect/oauth/userInfo'];

  test('five members, under both paths', async () => {
    const { access_token } = await tokensOf(lab, JOHN);
    for (const path of paths) {
      const { status, body } = await lab.call(path, { token: access_token });
      equal(status, 200);
      deepEqual(body, {
        sub: '5a4db0c5-0001-4000-8000-000000000003',
        email_verified: false,
        name: 'John Smith',
        email: JOHN,
        username: JOHN,
      });
    }
  });

  test('no token, a wrong one, an id token: 401; no person, no openid: 403', async () => {
    const { id_token, access_token } = await tokensOf(lab, JOHN, { scope: 'openid' });
    const narrow = await tokensOf(lab, JOHN, { scope: 'agencyCloud/contacts.read' });
    const statusOf = async (token: string | null | undefined) =>
      (await lab.call('/connect/oauth2/userInfo', { token: token ?? null })).status;
    deepEqual(
      await Promise.all([null, 'x', id_token, access_token, narrow.access_token].map(statusOf)),
      [401, 401, 401, 200, 403],
    );
    equal(await statusOf(await machineToken(lab)), 403);
    ok(id_token);
  });
});
