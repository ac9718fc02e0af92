import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { Check, Errors } from 'typebox/value';
import { webClient } from '../../scripts/web-client.ts';
import { type AppOperation, operations } from '../../src/pages/contract.ts';
import { CSRF, openPages } from './fixture.ts';

const pages = await openPages();
after(() => pages[Symbol.asyncDispose]());

const clientId = '69bcf590-71b7-41a4-a039-a1d290edca11';
const urlOf = ({ url }: AppOperation) => `/app${url.replace(':id', '34308').replace(':clientId', clientId)}`;

const TERMS = {
  name: 'Board',
  grants: ['client_credentials'],
  redirectUris: [],
  signOutUris: [],
  scopes: ['agencyCloud/contacts.read'],
  isPublic: false,
  requirePkce: false,
  rotateRefresh: true,
};
const WEBHOOK = {
  url: 'https://board.example/hook',
  description: '',
  topics: ['contacts.created'],
  customers: [],
  enabled: true,
  ignoreEtagOnly: true,
  extrasFields: [],
};
const KEY = { name: 'Lead form', permissions: [{ resource: 'leads', read: true, write: false, delete: false }] };
const SPARK_KEY = {
  name: 'Site',
  member: 'brianerwin@newkyhome.com',
  role: 'idx',
  flags: [],
  redirectUris: [],
};
const BODIES: Record<string, object> = {
  registerApplication: TERMS,
  changeRegistered: TERMS,
  installApplication: { clientId },
  grantExtras: { fields: ['pDirections'] },
  addWebhook: WEBHOOK,
  changeWebhook: WEBHOOK,
  makeSiteKey: KEY,
  changeSiteKey: KEY,
  rotateSiteKey: { hours: 24 },
  makeSparkKey: SPARK_KEY,
};

for (const operation of Object.values<AppOperation>(operations)) {
  const { operationId, method, answer, signedIn } = operation;
  const call = () => {
    const payload = BODIES[operationId];
    const headers = { 'x-csrf-token': CSRF };
    return pages.app.inject({ method, url: urlOf(operation), headers, ...(payload && { payload }) });
  };
  describe(operationId, () => {
    if (signedIn)
      test('says 401 to whoever is not signed in', async () => {
        pages.state.signedIn = false;
        const said = await call();
        pages.state.signedIn = true;
        equal(said.statusCode, 401);
        deepEqual(said.json(), { error: { message: 'Sign in first' } });
      });
    test('answers within its contract', async () => {
      const said = await call();
      equal(said.statusCode, 200, said.body);
      ok(Check(answer, said.json()), JSON.stringify(Errors(answer, said.json())));
      equal(said.headers['cache-control'], 'private, no-store');
    });
  });
}

for (const operation of Object.values<AppOperation>(operations).filter(({ method }) => method === 'POST'))
  test(`${operation.operationId} without the token of a page is refused`, async () => {
    const payload = BODIES[operation.operationId];
    const said = await pages.app.inject({ method: 'POST', url: urlOf(operation), ...(payload && { payload }) });
    equal(said.statusCode, 403);
  });

/** The same with every text in it replaced. */
function spoilt(value: unknown, by: string): unknown {
  if (typeof value === 'string') return by;
  if (Array.isArray(value)) return value.map((one) => spoilt(one, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilt(one, by)]));
}

test('a text that cannot be kept is refused at every member of every body', async () => {
  const refused = async (operation: AppOperation, payload: object) => {
    const headers = { 'x-csrf-token': CSRF };
    const said = await pages.app.inject({ method: 'POST', url: urlOf(operation), headers, payload });
    equal(said.statusCode, 400, `${operation.operationId}: ${said.body}`);
    return said.json();
  };
  let members = 0;
  for (const operation of Object.values<AppOperation>(operations))
    for (const [at, value] of Object.entries(BODIES[operation.operationId] ?? {}))
      for (const wrong of ['a\0', '\ud800']) {
        const changed = spoilt(value, wrong);
        if (JSON.stringify(changed) === JSON.stringify(value)) continue;
        members++;
        await refused(operation, { ...BODIES[operation.operationId], [at]: changed });
      }
  ok(members > 20, `${members}`);
  deepEqual(await refused(operations.makeSparkKey, { ...SPARK_KEY, name: 'a\0' }), {
    error: {
      message: 'name contains a character that cannot be stored',
      breaches: [{ at: 'name', message: 'name contains a character that cannot be stored' }],
    },
  });
});

test('what is not there, not the reader’s, or no id at all is one and the same 404', async () => {
  for (const id of ['1', '0', '-5', 'abc', '34308x', '9007199254740993', '%00']) {
    const said = await pages.app.inject(`/app/loops/${id}`);
    equal(said.statusCode, 404, id);
    deepEqual(said.json(), { error: { message: 'No such loop' } });
  }
  equal(
    (await pages.app.inject({ url: '/app/nothing', headers: { accept: 'text/html' } })).json().error.message,
    'There is nothing at this address',
  );
});

test('a merged loop is answered by its survivor', async () => {
  equal((await pages.app.inject('/app/loops/30003')).json().id, 34308);
});

test('activity comes in pages, and the last one says so', async () => {
  const first = (await pages.app.inject('/app/loops/34308/activity')).json();
  equal(first.items.length, 10);
  equal(first.nextPage, 2);
  equal((await pages.app.inject('/app/loops/34308/activity?page=3')).json().nextPage, null);
  equal((await pages.app.inject('/app/loops/34308/activity?page=0')).statusCode, 400);
});

describe('revoking an application', () => {
  const url = '/app/applications/5d0f/revoke';
  test('needs the token of the page', async () => {
    equal((await pages.app.inject({ method: 'POST', url })).statusCode, 403);
    equal(
      (await pages.app.inject({ method: 'POST', url, headers: { 'x-csrf-token': `${CSRF.slice(0, -1)}X` } })).statusCode,
      403,
    );
    ok(pages.applications.has('5d0f'));
  });
  test('ends it once', async () => {
    const headers = { 'x-csrf-token': CSRF };
    equal((await pages.app.inject({ method: 'POST', url, headers })).statusCode, 200);
    equal((await pages.app.inject({ method: 'POST', url, headers })).statusCode, 404);
  });
});

describe('a document', () => {
  const url = '/app/loops/34308/folders/423424/documents/561622';
  test('opens in place when a browser can show it', async () => {
    const { headers, body } = await pages.app.inject(url);
    equal(headers['content-type'], 'application/pdf');
    equal(
      headers['content-disposition'],
      `inline; filename="lead _paint_ _ _t_.pdf"; filename*=UTF-8''lead%20%E2%80%9Cpaint%E2%80%9D%20%E2%80%93%20%C3%A9t%C3%A9.pdf`,
    );
    equal(headers['x-content-type-options'], 'nosniff');
    match(body, /^%PDF/);
  });
  test('downloads under its name when asked to', async () => {
    match(String((await pages.app.inject(`${url}?download`)).headers['content-disposition']), /^attachment; /);
  });
  test('is never run: what is not known is downloaded, and sandboxed', async () => {
    const { headers } = await pages.app.inject('/app/loops/34308/folders/423424/documents/561623');
    match(String(headers['content-disposition']), /^attachment; filename="plan.svg"/);
    match(String(headers['content-security-policy']), /^sandbox;/);
  });
  test('is not found under another folder', async () => {
    equal((await pages.app.inject('/app/loops/34308/folders/423425/documents/561622')).statusCode, 404);
  });
});

test('the web client is that of the contract', async () => {
  equal(await readFile(new URL('../../web/src/generated/app-api.ts', import.meta.url), 'utf8'), await webClient());
});
