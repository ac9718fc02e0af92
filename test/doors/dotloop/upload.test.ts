import { deepEqual, equal, match } from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './house.ts';

const LIMIT = 500_000;
const PDF = Buffer.from('%PDF-1.4\n% bytes \u0000 of any kind\n');
let house: Awaited<ReturnType<typeof openHouse>>;
let F: string;
before(async () => {
  house = await openHouse({ uploadLimit: LIMIT });
  const body = { name: 'Garay', transactionType: 'OTHER' };
  const loop = await house.call('POST', `/profile/${house.ann.profileId}/loop`, { body });
  const L = `/profile/${house.ann.profileId}/loop/${loop.data.id}`;
  const folder = await house.call('POST', `${L}/folder/`, { body: { name: 'Disclosures' } });
  F = `${L}/folder/${folder.data.id}`;
});
after(() => house[Symbol.asyncDispose]());

/** A form of one part, as the seed prints it: header by header. */
const form = (disposition: string, bytes: Uint8Array = PDF, end = '\r\n--B--\r\n') => ({
  headers: { 'content-type': 'multipart/form-data; boundary=B' },
  body: Buffer.concat([
    Buffer.from(`--B\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: text/html\r\n\r\n`),
    bytes,
    Buffer.from(end),
  ]),
});

describe('an upload', () => {
  for (const [parameter, name] of [
    ['fileName="my_disclosures.pdf"', 'my_disclosures.pdf'],
    ['filename=plain.pdf', 'plain.pdf'],
    ["filename*=UTF-8''%e2%82%ac.pdf", '€.pdf'],
    ['filename="C:\\\\docs\\\\..\\\\a.pdf"', 'a.pdf'],
  ] as const)
    test(parameter, async () => {
      const reply = await house.call('POST', `${F}/document/`, form(`name="file"; ${parameter}`));
      deepEqual([reply.status, reply.data.name], [201, name]);
    });

  for (const [name, sent] of [
    ['no part file', form('name="doc"; filename="a.pdf"')],
    ['no file name', form('name="file"')],
    ['a file name that is none', form('name="file"; filename=".."')],
    ['an empty file', form('name="file"; filename="a.pdf"', Buffer.alloc(0))],
    ['a form without its end', form('name="file"; filename="a.pdf"', PDF, '')],
    ['over the limit', form('name="file"; filename="a.pdf"', Buffer.alloc(LIMIT + 1))],
    ['JSON', { body: {} }],
    ['no body', {}],
    ['no boundary', { ...form('name="file"; filename="a.pdf"'), headers: { 'content-type': 'multipart/form-data' } }],
  ] as const)
    test(`${name} is refused`, async () => {
      const reply = await house.call('POST', `${F}/document`, sent);
      deepEqual([reply.status, reply.errors], [400, ['1007 /data/attributes/file']]);
    });

  test('what is refused leaves no file behind', async () => {
    const before = await house.call('GET', `${F}/document`);
    await house.call('POST', `${F}/document`, form('name="file"; filename="a.pdf"', PDF, ''));
    equal((await house.call('GET', `${F}/document`)).text, before.text);
  });

  test('over the limit it is refused while it arrives', async () => {
    const { headers, body } = form('name="file"; filename="a.pdf"', Buffer.alloc(LIMIT + 70_000), '');
    const sending = request(`${house.base}${F}/document`, {
      method: 'POST',
      headers: { ...headers, authorization: 'Bearer ann', 'content-length': '100000000' },
    });
    const status = new Promise((resolve) => sending.on('response', (answer) => resolve(answer.statusCode)));
    sending.on('error', () => {});
    sending.write(body);
    equal(await status, 400);
    sending.destroy();
  });

  test('into an unknown folder is 404, before anything is received', async () => {
    equal((await house.call('POST', `${F}9999/document`, form('name="x"'))).status, 404);
  });
});

describe('a document', () => {
  test('comes back as it was, under the type of its bytes', async () => {
    const { data } = await house.call('POST', `${F}/document`, form('name="file"; filename="Ä \\"b\\".pdf"'));
    const path = `${F}/document/${data.id}`;
    equal((await house.call('GET', path)).text, JSON.stringify({ data }));
    match(String(data.downloadUrl), /^http:\/\/portico\.test\/dotloop\/public\/v2\/.*\/download$/);
    for (const [at, accept] of [
      [path, 'application/pdf'],
      [`${path}/download`, 'application/json'],
    ] as const) {
      const reply = await house.call('GET', at, { headers: { accept } });
      deepEqual([reply.status, reply.text], [200, PDF.toString()]);
      equal(reply.headers.get('content-type'), 'application/pdf');
      equal(reply.headers.get('content-length'), String(PDF.length));
      equal(reply.headers.get('x-content-type-options'), 'nosniff');
      match(reply.headers.get('content-security-policy') ?? '', /^sandbox/);
      equal(reply.headers.get('content-disposition'), `attachment; filename="_ _b_.pdf"; filename*=UTF-8''%C3%84%20%22b%22.pdf`);
    }
    const head = await house.call('HEAD', `${path}/download`);
    deepEqual([head.status, head.headers.get('content-length')], [200, String(PDF.length)]);
  });

  test('that is no PDF keeps its own type, also when asked for as one', async () => {
    const { data } = await house.call('POST', `${F}/document`, form('name="file"; filename="a.pdf"', Buffer.from('<script>')));
    const reply = await house.call('GET', `${F}/document/${data.id}`, { headers: { accept: 'application/pdf' } });
    deepEqual([reply.text, reply.headers.get('content-type')], ['<script>', 'application/octet-stream']);
  });

  test('in a list says its name twice, and is under its folder only', async () => {
    const { rows, json } = await house.call('GET', `${F}/document`);
    equal(json.meta?.total, rows.length);
    for (const row of rows) equal(row.filename, row.name);
    const folder = await house.call('GET', `${F}?include_documents=true`);
    deepEqual(folder.data.documents, rows);
    equal((await house.call('GET', `${F.replace(/\d+$/, '99999')}/document/${rows[0]?.id}`)).status, 404);
  });
});
