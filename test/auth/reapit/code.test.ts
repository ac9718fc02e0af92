import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  authorizePath,
  basicOf,
  CALLBACK,
  CLIENT,
  type Connect,
  claimsOf,
  DEVELOPER,
  exchange,
  openConnect,
  pkce,
  post,
  refresh,
  SECRET,
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
const kindOf = async (token: string) => (await lab.identity.authenticateReapit(token, undefined)).kind;
const errorOf = ({ body }: { body: unknown }) => (body as { error?: string }).error;

describe('signing in', () => {
  test('R33: sign-in, code, tokens; state comes back', async () => {
    const { done, location, told } = await signIn(lab, JOHN, { state: 'a b&c' });
    equal(done.status, 302);
    equal(location.origin + location.pathname, CALLBACK);
    deepEqual(Object.keys(told), ['code', 'state']);
    equal(told.state, 'a b&c');
    const answer = await exchange(lab, told.code ?? '', { code_challenge_method: 'S256' });
    equal(answer.status, 200, answer.text);
    deepEqual(Object.keys(answer.body as Tokens), ['access_token', 'refresh_token', 'id_token', 'token_type', 'expires_in']);
    equal(answer.headers.get('cache-control'), 'no-store');
  });

  test('every old and new path, with the clutter of old clients', async () => {
    for (const path of ['/connect/authorize', '/connect/login', '/connect/oauth2/authorize', '/connect/OAuth/Authorize']) {
      const { headers, status } = await lab.call(authorizePath({ identity_provider: 'COGNITO' }, path));
      equal(status, 302);
      match(headers.get('location') ?? '', /^\/login\?return_to=%2Fconnect%2Foauth%2Fauthorize/);
    }
  });

  test('a second application of the same browser asks nothing', async () => {
    const other = await lab.register({ name: 'Second' });
    const { visitor } = await signIn(lab, JOHN);
    const { status, headers } = await visitor.go(authorizePath({ client_id: other.clientId }));
    equal(status, 302);
    ok(new URL(headers.get('location') ?? '').searchParams.has('code'));
  });

  test('prompt: none answers at once, login asks again, consent asks nothing', async () => {
    const none = await lab.call(authorizePath({ prompt: 'none', state: 's' }));
    match(none.headers.get('location') ?? '', /[?&]error=login_required&.*state=s$/);
    const { visitor } = await signIn(lab, JOHN);
    const codeFor = async (prompt: string) => (await visitor.go(authorizePath({ prompt }))).headers.get('location') ?? '';
    match(await codeFor('none'), /\?code=/);
    match(await codeFor('consent'), /\?code=/);
    match(await codeFor('select_account'), /\?code=/);
    match(await codeFor('login'), /^\/login\?again=1&return_to=/);
  });

  test('nobody is sent to an address that is not registered', async () => {
    for (const wrong of [
      { client_id: 'nobody' },
      { redirect_uri: `${CALLBACK}/` },
      { redirect_uri: 'https://evil.example/' },
      { redirect_uri: '' },
    ]) {
      const { status, headers, text } = await lab.call(authorizePath(wrong));
      deepEqual([status, headers.get('location')], [400, null]);
      match(text, /<title>Redirect Mismatch/);
    }
  });

  test('other errors are told to the application', async () => {
    const { clientId } = await lab.register({ requirePkce: true, name: 'Strict' });
    const machine = await lab.register({ grants: ['client_credentials'], name: 'Machine' });
    const challenge = pkce().challenge;
    for (const [wrong, error] of [
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ response_type: '' }, 'invalid_request'],
      [{ scope: 'agencyCloud/nothing.read' }, 'invalid_scope'],
      [{ code_challenge: challenge, code_challenge_method: 'plain' }, 'invalid_request'],
      [{ code_challenge: challenge }, 'invalid_request'],
      [{ client_id: clientId }, 'invalid_request'],
      [{ client_id: machine.clientId }, 'unauthorized_client'],
    ] as const) {
      const { status, headers } = await lab.call(authorizePath({ state: 's', ...wrong }));
      equal(status, 302);
      const location = new URL(headers.get('location') ?? '');
      deepEqual([location.searchParams.get('error'), location.searchParams.get('state')], [error, 's'], JSON.stringify(wrong));
    }
    const twice = await lab.call(`${authorizePath()}&scope=openid&scope=email`);
    match(twice.headers.get('location') ?? '', /error=invalid_request/);
  });
});

describe('scopes', () => {
  test('none: everything; some: exactly those that are registered', async () => {
    const all = claimsOf((await tokensOf(lab, JOHN)).access_token);
    match(String(all.scope), /^openid profile email offline_access agencyCloud\/applicants.read /);
    const scope = 'agencyCloud/contacts.read openid agencyCloud/nothing.read';
    const some = await tokensOf(lab, JOHN, { scope });
    equal(claimsOf(some.access_token).scope, 'openid agencyCloud/contacts.read');
    deepEqual(Object.keys(some), ['access_token', 'id_token', 'token_type', 'expires_in']);
  });

  test('no id token without openid, no refresh token without offline_access', async () => {
    const { id_token, refresh_token, access_token } = await tokensOf(lab, JOHN, {
      scope: 'agencyCloud/contacts.read offline_access',
      nonce: 'ignored',
    });
    equal(id_token, undefined);
    ok(refresh_token);
    equal(claimsOf(access_token).scope, 'offline_access agencyCloud/contacts.read');
  });
});

describe('claims', () => {
  test('of the id token, with the nonce', async () => {
    const { id_token = '' } = await tokensOf(lab, JOHN, { nonce: 'n-1' });
    const { iat, exp, auth_time, ...claims } = claimsOf(id_token);
    deepEqual(claims, {
      sub: '5a4db0c5-0001-4000-8000-000000000003',
      aud: CLIENT,
      iss: `${lab.url}/connect`,
      nonce: 'n-1',
      token_use: 'id',
      name: 'John Smith',
      email: JOHN,
      email_verified: false,
      'cognito:username': JOHN,
      'cognito:groups': ['ReapitUser'],
      'custom:reapit:clientCode': 'SBOX',
      'custom:reapit:userCode': 'JAS',
      'custom:reapit:agencyCloudNegId': 'JAS',
      'custom:reapit:agencyCloudId': 'SBOX',
      'custom:reapit:officeId': 'OXF',
      'custom:reapit:orgId': '1',
      'custom:reapit:orgName': 'Allen Realty',
      'custom:reapit:orgProduct': 'agencyCloud',
    });
    equal(Number(exp) - Number(iat), 3600);
    ok(Number(auth_time) <= Number(iat));
  });

  test('of the access token', async () => {
    const { access_token } = await tokensOf(lab, 'admin@portico.localhost', { scope: 'openid' });
    const { iat, exp, auth_time, jti, origin_jti, ...claims } = claimsOf(access_token);
    deepEqual(claims, {
      sub: '5a4db0c5-0001-4000-8000-000000000004',
      scope: 'openid',
      client_id: CLIENT,
      azp: CLIENT,
      token_use: 'access',
      iss: `${lab.url}/connect`,
      version: 2,
      username: 'admin@portico.localhost',
      'cognito:groups': ['ReapitUser', 'ReapitUserAdmin', 'OrganisationAdmin', 'MarketplaceAdmin'],
      'custom:reapit:clientCode': 'SBOX',
    });
    equal(typeof jti, 'string');
    equal(typeof origin_jti, 'string');
    ok(Number(auth_time) <= Number(iat) && Number(exp) === Number(iat) + 3600);
  });

  test('R53: developers act in the sandbox, without being anybody of its staff', async () => {
    const { id_token = '', access_token } = await tokensOf(lab, DEVELOPER);
    const claims = claimsOf(id_token);
    deepEqual(
      [claims['custom:reapit:clientCode'], claims['custom:reapit:developerId'], claims['custom:reapit:agencyCloudNegId']],
      ['SBOX', '1', undefined],
    );
    equal(await kindOf(access_token), 'ok');
  });
});

describe('codes', () => {
  test('PKCE: the right verifier, and no other and none', async () => {
    const { verifier, challenge } = pkce();
    const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
    const codeOf = async (more = {}) => (await signIn(lab, JOHN, more)).told.code ?? '';
    equal((await exchange(lab, await codeOf(asked), { code_verifier: verifier })).status, 200);
    for (const more of [{}, { code_verifier: pkce().verifier }]) {
      const { status, body } = await exchange(lab, await codeOf(asked), more);
      deepEqual([status, errorOf({ body })], [400, 'invalid_grant'], JSON.stringify(more));
    }
    equal(errorOf(await exchange(lab, await codeOf(asked), { code_verifier: 'short' })), 'invalid_request');
    // A verifier for a code without challenge: somebody has put another code in its place (RFC 9700 §4.8).
    equal((await exchange(lab, await codeOf(), { code_verifier: verifier })).status, 400);
  });

  test('a Basic header need not be there, and must be right when it is', async () => {
    const codeOf = async () => (await signIn(lab, JOHN)).told.code ?? '';
    const form = async () => ({
      client_id: CLIENT,
      grant_type: 'authorization_code',
      code: await codeOf(),
      redirect_uri: CALLBACK,
    });
    equal((await post(lab, '/token', await form(), { authorization: basicOf(CLIENT, 'wrong') })).status, 401);
    equal((await post(lab, '/token', await form(), { authorization: basicOf(CLIENT, SECRET) })).status, 200);
  });

  test('work once, and the second use ends what the first gave', async () => {
    const { told } = await signIn(lab, JOHN);
    const first = (await exchange(lab, told.code ?? '')).body as Tokens;
    equal(await kindOf(first.access_token), 'ok');
    const second = await exchange(lab, told.code ?? '');
    deepEqual([second.status, errorOf(second)], [400, 'invalid_grant']);
    equal(await kindOf(first.access_token), 'unauthenticated');
    equal((await refresh(lab, first.refresh_token ?? '')).status, 400);
  });

  test('of many at the same time at most one gets tokens', async () => {
    const { told } = await signIn(lab, JOHN);
    const answers = await Promise.all(Array.from({ length: 6 }, () => exchange(lab, told.code ?? '')));
    ok(answers.filter(({ status }) => status === 200).length <= 1);
    ok(answers.every(({ status }) => status === 200 || status === 400));
  });

  test('are bound to application and address, and last ten minutes', async () => {
    const codeOf = async () => (await signIn(lab, JOHN)).told.code ?? '';
    const other = await lab.register({ name: 'Thief' });
    equal((await exchange(lab, await codeOf(), { client_id: other.clientId })).status, 400);
    equal((await exchange(lab, await codeOf(), { redirect_uri: 'http://localhost:3000' })).status, 400);
    for (const left of [{ code: '' }, { redirect_uri: '' }]) {
      const answer = await exchange(lab, 'x', left);
      deepEqual([answer.status, errorOf(answer)], [400, 'invalid_request']);
    }
    const code = await codeOf();
    lab.pass(601_000);
    equal((await exchange(lab, code)).status, 400);
    equal((await exchange(lab, 'nobody')).status, 400);
    equal((await exchange(lab, 'a\0b')).status, 400);
  });
});

describe('refreshing', () => {
  const DAY = 86_400_000;

  test('with rotation: another token each time, and a spent one ends the family', async () => {
    const first = await tokensOf(lab, JOHN);
    const second = (await refresh(lab, first.refresh_token ?? '')).body as Tokens;
    deepEqual(Object.keys(second), ['access_token', 'refresh_token', 'id_token', 'token_type', 'expires_in']);
    ok(second.refresh_token !== first.refresh_token);
    equal(await kindOf(second.access_token), 'ok');
    const again = await refresh(lab, first.refresh_token ?? '');
    deepEqual([again.status, errorOf(again)], [400, 'invalid_grant']);
    equal((await refresh(lab, second.refresh_token ?? '')).status, 400);
    equal(await kindOf(second.access_token), 'unauthenticated');
  });

  test('of two at the same time one at most goes through, and then the family ends', async () => {
    const { refresh_token = '' } = await tokensOf(lab, JOHN);
    const answers = await Promise.all([refresh(lab, refresh_token), refresh(lab, refresh_token)]);
    ok(answers.filter(({ status }) => status === 200).length <= 1);
    for (const { status, body } of answers)
      if (status === 200) equal((await refresh(lab, (body as Tokens).refresh_token ?? '')).status, 400);
  });

  test('idle for fifteen days it runs out, and thirty days after the sign-in in any case', async () => {
    await using own = await openConnect();
    const idle = await tokensOf(own, JOHN);
    own.pass(15 * DAY + 1000);
    equal((await refresh(own, idle.refresh_token ?? '')).status, 400);
    let { refresh_token = '' } = await tokensOf(own, JOHN);
    for (const days of [14, 14]) {
      own.pass(days * DAY);
      refresh_token = ((await refresh(own, refresh_token)).body as Tokens).refresh_token ?? '';
      ok(refresh_token);
    }
    own.pass(2 * DAY + 1000);
    equal((await refresh(own, refresh_token)).status, 400);
  });

  test('without rotation: no other token, and the old one works for thirty days', async () => {
    await using own = await openConnect();
    const { clientId } = await own.register({ rotateRefresh: false });
    const { refresh_token = '' } = await tokensOf(own, JOHN, { client_id: clientId });
    for (const days of [0, 16, 13]) {
      own.pass(days * DAY);
      const { status, body } = await refresh(own, refresh_token, { client_id: clientId });
      equal(status, 200);
      deepEqual(Object.keys(body as Tokens), ['access_token', 'id_token', 'token_type', 'expires_in']);
    }
    own.pass(DAY + 1000);
    equal((await refresh(own, refresh_token, { client_id: clientId })).status, 400);
  });

  test("another application's token changes nothing", async () => {
    const other = await lab.register({ name: 'Other' });
    const { refresh_token = '' } = await tokensOf(lab, JOHN);
    equal((await refresh(lab, refresh_token, { client_id: other.clientId })).status, 400);
    equal((await refresh(lab, refresh_token)).status, 200);
  });

  test('an access token lasts an hour', async () => {
    await using own = await openConnect();
    const { access_token } = await tokensOf(own, JOHN);
    const kind = async () => (await own.identity.authenticateReapit(access_token, undefined)).kind;
    own.pass(3_590_000);
    equal(await kind(), 'ok');
    own.pass(11_000);
    equal(await kind(), 'unauthenticated');
  });

  test('a person who may not be here any more has no tokens', async () => {
    await using own = await openConnect();
    const { access_token, refresh_token = '' } = await tokensOf(own, JOHN);
    await own.rows("update app_user set status = 'locked' where org_id = 1 and id = 3");
    equal((await own.identity.authenticateReapit(access_token, undefined)).kind, 'unauthenticated');
    equal((await refresh(own, refresh_token)).status, 400);
  });
});
