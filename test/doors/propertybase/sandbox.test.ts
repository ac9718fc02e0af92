import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SITE_RESOURCES } from '../../../src/domain/index.ts';
import { SANDBOX } from '../../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const { key, readOnlyKey } = SANDBOX.propertybase;
const call = (path: string, headers: Record<string, string> = {}, rest: { method?: string; json?: unknown } = {}) =>
  lab.call(path, { headers: { 'x-bl-api-key': key, ...headers }, ...rest });

for (const list of [...SITE_RESOURCES, 'searches'])
  test(`the sandbox has ${list}`, async () => {
    const { status, body, text } = await call(`/propertybase/api/v2/${list}`);
    equal(status, 200, text.slice(0, 300));
    ok((body as { data: unknown[] }).data.length > 0, text.slice(0, 300));
  });

test('every list below a development has rows', async () => {
  const { body } = await call('/propertybase/api/v2/developments');
  const [{ id } = { id: 0 }] = (body as { data: { id: number }[] }).data;
  const shown = (await call(`/propertybase/api/v2/developments/${id}`)).body as { data: Record<string, unknown[]> };
  for (const part of [
    'addresses',
    'agents',
    'area_profiles',
    'categories',
    'floor_plans',
    'listing_sheets',
    'pictures',
    'prices',
  ])
    equal(shown.data[`development_${part}`]?.length, 1, part);
  // Files of the sandbox are there like those of everybody.
  const urls = JSON.stringify(shown.data).match(/http[^"]*\/media\/[^"]*/g) ?? [];
  equal(urls.length, 4);
  for (const url of urls) equal((await lab.call(url.slice(lab.url.length))).status, 200, url);
});

test('D01: at the root of the site, key and domain together', async () => {
  const { request } = await import('node:http');
  const at = (host: string, header: Record<string, string>, path = '/api/v2/offices') =>
    new Promise<{ status: number; body: unknown }>((resolve, reject) => {
      const url = new URL(lab.url + path);
      const sent = request(
        {
          host: url.hostname,
          port: url.port,
          path: url.pathname + url.search,
          headers: { host, 'content-type': 'application/json', ...header },
        },
        (answer) => {
          let text = '';
          answer
            .on('data', (chunk) => (text += chunk))
            .on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
        },
      );
      sent.on('error', reject).end();
    });
  const good = await at('WWW.domain.com:80', { 'x-bl-api-key': key });
  equal(good.status, 200);
  deepEqual([(good.body as { status: string }).status, (good.body as { message: string }).message], ['success', 'Offices found']);
  equal((await at('www.domain.com', { 'x-bl-api-key': key }, '/api/v2/offices.json')).status, 200);
  const invalid = { status: 'unauthorized', message: 'Unauthorized', errors: ['API Key is invalid'] };
  deepEqual(await at('www.other.com', { 'x-bl-api-key': key }), { status: 401, body: invalid });
  deepEqual(await at('www.domain.com', { 'x-bl-api-key': 'nobody' }), { status: 401, body: invalid });
  deepEqual(await at('www.domain.com', {}), { status: 401, body: { ...invalid, errors: ['API Key is missing'] } });
});

test('D03: a key that may not write', async () => {
  const { status, body } = await call(
    '/propertybase/api/v2/offices',
    { 'x-bl-api-key': readOnlyKey },
    { method: 'POST', json: { name: 'X' } },
  );
  deepEqual(
    [status, body],
    [
      401,
      { status: 'unauthorized', message: 'Office not created', errors: ['API Key does not have permissions to create offices'] },
    ],
  );
});
