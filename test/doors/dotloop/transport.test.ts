import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './house.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
let P: string;
before(async () => {
  house = await openHouse();
  P = `/profile/${house.ann.profileId}`;
});
after(() => house[Symbol.asyncDispose]());

describe('paths and methods', () => {
  for (const path of ['/account', '/account/', '/account?', '/account/?'])
    test(`GET ${path}`, async () => equal((await house.call('GET', path)).status, 200));

  test('HEAD is GET without a body', async () => {
    const get = await house.call('GET', '/account');
    const head = await house.call('HEAD', '/account');
    deepEqual([head.status, head.text, head.headers.get('content-length')], [200, '', String(get.text.length)]);
  });

  for (const [method, path] of [
    ['GET', '/template'],
    ['GET', '/profile/1/contact'],
    ['GET', '/profile/1/loop/1/document'],
    ['PUT', '/account'],
    ['DELETE', '/profile/1/loop/1'],
    ['POST', '/nope'],
  ] as const)
    test(`${method} ${path} is 404, with and without a token`, async () => {
      for (const token of ['ann', null]) {
        const reply = await house.call(method, path, { token });
        deepEqual([reply.status, reply.errors], [404, ['3001']]);
        equal(reply.headers.get('x-ratelimit-limit'), '100');
      }
    });
});

describe('who calls', () => {
  for (const [token, error, description] of [
    [null, 'unauthorized', /access token is needed/],
    ['nobody-knows-it', 'invalid_token', /^Invalid access token: nobo\*+$/],
    ['expired-token', 'invalid_token', /^Access token expired: expi\*+$/],
  ] as const)
    test(`401 for ${token} is an object of two strings`, async () => {
      const reply = await house.call('GET', '/account', { token });
      const body = reply.json as Record<string, string>;
      deepEqual([reply.status, Object.keys(body), body.error], [401, ['error', 'error_description'], error]);
      match(body.error_description ?? '', description);
      equal(reply.headers.get('www-authenticate'), 'Bearer');
      equal(reply.headers.get('x-ratelimit-remaining'), '100');
    });

  test('the scheme is written in any case', async () => {
    const reply = await house.call('GET', '/account', { token: null, headers: { authorization: 'bEARER  ann' } });
    equal(reply.status, 200);
  });

  test('write does not imply read, and a template opens to either of two scopes', async () => {
    house.sign('writer', house.ann.actor, ['loop:write']);
    const reply = await house.call('GET', `${P}/loop`, { token: 'writer' });
    deepEqual([reply.status, reply.errors], [403, ['2001']]);
    equal(reply.headers.get('www-authenticate'), 'Bearer error="insufficient_scope", scope="loop:read"');
    equal((await house.call('GET', `${P}/loop-template`, { token: 'writer' })).status, 200);
  });

  test("another's profile is forbidden, another brokerage's is not there, an office's has no loops", async () => {
    const seen = async (token: string, path: string) => {
      const { status, errors } = await house.call('GET', path, { token });
      return [status, ...errors];
    };
    deepEqual(await seen('vic', `${P}/loop`), [403, '2002']);
    deepEqual(await seen('sue', `${P}/loop`), [404, '3001']);
    const { rows } = await house.call('GET', '/profile');
    const office = rows.find((row) => row.type === 'OFFICE');
    deepEqual(await seen('ann', `/profile/${office?.id}/loop`), [403, '2003']);
  });
});

describe('the order of checks', () => {
  const cases: [string, string, string, string | null, number][] = [
    ['no token before a malformed id', 'GET', '/profile/abc', null, 401],
    ['scope before a malformed id', 'GET', '/profile/abc/loop', 'narrow', 403],
    ['a malformed id before an unknown one', 'GET', '/profile/999999/loop/abc', 'ann', 400],
    ['unknown before a bad query', 'GET', '/profile/999999/loop?sort=nope', 'ann', 404],
    ['unknown before a bad body', 'POST', '/profile/999999/loop', 'ann', 404],
    ['not permitted before a bad body', 'POST', 'P/loop', 'vic', 403],
    ['an id that no record can have', 'GET', `/contact/${'9'.repeat(30)}`, 'ann', 404],
  ];
  for (const [name, method, path, token, status] of cases)
    test(name, async () => {
      house.sign('narrow', house.ann.actor, ['account:read']);
      equal((await house.call(method, path.replace('P/', `${P}/`), { token })).status, status);
    });

  test('the pointer of a malformed id', async () => {
    for (const [path, pointer] of [
      ['/profile/0', 'profileid'],
      ['/profile/1/loop/1/tasklist/-1', 'tasklistid'],
      ['/profile/1/loop/1/tasklist/1/task/1.5', 'taskid'],
      ['/profile/1/loop-template/007', 'templateid'],
    ])
      deepEqual((await house.call('GET', path as string)).errors, [`1004 /data/attributes/${pointer}`]);
  });
});

describe('bodies', () => {
  const types = [undefined, 'application/json', 'application/x-www-form-urlencoded', 'text/plain', 'garbage'];
  for (const type of types) {
    const headers: Record<string, string> = type ? { 'content-type': type } : {};
    test(`an empty body as ${type} is no body`, async () => {
      const { data } = await house.call('POST', '/contact', { body: { firstName: 'A' } });
      equal((await house.call('GET', `/contact/${data.id}`, { headers })).status, 200);
      equal((await house.call('PATCH', `/contact/${data.id}`, { headers })).status, 200);
      deepEqual((await house.call('POST', '/contact', { headers })).errors, ['1001']);
      const gone = await house.call('DELETE', `/contact/${data.id}`, { headers });
      deepEqual([gone.status, gone.text, gone.headers.get('content-type')], [204, '', null]);
    });
    test(`a body as ${type} is read as JSON`, async () => {
      const reply = await house.call('POST', '/contact', { headers, body: Buffer.from('{"firstName":"Gar"}') });
      deepEqual([reply.status, reply.data.firstName], [201, 'Gar']);
    });
  }

  for (const body of ['{', '[]', '"a"', 'null', 'a=b', '{"a":1}}'])
    test(`${body} is no JSON object`, async () => deepEqual((await house.call('POST', '/contact', { body })).errors, ['1000']));

  test('over the limit it is refused, and the connection goes on', async () => {
    const reply = await house.call('POST', '/contact', { body: 'x'.repeat(3_000_000) });
    deepEqual([reply.status, reply.errors], [400, ['1000']]);
  });

  test('each fault names its member', async () => {
    const body = { name: 'x'.repeat(201), transactionType: 'PURCHASED', templateId: '12x' };
    const reply = await house.call('POST', `${P}/loop`, { body });
    deepEqual(reply.errors, [
      '1003 /data/attributes/name',
      '1002 /data/attributes/transactionType',
      '1002 /data/attributes/templateId',
    ]);
    equal(reply.json.message, reply.json.errors?.[0]?.detail);
  });

  test('10000 characters are the most', async () => {
    const send = (length: number) => house.call('POST', '/contact', { body: { firstName: 'x'.repeat(length) } });
    equal((await send(10_000)).status, 201);
    deepEqual((await send(10_001)).errors, ['1003 /data/attributes/firstName']);
  });
});

describe('paging', () => {
  for (const [query, errors] of [
    ['batch_size=101', ['1005 batch_size']],
    ['batch_size=0', ['1005 batch_size']],
    ['batch_size=2.5', ['1005 batch_size']],
    ['batch_number=0&batch_size=x', ['1005 batch_size', '1005 batch_number']],
    ['batch_size=5&batch_size=6', ['1005 batch_size']],
    ['include_details=maybe', ['1005 include_details']],
    ['sort=%00', ['1005 sort']],
  ] as const)
    test(query, async () => deepEqual((await house.call('GET', `${P}/loop?${query}`)).errors, errors));

  test('a page past the end is empty, with the exact total', async () => {
    const { status, rows, json } = await house.call('GET', '/contact?batch_number=900&batch_size=100');
    const first = await house.call('GET', '/contact?batch_size=&batch_number=');
    deepEqual([status, rows, json.meta], [200, [], first.json.meta]);
  });

  test('lists that do not page ignore the parameters in any form', async () => {
    equal((await house.call('GET', '/profile?batch_size=x&batch_number=-1')).status, 200);
  });
});
