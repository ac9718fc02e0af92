import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { after, test } from 'node:test';
import {
  BRIAN_KEY,
  CALLBACK,
  KEYS,
  locationOf,
  makeSparkClient,
  openSparkLab,
  outcomeOf,
  PASSWORD,
  readIdToken,
  type Tokens,
  toldIn,
} from './spark-client.ts';
import { makeVisitor } from './visitor.ts';

const lab = await openSparkLab();
after(() => lab[Symbol.asyncDispose]());
const client = makeSparkClient(lab);
const ISSUER = `${lab.url}/spark`;
type OidcTokens = Tokens & { id_token: string; token_type: string; scope: string };

const keys = async () => ((await lab.call('/spark/openid/jwks.json')).body as { keys: Record<string, unknown>[] }).keys;
const authorize = (more: Record<string, string> = {}) => client.pathOf('/spark/openid/authorize', { scope: 'openid', ...more });
const basic = { authorization: `Basic ${btoa(`${KEYS.agent.key}:${KEYS.agent.secret}`)}` };
const tokenCall = (fields: Record<string, string>, headers: Record<string, string> = basic) =>
  lab.call('/spark/openid/token', { body: new URLSearchParams(fields), headers });
const exchange = (code: string, more: Record<string, string> = {}) =>
  tokenCall({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...more });
const tokensFor = async (scope: string, more: Record<string, string> = {}) => {
  const { code = '' } = toldIn(await client.allow(authorize({ scope, ...more })));
  return (await exchange(code)).body as OidcTokens;
};

test('E08: discovery names what is served, and nothing else', async () => {
  const answer = await lab.call('/spark/.well-known/openid-configuration');
  const found = answer.body as Record<string, unknown>;
  equal(answer.status, 200);
  match(answer.headers.get('content-type') ?? '', /^application\/json/);
  deepEqual(
    [found.issuer, found.authorization_endpoint, found.token_endpoint, found.userinfo_endpoint],
    [ISSUER, `${ISSUER}/openid/authorize`, `${ISSUER}/openid/token`, `${ISSUER}/openid/userinfo`],
  );
  deepEqual([found.revocation_endpoint, found.jwks_uri], [`${ISSUER}/openid/revoke`, `${ISSUER}/openid/jwks.json`]);
  deepEqual(found.response_types_supported, ['code', 'id_token', 'id_token code']);
  deepEqual(found.scopes_supported, ['openid', 'profile', 'email', 'address', 'phone', 'RESO', 'FBS']);
  deepEqual(found.id_token_signing_alg_values_supported, ['RS256']);
  deepEqual(found.subject_types_supported, ['public']);
  deepEqual(found.token_endpoint_auth_methods_supported, ['client_secret_post', 'client_secret_basic']);
  equal(found.claims_parameter_supported, true);
  const claims = found.claims_supported as string[];
  for (const claim of ['sub', 'iss', 'MemberMlsId', 'OfficeKey', 'user_is_billable', 'email_verified', 'phone_number'])
    ok(claims.includes(claim), claim);
  equal(new Set(claims).size, claims.length);
});

/** A call to the door's own host name, which no resolver knows. */
const atHost = (path: string, host = 'spark.localhost') =>
  new Promise<{ status: number; location: string; body: string }>((resolve, reject) => {
    const { port } = new URL(lab.url);
    request({ host: '127.0.0.1', port, path, headers: { host: `${host}:${port}` } }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '', body }));
    })
      .on('error', reject)
      .end();
  });

test('the root of the door’s own host is an issuer of its own, through sign-in at the main host too', async () => {
  const { port } = new URL(lab.url);
  const issuer = `http://spark.localhost:${port}`;
  const found = JSON.parse((await atHost('/.well-known/openid-configuration')).body) as Record<string, string>;
  deepEqual([found.issuer, found.token_endpoint], [issuer, `${issuer}/openid/token`]);
  equal((await atHost('/openid/jwks.json')).status, 200);
  equal((await atHost('/auth/vow/nobody')).status, 404);
  equal((await atHost('/v1/oauth2/grant')).status, 405);
  equal((await atHost('/openid/logout')).location, `${lab.url}/spark/openid/logout`);
  match((await atHost(client.pathOf('/oauth2'))).location, /^http:\/\/127\.0\.0\.1:\d+\/spark\/oauth2\?/);
  match((await atHost(client.pathOf('/r/login/brian-erwin'))).location, /\/spark\/r\/login\/brian-erwin\?/);

  const { location } = await atHost(client.pathOf('/openid/authorize', { scope: 'openid', state: 'x' }));
  match(location, /^http:\/\/127\.0\.0\.1:\d+\/spark\/openid\/authorize\?.*door_host=spark\.localhost$/);
  const told = toldIn(await client.allow(location.slice(lab.url.length)));
  deepEqual([told.iss, told.state], [issuer, 'x']);
  const elsewhere = toldIn(await client.allow(`${authorize()}&door_host=evil.example`));
  equal(elsewhere.iss, ISSUER, 'a host that is not the door’s is nothing');
});

test('E09, E10, E13: the code flow, with an ID token that the published keys verify', async () => {
  const path = authorize({ scope: 'openid profile email offline_access', state: 's', nonce: 'n-1' });
  const visitor = await client.visitor();
  const page = await (await visitor.go(path)).text();
  match(
    page,
    /<li>Know which account is yours<\/li>\s*<li>See your name.*<\/li>\s*<li>See your e-mail address<\/li>\s*<li>See and change/,
  );
  const told = toldIn(locationOf(await visitor.decide(path, 'approve')));
  deepEqual([told.to, told.state, told.iss], [CALLBACK, 's', ISSUER]);
  const answer = await exchange(told.code ?? '');
  const body = answer.body as OidcTokens;
  equal(answer.status, 200);
  deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'id_token', 'refresh_token', 'scope', 'token_type']);
  deepEqual([body.token_type, body.expires_in, body.scope], ['Bearer', 86400, 'openid profile email']);
  equal(answer.headers.get('cache-control'), 'no-store');
  const claims = readIdToken(body.id_token, await keys());
  deepEqual([claims.sub, claims.iss, claims.aud, claims.nonce], [BRIAN_KEY, ISSUER, KEYS.agent.key, 'n-1']);
  equal(await outcomeOf(lab, body.access_token), '200', 'and the API takes it');
  const [key] = await keys();
  deepEqual(Object.keys(key ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use'], 'nothing private');
});

test('E11: userinfo tells what the scopes cover, to GET and POST', async () => {
  const { access_token } = await tokensFor('openid profile email phone address');
  const answer = await lab.call('/spark/openid/userinfo', { token: access_token });
  equal(answer.status, 200);
  const told = answer.body as Record<string, unknown>;
  deepEqual(
    [told.sub, told.name, told.given_name, told.family_name, told.preferred_username, told.email, told.zoneinfo],
    [BRIAN_KEY, 'Brian Erwin', 'Brian', 'Erwin', 'brianerwin@newkyhome.com', 'brianerwin@newkyhome.com', 'America/New_York'],
  );
  deepEqual(
    [told.UserType, told.MemberStatus, told.MemberMlsId, told.user_is_active, told.mls_system_access],
    ['Member', 'Active', '123456789', true, true],
  );
  match(String(told.OfficeKey), /^\d{26}$/);
  equal(typeof told.address, 'object');
  for (const call of [
    { method: 'POST', token: access_token },
    { headers: { authorization: `OAuth ${access_token}` } },
    { body: new URLSearchParams({ access_token }) },
  ])
    deepEqual((await lab.call('/spark/openid/userinfo', call)).body, told);
  const narrow = await tokensFor('openid');
  deepEqual((await lab.call('/spark/openid/userinfo', { token: narrow.access_token })).body, { sub: BRIAN_KEY });
});

test('the claims parameter asks for single claims, and for leave to tell them', async () => {
  const idx = makeSparkClient(lab, KEYS.idx);
  const claims = JSON.stringify({ userinfo: { email: null, nonsense: null }, id_token: { name: { essential: true } } });
  const path = idx.pathOf('/spark/openid/authorize', { scope: 'openid', claims });
  const visitor = await idx.visitor();
  match(await (await visitor.go(path)).text(), /<li>See your e-mail address<\/li>/);
  const { code = '' } = toldIn(locationOf(await visitor.decide(path, 'approve')));
  const headers = { authorization: `Basic ${btoa(`${KEYS.idx.key}:${KEYS.idx.secret}`)}` };
  const answer = await tokenCall({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK }, headers);
  const { access_token, id_token } = answer.body as OidcTokens;
  equal(readIdToken(id_token, await keys()).name, 'Brian Erwin');
  deepEqual((await lab.call('/spark/openid/userinfo', { token: access_token })).body, {
    sub: BRIAN_KEY,
    email: 'brianerwin@newkyhome.com',
  });
  for (const bad of ['{', '[]', '"x"', '{"userinfo":1}']) {
    const told = toldIn(locationOf(await visitor.go(idx.pathOf('/spark/openid/authorize', { scope: 'openid', claims: bad }))));
    equal(told.error, 'invalid_request', bad);
  }
});

test('userinfo refuses what is no token for it', async () => {
  const plain = await client.tokens();
  const personal = 'sandbox_agent_token';
  for (const [token, status] of [
    [undefined, 401],
    ['nonsense', 401],
    [personal, 401],
    [plain.refresh_token, 401],
    [plain.access_token, 403],
  ] as const) {
    const answer = await lab.call('/spark/openid/userinfo', token ? { token } : {});
    equal(answer.status, status, token);
    const challenge = answer.headers.get('www-authenticate') ?? '';
    match(challenge, /^Bearer/);
    if (token) match(challenge, status === 401 ? /error="invalid_token"/ : /error="insufficient_scope"/);
  }
  const { access_token } = await tokensFor('openid');
  lab.pass(86_401);
  equal((await lab.call('/spark/openid/userinfo', { token: access_token })).status, 401);
});

test('a refresh at this endpoint gives a new ID token; both endpoints take each other’s codes', async () => {
  const first = await tokensFor('openid');
  const answer = await tokenCall({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
  const body = answer.body as OidcTokens;
  equal(answer.status, 200);
  equal(readIdToken(body.id_token, await keys()).sub, BRIAN_KEY);
  equal((await client.refresh(body.refresh_token)).status, 200);
  equal((await exchange(await client.code())).status, 200);
});

test('E10: client credentials act as a session of the key does', async () => {
  const who = async (key: { key: string; secret: string }) => {
    const fields = { grant_type: 'client_credentials', client_id: key.key, client_secret: key.secret };
    const answer = await tokenCall(fields, {});
    const body = answer.body as Tokens & { token_type: string };
    deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'token_type']);
    const bearer = await lab.house.stores.domain.identity.authenticateSparkToken(body.access_token);
    ok(bearer.kind === 'ok');
    equal(await outcomeOf(lab, body.access_token), '200');
    return [bearer.who.role, bearer.who.actor.kind, bearer.who.userKey];
  };
  deepEqual(await who(KEYS.agent), ['private', 'key', BRIAN_KEY]);
  deepEqual(await who(KEYS.idx), ['idx', 'key', BRIAN_KEY]);
  deepEqual(await who(KEYS.portal), ['portal', 'contact', '20100912536192756362000000']);
});

test('E12: revoking ends the authorization behind a token, for its own key only', async () => {
  const revoke = (token: string, headers: Record<string, string> = basic) =>
    lab.call('/spark/openid/revoke', { body: new URLSearchParams({ token }), headers });
  const pair = await tokensFor('openid');
  const idx = { authorization: `Basic ${btoa(`${KEYS.idx.key}:${KEYS.idx.secret}`)}` };
  equal((await revoke(pair.access_token, idx)).status, 200);
  equal(await outcomeOf(lab, pair.access_token), '200');
  equal((await revoke(pair.refresh_token)).status, 200);
  equal(await outcomeOf(lab, pair.access_token), '401/1000');
  equal((await tokenCall({ grant_type: 'refresh_token', refresh_token: pair.refresh_token })).status, 400);
  equal((await revoke(pair.refresh_token)).status, 200, 'again');
  equal((await revoke('nonsense')).status, 200);
  const other = await tokensFor('openid');
  equal((await revoke(other.access_token)).status, 200);
  equal(await outcomeOf(lab, other.access_token), '401/1000');
  const own = (await tokenCall({ grant_type: 'client_credentials' })).body as Tokens;
  equal((await revoke(own.access_token)).status, 200);
  equal(await outcomeOf(lab, own.access_token), '401/1000');
  equal((await revoke('sandbox_agent_token')).status, 200);
  equal(await outcomeOf(lab, 'sandbox_agent_token'), '200', 'no application’s');
  equal((await revoke('x', {})).status, 401);
  equal((await lab.call('/spark/openid/revoke', { body: new URLSearchParams({}), headers: basic })).status, 400);
});

test('identity comes in an address only over https: hybrid and implicit answers stand behind #', async () => {
  const visitor = await client.visitor();
  const plain = toldIn(locationOf(await visitor.go(authorize({ response_type: 'id_token', nonce: 'n' }))));
  equal(plain.error, 'invalid_request', 'not for http');
  const https = 'https://app.example/cb?x=1';
  const { identity } = lab.house.stores.domain;
  const [brian] = await lab.rows<{ id: number }>('select id from member where reso_key = $1', [BRIAN_KEY]);
  const key = await identity.createSparkKey({
    orgId: 1,
    name: 'Safe',
    memberId: Number(brian?.id),
    role: 'private',
    redirectUris: [https],
  });
  const safe = makeSparkClient(lab, key);
  const path = (more: Record<string, string>) =>
    safe.pathOf('/spark/openid/authorize', { redirect_uri: https, scope: 'openid', ...more });
  const signedIn = await safe.visitor();
  await signedIn.decide(path({ nonce: 'n' }), 'approve');
  const hybrid = locationOf(await signedIn.go(path({ response_type: 'code id_token', nonce: 'n-2', state: 's' })));
  ok(hybrid.startsWith(`${https}#`), hybrid);
  const told = toldIn(hybrid.slice(https.length));
  const claims = readIdToken(told.id_token ?? '', await keys());
  deepEqual([claims.nonce, claims.sub, told.state], ['n-2', BRIAN_KEY, 's']);
  equal(
    claims.c_hash,
    createHash('sha256')
      .update(told.code ?? '')
      .digest()
      .subarray(0, 16)
      .toString('base64url'),
  );
  const implicit = locationOf(await signedIn.go(path({ response_type: 'id_token', nonce: 'n' })));
  deepEqual(Object.keys(toldIn(implicit.slice(https.length))).sort(), ['id_token', 'to']);
  const errorOf = async (more: Record<string, string>) => {
    const location = locationOf(await signedIn.go(path(more)));
    const [mark = '', ...rest] = location.slice(https.length);
    return [new URLSearchParams(rest.join('')).get('error'), mark];
  };
  deepEqual(await errorOf({ response_type: 'id_token' }), ['invalid_request', '#'], 'a nonce is needed');
  deepEqual(await errorOf({ response_type: 'id_token token', nonce: 'n' }), ['unsupported_response_type', '#']);
  deepEqual(await errorOf({ response_type: 'token' }), ['unsupported_response_type', '#']);
  deepEqual(await errorOf({ response_type: 'code', response_mode: 'form_post' }), ['invalid_request', '&']);
  deepEqual(await errorOf({ response_type: 'code', request: 'x.y.z' }), ['request_not_supported', '&']);
});

test('prompt and max_age: silent, fresh sign-in, asked again', async () => {
  const stranger = makeVisitor(lab.url);
  const silent = toldIn(locationOf(await stranger.go(authorize({ prompt: 'none', state: 's' }))));
  deepEqual([silent.error, silent.state], ['login_required', 's']);
  const visitor = await client.visitor();
  ok(toldIn(locationOf(await visitor.go(authorize({ prompt: 'none' })))).code);
  const wide = toldIn(locationOf(await visitor.go(authorize({ scope: 'openid RESO', prompt: 'none' }))));
  equal(wide.error, 'consent_required');
  equal((await visitor.go(authorize({ prompt: 'consent' }))).status, 200);
  ok(toldIn(locationOf(await visitor.decide(authorize({ prompt: 'consent' }), 'approve'))).code);

  for (const more of [{ prompt: 'login' }, { max_age: '0' }] as Record<string, string>[]) {
    const login = locationOf(await visitor.go(authorize(more)));
    match(login, /^\/login\?again=1&return_to=/);
    equal((await visitor.go(login)).status, 200, 'the form, though somebody is signed in');
    const entered = await visitor.signIn('brianerwin@newkyhome.com', PASSWORD, login);
    ok(toldIn(locationOf(await visitor.go(locationOf(entered)))).code, JSON.stringify(more));
  }
  const { code = '' } = toldIn(locationOf(await visitor.go(authorize({ max_age: '3600' }))));
  const claims = readIdToken(((await exchange(code)).body as OidcTokens).id_token, await keys());
  equal(typeof claims.auth_time, 'number');
  const hint = ((await exchange(toldIn(locationOf(await visitor.go(authorize()))).code ?? '')).body as OidcTokens).id_token;
  ok(toldIn(locationOf(await visitor.go(authorize({ prompt: 'none', id_token_hint: hint })))).code);
});

test('a key without the mechanism, or of another role, gets nowhere here', async () => {
  await lab.rows(`update api_key set mechanisms = '{session,oauth2}' where key = $1`, [KEYS.idx.key]);
  const idx = makeSparkClient(lab, KEYS.idx);
  const visitor = await idx.visitor();
  const told = async (c: typeof client) =>
    toldIn(locationOf(await visitor.go(c.pathOf('/spark/openid/authorize', { scope: 'openid' })))).error;
  deepEqual([await told(idx), await told(makeSparkClient(lab, KEYS.portal))], ['unauthorized_client', 'unauthorized_client']);
  const headers = { authorization: `Basic ${btoa(`${KEYS.idx.key}:${KEYS.idx.secret}`)}` };
  const answer = await tokenCall({ grant_type: 'client_credentials' }, headers);
  deepEqual([answer.status, (answer.body as { error: string }).error], [400, 'unauthorized_client']);
  equal((await tokenCall({ grant_type: 'client_credentials' }, {})).status, 401);
  equal((await tokenCall({}, basic)).status, 400);
  equal(((await tokenCall({ grant_type: 'password' }, basic)).body as { error: string }).error, 'unsupported_grant_type');
});
