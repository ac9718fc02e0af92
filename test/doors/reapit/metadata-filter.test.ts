import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { openReapit, type ReapitHouse } from './house.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

type Page = { _embedded: { entityId: string }[]; totalCount: number };
const DOCUMENTS: Readonly<Record<string, Record<string, unknown>>> = {
  london: { city: 'London', n: 100, yes: true, on: '2020-11-05T13:15:30Z', tags: ['ONE', 'TWO', 3], deep: { er: { v: 'x' } } },
  paris: {
    city: 'paris',
    n: 99.5,
    yes: false,
    on: '2020-11-05',
    tags: ['one'],
    deep: { er: { v: 'Y' } },
    items: [{ c: 'red' }, { c: 'blue' }],
  },
  rome: { CITY: 'ROME', n: -3, on: '2020-11-06T00:30:00+01:00', tags: [], items: [{ c: 'red' }, { d: 1 }] },
  mixed: { city: 7, n: '100', yes: 'true', on: 1604582130000, tags: 'ONE', items: { c: 'red' }, deep: ['er'] },
  nothing: { city: null, other: "O'Brien", days: ['2020-11-05T23:59:59Z', '2021-01-01'] },
};
const ALL = Object.keys(DOCUMENTS).toSorted();
const others = (...names: string[]) => ALL.filter((name) => !names.includes(name));

const ask = (expressions: readonly string[], more = '') =>
  house.call(
    `/metadata?entityType=asked${more || '&pageSize=100'}${expressions.map((one) => `&filter=${encodeURIComponent(one)}`).join('')}`,
  );
const found = async (...expressions: string[]) => {
  const answer = await ask(expressions);
  equal(answer.status, 200, answer.text);
  return (answer.body as Page)._embedded.map(({ entityId }) => entityId).toSorted();
};
const refused = async (expression: string) => {
  const answer = await ask([expression]);
  equal(answer.status, 400, expression);
  const { description, errors } = answer.body as { description: string; errors?: unknown };
  ok(description.includes(expression), description);
  equal(errors, undefined);
};

describe('filter expressions (R128–R150)', () => {
  before(async () => {
    for (const [entityId, metadata] of Object.entries(DOCUMENTS))
      equal((await house.call('/metadata', { json: { entityType: 'asked', entityId, metadata } })).status, 201);
  });

  const CASES: readonly [expression: string, names: readonly string[]][] = [
    ["metadata.city $eq 'london'", ['london']],
    ["metadata.City $eq 'PARIS'", ['paris']],
    ["METADATA.CITY $EQ 'rome'", ['rome']],
    ["metadata.city $neq 'London'", others('london')],
    ["metadata.city $ne 'London'", others('london')],
    ["metadata.city $in 'london','Rome' , 'x'", ['london', 'rome']],
    ["metadata.city $nin 'london','rome'", others('london', 'rome')],
    ['metadata.city $eq 7', ['mixed']],
    ['metadata.n $eq 100', ['london']],
    ['metadata.n $eq 100.0', ['london']],
    ['metadata.n $gte 100', ['london']],
    ['metadata.n $gt 99.5', ['london']],
    ['metadata.n $gte 99.5', ['london', 'paris']],
    ['metadata.n $lt 0', ['rome']],
    ['metadata.n $lte -3', ['rome']],
    ['metadata.n $in -3,1e2', ['london', 'rome']],
    ['metadata.n $nin 30,50,60,100', others('london')],
    ['metadata.n $ne -3', others('rome')],
    ['metadata.yes $eq true', ['london']],
    ['metadata.yes $neq true', others('london')],
    ['metadata.yes $eq FALSE', ['paris']],
    ["metadata.yes $eq 'true'", ['mixed']],
    // moments and days
    ['metadata.on $eq 2020-11-05', ['london', 'paris', 'rome']],
    ['metadata.on $ne 2020-11-05', others('london', 'paris', 'rome')],
    ['metadata.on $eq 2020-11-05T13:15:30Z', ['london']],
    ['metadata.on $eq 2020-11-05T14:15:30+01:00', ['london']],
    ['metadata.on $eq 2020-11-05T00:00:00Z', ['paris']],
    ['metadata.on $lt 2020-11-05T13:15:30Z', ['paris']],
    ['metadata.on $lte 2020-11-05T13:15:30Z', ['london', 'paris']],
    ['metadata.on $gt 2020-11-05', ['london', 'rome']],
    ['metadata.on $gte 2020-11-05', ['london', 'paris', 'rome']],
    ['metadata.on $in 2020-11-05T23:30:00Z,2020-01-01', ['rome']],
    ['metadata.on $nin 2020-11-05T23:30:00Z,2020-01-01', others('rome')],
    ["metadata.on $eq '2020-11-05'", ['paris']],
    // arrays
    ["metadata.tags $con 'ONE','TWO'", ['london']],
    ["metadata.tags $con 'one'", ['london', 'paris']],
    ["metadata.tags $con 3,'two'", ['london']],
    ["metadata.tags $eq 'ONE'", ['mixed']],
    ["metadata.tags $ne 'ONE'", others('mixed')],
    ['metadata.days $con 2020-11-05', ['nothing']],
    ['metadata.days $con 2020-11-05T23:59:59Z,2021-01-01', ['nothing']],
    ['metadata.days $con 2020-11-06', []],
    // depth, and steps through arrays
    ["metadata.deep.er.v $eq 'X'", ['london']],
    ["metadata.deep.er.v $in 'x','y'", ['london', 'paris']],
    ["metadata.items.c $eq 'blue'", ['paris']],
    ["metadata.items.c $eq 'red'", ['mixed', 'paris', 'rome']],
    ["metadata.items.c $ne 'red'", ['london', 'nothing', 'paris', 'rome']],
    ['metadata.items.d $gt 0', ['rome']],
    // texts
    ["metadata.other $eq 'o''brien'", ['nothing']],
    ['metadata.city $eq ‘London’', ['london']],
    ['metadata.city $in ‘London’,’rome’ , ‘x‘', ['london', 'rome']],
    ['metadata.other $eq ‘O’Brien’', []],
    ["metadata.other $eq ‘O'Brien’", ['nothing']],
    ["metadata.city $eq ''", []],
    ["metadata.none $ne 'x'", ALL],
    ['metadata.none $nin 1', ALL],
    ['metadata.none $eq true', []],
  ];
  for (const [expression, names] of CASES) test(expression, async () => deepEqual(await found(expression), names));

  test('several must all hold, and combine with everything else', async () => {
    deepEqual(await found("metadata.items.c $eq 'red'", 'metadata.n $lt 0'), ['rome']);
    deepEqual(await found('metadata.n $gt 0', 'metadata.n $lt 0'), []);
    const answer = await ask(["metadata.items.c $eq 'red'"], '&entityId=rome&entityId=paris&pageSize=1&pageNumber=2');
    deepEqual([(answer.body as Page)._embedded.map(({ entityId }) => entityId), (answer.body as Page).totalCount], [['rome'], 2]);
  });

  test('anything else is 400, and says what', async () => {
    for (const expression of [
      'nonsense',
      'metadata.city',
      'metadata.city $eq',
      "city $eq 'x'",
      "metadata. $eq 'x'",
      "metadata $eq 'x'",
      "metadata..a $eq 'x'",
      "metadata.a. $eq 'x'",
      "metadata.city eq 'x'",
      "metadata.city $like 'x'",
      'metadata.city $eq London',
      "metadata.city $eq 'London",
      "metadata.city $eq 'a' 'b'",
      "metadata.city $eq 'a','b'",
      'metadata.n $gt 1,2',
      "metadata.city $gt 'a'",
      'metadata.yes $gt true',
      'metadata.yes $in true,false',
      'metadata.yes $nin true',
      'metadata.n $eq 1..2',
      'metadata.n $eq ,',
      'metadata.n $in 1,',
      'metadata.n $in 1,,2',
      'metadata.on $eq 2020-11-05T13:15:30',
      'metadata.on $eq 2020-02-31',
      'metadata.on $eq 2020-13-01',
      'metadata.on $lt 2020-11-05T25:00:00Z',
      'metadata.n $eq 1e999',
      'metadata.n $eq NaN',
      'metadata.n $eq null',
      ' metadata.n $eq 1',
      'metadata.n $eq 1 ',
      "metadata.city $eq 'it's'",
      'metadata.n\t$eq 1',
      `metadata.n $in ${Array.from({ length: 201 }, () => 1).join(',')}`,
    ])
      await refused(expression);
    equal((await ask([`metadata.a $eq '${'x'.repeat(4_100)}'`])).status, 400);
    equal((await ask(Array.from({ length: 21 }, () => 'metadata.a $eq 1'))).status, 400);
  });

  test('lists of records ask the documents on them, and none without one', async () => {
    const keep = async (id: string, metadata: unknown) => {
      const etag = (await house.call(`/contacts/${id}`)).headers.get('etag') ?? '';
      equal(
        (await house.call(`/contacts/${id}`, { method: 'PATCH', json: { metadata }, headers: { 'if-match': etag } })).status,
        204,
      );
    };
    const [first, second] = ((await house.call('/contacts?pageSize=2')).body as { _embedded: { id: string }[] })._embedded.map(
      ({ id }) => id,
    );
    await keep(first ?? '', { colour: 'Red' });
    await keep(second ?? '', { colour: 'Blue' });
    const ids = async (expression: string, token = 'sbox') =>
      (
        (await house.call(`/contacts?metadata=${encodeURIComponent(expression)}`, { token })).body as {
          _embedded: { id: string }[];
        }
      )._embedded.map(({ id }) => id);
    deepEqual(await ids("metadata.colour $eq 'red'"), [first]);
    deepEqual(await ids("metadata.colour $ne 'red'"), [second]);
    deepEqual(await ids("metadata.colour $ne 'red'", 'other'), []);
    deepEqual(await ids("metadata.colour $in 'red','blue'"), [first, second]);
    equal((await house.call('/contacts?metadata=nonsense')).status, 400);
    equal(
      (await house.call(`/contacts?metadata=${encodeURIComponent("metadata.colour $eq 'red'")}&name=nobody at all`)).status,
      200,
    );
  });
});

/** What the contract says, asked of the document itself: another way than trees and SQL. */
function holds(document: unknown, path: readonly string[], judge: (value: unknown) => boolean, negative: boolean): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return document === undefined ? negative : judge(document);
  if (Array.isArray(document)) {
    const all = document.flat(9);
    return all.length === 0 ? negative : all.some((one) => holds(one, path, judge, negative));
  }
  if (typeof document !== 'object' || document === null) return negative;
  const values = Object.entries(document).filter(([key]) => key.toLowerCase() === name);
  return values.length === 0 ? negative : values.some(([, value]) => holds(value, rest, judge, negative));
}

describe('random documents and questions', () => {
  const name = fc.constantFrom('a', 'b', 'C');
  const leaf = fc.oneof(
    fc.constantFrom('x', 'X', 'yy', '', '2020-11-05', '2020-11-05T10:00:00Z', '2020-11-05T12:00:00+02:00', '1'),
    fc.integer({ min: -2, max: 2 }),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    ),
  }));
  const documents = fc.array(fc.dictionary(name, value, { minKeys: 1, maxKeys: 3 }), { minLength: 1, maxLength: 6 });
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 });
  const criteria = fc.constantFrom<readonly [string, unknown]>(
    ["'x'", 'x'],
    ["'YY'", 'yy'],
    ["''", ''],
    ['1', 1],
    ['0', 0],
    ['true', true],
    ['false', false],
    ["'2020-11-05'", '2020-11-05'],
  );
  const same = (asked: unknown) => (one: unknown) => (typeof one === 'string' ? one.toLowerCase() === asked : one === asked);

  test('are answered as the contract says', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(documents, fc.array(fc.tuple(path, criteria), { minLength: 4, maxLength: 8 }), async (all, questions) => {
        const type = `random${round++}`;
        for (const [i, metadata] of all.entries())
          equal((await house.call('/metadata', { json: { entityType: type, entityId: String(i), metadata } })).status, 201);
        for (const [at, [written, asked]] of questions)
          for (const [operation, judge, negative] of [
            ['$eq', same(asked), false],
            ['$ne', (one: unknown) => !same(asked)(one), true],
            ['$con', (one: unknown) => Array.isArray(one) && one.some(same(asked)), false],
            ...(typeof asked === 'number'
              ? ([['$gt', (one: unknown) => typeof one === 'number' && one > asked, false]] as const)
              : []),
          ] as const) {
            const expression = `metadata.${at.join('.')} ${operation} ${written}`;
            const answer = await house.call(`/metadata?entityType=${type}&filter=${encodeURIComponent(expression)}`);
            const ids = (answer.body as Page)._embedded.map(({ entityId }) => Number(entityId)).toSorted();
            const expected = all.flatMap((one, i) => (holds(one, at, judge, negative) ? [i] : []));
            deepEqual(ids, expected, `${expression} of ${JSON.stringify(all)}`);
          }
      }),
      { numRuns: 25 },
    );
  });
});
