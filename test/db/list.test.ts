import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Connected, connect } from '../../src/db/connect.ts';
import { type Catalogue, type List, listRows } from '../../src/db/index.ts';
import type { Condition, ListQuery, Literal, Order, Scalar, ValueType } from '../../src/kernel/condition.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { copyDatabase } from '../../src/testing/server.ts';

let connected: Connected;
let drop: () => Promise<void>;

before(async () => {
  const database = await copyDatabase('empty');
  drop = database.drop;
  connected = connect(database.url, { max: 3 });
  await connected.pool.query(`
    create table thing (org_id bigint, id bigint, reso_key text, name text, code text, n int, price numeric, at timestamptz, day date,
                        flag boolean, lat double precision, lon double precision);
    insert into thing values
      (1, 1, 'k1', 'Fargo',     'A', 3, 100.50, '2024-01-01T05:30:00.25Z', '2024-01-01', true,  46.87, -96.78),
      (1, 2, 'k2', 'moorhead',  'a', 1, 99,     '2024-02-29T12:00:00Z',    '2024-02-29', false, 46.86, -96.75),
      (1, 3, 'k3', null,        'B', 2, null,   null,                      null,         null,  null,  null),
      (1, 4, 'k4', '50% off_x', 'C', 0, 10.129, '2023-12-31T23:59:59Z',    '2023-12-31', true,  47.92, -97.03),
      (2, 9, 'k9', 'Fargo',     'Z', 9, 1,      '2024-01-01T00:00:00Z',    '2024-01-01', true,  46.87, -96.78);`);
});
after(async () => {
  await connected.close();
  await drop();
});

const catalogue: Catalogue = {
  orgId: 1,
  id: 't.id',
  place: { latitude: 't.lat', longitude: 't.lon' },
  zone: 'America/Chicago',
  fields: {
    id: { sql: 't.id', type: 'integer', required: true },
    name: { sql: 't.name', type: 'text', caseless: true },
    code: { sql: 't.code', type: 'text' },
    word: { sql: 't.code', type: 'text', caseless: true, words: ['A', 'B', 'C', 'D'] },
    state: { sql: 't.name', type: 'text', caseless: true, words: ['Fargo', 'None'], absent: 'None' },
    n: { sql: 't.n', type: 'integer' },
    price: { sql: 't.price', type: 'decimal' },
    at: { sql: 't.at', type: 'datetime' },
    day: { sql: 't.day', type: 'date' },
    flag: { sql: 't.flag', type: 'boolean' },
    lat: { sql: 't.lat', type: 'decimal' },
  },
};
const list: List = {
  catalogue,
  from: sql`thing t`,
  where: sql`t.org_id = ${1}`,
  key: 't.reso_key',
  columns: sql`t.id, t.name`,
  rows: sql`thing t on t.org_id = ${1} and t.id = page.id`,
};

const ask = (query: Partial<ListQuery>) =>
  listRows<{ id: number }>(connected.db, list, { order: [], limit: 10, offset: 0, total: false, ...query });
const ids = async (where: Condition) => (await ask({ where })).rows.map((row) => row.id);

const field = (name: string): Scalar => ({ kind: 'field', name });
const value = (type: ValueType, of: string | number | boolean): Literal => ({ kind: 'literal', type, value: of });
const call = (name: Extract<Scalar, { kind: 'call' }>['name'], ...args: Scalar[]): Scalar => ({ kind: 'call', name, args });
const is = (left: Scalar, right: Scalar): Condition => ({ kind: 'compare', op: 'eq', left, right });
const compare = (op: 'ne' | 'gt' | 'ge' | 'lt' | 'le', name: string, right: Scalar): Condition => ({
  kind: 'compare',
  op,
  left: field(name),
  right,
});

const CASES: readonly (readonly [string, Condition, number[]])[] = [
  ['text without case', is(field('name'), value('text', 'FARGO')), [1]],
  ['codes with case', is(field('code'), value('text', 'A')), [1]],
  ['words of a closed list, as they are kept', is(field('word'), value('text', 'a')), [1]],
  ['a word that the list lacks', is(field('word'), value('text', 'x')), []],
  [
    'words of a list among words',
    { kind: 'among', left: field('word'), values: [value('text', 'B'), value('text', 'c')] },
    [3, 4],
  ],
  ['another word', compare('ne', 'word', value('text', 'B')), [1, 2, 4]],
  ['the word of rows without one', is(field('state'), value('text', 'none')), [3]],
  ['any word but that', compare('ne', 'state', value('text', 'None')), [1, 2, 4]],
  ['every row has a word', { kind: 'missing', left: field('state') }, []],
  ['ne finds rows without a value', compare('ne', 'name', value('text', 'fargo')), [2, 3, 4]],
  ['not is every other row', { kind: 'not', of: compare('gt', 'price', value('integer', 50)) }, [3, 4]],
  ['missing', { kind: 'missing', left: field('price') }, [3]],
  ['a list', { kind: 'among', left: field('name'), values: [value('text', 'Moorhead'), value('text', 'x')] }, [2]],
  ['between', { kind: 'between', left: field('n'), least: value('integer', 1), most: value('decimal', '2.5') }, [2, 3]],
  ['a number beyond bigint', compare('lt', 'n', value('integer', '99999999999999999999999')), [1, 2, 3, 4]],
  ['contains takes % and _ as they are', { kind: 'contains', left: field('name'), text: '% OFF_' }, [4]],
  ['starts', { kind: 'starts', left: field('name'), text: 'MOO' }, [2]],
  ['ends', { kind: 'ends', left: field('name'), text: 'o' }, [1]],
  ['a pattern', { kind: 'pattern', left: field('name'), pattern: '^f.*o$', ignoreCase: true }, [1]],
  ['a pattern with case', { kind: 'pattern', left: field('name'), pattern: '^f.*o$', ignoreCase: false }, []],
  ['upper', is(call('upper', field('name')), value('text', 'fargo')), [1]],
  ['substring', is(call('substring', field('name'), value('integer', 1), value('integer', 3)), value('text', 'ARG')), [1]],
  ['concat', is(call('concat', field('code'), value('text', '!')), value('text', 'B!')), [3]],
  ['length', is(call('length', field('name')), value('integer', 5)), [1]],
  ['indexof', is(call('indexof', field('name'), value('text', 'GO')), value('integer', 3)), [1]],
  ['round', is(call('round', field('price')), value('integer', 101)), [1]],
  ['floor', is(call('floor', field('price')), value('integer', 10)), [4]],
  ['ceiling', is(call('ceiling', field('price')), value('integer', 11)), [4]],
  ['year in the zone of the list', is(call('year', field('at')), value('integer', 2023)), [1, 4]],
  ['date in the zone', is(call('date', field('at')), value('date', '2023-12-31')), [1, 4]],
  ['time in the zone', is(call('time', field('at')), value('time', '06:00:00')), [2]],
  ['hour', is(call('hour', field('at')), value('integer', 17)), [4]],
  ['second', is(call('second', field('at')), value('integer', 59)), [4]],
  ['fractionalseconds', is(call('fractionalseconds', field('at')), value('decimal', '0.25')), [1]],
  ['dayofweek, Sunday 0', is(call('dayofweek', field('day')), value('integer', 0)), [4]],
  ['dayofyear', is(call('dayofyear', field('day')), value('integer', 60)), [2]],
  ['cast of a number', is(call('cast_text', field('price')), value('text', '100.5')), [1]],
  ['cast of text that is no number', is(call('cast_decimal', field('name')), value('integer', 50)), []],
  ['cast to integer', is(call('cast_integer', field('price')), value('integer', 100)), [1]],
  [
    'arithmetic; a divisor of 0 has no answer',
    {
      kind: 'compare',
      op: 'ge',
      left: { kind: 'arithmetic', op: 'div', left: field('price'), right: field('n') },
      right: value('integer', 33),
    },
    [1, 2],
  ],
  ['negative', is({ kind: 'negative', of: field('n') }, value('integer', -3)), [1]],
  ['boolean', is(field('flag'), value('boolean', true)), [1, 4]],
  ['a moment', compare('gt', 'at', value('datetime', '2024-01-01T05:30:00.000Z')), [1, 2]],
  ['ids', { kind: 'ids', ids: [4, 9] }, [4]],
  ['never', { kind: 'never' }, []],
  ['nothing of and is all', { kind: 'and', of: [] }, [1, 2, 3, 4]],
  ['a circle', { kind: 'inside', shape: { kind: 'circle', centre: { latitude: 46.87, longitude: -96.78 }, miles: 5 } }, [1, 2]],
  [
    'a rectangle',
    {
      kind: 'inside',
      shape: { kind: 'rectangle', from: { latitude: 48, longitude: -98 }, to: { latitude: 47, longitude: -97 } },
    },
    [4],
  ],
  [
    'a polygon',
    {
      kind: 'inside',
      shape: {
        kind: 'polygon',
        points: [
          { latitude: 46.8, longitude: -96.8 },
          { latitude: 46.9, longitude: -96.8 },
          { latitude: 46.87, longitude: -96.77 },
        ],
      },
    },
    [1],
  ],
  [
    'along a line',
    {
      kind: 'inside',
      shape: {
        kind: 'line',
        points: [
          { latitude: 46.86, longitude: -96.9 },
          { latitude: 46.86, longitude: -96.7 },
        ],
      },
    },
    [2],
  ],
];
for (const [name, where, expected] of CASES)
  test(`a list filters by: ${name}`, async () => {
    deepEqual(await ids(where), expected);
  });

test('nulls come last in both directions, ties go by id', async () => {
  const sorted = async (...order: Order[]) => (await ask({ order })).rows.map((row) => row.id);
  deepEqual(await sorted({ field: 'price', descending: false }), [4, 2, 1, 3]);
  deepEqual(await sorted({ field: 'price', descending: true }), [1, 2, 4, 3]);
  deepEqual(await sorted({ field: 'flag', descending: true }), [1, 4, 2, 3]);
  deepEqual(await sorted({ field: 'flag', descending: true }, { field: 'price', descending: false }), [4, 1, 2, 3]);
  deepEqual(await sorted({ field: 'id', descending: true }), [4, 3, 2, 1]);
});

test('pages with totals, past the end, and totals alone', async () => {
  const order: Order[] = [{ field: 'price', descending: true }];
  deepEqual(await ask({ order, limit: 2, offset: 1, total: true }), {
    rows: [
      { id: 2, name: 'moorhead' },
      { id: 4, name: '50% off_x' },
    ],
    total: 4,
  });
  deepEqual(await ask({ order, offset: 40, total: true }), { rows: [], total: 4 });
  deepEqual(await ask({ limit: 0, total: true }), { rows: [], total: 4 });
  deepEqual(await ask({ limit: 0 }), { rows: [] });
});

test('a page by key', async () => {
  deepEqual(
    (await ask({ after: '', limit: 2 })).rows.map((row) => row.id),
    [1, 2],
  );
  deepEqual(
    (await ask({ after: 'k2', limit: 2, total: true })).rows.map((row) => row.id),
    [3, 4],
  );
});

test('a shuffled page has every row once', async () => {
  deepEqual((await ask({ order: 'random' })).rows.map((row) => row.id).sort(), [1, 2, 3, 4]);
  deepEqual(await ask({ order: 'random', where: { kind: 'never' }, total: true }), { rows: [], total: 0 });
});

test('what takes too long is given up', async () => {
  const slow: List = { ...list, where: sql`t.org_id = ${1} and pg_sleep(9) is not null` };
  const where: Condition = { kind: 'contains', left: field('name'), text: 'a' };
  await rejects(
    listRows(connected.db, slow, { where, order: [], limit: 1, offset: 0, total: false }),
    (error) => error instanceof Fault && error.kind === 'unavailable' && error.reason === 'database.slow',
  );
});

test('what cannot be computed is a fault of the caller', async () => {
  const power = (n: number): Scalar =>
    n === 0
      ? value('decimal', `1${'0'.repeat(30_000)}`)
      : { kind: 'arithmetic', op: 'mul', left: power(n - 1), right: value('decimal', `1${'0'.repeat(30_000)}`) };
  await rejects(
    ids({ kind: 'compare', op: 'gt', left: power(5), right: field('n') }),
    (error) => error instanceof Fault && error.kind === 'invalid',
  );
  await rejects(ids(is(field('nothing'), value('text', ''))), (error) => error instanceof Fault && error.kind === 'invalid');
  equal((await ids({ kind: 'and', of: [] })).length, 4);
});
