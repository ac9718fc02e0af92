import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import type { SparkCall } from '../../../src/testing/spark-client.ts';
import { keyOf } from './key-house.ts';
import { faultOf, MAIN_STREET, WATERVIEW } from './listing-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const put = (D: unknown, key = MAIN_STREET, call: SparkCall = {}) =>
  lab.spark(`/flexmls/listings/${key}`, { method: 'PUT', json: { D }, ...call });
const done = { D: { Success: true } };

type Row = {
  version: number;
  sale_price: number;
  rent: number | null;
  rent_frequency: string | null;
  original_list_price: number | null;
  previous_list_price: number | null;
  price_changed_at: Date | null;
  expiration_date: string | null;
  events: number;
};
const row = async (key = MAIN_STREET): Promise<Row> => {
  const [found] = await lab.rows<Row>(
    `select version, sale_price, rent, rent_frequency, original_list_price, previous_list_price, price_changed_at, expiration_date,
       (select count(*)::int from event e where e.org_id = p.org_id and e.property_id = p.id and e.verb = 'updated') as events
     from property p where org_id = 1 and reso_key = $1`,
    [key],
  );
  if (!found) throw new Error('no such row');
  return found;
};
const broken = (member: string, rule: string, figure: unknown, value: unknown) => [
  { [member]: [{ RuleName: rule, RuleValue: figure, Value: value, RuleField: null, RuleFieldValue: null }] },
];

describe('price and expiration date of a listing (E20)', () => {
  test('a price moves the price before, the first price stays; every door sees it; it is an event', async () => {
    const before = await row();
    const answer = await put({ ListPrice: 10000.0 });
    deepEqual([answer.status, answer.body], [200, done]);
    const after = await row();
    deepEqual(
      [after.sale_price, after.previous_list_price, after.original_list_price, after.version, after.events],
      [10000, before.sale_price, before.original_list_price, before.version + 1, before.events + 1],
    );
    const [event] = await lab.rows<{ changed: object; door: string; actor_id: number }>(
      "select changed, door, actor_id from event where noun = 'property' and verb = 'updated' order by id desc limit 1",
    );
    const { price_changed_at, ...changed } = (event?.changed ?? {}) as Record<string, unknown>;
    deepEqual(changed, { sale_price: [before.sale_price, 10000], previous_list_price: [null, before.sale_price] });
    equal((price_changed_at as unknown[]).length, 2);
    equal(event?.door, 'spark');
    const shown = await lab.spark(`/listings/${MAIN_STREET}?_select=ListPrice,PriceChangeTimestamp,ModificationTimestamp`);
    const fields = (shown.body as { D: { Results: { StandardFields: Record<string, unknown> }[] } }).D.Results[0]?.StandardFields;
    equal(fields?.ListPrice, 10000);
    equal(fields?.PriceChangeTimestamp, fields?.ModificationTimestamp);
  });

  test('numbers in quotes; what is there already writes nothing', async () => {
    await put({ ListPrice: '10500.50' });
    const before = await row();
    equal(before.sale_price, 10500.5);
    deepEqual((await put({ ListPrice: 10500.5 })).body, done);
    deepEqual(await row(), before);
  });

  test('an expiration date, both together, and none', async () => {
    deepEqual((await put({ ExpirationDate: '2011-10-04' })).body, done);
    equal((await row()).expiration_date, '2011-10-04');
    const before = await row();
    deepEqual((await put({ ListPrice: 11000, ExpirationDate: '2030-01-01', Unknown: 1 })).body, done);
    const after = await row();
    deepEqual([after.sale_price, after.expiration_date, after.version], [11000, '2030-01-01', before.version + 1]);
    deepEqual((await put({ ExpirationDate: null })).body, done);
    equal((await row()).expiration_date, null);
  });

  test('the rent of a listing to let becomes monthly', async () => {
    const [letting] = await lab.rows<{ key: string }>(
      `update property set rent = 900, rent_frequency = 'weekly', list_member_id = 1
       where org_id = 1 and id = (select min(id) from property where org_id = 1 and marketing_mode = 'letting' and not is_external and standard_status = 'Active')
       returning reso_key as key`,
    );
    equal((await put({ ListPrice: 3900 }, letting?.key)).status, 200);
    equal((await row(letting?.key)).rent_frequency, 'weekly', 'the number that is shown is no change');
    equal((await put({ ListPrice: 4000 }, letting?.key)).status, 200);
    const { rent, rent_frequency, previous_list_price } = await row(letting?.key);
    deepEqual([rent, rent_frequency, previous_list_price], [4000, 'monthly', 3900]);
  });

  test('rules that a price breaks', async () => {
    const { sale_price } = await row();
    for (const [ListPrice, rule, figure] of [
      [sale_price * 1.26, 'MaxIncreasePercent', 25],
      [0, 'MinValue', 1],
      [-5, 'MinValue', 1],
      [1e300, 'MaxValue', 9_999_999_999],
    ] as const) {
      const { status, body } = await put({ ListPrice });
      const { Code, Details } = (body as { D: { Code: number; Details: unknown } }).D;
      deepEqual([status, Code, Details], [400, 1053, broken('ListPrice', rule, figure, ListPrice)]);
    }
    equal((await row()).sale_price, sale_price);
  });

  test('the figure of the increase is a setting of the brokerage, null turns it off', async () => {
    const set = (value: string) =>
      lab.rows(`update organisation set settings = settings || '{"listings":{"maxPriceIncreasePercent":${value}}}' where id = 1`);
    const { sale_price } = await row();
    await set('5');
    match(faultOf(await put({ ListPrice: sale_price * 1.1 })), /^400\/1053 ListPrice breaks the rule MaxIncreasePercent \(5\)$/);
    await set('null');
    equal((await put({ ListPrice: sale_price * 10 })).status, 200);
    await lab.rows("update organisation set settings = settings - 'listings' where id = 1");
  });

  test('a sold listing keeps its price', async () => {
    await lab.rows("update property set standard_status = 'Closed' where org_id = 1 and reso_key = $1", [WATERVIEW]);
    match(faultOf(await put({ ListPrice: 1000 }, WATERVIEW)), /^400\/1053 ListPrice breaks the rule Status \(Closed\)$/);
    equal((await put({ ExpirationDate: '2031-01-01' }, WATERVIEW)).status, 200);
  });

  test('bodies that say nothing, or say it wrong', async () => {
    for (const [body, wrong] of [
      [{}, /^400\/1050 ListPrice or ExpirationDate is required/],
      [{ ListPrice: null }, /^400\/1053/],
      [{ ListPrice: 'much' }, /^400\/1053/],
      [{ ListPrice: [1] }, /^400\/1053/],
      [{ ListPrice: '1e5' }, /^400\/1053/],
      [{ ExpirationDate: '2011-02-30' }, /^400\/1053/],
      [{ ExpirationDate: 20110101 }, /^400\/1053/],
      [{ ExpirationDate: '' }, /^400\/1053/],
    ] as const)
      match(faultOf(await put(body)), wrong, JSON.stringify(body));
    match(
      faultOf(
        await lab.spark(`/flexmls/listings/${MAIN_STREET}`, {
          method: 'PUT',
          body: '{',
          headers: { 'content-type': 'application/json' },
        }),
      ),
      /^400\/1035/,
    );
  });

  test('who may: its agents, the manager of its office; others of the brokerage may not, consumers never', async () => {
    const [other] = await lab.rows<{ key: string; office: number }>(
      "select reso_key as key, list_office_id as office from property where org_id = 1 and not is_external and list_member_id = 3 and co_list_member_id is null and standard_status = 'Active' limit 1",
    );
    match(faultOf(await put({ ListPrice: 5 }, other?.key)), /^403\/1500 Only the agents of a listing/);
    await lab.rows('update office set manager_id = 1 where org_id = 1 and id = $1', [other?.office]);
    equal((await put({ ListPrice: 5 }, other?.key)).status, 200);
    match(faultOf(await put({ ListPrice: 5 }, MAIN_STREET, { as: 'idx' })), /^405\/1018/);
    match(faultOf(await put({ ListPrice: 5 }, MAIN_STREET, { as: 'portal' })), /^405\/1018/);
    match(faultOf(await put({ ListPrice: 5 }, MAIN_STREET, { as: await keyOf(lab, 'private', ['read_only']) })), /^405\/1017/);
    const [external] = await lab.rows<{ key: string }>(
      'select reso_key as key from property where org_id = 1 and is_external limit 1',
    );
    match(faultOf(await put({ ListPrice: 5 }, external?.key)), /^403\/1500/);
  });

  test('a listing that is not there, also when the body is wrong', async () => {
    for (const key of ['20990101000000000000000000', 'x'])
      for (const body of [{ ListPrice: 5 }, { ListPrice: 'x' }, {}]) equal(faultOf(await put(body, key)), '404/404 Not found');
  });
});
