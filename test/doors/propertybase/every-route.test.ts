import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Value } from 'typebox/value';
import { siteContracts } from '../../../src/doors/propertybase/openapi.ts';
import { propertybaseRows } from '../../../src/testing/propertybase-rows.ts';
import { openSite, type SiteHouse } from './house.ts';

let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());

const contracts = siteContracts();
const VERBS: Readonly<Record<string, RegExp>> = { r: /^read$/, w: /^(create|update)$/, d: /^delete$/ };
/** Ids that the sandbox has. */
const IDS: Readonly<Record<string, number>> = {
  lead_id: 3603863,
  dynamic_form_id: 10000001,
  market_report_id: 10000001,
  development_id: 10000001,
};
const pathOf = (url: string, id: number | string) => url.replace(/:(\w+)/g, (_all, name: string) => String(IDS[name] ?? id));
const withBody = (method: string) => (method === 'GET' || method === 'DELETE' ? {} : { json: {} });
type Refusal = { status: string; message: string; errors: string[]; data?: unknown };

test('every operation of the contract is there, and no other', () => {
  const shape = (method: string, path: string) => `${method} ${path}`;
  const there = new Set(contracts.map(({ method, url }) => shape(method, url)));
  const asked = new Set(propertybaseRows.map(({ method, path }) => shape(method, path)));
  deepEqual(
    [...asked].filter((one) => !there.has(one)),
    [],
  );
  deepEqual(
    [...there].filter((one) => !asked.has(one)),
    [],
  );
});

test('operation ids are said once', () => {
  const ids = contracts.map(({ operationId }) => operationId);
  equal(new Set(ids).size, ids.length);
});

test('without a key, with a wrong one, with a key that lacks the right: 401', async () => {
  for (const { method, url, scope } of contracts) {
    const call = (key: string | null) => site.call(pathOf(url, 1), { method, key, ...withBody(method) });
    const missing = await call(null);
    deepEqual(
      [missing.status, missing.body],
      [401, { status: 'unauthorized', message: 'Unauthorized', errors: ['API Key is missing'] }],
      url,
    );
    const wrong = await call('nobody');
    deepEqual([wrong.status, (wrong.body as Refusal).errors], [401, ['API Key is invalid']], url);
    const { status, body } = await call('none');
    const { status: word, message, errors } = body as Refusal;
    equal(status, 401, `${method} ${url}`);
    equal(word, 'unauthorized');
    ok(/ not (found|created|updated|deleted|deactivated|reactivated)$/.test(message), message);
    const [row = '', right = ''] = (scope[0] ?? '').split(':');
    const [, verb = '', noun] = /^API Key does not have permissions to (\w+) (.+)$/.exec(errors[0] ?? '') ?? [];
    ok(VERBS[right]?.test(verb), errors[0]);
    equal(noun, row.replaceAll('_', ' '));
  }
});

test('with every right but the one that is needed: 401', async () => {
  const { identity } = site.lab.house.stores.domain;
  for (const right of ['r', 'w', 'd']) {
    const rest = ['r', 'w', 'd'].filter((one) => one !== right).join('');
    const rows = [...new Set(contracts.map(({ scope }) => (scope[0] ?? '').split(':')[0] ?? ''))];
    await identity.createSiteKey({
      orgId: 1,
      name: rest,
      permissions: Object.fromEntries(rows.map((row) => [row, rest])),
      key: `but-${right}`,
    });
  }
  for (const { method, url, scope } of contracts) {
    const right = (scope[0] ?? '').split(':')[1] ?? '';
    const { status } = await site.call(pathOf(url, 1), { method, key: `but-${right}`, ...withBody(method) });
    equal(status, 401, `${method} ${url}`);
  }
});

test('records that are not there, and those of another brokerage: 404 in the envelope', async () => {
  for (const { method, url } of contracts.filter(({ url }) => url.includes(':'))) {
    for (const id of ['999999999', 'abc', '99999999999999999999']) {
      const path = url.includes(':id') ? pathOf(url, id) : url.replace(/:\w+/g, id);
      const { status, body } = await site.call(path, { method, ...withBody(method) });
      equal(status, 404, `${method} ${path}`);
      const { status: word, errors, data } = body as Refusal;
      deepEqual([word, errors.length, data], ['failure', 1, undefined]);
    }
    const path = pathOf(url, 10000001);
    const { status, text } = await site.call(path, { method, key: 'demo', ...withBody(method) });
    if (!/^\/(leads|agents|employees|offices|teams|properties|tasks|events|showings)\b/.test(url))
      equal(status, 404, `${method} ${path} ${text}`);
  }
});

test('lists hold nothing of another brokerage', async () => {
  for (const { method, url } of contracts.filter((one) => one.method === 'GET' && !one.url.includes(':'))) {
    const own = await site.call(url, { method });
    const other = await site.call(url, { method, key: 'demo' });
    equal(other.status, 200, url);
    ok(!/Harbour Lofts|Brian Erwin|Allen Agent|hot tub|Wants to keep/i.test(other.text), `${url}: ${other.text.slice(0, 200)}`);
    equal(own.status, 200, url);
  }
});

test('answers fit their schemas', async () => {
  for (const { method, url, answers } of contracts.filter((one) => one.method === 'GET' && !one.url.includes(':'))) {
    const { body } = await site.call(`${url}?per_page=5`, { method });
    const schema = [answers[200] ?? []].flat()[0];
    ok(
      schema && Value.Check(schema, body),
      `${url}: ${JSON.stringify(schema ? [...Value.Errors(schema, body)].slice(0, 2) : [])}`,
    );
  }
});

test('bad input gets the envelope and never a 5xx', async () => {
  const bad = [[], 'x', {}, true, -1, 1e300, '\u0000', null, '9'.repeat(40)];
  for (const { method, url, body } of contracts.filter((one) => one.method === 'POST')) {
    const names = Object.keys((body as { properties?: object } | undefined)?.properties ?? {});
    for (const value of bad) {
      const { status, text } = await site.call(pathOf(url, 1), {
        method,
        json: Object.fromEntries(names.map((name) => [name, value])),
      });
      ok(status < 500, `${method} ${url} ${JSON.stringify(value)?.slice(0, 40)}: ${status} ${text.slice(0, 200)}`);
    }
  }
  for (const { url, query } of contracts.filter((one) => one.method === 'GET' && !one.url.includes(':')))
    for (const name of Object.keys((query as { properties?: object }).properties ?? {}))
      for (const value of ['%00', 'x,y', '-1', '9'.repeat(40), '%ff', "';--"]) {
        const { status, text } = await site.call(`${url}?${name}=${value}`);
        ok(status < 500, `${url}?${name}=${value}: ${status} ${text.slice(0, 200)}`);
      }
});
