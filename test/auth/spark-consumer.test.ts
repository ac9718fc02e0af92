import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, test } from 'node:test';
import { DEMO_FOR_TESTS } from '../../src/sandbox/index.ts';
import {
  BRIAN_KEY,
  CALLBACK,
  CONSUMER,
  KEYS,
  locationOf,
  makeSparkClient,
  openSparkLab,
  PASSWORD,
  type Tokens,
  toldIn,
} from './spark-client.ts';
import { makeVisitor } from './visitor.ts';

const lab = await openSparkLab();
after(() => lab[Symbol.asyncDispose]());
const client = makeSparkClient(lab, KEYS.portal);
const PATHS = ['/spark/auth/vow/brian-erwin', '/spark/r/login/brian-erwin', '/spark/r/oauth2/brian-erwin'];

test('E05: a consumer signs in at the agent’s portal, and the token acts as the consumer of that agent', async () => {
  for (const path of PATHS) {
    const visitor = makeVisitor(lab.url);
    const shown = await visitor.go(client.pathOf(path, { state: 'a&b' }));
    const page = await shown.text();
    equal(shown.status, 200, path);
    match(page, /<h1>Sign in to Brian Erwin<\/h1>/);
    match(page, /<strong>Sandbox portal<\/strong> asks to act for you/);
    match(page, /<li>See listings as you do at the portal, and read and write your notes, carts and searches<\/li>/);
    match(shown.headers.get('content-security-policy') ?? '', /script-src 'none'; form-action 'self' http:\/\/localhost:3000;/);
    const told = toldIn(locationOf(await client.consumer(client.pathOf(path, { state: 'a&b' }))));
    deepEqual([told.to, told.state], [CALLBACK, 'a&b']);
    const { access_token } = (await client.exchange(told.code ?? '')).body as Tokens;
    const bearer = await lab.house.stores.domain.identity.authenticateSparkToken(access_token);
    ok(bearer.kind === 'ok');
    const { role, userKey, account, actor } = bearer.who;
    deepEqual([role, userKey, account.resoKey, actor.kind], ['portal', CONSUMER.key, BRIAN_KEY, 'contact']);
    const me = await lab.spark('/my/contact', { bearer: access_token });
    equal((me.body as { D: { Results: { Id: string }[] } }).D.Results[0]?.Id, CONSUMER.key);
  }
});

test('a key with the role vow makes a vow of the consumer; any other a portal', async () => {
  const roleFor = async (key: { key: string; secret: string }) => {
    const mine = makeSparkClient(lab, key);
    const told = toldIn(locationOf(await mine.consumer(mine.pathOf('/spark/auth/vow/brian-erwin'))));
    const { access_token } = (await mine.exchange(told.code ?? '')).body as Tokens;
    const bearer = await lab.house.stores.domain.identity.authenticateSparkToken(access_token);
    return bearer.kind === 'ok' && bearer.who.role;
  };
  const [brian] = await lab.rows<{ id: number }>('select id from member where reso_key = $1', [BRIAN_KEY]);
  const [john] = await lab.rows<{ id: number }>('select id from contact where reso_key = $1', [CONSUMER.key]);
  const vow = await lab.house.stores.domain.identity.createSparkKey({
    orgId: 1,
    name: 'Virtual office',
    memberId: Number(brian?.id),
    contactId: Number(john?.id),
    role: 'vow',
    redirectUris: [CALLBACK],
  });
  equal(await roleFor(vow), 'vow');
  equal(await roleFor(KEYS.idx), 'portal');
  equal(await roleFor(KEYS.agent), 'portal');
});

test('an unknown or closed portal is a 404 page', async () => {
  const visitor = makeVisitor(lab.url);
  for (const name of ['nobody', 'Brian-Erwin', 'brian', 'brian-erwin2', '%00', '%F0%9F%8F%A0', '..%2F..', 'x'.repeat(500)]) {
    const response = await visitor.go(client.pathOf(`/spark/auth/vow/${name}`));
    equal(response.status, 404, name);
    match(await response.text(), /<h1>No such portal<\/h1>/);
  }
  await lab.rows('update portal set enabled = false');
  for (const path of PATHS) equal((await visitor.go(client.pathOf(path))).status, 404);
  equal((await visitor.post(client.pathOf(PATHS[0] ?? ''), { decision: 'deny' })).status, 404);
  await lab.rows('update portal set enabled = true');
});

test('a denial needs no password, and is told', async () => {
  const denied = await client.consumer(client.pathOf('/spark/auth/vow/brian-erwin', { state: 'x' }), {
    decision: 'deny',
    password: '',
  });
  deepEqual(toldIn(locationOf(denied)), {
    to: CALLBACK,
    error: 'access_denied',
    error_description: 'The user denied access',
    state: 'x',
  });
});

test('the form needs its token', async () => {
  const path = client.pathOf('/spark/auth/vow/brian-erwin');
  const fields = { login: CONSUMER.login, password: PASSWORD, decision: 'approve' };
  for (const csrf of ['', 'wrong', 'x'.repeat(43)]) {
    equal((await client.consumer(path, { csrf })).status, 403);
    equal((await makeVisitor(lab.url).post(path, { ...fields, csrf })).status, 403);
  }
});

test('wrong passwords, people of the brokerage, and contacts of other books are refused alike, then slowed down', async () => {
  const path = client.pathOf('/spark/auth/vow/brian-erwin');
  for (const fields of [
    { password: 'wrong' },
    { login: 'nobody@example.com' },
    { login: 'brianerwin@newkyhome.com' },
    { login: 'a\0b' },
    { login: '' },
  ]) {
    const response = await client.consumer(path, fields);
    equal(response.status, 422, JSON.stringify(fields));
    match(await response.text(), /role="alert">Login name or password is wrong\.</);
  }
  await lab.rows('update portal set enabled = true');
  let last = await client.consumer(path, { password: 'wrong' });
  for (let i = 0; i < 6 && last.status !== 429; i++) last = await client.consumer(path, { password: 'wrong' });
  equal(last.status, 429);
  ok(Number(last.headers.get('retry-after')) > 0);
  match(await last.text(), /Too many tries/);
  lab.pass(3600);
  equal((await client.consumer(path)).status, 302);
});

test('what the sign-in page shows again is escaped', async () => {
  const response = await client.consumer(client.pathOf('/spark/auth/vow/brian-erwin'), {
    login: '"><script>alert(1)</script>',
    password: 'wrong',
  });
  const page = await response.text();
  match(page, /value="&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;"/);
});

test('a key of another brokerage gets nobody at this portal', async () => {
  await lab.rows('update client_app set redirect_uris = $2 where client_id = $1', [DEMO_FOR_TESTS.spark.agent.key, [CALLBACK]]);
  const stranger = makeSparkClient(lab, DEMO_FOR_TESTS.spark.agent);
  const response = await makeVisitor(lab.url).go(stranger.pathOf('/spark/auth/vow/brian-erwin'));
  equal(response.status, 400);
  match(await response.text(), /belongs to another organisation than this portal/);
});

test('a consumer may be asked for OpenID scopes too, and is known by the contact’s 26 digits', async () => {
  const path = client.pathOf('/spark/auth/vow/brian-erwin', { scope: 'openid profile email' });
  match(await (await makeVisitor(lab.url).go(path)).text(), /<li>See your e-mail address<\/li>/);
  const { code = '' } = toldIn(locationOf(await client.consumer(path)));
  const { access_token } = (await client.exchange(code)).body as Tokens;
  const { status, body } = await lab.call('/spark/openid/userinfo', { token: access_token });
  const { sub, email, UserType } = body as Record<string, unknown>;
  deepEqual([status, sub, email, UserType], [200, CONSUMER.key, 'john.smith@example.com', 'Contact']);
});
