import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { readConfig } from '../../../src/config.ts';
import { reapit } from '../../../src/doors/reapit/plugin.ts';
import { openLab } from '../../../src/testing/lab.ts';
import { memoryGate } from '../../../src/wire/call-gate.ts';
import { openReapit } from './house.ts';

type Body = Record<string, unknown>;

test('R19 a fault of the server is 500 with its sentence, and is logged with the request id', async () => {
  const lines: string[] = [];
  await using lab = await openLab({ log: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }) });
  equal((await lab.reapit('/departments')).status, 200);
  const { pool } = lab.house.stores.connected;
  const query = pool.query;
  pool.query = (() => Promise.reject(new Error('a disk that nobody expected to be full'))) as unknown as typeof query;
  const answer = await lab.reapit('/departments').finally(() => {
    pool.query = query;
  });
  const { dateTime, ...rest } = answer.body as Body;
  deepEqual(
    [answer.status, rest],
    [
      500,
      {
        statusCode: 500,
        description:
          'An unexpected error has been encountered when fulfilling this request. This incident has been logged and will be investigated. Please try again.',
      },
    ],
  );
  match(String(dateTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
  const id = answer.headers.get('x-amzn-requestid') ?? 'none';
  ok(
    lines.some((line) => line.includes(id) && line.includes('a disk that nobody expected')),
    lines.join(''),
  );
});

test('R24 no two answers have the same request id', async () => {
  await using house = await openReapit();
  const ids = new Set<string | null>();
  for (const path of ['/departments', '/departments', '/departments/none', '/nothing', '/departments?pageSize=0'])
    ids.add((await house.call(path)).headers.get('x-amzn-requestid'));
  equal(ids.size, 5);
});

test('R25 twenty requests in a second pass for an application, the next one is refused', () => {
  const { perSecond, inFlight, perDay } = readConfig({ PORTICO_SECRET: 'x'.repeat(40) }).reapitLimits;
  deepEqual([perSecond, inFlight, perDay], [20, 5, 250_000]);
  const gate = memoryGate({ now: () => new Date(5000) }, { perSecond, inFlight: null, perDay: null });
  for (let n = 1; n <= 20; n++) ok('leave' in (gate.enter('app', 'a') as object), `request ${n}`);
  deepEqual(gate.enter('app', 'a'), { retryAfterSeconds: 1, reached: 'perSecond', limit: 20 });
});

test('R26 five requests at a time pass for a customer, a sixth is refused', async () => {
  await using house = await openReapit({ inFlight: 5 });
  const { pool } = house.lab.house.stores.connected;
  const query = pool.query;
  const held = Promise.withResolvers<void>();
  const five = Promise.withResolvers<void>();
  let asked = 0;
  // The database answers nobody until a sixth has knocked.
  pool.query = (async (...given: Parameters<typeof query>) => {
    if (++asked === 5) five.resolve();
    await held.promise;
    return query.apply(pool, given);
  }) as unknown as typeof query;
  const running = Array.from({ length: 5 }, () => house.call('/contacts?pageSize=1'));
  await five.promise;
  const sixth = await house.call('/contacts?pageSize=1').finally(() => {
    pool.query = query;
    held.resolve();
  });
  deepEqual([sixth.status, /^\d+$/.test(sixth.headers.get('retry-after') ?? '')], [429, true]);
  deepEqual(
    (await Promise.all(running)).map(({ status }) => status),
    [200, 200, 200, 200, 200],
  );
  equal((await house.call('/contacts?pageSize=1')).status, 200);
});

test('R114 the version is not superseded: its date, the latest one and none answer alike', async () => {
  await using house = await openReapit();
  const plain = await house.call('/departments/G');
  for (const version of ['2020-01-31', 'latest', 'LATEST']) {
    const answer = await house.call('/departments/G', { headers: { 'api-version': version } });
    deepEqual([answer.status, answer.body], [200, plain.body]);
  }
  notEqual((await house.call('/departments/G', { headers: { 'api-version': '2020-01-30' } })).status, 200);
});

test('R115 nobody has to be told: the one version that there is has nothing deprecated', () => {
  const document = JSON.parse(JSON.stringify(reapit.openapi('http://127.0.0.1:8080'))) as {
    info: { version: string };
    paths: Record<string, Record<string, { deprecated?: boolean }>>;
  };
  equal(document.info.version, '2020-01-31');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  deepEqual(
    operations.filter(({ deprecated }) => deprecated),
    [],
  );
});

/** So many pictures, and no others, for each of the properties that a list shows first. */
async function hangPictures(house: Awaited<ReturnType<typeof openReapit>>, properties: number, each: number): Promise<void> {
  await house.lab.rows(`update media set deleted_at = now() where org_id = 1 and deleted_at is null`);
  const listed = await house.call(`/properties?pageSize=${properties}`);
  const codes = (listed.body as { _embedded: Body[] })._embedded.map(({ id }) => id);
  equal(codes.length, properties);
  await house.lab.rows(
    `insert into media (org_id, property_id, code, reso_key, kind, position, public_key, created_door)
     select 1, p.id, p.code || '_' || gen_random_uuid() || '.jpg', upper(left(md5(random()::text), 26)), 'photograph', n,
       gen_random_uuid()::text, 'reapit'
     from property p, generate_series(1, $2::int) n where p.org_id = 1 and p.code = any($1)`,
    [codes, each],
  );
}

test('R159 embeds count in pages of a hundred', async () => {
  await using house = await openReapit();
  await hangPictures(house, 1, 100);
  const calls = async () => (await house.call('/properties?embed=images&pageSize=1')).headers.get('x-portico-billable-calls');
  equal(await calls(), '2');
  await hangPictures(house, 1, 101);
  equal(await calls(), '3');
});

test('R160 fifty properties with fifteen pictures each are 1 + 8 = 9 calls, and the sandbox has them', async () => {
  await using lab = await openLab();
  const answer = await lab.reapit('/properties?embed=images&pageSize=50');
  const rows = (answer.body as { _embedded: { _embedded: { images: Body[] } }[] })._embedded;
  deepEqual([rows.length, rows.filter((row) => row._embedded.images.length !== 15)], [50, []]);
  equal(answer.headers.get('x-portico-billable-calls'), '9');
});

test('R55 the explorer is connected to the sandbox, with a token and a version', async () => {
  await using lab = await openLab();
  const page = await lab.call('/explore/reapit/');
  equal(page.status, 200);
  const [token] = /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(page.text) ?? [];
  ok(token, 'no token in the page');
  const contact = await lab.reapit('/contacts/OXF18000001', { token, headers: { 'api-version': '2020-01-31' } });
  deepEqual([contact.status, (contact.body as Body).surname], [200, 'Smith']);
  const described = JSON.parse((await lab.call('/openapi/reapit.json')).text) as {
    servers: { url: string }[];
    paths: Record<string, { get: { parameters: { name: string; schema: { default?: string } }[] } }>;
  };
  deepEqual(described.servers, [{ ...described.servers[0], url: `${lab.url}/reapit` }]);
  const given = described.paths['/contacts/']?.get.parameters ?? [];
  const defaultOf = (name: string) => given.find((parameter) => parameter.name === name)?.schema.default;
  deepEqual([defaultOf('api-version'), defaultOf('reapit-customer')], ['2020-01-31', 'SBOX']);
});
