import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { SANDBOX } from '../../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { type SparkSession, signedPath } from '../../../src/testing/spark-client.ts';

const HOUR = 3_600_000;
let now = new Date('2026-03-01T12:00:00Z');
let lab: Lab;
before(async () => {
  lab = await openLab({ clock: { now: () => now } });
});
after(() => lab[Symbol.asyncDispose]());

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const failure = (Code: number, Message: string) => ({ D: { Success: false, Code, Message } });
const DENIED = failure(1000, 'Invalid API key and/or request signed improperly');
const EXPIRED = failure(1020, 'Session token has expired');
const { agent, portal, idx } = SANDBOX.spark;

async function open({ key, secret }: { key: string; secret: string } = agent): Promise<SparkSession> {
  const { status, body } = await lab.call(`/spark/v1/session?ApiKey=${key}&ApiSig=${md5(`${secret}ApiKey${key}`)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  equal(status, 200);
  const [result] = (body as { D: { Results: { AuthToken: string; Expires: string; Roles: string[] }[] } }).D.Results;
  match(result?.AuthToken ?? '', /^[0-9a-f]{32}$/);
  return { key, secret, token: result?.AuthToken ?? '' };
}
const signed = (session: SparkSession, path: string, method = 'GET', body?: string) =>
  lab.call(`/spark${signedPath(session, `/v1${path}`, method, body)}`, { method, ...(body === undefined ? {} : { body }) });

test('a session names its end and its roles, the effective one first', async () => {
  for (const [pair, Roles] of [
    [agent, ['private', 'act-for', 'privileged', 'password']],
    [portal, ['portal', 'act-for']],
    [idx, ['idx']],
  ] as const) {
    const path = `/spark/v1/session/?ApiKey=${pair.key}&ApiSig=${md5(`${pair.secret}ApiKey${pair.key}`).toUpperCase()}`;
    const { status, headers, body } = await lab.call(path, { method: 'POST' });
    const { AuthToken } = (body as { D: { Results: { AuthToken: string }[] } }).D.Results[0] ?? { AuthToken: '' };
    deepEqual([status, body], [200, { D: { Success: true, Results: [{ AuthToken, Expires: '2026-03-02T12:00:00Z', Roles }] } }]);
    equal(headers.get('content-type'), 'application/json; charset=utf-8');
    ok(headers.get('x-request-id'));
  }
});

test('a wrong key, a wrong signature, a missing parameter: 401 and 1000', async () => {
  const sig = md5(`${agent.secret}ApiKey${agent.key}`);
  for (const query of [
    '',
    `ApiKey=${agent.key}`,
    `ApiSig=${sig}`,
    `ApiKey=nobody&ApiSig=${sig}`,
    `ApiKey=${agent.key}&ApiSig=${sig}0`,
  ]) {
    const { status, headers, body } = await lab.call(`/spark/v1/session?${query}`, { method: 'POST' });
    deepEqual([status, body], [401, DENIED], query);
    equal(headers.get('www-authenticate'), 'Bearer');
  }
});

test('other methods on /session are refused before anybody asks who calls', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
    const { status, headers, body } = await lab.call('/spark/v1/session', { method });
    deepEqual([status, headers.get('allow'), body], [405, 'POST', failure(405, 'Method not allowed')]);
  }
});

test('without credentials no path is told from another', async () => {
  for (const path of ['/spark/v1/session/x', '/spark/v1/nothing', '/spark/v2/listings', '/spark/nothing', '/spark/v1/%zz'])
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const { status, body } = await lab.call(path, { method });
      deepEqual([status, body], [401, DENIED], `${method} ${path}`);
    }
});

test('with credentials an unknown path is 404', async () => {
  const session = await open();
  for (const path of ['/nothing', '/Contacts', '/session'])
    deepEqual([(await signed(session, path)).status, path], [path === '/session' ? 405 : 404, path]);
  deepEqual((await signed(session, '/nothing')).body, failure(404, 'Not found'));
});

test('DELETE ends the session; another key cannot; then it is 1020', async () => {
  const [mine, other] = [await open(), await open(idx)];
  equal((await signed(other, `/session/${mine.token}`, 'DELETE')).status, 404);
  deepEqual((await signed(mine, `/session/${mine.token}`, 'DELETE')).body, { D: { Success: true } });
  const { status, body } = await signed(mine, '/nothing');
  deepEqual([status, body], [401, EXPIRED]);
});

test('a method that the path lacks: 405 with Allow, after credentials', async () => {
  const session = await open();
  const { status, headers, body } = await signed(session, `/session/${session.token}`, 'GET');
  deepEqual([status, headers.get('allow'), body], [405, 'DELETE', failure(405, 'Method not allowed')]);
});

test('an hour without use, a day in all, ten minutes beside a newer one; a wrong signature never tells', async () => {
  const start = now;
  try {
    const idle = await open();
    now = new Date(start.getTime() + HOUR + 1000);
    deepEqual((await signed(idle, '/nothing')).body, EXPIRED);
    deepEqual((await signed({ ...idle, secret: 'wrong' }, '/nothing')).body, DENIED);

    const guessed = await open();
    now = new Date(now.getTime() + 0.6 * HOUR);
    deepEqual((await signed({ ...guessed, secret: 'wrong' }, '/nothing')).body, DENIED);
    now = new Date(now.getTime() + 0.6 * HOUR);
    deepEqual((await signed(guessed, '/nothing')).body, EXPIRED, 'a wrong signature is no use of the session');

    const first = await open();
    const second = await open();
    notEqual(first.token, second.token);
    equal((await signed(first, '/nothing')).status, 404);
    now = new Date(now.getTime() + 11 * 60_000);
    deepEqual((await signed(first, '/nothing')).body, EXPIRED);
    equal((await signed(second, '/nothing')).status, 404);
    for (let hours = 0; hours < 23; hours += 0.9) {
      now = new Date(now.getTime() + 0.9 * HOUR);
      equal((await signed(second, '/nothing')).status, 404);
    }
    now = new Date(now.getTime() + 0.9 * HOUR);
    deepEqual((await signed(second, '/nothing')).body, EXPIRED);
    now = new Date(now.getTime() + 31 * 24 * HOUR);
    deepEqual((await signed(second, '/nothing')).body, DENIED);
  } finally {
    now = start;
  }
});

test('a parameter that is there twice is signed, and refused; so is another RoleOverride', async () => {
  const session = await open();
  const twice = await signed(session, `/session/${session.token}?a=1&a=2`, 'DELETE');
  deepEqual([twice.status, twice.body], [400, failure(1053, 'a is given more than once')]);
  const role = await signed(session, `/session/${session.token}?RoleOverride=Private`, 'DELETE');
  deepEqual([role.status, role.body], [400, failure(1053, 'RoleOverride must be Public or Idx')]);
});

test('ApiUser: oneself always; others by a key that may act for them; nobody else', async () => {
  const [mine, site] = [await open(), await open(idx)];
  const asUser = async (session: SparkSession, user: string) => {
    const { status, body } = await signed(session, `/nothing?ApiUser=${user}`);
    return [status, (body as { D: { Code: number } }).D.Code];
  };
  deepEqual(await asUser(site, '20080602130000000000000000'), [404, 404]);
  deepEqual(await asUser(mine, '20050103091500000000000000'), [404, 404]);
  deepEqual(await asUser(mine, '20100912536192756362000000'), [404, 404]);
  deepEqual(await asUser(site, '20050103091500000000000000'), [403, 1015]);
  deepEqual(await asUser(mine, '20990103091500000000000000'), [403, 1015]);
  deepEqual(await asUser(mine, 'foobar'), [403, 1015]);
});

test('the rate is counted by key, and said on every answer', async () => {
  await using small = await openLab({ env: { PORTICO_SPARK_RATE: '3' } });
  const left = [];
  for (let n = 0; n < 4; n++) {
    const { status, headers } = await small.spark('/nothing');
    left.push([
      status,
      headers.get('x-ratelimit-limit'),
      headers.get('x-ratelimit-remaining'),
      headers.get('retry-after') !== null,
    ]);
  }
  deepEqual(left, [
    [404, '3', '2', false],
    [404, '3', '1', false],
    [404, '3', '0', false],
    [429, '3', '0', true],
  ]);
  const { status, body } = await small.spark('/nothing');
  deepEqual([status, body], [429, failure(1550, 'More than 3 requests in five minutes; wait for the reset')]);
  equal((await small.spark('/nothing', { as: 'idx' })).status, 404);
});

test('a body over 1 MiB is refused while it arrives', async () => {
  const { status, body } = await lab.spark('/nothing', { method: 'PUT', body: `"${'x'.repeat(1024 * 1024)}"` });
  deepEqual([status, body], [413, failure(1053, 'The body is larger than 1 MiB')]);
});

test('gzip and deflate are honoured when offered', async () => {
  for (const encoding of ['gzip', 'deflate']) {
    const { status, headers, body } = await lab.spark('/standardfields', { headers: { 'accept-encoding': encoding } });
    deepEqual([status, headers.get('content-encoding')], [200, encoding]);
    equal((body as { D: { Success: boolean } }).D.Success, true);
  }
  const plain = await lab.spark('/standardfields', { headers: { 'accept-encoding': 'identity' } });
  equal(plain.headers.get('content-encoding'), null);
});

test('a consumer whose portal account is closed acts nowhere', async () => {
  await using other = await openLab();
  const consumer = '20100912536192756362000000';
  equal((await other.spark('/my/contact', { as: 'portal' })).status, 200);
  const closed = { D: { Settings: { Enabled: 'false' } } };
  equal((await other.spark(`/contacts/${consumer}/portal`, { method: 'PUT', json: closed })).status, 200);
  for (const [path, as] of [
    ['/my/contact', 'portal'],
    [`/my/contact?ApiUser=${consumer}`, 'agent'],
  ] as const) {
    const { status, body } = await other.spark(path, { as });
    deepEqual([status, (body as { D: { Code: number } }).D.Code], [403, 1015], path);
  }
});
