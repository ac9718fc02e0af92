import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { openReapit, type ReapitHouse } from './house.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

type Fault = { statusCode: number; dateTime: string; description: string; errors?: { field: string; message: string }[] };
type Listed = {
  _embedded: Record<string, unknown>[];
  pageNumber: number;
  pageSize: number;
  pageCount: number;
  totalPageCount: number;
  totalCount: number;
  _links: Record<string, { href: string }>;
};

const make = async (more: object = {}) => {
  const json = {
    surname: 'Door',
    marketingConsent: 'notAsked',
    officeIds: ['OXF'],
    negotiatorIds: ['JAS'],
    email: 'door@example.com',
    ...more,
  };
  const made = await house.call('/contacts', { json });
  equal(made.status, 201, made.text);
  return (made.headers.get('location') ?? '').replace('http://portico.test/reapit', '');
};
const tagOf = async (path: string) => (await house.call(path)).headers.get('etag') ?? '';

describe('order of checks (§1.2)', () => {
  test('an unknown route is refused before anything else, without statusCode', async () => {
    for (const [method, path] of [
      ['GET', '/nowhere'],
      ['DELETE', '/contacts/OXF18000001'],
      ['PUT', '/contacts'],
      ['GET', '/organisations/x'],
      ['GET', ''],
    ] as const) {
      const answer = await house.call(path, { method, token: null });
      deepEqual([answer.status, answer.body], [403, { message: 'Missing Authentication Token' }]);
      match(answer.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
    }
  });

  test('token, version, customer, scope, query, body, record, tag, archive, members', async () => {
    const headers = { 'api-version': '1999-01-01' };
    const call = (more: Parameters<ReapitHouse['call']>[1]) =>
      house.call('/contacts/NONE?embed=x', { method: 'PATCH', text: '{', ...more });
    equal((await call({ token: null, headers })).status, 401);
    const version = await call({ token: 'headless', headers });
    equal(version.status, 400);
    match((version.body as Fault).description, /1999-01-01.*api-version/);
    equal((await call({ token: 'headless' })).status, 400);
    const uninstalled = await call({ token: 'uninstalled' });
    equal(uninstalled.status, 401);
    match((uninstalled.body as Fault).description, /does not have the application installed/);
    const scope = await call({ token: 'none' });
    equal(scope.status, 403);
    ok((scope.body as Fault).description.startsWith('This application has not been granted the required scope'));
    equal((await house.call('/contacts?pageSize=0', { token: 'sbox' })).status, 400);
    equal((await call({})).status, 400);
    equal((await call({ text: '{}' })).status, 404);
    const path = await make();
    equal((await house.call(path, { method: 'PATCH', json: { surname: '' } })).status, 412);
    equal((await house.call(path, { method: 'PATCH', json: { surname: '' }, headers: { 'if-match': '*' } })).status, 412);
    const archive = { method: 'PATCH', json: { fromArchive: true }, headers: { 'if-match': await tagOf(path) } };
    equal((await house.call(path, archive)).status, 204);
    const archived = await house.call(path, {
      method: 'PATCH',
      json: { surname: '' },
      headers: { 'if-match': await tagOf(path) },
    });
    equal(archived.status, 400, archived.text);
    equal(
      (await house.call(path, { ...archive, json: { marketingConsent: 'deny' }, headers: { 'if-match': await tagOf(path) } }))
        .status,
      204,
    );
    equal(
      (await house.call(path, { ...archive, json: { fromArchive: false }, headers: { 'if-match': await tagOf(path) } })).status,
      204,
    );
    equal(
      (await house.call(path, { method: 'PATCH', json: { surname: '' }, headers: { 'if-match': await tagOf(path) } })).status,
      422,
    );
  });

  test('versions: the current one, latest, none', async () => {
    for (const version of ['2020-01-31', 'latest', 'LATEST', ''])
      equal((await house.call('/offices', { headers: { 'api-version': version } })).status, 200);
  });
});

test('error bodies have their members in order, with seven digits', async () => {
  const answer = await house.call('/contacts', { json: { surname: 'x' } });
  deepEqual(Object.keys(answer.body as object), ['errors', 'statusCode', 'dateTime', 'description']);
  match((answer.body as Fault).dateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
  deepEqual(
    (answer.body as Fault).errors?.map(({ field }) => field),
    ['marketingConsent', 'officeIds', 'negotiatorIds', 'homePhone'],
  );
  deepEqual(Object.keys((await house.call('/contacts/NONE')).body as object), ['statusCode', 'dateTime', 'description']);
});

test('content types: JSON under any name or none, nothing else', async () => {
  const path = await make();
  for (const type of ['application/json', 'application/json-patch+json', 'application/vnd.x+json; charset=utf-8', '']) {
    const headers = { 'if-match': await tagOf(path), 'content-type': type };
    equal((await house.call(path, { method: 'PATCH', text: '{}', headers })).status, 204, type);
  }
  const headers = { 'if-match': await tagOf(path), 'content-type': 'text/plain' };
  equal((await house.call(path, { method: 'PATCH', text: '{}', headers })).status, 415);
  for (const text of ['', '[]', '"x"', '{"a":', '1'])
    equal((await house.call('/contacts', { method: 'POST', text })).status, 400, text);
});

test('a request over 6 MB is refused, before its token is looked at', async () => {
  const large = await house.call('/contacts', { text: `{"surname":"${'x'.repeat(6 * 1024 * 1024)}"}`, token: null });
  equal(large.status, 413);
  equal((await house.call('/contacts', { text: `{"x":"${'x'.repeat(6 * 1024 * 1024 - 4096)}"}` })).status, 422);
});

test('every answer has CORS and an id of its own; OPTIONS needs no token', async () => {
  const options = await house.call('/contacts', { method: 'OPTIONS', token: null });
  equal(options.status, 204);
  match(options.headers.get('access-control-allow-headers') ?? '', /reapit-customer/i);
  const ids = new Set<string>();
  for (const path of ['/contacts', '/contacts/NONE', '/nowhere']) {
    const { headers } = await house.call(path);
    equal(headers.get('access-control-allow-origin'), '*');
    ids.add(headers.get('x-amzn-requestid') ?? '');
  }
  const { status, headers } = await house.lab.call('/reapit/%E0%A4%A');
  equal(status, 403);
  equal(headers.get('access-control-allow-origin'), '*');
  ids.add(headers.get('x-amzn-requestid') ?? '');
  equal(ids.size, 4);
});

test('paths and parameters without regard to case, with and without a slash', async () => {
  for (const path of [
    '/Contacts/?PAGESIZE=1',
    '/CONTACTS?pagesize=1',
    '/contacts/oxf18000001/',
    '/contact/OXF18000001',
    '/contacts/?ID=oxf18000001',
  ])
    equal((await house.call(path)).status, 200, path);
  const one = (await house.call('/contacts/?id=oxf18000001&id=OXF18000002')).body as Listed;
  equal(one.totalCount, 2);
});

test('pages: envelope, links, beyond the end', async () => {
  const first = (await house.call('/contacts?pageSize=10&pageNumber=2&fromArchive=false&name=a')).body as Listed;
  deepEqual(Object.keys(first), ['_embedded', 'pageNumber', 'pageSize', 'pageCount', 'totalPageCount', 'totalCount', '_links']);
  deepEqual(Object.keys(first._links), ['self', 'first', 'prev', 'next', 'last']);
  equal(first._links.self?.href, '/contacts/?PageNumber=2&PageSize=10&fromArchive=false&name=a');
  equal(first.totalPageCount, Math.ceil(first.totalCount / 10));
  const beyond = (await house.call('/offices?pageNumber=99')).body as Listed;
  deepEqual([beyond._embedded, beyond.pageCount, beyond.totalCount], [[], 0, 2]);
  equal(((await house.call('/offices?pageNumber=-3')).body as Listed).pageNumber, 1);
  const one = (await house.call('/offices')).body as Listed;
  deepEqual(Object.keys(one._links), ['self', 'first']);
  const none = (await house.call('/offices?id=A,B')).body as Listed;
  deepEqual([none.totalCount, none.totalPageCount], [0, 0]);
  const odd = (await house.call('/contacts?name=a%26b+c')).body as Listed;
  equal(odd._links.self?.href, '/contacts/?PageNumber=1&PageSize=25&name=a%26b c');
});

test('rows in order, each once, over all pages', async () => {
  for (const sort of ['', '&sortBy=-modified', '&sortBy=name', '&sortBy=-address']) {
    const seen = new Set<unknown>();
    let page = 1;
    let total = 0;
    for (; page === 1 || seen.size < total; page++) {
      const list = (await house.call(`/contacts?pageSize=100&pageNumber=${page}${sort}`)).body as Listed;
      total = list.totalCount;
      for (const { id } of list._embedded) seen.add(id);
      if (list._embedded.length === 0) break;
    }
    equal(seen.size, total, sort);
  }
});

test('bad parameters are told with parameter and value', async () => {
  for (const query of [
    'active=maybe',
    'createdFrom=yesterday',
    'createdFrom=2020-01-01T00:00:00',
    'marketingConsent=perhaps',
    'pageSize=x',
    'sortBy=age',
  ]) {
    const answer = await house.call(`/contacts?${query}`);
    equal(answer.status, 400, query);
    match((answer.body as Fault).description, /The value '.*' is not valid for .*\./);
    doesNotMatch(answer.text, /errors/);
  }
  equal((await house.call('/contacts?nonsense=1&active=')).status, 200);
});

test('of two changes with one tag exactly one wins', async () => {
  const path = await make();
  const headers = { 'if-match': await tagOf(path) };
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, i) => house.call(path, { method: 'PATCH', json: { title: `T${i}` }, headers })),
  );
  deepEqual(answers.map(({ status }) => status).sort(), [204, 412, 412, 412, 412]);
  const text = answers.find(({ status }) => status === 412)?.body as Fault;
  match(text.description, /^Precondition failed: The ETag provided does not match/);
});

test('a list of tags holds if one of them does; weak and unquoted ones do not', async () => {
  const path = await make();
  const tag = await tagOf(path);
  for (const value of [`W/${tag}`, tag.slice(1, -1), '"x"'])
    equal((await house.call(path, { method: 'PATCH', json: {}, headers: { 'if-match': value } })).status, 412, value);
  equal((await house.call(path, { method: 'PATCH', json: {}, headers: { 'if-match': `"x", ${tag}` } })).status, 204);
});

test('embeds count as calls and are one statement for the page', async () => {
  const plain = await house.call('/contacts?pageSize=50');
  equal(plain.headers.get('x-portico-billable-calls'), '1');
  const embedded = await house.call('/contacts?pageSize=50&embed=offices&embed=negotiators');
  equal(embedded.headers.get('x-portico-billable-calls'), '3');
  const nothing = await house.call(`/contacts?pageSize=50&embed=source&id=OXF18000001`);
  equal(nothing.headers.get('x-portico-billable-calls'), '1');
  for (const { _embedded } of (embedded.body as Listed)._embedded)
    ok(Array.isArray((_embedded as { offices: unknown[] }).offices));
});

test('an embed needs the scope of what it embeds', async () => {
  const answer = await house.call('/contacts?embed=offices', { token: 'contacts' });
  equal(answer.status, 403);
  match((answer.body as Fault).description, /offices\.read/);
});

test('an office group sees rows of its offices only', async () => {
  const solon = await make({ officeIds: ['SOL'] });
  equal((await house.call(solon, { token: 'oxf' })).status, 404);
  equal(
    (await house.call(solon, { token: 'oxf', method: 'PATCH', json: {}, headers: { 'if-match': await tagOf(solon) } })).status,
    404,
  );
  const all = (await house.call('/contacts')).body as Listed;
  const own = (await house.call('/contacts', { token: 'oxf' })).body as Listed;
  ok(own.totalCount < all.totalCount);
});

test('an office group sees the parties of what it sees', async () => {
  const solon = (await house.call('/landlords?officeId=SOL&pageSize=1')).body as Listed;
  const path = `/landlords/${solon._embedded[0]?.id}/relationships`;
  const [party] = ((await house.call(path)).body as Listed)._embedded;
  equal((await house.call(`${path}/${party?.id}`)).status, 200);
  for (const method of ['GET', 'DELETE'])
    equal((await house.call(`${path}/${party?.id}`, { method, token: 'oxf' })).status, 404, method);
});

test('extras fields: only those that were granted', async () => {
  equal((await house.call('/contacts?extrasField=pDirections')).status, 200);
  const refused = await house.call('/contacts?extrasField=pDirections&extrasField=oSecret');
  equal(refused.status, 400);
  match((refused.body as Fault).description, /^Access to one or more of the specified fields/);
});

test('bad input never is a defect of ours', async () => {
  // what cannot be compressed, so that an index cannot hold it either
  const long = randomBytes(15_000).toString('base64');
  const tries: [string, string, unknown?][] = [
    ['GET', '/contacts/%00'],
    ['GET', `/contacts/${'x'.repeat(500)}`],
    ['GET', '/contacts?name=%00'],
    ['GET', '/contacts?id=%00'],
    ['GET', '/contacts?contactDetail=%00'],
    ['GET', `/contacts?name=${long}`],
    ['GET', '/contacts?createdFrom=9999-12-31'],
    ['GET', '/contacts?pageNumber=99999999999'],
    ['GET', '/contacts?name=%25_%5C'],
    [
      'POST',
      '/contacts',
      { surname: 'a\u0000b', marketingConsent: 'grant', officeIds: ['OXF'], negotiatorIds: ['JAS'], email: 'x' },
    ],
    ['POST', '/contacts', { surname: long, marketingConsent: 'grant', officeIds: ['OXF'], negotiatorIds: ['JAS'], email: long }],
    [
      'POST',
      '/contacts',
      { surname: 1, officeIds: 'OXF', negotiatorIds: [1, null], primaryAddress: [], dateOfBirth: '2020-02-31' },
    ],
    ['POST', '/negotiators', { name: long, officeId: 'OXF' }],
    ['POST', '/offices', { name: long, address: { line1: long, geolocation: { latitude: 1e300, longitude: 'x' } } }],
    ['POST', '/contacts', { surname: 'x', marketingConsent: 'grant', officeIds: ['OXF'], negotiatorIds: ['JAS'], email: long }],
    ['POST', '/sources', { name: '', type: 'source', officeIds: ['\u0000'] }],
  ];
  for (const [method, path, json] of tries) {
    const answer = await house.call(path, { method, ...(json === undefined ? {} : { json }) });
    ok(answer.status < 500, `${method} ${path}: ${answer.text}`);
  }
});

test('what other doors wrote is read here, and an update there changes the tag', async () => {
  const before = await house.call('/contacts/OXF18000003');
  await house.lab.dotloop('/contact/3603864', { method: 'PATCH', json: { firstName: 'Arturo', home: '(555) 1' } });
  const after = await house.call('/contacts/OXF18000003');
  notEqual(after.headers.get('etag'), before.headers.get('etag'));
  equal((after.body as { forename: string }).forename, 'Arturo');
  equal((after.body as { homePhone: string }).homePhone, '(555) 1');
  const tag = after.headers.get('etag') ?? '';
  equal(
    (await house.call('/contacts/OXF18000003', { method: 'PATCH', json: { forename: 'Atturo' }, headers: { 'if-match': tag } }))
      .status,
    204,
  );
  const there = await house.lab.dotloop('/contact/3603864');
  equal((there.body as { data: { firstName: string } }).data.firstName, 'Atturo');
});

test('a new member of a contact has it in the book, a former one has not', async () => {
  const path = await make({ negotiatorIds: ['BRE'], email: 'book@example.com' });
  const inBook = async () => {
    const { body } = await house.lab.dotloop('/contact?batch_size=100');
    return (body as { data: { email?: string }[] }).data.some(({ email }) => email === 'book@example.com');
  };
  equal(await inBook(), true);
  equal(
    (await house.call(path, { method: 'PATCH', json: { negotiatorIds: ['JAS'] }, headers: { 'if-match': await tagOf(path) } }))
      .status,
    204,
  );
  equal(await inBook(), false);
});

test('offices of one name made at once get codes of their own', async () => {
  const json = { name: 'Twin Rivers', address: { line1: 'x' } };
  const made = await Promise.all(Array.from({ length: 6 }, () => house.call('/offices', { json })));
  deepEqual(
    made.map(({ status }) => status),
    [201, 201, 201, 201, 201, 201],
  );
  equal(new Set(made.map(({ headers }) => headers.get('location'))).size, 6);
});
