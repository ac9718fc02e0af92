import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { after, test } from 'node:test';
import { DEMO_FOR_TESTS } from '../../src/sandbox/index.ts';
import {
  BRIAN_KEY,
  CALLBACK,
  KEYS,
  locationOf,
  makeSparkClient,
  openSparkLab,
  outcomeOf,
  PASSWORD,
  type Tokens,
  toldIn,
} from './spark-client.ts';
import { makeVisitor } from './visitor.ts';

const lab = await openSparkLab();
after(() => lab[Symbol.asyncDispose]());
const client = makeSparkClient(lab);
const idx = makeSparkClient(lab, KEYS.idx);

const refused = (status: number, error: string, error_description: string) => ({ status, body: { error, error_description } });
const answerOf = ({ status, body }: { status: number; body: unknown }) => ({ status, body });

test('E04: after sign-in and consent the code and the state come back by 302', async () => {
  const visitor = makeVisitor(lab.url);
  const path = client.pathOf('/spark/oauth2', { state: 'a b&c' });
  const start = await visitor.go(path);
  equal(start.status, 302);
  match(locationOf(start), /^\/login\?return_to=%2Fspark%2Foauth2%3F/);
  const login = await visitor.go(locationOf(start));
  match(login.headers.get('content-security-policy') ?? '', /form-action 'self' http:\/\/localhost:3000;/);
  const entered = await visitor.signIn('brianerwin@newkyhome.com', PASSWORD, locationOf(start));
  match(locationOf(entered), /^\/spark\/oauth2\?/);

  const consent = await visitor.go(locationOf(entered));
  const page = await consent.text();
  equal(consent.status, 200);
  match(page, /<h1>Connect Sandbox back office\?<\/h1>/);
  match(page, /<li>See and change your listings, contacts, notes, carts and searches through the Spark API/);
  const told = toldIn(locationOf(await visitor.decide(path, 'approve')));
  const { code, ...rest } = told;
  match(code ?? '', /^[\w-]{43}$/);
  deepEqual(rest, { to: CALLBACK, state: 'a b&c' });
  const again = toldIn(locationOf(await visitor.go(client.pathOf('/spark/oauth2'))));
  deepEqual(Object.keys(again), ['to', 'code'], 'a live consent is not asked again');
});

test('E03: a code gives exactly three members, and the token acts as the member', async () => {
  const answer = await client.exchange(await client.code());
  const body = answer.body as Tokens;
  equal(answer.status, 200);
  deepEqual(Object.keys(body), ['access_token', 'refresh_token', 'expires_in']);
  equal(body.expires_in, 86400);
  equal(answer.headers.get('cache-control'), 'no-store');
  match(answer.headers.get('content-type') ?? '', /^application\/json/);
  const me = await lab.spark('/my/account', { bearer: body.access_token });
  equal((me.body as { D: { Results: { Id: string }[] } }).D.Results[0]?.Id, BRIAN_KEY);
  const { kind, ...bearer } = await lab.house.stores.domain.identity.authenticateSparkToken(body.access_token);
  const { who } = bearer as unknown as { who: { role: string; actor: { kind: string } } };
  deepEqual([kind, who.role, who.actor.kind], ['ok', 'private', 'user']);
});

test('H5, §4.4: the grant reads JSON, a form, and a Basic header; `OAuth` is as good as `Bearer`', async () => {
  const form = new URLSearchParams({
    client_id: KEYS.agent.key,
    client_secret: KEYS.agent.secret,
    grant_type: 'authorization_code',
    code: await client.code(),
    redirect_uri: CALLBACK,
  });
  const byForm = await lab.call('/spark/v1/oauth2/grant', { body: form });
  equal(byForm.status, 200);
  const refresh_token = (byForm.body as Tokens).refresh_token;
  const byBasic = await lab.call('/spark/v1/oauth2/grant/', {
    json: { grant_type: 'refresh_token', refresh_token },
    headers: { authorization: `Basic ${btoa(`${KEYS.agent.key}:${KEYS.agent.secret}`)}` },
  });
  equal(byBasic.status, 200);
  const token = (byBasic.body as Tokens).access_token;
  for (const scheme of ['OAuth', 'oauth', 'Bearer', 'BEARER']) {
    const answer = await lab.call('/spark/v1/system', { headers: { authorization: `${scheme} ${token}` } });
    equal(answer.status, 200, scheme);
  }
});

test('an IDX key that the agent authorised acts as the agent, under the role idx', async () => {
  const visitor = await idx.visitor();
  match(await (await visitor.go(idx.pathOf('/spark/oauth2'))).text(), /<li>Show listings on your web site/);
  const { access_token } = await idx.tokens();
  const bearer = await lab.house.stores.domain.identity.authenticateSparkToken(access_token);
  equal(bearer.kind === 'ok' && bearer.who.role, 'idx');
  equal(await outcomeOf(lab, access_token, '/listings/20100912153422758914000000/my/notes'), '403/1500');
});

test('an unknown key or address is a page, never a redirect', async () => {
  const visitor = await client.visitor();
  for (const more of [
    { client_id: 'nobody' },
    { client_id: 'a\0b' },
    { client_id: '69bcf590-71b7-41a4-a039-a1d290edca11' },
    { redirect_uri: 'http://localhost:3000/other' },
    { redirect_uri: `${CALLBACK}/` },
    { redirect_uri: `${CALLBACK}?x=1` },
    { redirect_uri: 'https://evil.example/' },
    { redirect_uri: 'http://localhost:3000@evil.example/callback' },
    { redirect_uri: '//evil.example' },
    { redirect_uri: '' },
    { client_id: '' },
  ]) {
    for (const path of ['/spark/oauth2', '/spark/openid/authorize', '/spark/auth/vow/brian-erwin']) {
      const response = await visitor.go(client.pathOf(path, more));
      equal(response.status, 400, path + JSON.stringify(more));
      equal(response.headers.get('location'), null);
      match(await response.text(), /<h1>This application cannot be connected<\/h1>/);
    }
  }
  const twice = await visitor.go(`${client.pathOf('/spark/oauth2')}&redirect_uri=https://evil.example/`);
  equal(twice.status, 400);
});

test('other refusals are told to the application', async () => {
  const visitor = await client.visitor();
  const ask = async (more: Record<string, string>, extra = '') =>
    toldIn(locationOf(await visitor.go(client.pathOf('/spark/oauth2', more) + extra)));
  deepEqual(await ask({ response_type: 'token', state: 's' }), {
    to: CALLBACK,
    error: 'unsupported_response_type',
    error_description: 'response_type must be code',
    state: 's',
  });
  equal((await ask({ response_type: '' })).error, 'invalid_request');
  equal((await ask({ state: 'a' }, '&state=b')).error, 'invalid_request');
  equal((await ask({ code_challenge: 'short', code_challenge_method: 'S256' })).error, 'invalid_request');
  equal((await ask({ code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' })).error, 'invalid_request');
  const portal = makeSparkClient(lab, KEYS.portal);
  const told = toldIn(locationOf(await visitor.go(portal.pathOf('/spark/oauth2', { state: 's' }))));
  deepEqual([told.error, told.state], ['unauthorized_client', 's'], 'IDX and Private keys only');
});

test('a denial is told, and not remembered', async () => {
  await using own = await openSparkLab();
  const mine = makeSparkClient(own);
  const visitor = await mine.visitor();
  const path = mine.pathOf('/spark/oauth2', { state: 'x' });
  deepEqual(toldIn(locationOf(await visitor.decide(path, 'deny'))), {
    to: CALLBACK,
    error: 'access_denied',
    error_description: 'The user denied access',
    state: 'x',
  });
  equal((await visitor.go(path)).status, 200);
  for (const csrf of ['', 'wrong'])
    equal((await visitor.post(path, { csrf, decision: 'approve' })).status, 403, 'the form needs its token');
});

test('a key works for the people of its own brokerage', async () => {
  const visitor = makeVisitor(lab.url);
  await visitor.signIn(DEMO_FOR_TESTS.people.agent, DEMO_FOR_TESTS.people.password);
  const response = await visitor.go(client.pathOf('/spark/oauth2'));
  equal(response.status, 403);
  match(await response.text(), /belongs to another organisation/);
});

test('other methods on the grant are 405, before credentials', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const answer = await lab.call('/spark/v1/oauth2/grant', { method, ...(method === 'PUT' && { body: '{"half' }) });
    equal(answer.status, 405, method);
    equal((answer.body as { error: string }).error, 'invalid_request');
    equal(answer.headers.get('allow'), 'POST');
  }
  equal((await lab.call('/spark/v1/oauth2/grant', { method: 'HEAD' })).status, 405);
});

test('the client is checked first, then the grant', async () => {
  const bad = refused(401, 'invalid_client', 'Invalid client credentials');
  for (const body of [
    {},
    { client_id: KEYS.agent.key },
    { client_id: KEYS.agent.key, client_secret: 'wrong', grant_type: 'nonsense' },
    { client_id: 'nobody', client_secret: 'x', grant_type: 'refresh_token' },
    { client_id: 'a\0b', client_secret: 'x' },
    { client_id: KEYS.idx.key, client_secret: KEYS.agent.secret },
  ]) {
    const answer = await lab.call('/spark/v1/oauth2/grant', { json: body });
    deepEqual(answerOf(answer), bad, JSON.stringify(body));
    match(answer.headers.get('www-authenticate') ?? '', /^Basic/);
  }
  const ask = async (body: Record<string, unknown>) => answerOf(await client.grant(body));
  deepEqual(await ask({}), refused(400, 'invalid_request', 'grant_type is missing'));
  deepEqual(
    await ask({ grant_type: 'authorization_code', code: 'x' }),
    refused(400, 'invalid_request', 'redirect_uri is missing'),
  );
  deepEqual(await ask({ grant_type: 'refresh_token' }), refused(400, 'invalid_request', 'refresh_token is missing'));
  deepEqual(await ask({ grant_type: 'password', username: 'x' }), refused(400, 'invalid_request', 'password is missing'));
  for (const grant_type of ['client_credentials', 'nonsense', '__proto__', 'constructor'])
    equal(((await ask({ grant_type })).body as { error: string }).error, 'unsupported_grant_type', grant_type);
  const unknown = refused(400, 'invalid_grant', 'The authorization code is unknown, expired or used already');
  deepEqual(await ask({ grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK }), unknown);
});

test('what cannot be read is 400 in the same form', async () => {
  for (const body of ['{', '[1]', '"x"', '{"client_id":{}}', '{"client_id":"a","client_secret":["b"]}', 'x'.repeat(70_000)]) {
    const answer = await lab.call('/spark/v1/oauth2/grant', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    equal(answer.status, 400, body.slice(0, 20));
    const { error, error_description } = answer.body as Record<string, string>;
    equal(error, 'invalid_request');
    notEqual(error_description, '');
  }
});

test('a code works once, and its second use ends what the first gave', async () => {
  const code = await client.code();
  const first = (await client.exchange(code)).body as Tokens;
  equal(await outcomeOf(lab, first.access_token), '200');
  const used = refused(400, 'invalid_grant', 'The authorization code is unknown, expired or used already');
  deepEqual(answerOf(await client.exchange(code)), used);
  equal(await outcomeOf(lab, first.access_token), '401/1000');
  equal((await client.refresh(first.refresh_token)).status, 400);
});

test('a code is bound to address and key, and lasts five minutes', async () => {
  const code = await client.code();
  const elsewhere = refused(400, 'invalid_grant', 'redirect_uri is another one than at the authorization');
  deepEqual(answerOf(await client.exchange(code, { redirect_uri: 'http://127.0.0.1:3000/callback' })), elsewhere);
  equal((await idx.exchange(code)).status, 400);
  lab.pass(301);
  equal((await client.exchange(code)).status, 400);
});

test('PKCE holds where an application uses it', async () => {
  const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
  const code = await client.code(challenge);
  equal((await client.exchange(code)).status, 400);
  equal((await client.exchange(code, { code_verifier: 'x'.repeat(43) })).status, 400);
  const good = await client.exchange(code, { code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' });
  equal(good.status, 200);
});

test('of many who exchange one code at the same time at most one gets tokens', async () => {
  const code = await client.code();
  const statuses = (await Promise.all(Array.from({ length: 6 }, () => client.exchange(code)))).map(({ status }) => status);
  equal(statuses.filter((status) => status === 200).length <= 1, true);
  equal(
    statuses.every((status) => status === 200 || status === 400),
    true,
  );
});
