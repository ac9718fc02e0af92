import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { after, test } from 'node:test';
import { SANDBOX } from '../../src/sandbox/index.ts';
import {
  BRIAN,
  BRIAN_KEY,
  CONSUMER,
  KEYS,
  locationOf,
  makeSparkClient,
  openSparkLab,
  outcomeOf,
  PASSWORD,
  type Tokens,
  toldIn,
} from './spark-client.ts';

const lab = await openSparkLab();
after(() => lab[Symbol.asyncDispose]());
const client = makeSparkClient(lab);
const { identity } = lab.house.stores.domain;

const consumerTokens = async () => {
  const told = toldIn(locationOf(await client.consumer(client.pathOf('/spark/auth/vow/brian-erwin'))));
  return (await client.exchange(told.code ?? '')).body as Tokens;
};

test('a refresh gives a new pair; the old refresh token works ten more minutes, the old access token its day', async () => {
  const first = await client.tokens();
  const second = (await client.refresh(first.refresh_token)).body as Tokens;
  deepEqual(Object.keys(second), ['access_token', 'refresh_token', 'expires_in']);
  notEqual(second.refresh_token, first.refresh_token);
  notEqual(second.access_token, first.access_token);
  equal(await outcomeOf(lab, first.access_token), '200');
  lab.pass(590);
  const third = await client.refresh(first.refresh_token);
  equal(third.status, 200, 'another process of the application still has the old one');
  lab.pass(11);
  const late = await client.refresh(first.refresh_token);
  deepEqual(
    { status: late.status, body: late.body },
    {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The refresh token is unknown, expired or revoked' },
    },
  );
  equal((await client.refresh(second.refresh_token)).status, 200, 'and its successors live');
  equal((await client.refresh((third.body as Tokens).refresh_token)).status, 200);
});

test('many refreshes at the same time all succeed', async () => {
  const { refresh_token } = await client.tokens();
  const answers = await Promise.all(Array.from({ length: 6 }, () => client.refresh(refresh_token)));
  deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  const access = answers.map(({ body }) => (body as Tokens).access_token);
  equal(new Set(access).size, 6);
  for (const token of access) equal(await outcomeOf(lab, token), '200');
});

test('a refresh token is bound to its key', async () => {
  const { refresh_token } = await client.tokens();
  equal((await makeSparkClient(lab, KEYS.idx).refresh(refresh_token)).status, 400);
});

test('an access token lasts a day; then 1020 makes clients refresh; a year without use ends the refresh token', async () => {
  const pair = await client.tokens();
  lab.pass(86_398);
  equal(await outcomeOf(lab, pair.access_token), '200');
  lab.pass(3);
  equal(await outcomeOf(lab, pair.access_token), '401/1020');
  const next = (await client.refresh(pair.refresh_token)).body as Tokens;
  equal(await outcomeOf(lab, next.access_token), '200');
  lab.pass(365 * 86_400 + 1);
  equal((await client.refresh(next.refresh_token)).status, 400);
});

test('unknown tokens, refresh tokens and codes open nothing', async () => {
  const pair = await client.tokens();
  const code = await client.code();
  for (const token of ['nonsense', pair.refresh_token, code, SANDBOX.dotloop.accessToken])
    equal(await outcomeOf(lab, token), '401/1000', token);
  equal((await lab.dotloop('/account', { token: pair.access_token })).status, 401);
});

test('a key that is switched off, or may not do it any more, is dead at once', async () => {
  const pair = await client.tokens();
  const consumer = await consumerTokens();
  const set = (change: string) => lab.rows(`update api_key set ${change} where key = $1`, [KEYS.agent.key]);
  await set('enabled = false');
  deepEqual([await outcomeOf(lab, pair.access_token), await outcomeOf(lab, consumer.access_token)], ['401/1010', '401/1010']);
  equal((await client.refresh(pair.refresh_token)).status, 401);
  const page = await (await client.visitor()).go(client.pathOf('/spark/oauth2'));
  equal(page.status, 400);
  match(await page.text(), /has been switched off/);
  await set(`enabled = true, mechanisms = '{session}'`);
  equal(await outcomeOf(lab, pair.access_token), '403/1013');
  const barred = await client.refresh(pair.refresh_token);
  deepEqual([barred.status, (barred.body as { error: string }).error], [400, 'unauthorized_client']);
  await set(`mechanisms = '{session,oauth2}', allowed_addresses = '{192.0.2.1}'`);
  equal(await outcomeOf(lab, pair.access_token), '403/1019');
  await set(`allowed_addresses = '{}'`);
  equal(await outcomeOf(lab, pair.access_token), '200');
  await set(`mechanisms = '{session,oauth2,openid,token}'`);
});

test('whoever may not be here any more has no tokens', async () => {
  const pair = await client.tokens();
  const consumer = await consumerTokens();
  const state = async () => [await outcomeOf(lab, pair.access_token), await outcomeOf(lab, consumer.access_token)];
  const during = async (change: string, back: string) => {
    await lab.rows(change);
    const seen = await state();
    const refreshed = [(await client.refresh(pair.refresh_token)).status, (await client.refresh(consumer.refresh_token)).status];
    await lab.rows(back);
    return [...seen, ...refreshed];
  };
  deepEqual(await state(), ['200', '200']);
  const member = `member set active = %s where reso_key = '${BRIAN_KEY}'`;
  deepEqual(
    await during(`update ${member.replace('%s', 'false')}`, `update ${member.replace('%s', 'true')}`),
    ['401/1000', '401/1000', 400, 400],
    'the agent',
  );
  deepEqual(
    await during('update contact_login set enabled = false', 'update contact_login set enabled = true'),
    ['200', '401/1000', 200, 400],
    'the consumer',
  );
  deepEqual(
    await during('update portal set enabled = false', 'update portal set enabled = true'),
    ['200', '401/1000', 200, 400],
    'the portal',
  );
  const book = `contact set member_ids = %s where reso_key = '${CONSUMER.key}'`;
  const [row] = await lab.rows<{ ids: string }>(`select member_ids::text as ids from contact where reso_key = '${CONSUMER.key}'`);
  deepEqual(
    await during(`update ${book.replace('%s', "'{2}'")}`, `update ${book.replace('%s', `'${row?.ids}'`)}`),
    ['200', '401/1000', 200, 400],
    'out of the book',
  );
  deepEqual(await state(), ['200', '200']);
});

test('disconnecting the application ends its tokens at once', async () => {
  const pair = await client.tokens();
  const visitor = await client.visitor();
  const session = await identity.readSession(visitor.jar.get('portico_session') ?? '');
  ok(session);
  const listed = (await identity.connectedApplications(session.actor)).map(({ clientId }) => clientId);
  ok(listed.includes(KEYS.agent.key));
  await identity.revokeApplication(session.actor, KEYS.agent.key);
  equal(await outcomeOf(lab, pair.access_token), '401/1000');
  equal((await client.refresh(pair.refresh_token)).status, 400);
});

test('a personal token is its owner, without key and without end', async () => {
  const [user] = await lab.rows<{ id: number }>(`select id from app_user where email = $1`, [BRIAN]);
  const owner = { orgId: 1, userId: Number(user?.id) };
  const token = await identity.createPersonalToken({ ...owner, name: 'Backups' });
  lab.pass(10 * 365 * 86_400);
  const bearer = await identity.authenticateSparkToken(token);
  deepEqual(bearer.kind === 'ok' && [bearer.who.role, bearer.who.keyId, bearer.who.userKey, bearer.who.flags.size], [
    'private',
    null,
    BRIAN_KEY,
    0,
  ]);
  equal(await outcomeOf(lab, token), '200');
  await identity.createPersonalToken({ ...owner, name: 'Backups' }).then(
    () => ok(false, 'a name is one token'),
    (error: { reason?: string }) => equal(error.reason, 'token.name_taken'),
  );
  await identity.endPersonalToken({ ...owner, name: 'Backups' });
  equal(await outcomeOf(lab, token), '401/1000');
  await identity.createPersonalToken({ ...owner, name: 'Backups' });
  equal(await outcomeOf(lab, SANDBOX.spark.accessToken), '200', 'the one of the explorer');
});

test('the password grant is for keys with the flag, and slowed down like a sign-in', async () => {
  const ask = (username: string, password: string, from = client) => from.grant({ grant_type: 'password', username, password });
  const good = await ask(BRIAN, PASSWORD);
  equal(good.status, 200);
  const pair = good.body as Tokens;
  deepEqual(Object.keys(pair), ['access_token', 'refresh_token', 'expires_in']);
  equal(await outcomeOf(lab, pair.access_token), '200');
  equal((await client.refresh(pair.refresh_token)).status, 200);

  const flagless = await ask(BRIAN, PASSWORD, makeSparkClient(lab, KEYS.idx));
  deepEqual([flagless.status, (flagless.body as { error: string }).error], [400, 'unauthorized_client']);
  for (const [name, password] of [
    [BRIAN, 'wrong'],
    ['nobody@example.com', PASSWORD],
    ['dora@example.com', PASSWORD],
    ['a\0b', PASSWORD],
  ] as const) {
    const wrong = await ask(name, password);
    deepEqual([wrong.status, (wrong.body as { error: string }).error], [400, 'invalid_grant'], name);
  }
  let last = await ask(BRIAN, 'wrong');
  for (let i = 0; i < 6 && last.status !== 429; i++) last = await ask(BRIAN, 'wrong');
  equal(last.status, 429);
  ok(Number(last.headers.get('retry-after')) > 0);
});

test('nothing that lets its finder in is stored as it is', async () => {
  lab.pass(3600);
  const code = await client.code();
  const pair = (await client.exchange(code)).body as Tokens;
  const tables = ['token', 'oauth_grant', 'consent', 'api_key', 'web_session', 'signing_key', 'event'];
  const dump = JSON.stringify(await Promise.all(tables.map((table) => lab.rows(`select * from ${table}`))));
  for (const secret of [code, pair.access_token, pair.refresh_token, KEYS.agent.secret]) equal(dump.includes(secret), false);
});
