import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { sweepFiles } from '../../../src/domain/index.ts';
import { openReapit, type ReapitCall, type ReapitHouse } from './house.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

const MB = 1024 * 1024;
const call = (path: string, options?: ReapitCall) => house.call(path, options);
const bodyOf = <T>(answer: { body: unknown }) => answer.body as T;
const fieldsOf = (answer: { body: unknown }) => bodyOf<{ errors: { field: string }[] }>(answer).errors.map(({ field }) => field);
const PURPOSES = ['documents', 'propertyImages', 'identityChecks'];

/** Addresses name the public URL; the house of the tests listens elsewhere. */
const here = (url: string) => url.replace('http://portico.test/reapit', house.base);
const giveOut = async (purpose = 'documents', token = 'sbox') =>
  bodyOf<{ urls: string[] }>(await call(`/${purpose}/signedUrl`, { json: { amount: 1 }, token })).urls[0] ?? '';
const put = (url: string, body: Uint8Array | string) => fetch(here(url), { method: 'PUT', body });
const post = (fileUrl: string, token = 'sbox') =>
  call('/documents', {
    json: { associatedType: 'contact', associatedId: 'OXF18000001', typeId: 'DET', name: 'up.bin', fileUrl },
    token,
  });
const download = (location: string | null) =>
  fetch(`${here(location ?? '')}/download`, { headers: { authorization: 'Bearer sbox' } }).then((answer) => answer.arrayBuffer());

describe('signed addresses (R86–R94)', () => {
  test('R90 one to ten of them, for fifteen minutes', async () => {
    for (const purpose of PURPOSES) {
      const answer = await call(`/${purpose}/signedUrl`, { json: { amount: 10 } });
      equal(answer.status, 201);
      equal(answer.headers.get('location'), null);
      const { urls, expiration, ...rest } = bodyOf<{ urls: string[]; expiration: string }>(answer);
      deepEqual(rest, {});
      equal(new Set(urls).size, 10);
      for (const url of urls) equal(new URL(url).searchParams.get('X-Amz-Expires'), '900');
      match(expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
      ok(Math.abs(Date.parse(expiration) - Date.now() - 900_000) < 10_000);
      for (const json of [
        {},
        { amount: 0 },
        { amount: 11 },
        { amount: -1 },
        { amount: 1.5 },
        { amount: 'two' },
        { amount: null },
      ]) {
        const refused = await call(`/${purpose}/signedUrl`, { json });
        equal(refused.status, 422, JSON.stringify(json));
        deepEqual(fieldsOf(refused), ['amount']);
      }
      equal((await call(`/${purpose}/signedUrl`, { json: { amount: 1 }, token: 'none' })).status, 403);
      equal((await call(`/${purpose}/signedUrl`, { json: { amount: 1 }, token: null })).status, 401);
    }
  });

  test('take a file, and the record takes it from there, with or without the query', async () => {
    for (const withQuery of [true, false]) {
      const url = await giveOut();
      const bytes = randomBytes(7 * MB);
      const sent = await put(url, bytes);
      equal(sent.status, 200);
      equal(await sent.text(), '');
      ok(sent.headers.get('x-amzn-requestid'));
      const made = await post(withQuery ? url : (url.split('?')[0] ?? ''));
      equal(made.status, 201, made.text);
      deepEqual(Buffer.from(await download(made.headers.get('location'))), bytes);
      deepEqual(fieldsOf(await post(url)), ['fileUrl']);
      equal((await put(url, 'late')).status, 403);
    }
  });

  test('a repeat overwrites until it is used', async () => {
    const url = await giveOut();
    equal((await put(url, 'first')).status, 200);
    equal((await put(url, 'second')).status, 200);
    equal(Buffer.from(await download((await post(url)).headers.get('location'))).toString(), 'second');
  });

  test('are refused where they are no own ones, empty, or for something else', async () => {
    const empty = await giveOut();
    const nothing = await giveOut();
    equal((await put(nothing, '')).status, 200);
    const image = await giveOut('propertyImages');
    equal((await put(image, 'x')).status, 200);
    const theirs = await giveOut('documents', 'other');
    equal((await put(theirs, 'x')).status, 200);
    const elsewhere = await giveOut('documents', 'demo');
    equal((await put(elsewhere, 'x')).status, 200);
    const foreign = theirs.replace('portico.test', 'example.com');
    for (const url of [
      empty,
      nothing,
      image,
      theirs,
      elsewhere,
      foreign,
      'http://169.254.169.254/',
      'file:///etc/passwd',
      'x',
      'http://portico.test/reapit/uploads/',
    ])
      deepEqual(fieldsOf(await post(url)), ['fileUrl'], url);
  });

  test('R86 a closed or forged address is 403, an upload of more than 30 MB 413', async () => {
    const url = await giveOut();
    const [path, query = ''] = url.split('?');
    for (const wrong of [
      `${path}`,
      `${path}?${query}x`,
      url.replace('Expires=900', 'Expires=90000'),
      url.replace(/Date=\d{4}/, 'Date=2099'),
    ])
      equal((await put(wrong, 'x')).status, 403, wrong);
    equal((await put(`${url.split('/uploads/')[0]}/uploads/nope?${query}`, 'x')).status, 403);
    const other = await giveOut();
    equal((await put(`${path}?${other.split('?')[1]}`, 'x')).status, 403);
    const large = await put(url, new Uint8Array(30 * MB + 1));
    equal(large.status, 413);
    equal(((await large.json()) as { statusCode: number }).statusCode, 413);
    equal((await put(url, new Uint8Array(30 * MB))).status, 200);
    await house.lab.rows(`update upload set expires_at = now() - interval '1 second' where uuid = $1`, [path?.split('/').at(-1)]);
    equal((await put(url, 'x')).status, 403);
    equal((await post(url)).status, 201);
    for (const method of ['GET', 'POST', 'DELETE'])
      deepEqual(await (await fetch(here(url), { method })).json(), { message: 'Missing Authentication Token' });
    const preflight = await fetch(here(url), { method: 'OPTIONS' });
    equal(preflight.status, 204);
    equal(preflight.headers.get('access-control-allow-origin'), '*');
  });

  test('two records at once: one gets the file', async () => {
    const url = await giveOut();
    equal((await put(url, 'once')).status, 200);
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(url)));
    deepEqual(answers.map(({ status }) => status).toSorted(), [201, 422, 422, 422, 422]);
  });
});

describe('the size of requests (R83–R85)', () => {
  const body = (characters: number) =>
    JSON.stringify({
      associatedType: 'contact',
      associatedId: 'OXF18000001',
      typeId: 'DET',
      name: 'x',
      fileData: `data:;base64,${'A'.repeat(characters)}`,
    });
  test('R84 six megabytes with everything', async () => {
    const fits = Math.floor((6 * MB - 2_000) / 4) * 4;
    equal((await call('/documents', { text: body(fits) })).status, 201);
    for (const characters of [6 * MB, 7 * MB]) equal((await call('/documents', { text: body(characters) })).status, 413);
  });
});

describe('property images', () => {
  const picture = (colour: string) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: colour } })
      .jpeg()
      .toBuffer();
  const uri = (bytes: Buffer) => `data:image/jpeg;base64,${bytes.toString('base64')}`;
  type Image = {
    id: string;
    order: number;
    url: string;
    thumbnailUrl: string;
    caption: string;
    type: string;
    fromArchive: boolean;
  };
  const add = (more: Record<string, unknown>) =>
    call('/propertyImages', { json: { propertyId: 'oxf190347', caption: 'A room', type: 'photograph', ...more } });
  const images = async () =>
    bodyOf<{ _embedded: Image[] }>(await call('/propertyImages?propertyId=OXF190347&sortBy=order&pageSize=100'))._embedded;

  test('are made, shown, changed, ordered and deleted', async () => {
    const before = await images();
    const made = await add({ data: uri(await picture('red')) });
    equal(made.status, 201, made.text);
    const url = await giveOut('propertyImages');
    equal((await put(url, await picture('blue'))).status, 200);
    const second = await add({ fileUrl: url, caption: 'The plan', type: 'floorPlan' });
    equal(second.status, 201, second.text);
    const [id = '', other = ''] = [made, second].map(({ headers }) => headers.get('location')?.split('/').at(-1) ?? '');
    match(id, /^OXF190347_\d\d\.jpg$/);
    notEqual(id, other);
    const {
      created,
      modified,
      _eTag,
      url: large,
      thumbnailUrl,
      ...model
    } = bodyOf<Record<string, unknown>>(await call(`/propertyImages/${id.toUpperCase()}`));
    deepEqual(model, {
      id,
      propertyId: 'OXF190347',
      caption: 'A room',
      type: 'photograph',
      order: before.length + 1,
      fromArchive: false,
      _links: { self: { href: `/propertyImages/${id}` }, property: { href: '/properties/OXF190347' } },
      _embedded: null,
    });
    for (const address of [large, thumbnailUrl]) {
      match(String(address), /^http:\/\/portico\.test\/media\/[0-9a-f]{32}\/(large|thumb)\.jpg$/);
      const shown = await house.lab.call(String(address).replace('http://portico.test', ''));
      equal(shown.status, 200);
      equal(shown.headers.get('content-type'), 'image/jpeg');
    }
    equal(
      bodyOf<{ id: string }[]>({
        body: bodyOf<{ _embedded: unknown }>(await call(`/propertyImages?id=${other.toLowerCase()}`))._embedded,
      })[0]?.id,
      other,
    );
    const tag = (await call(`/propertyImages/${id}`)).headers.get('etag') ?? '';
    const patched = await call(`/propertyImages/${id}`, {
      method: 'PATCH',
      json: { caption: 'The hall', type: 'EPC', order: 1 },
      headers: { 'if-match': tag },
    });
    equal(patched.status, 204, patched.text);
    const after = bodyOf<Image>(await call(`/propertyImages/${id}`));
    deepEqual([after.caption, after.type, after.order], ['The hall', 'epc', before.length + 1]);

    const all = (await images()).map((one) => one.id);
    const reversed = all.toReversed();
    equal((await call('/propertyImages/reindex', { json: { propertyId: 'OXF190347', imageOrder: reversed } })).status, 204);
    deepEqual(
      (await images()).map((one) => one.id),
      reversed,
    );
    for (const imageOrder of [
      [],
      all.slice(1),
      [...all, all[0]],
      [...all.slice(1), 'OXF190347_99.jpg'],
      [...all.slice(1), all[1]],
      null,
    ]) {
      const refused = await call('/propertyImages/reindex', { json: { propertyId: 'OXF190347', imageOrder } });
      equal(refused.status, 422, JSON.stringify(imageOrder));
      deepEqual(fieldsOf(refused), ['imageOrder']);
    }
    deepEqual(fieldsOf(await call('/propertyImages/reindex', { json: { propertyId: 'NONE', imageOrder: [] } })), ['propertyId']);
    equal((await call(`/propertyImages/${id}`, { method: 'DELETE' })).status, 204);
    equal((await call(`/propertyImages/${id}`)).status, 404);
    deepEqual(
      (await images()).map(({ order }) => order),
      Array.from({ length: all.length - 1 }, (_, i) => i + 1),
    );
    equal((await house.lab.call(String(large).replace('http://portico.test', ''))).status, 404);
  });

  test('the number of an image is never given out again', async () => {
    const first = await add({ data: uri(await picture('green')) });
    const id = first.headers.get('location')?.split('/').at(-1) ?? '';
    equal((await call(`/propertyImages/${id}`, { method: 'DELETE' })).status, 204);
    const next = await add({ data: uri(await picture('green')) });
    notEqual(next.headers.get('location')?.split('/').at(-1), id);
  });

  test('have to be pictures, and exactly one of data and fileUrl', async () => {
    const good = uri(await picture('red'));
    deepEqual(fieldsOf(await call('/propertyImages', { json: {} })).toSorted(), ['caption', 'data', 'propertyId', 'type']);
    deepEqual(fieldsOf(await add({ data: good, fileUrl: await giveOut('propertyImages') })), ['data', 'fileUrl']);
    deepEqual(fieldsOf(await add({ data: good, propertyId: 'OXF990000' })), ['propertyId']);
    for (const [bytes, type] of [
      ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
      ['%PDF-1.4', 'image/jpeg'],
      ['plain', 'image/png'],
    ])
      deepEqual(fieldsOf(await add({ data: `data:${type};base64,${Buffer.from(bytes ?? '').toString('base64')}` })), ['data']);
    const cut = (await picture('red')).subarray(0, 200);
    deepEqual(fieldsOf(await add({ data: uri(cut) })), ['data']);
    const url = await giveOut('propertyImages');
    equal((await put(url, 'no picture')).status, 200);
    deepEqual(fieldsOf(await add({ fileUrl: url })), ['fileUrl']);
  });

  test('several at once get numbers and places of their own', async () => {
    const data = uri(await picture('grey'));
    const made = await Promise.all(Array.from({ length: 6 }, () => add({ data })));
    deepEqual(
      made.map(({ status }) => status),
      [201, 201, 201, 201, 201, 201],
    );
    equal(new Set(made.map(({ headers }) => headers.get('location'))).size, 6);
    const orders = (await images()).map(({ order }) => order);
    deepEqual(
      orders,
      orders.map((_, i) => i + 1),
    );
  });

  test('keep metadata of the application, by which lists filter', async () => {
    const [first] = await images();
    equal(
      (await call('/metadata', { json: { entityType: 'propertyImage', entityId: first?.id, metadata: { room: 'Hall' } } }))
        .status,
      201,
    );
    const found = bodyOf<{ _embedded: Image[] }>(await call("/propertyImages?metadata=metadata.room $eq 'hall'"))._embedded;
    deepEqual(
      found.map(({ id }) => id),
      [first?.id],
    );
  });

  test('every documented order and filter', async () => {
    for (const sort of ['created', '-modified', 'order', '-order', 'type', 'propertyId', '-propertyId'])
      equal((await call(`/propertyImages?sortBy=${sort}`)).status, 200, sort);
    const total = async (query: string) => bodyOf<{ totalCount: number }>(await call(`/propertyImages?${query}`)).totalCount;
    equal(await total('fromArchive=true'), 0);
    ok((await total('type=FLOORPLAN')) >= 1);
    ok((await total('type=photograph&type=floorPlan&fromArchive=false&createdFrom=2001-01-01')) > 1);
  });
});

test('bodies of any form: no fault of ours, in time', async () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      'data:;base64,AAAA',
      'data:image/png;base64,iVBORw0KGgo=',
      'http://portico.test/reapit/uploads/x',
      'OXF190347',
      'contact',
      'DET',
    ),
  );
  const names = [
    'associatedType',
    'associatedId',
    'typeId',
    'name',
    'fileData',
    'fileUrl',
    'data',
    'isPrivate',
    'metadata',
    'propertyId',
    'caption',
    'type',
    'imageOrder',
    'amount',
  ];
  const image = ((await call('/propertyImages?pageSize=1')).body as { _embedded: { id: string }[] })._embedded[0]?.id;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (json) => {
      for (const path of [
        '/documents',
        '/propertyImages',
        '/propertyImages/reindex',
        ...PURPOSES.map((one) => `/${one}/signedUrl`),
      ]) {
        const { status, text } = await call(path, { json });
        ok(status < 500, `${status} ${path} ${JSON.stringify(json)} ${text}`);
      }
      const etag = (await call(`/propertyImages/${image}`)).headers.get('etag') ?? '';
      const { status } = await call(`/propertyImages/${image}`, { method: 'PATCH', json, headers: { 'if-match': etag } });
      ok(status < 500, `${status} ${JSON.stringify(json)}`);
    }),
    { numRuns: 80 },
  );
});

test('what nobody took is let go after a day, the bytes with it after thirty', async () => {
  const { ports } = house.lab.house.stores;
  const url = await giveOut();
  equal((await put(url, 'nobody wants this')).status, 200);
  const kept = () => house.lab.rows<{ n: number }>('select count(*)::int as n from upload');
  ok(((await kept())[0]?.n ?? 0) > 0);
  await sweepFiles(ports.db, ports.files, new Date(Date.now() + 25 * 3_600_000));
  deepEqual(await kept(), [{ n: 0 }]);
  deepEqual(fieldsOf(await post(url)), ['fileUrl']);
});
