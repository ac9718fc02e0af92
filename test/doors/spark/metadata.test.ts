import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { STANDARD_FIELD_NAMES } from '../../../src/doors/spark/standard-fields.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';

const MLS = '20050101000000000000000000';
const ALL = ['A', 'B', 'C', 'D', 'E', 'F'];

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

type Field = {
  ResourceUri: string;
  Type: string;
  Searchable: boolean;
  HasList: boolean;
  MaxListSize: number;
  MlsVisible: string[];
  FieldList?: { Name: string; Value: string; 'Applies To': string[] }[];
};
type Fields = Record<string, Field>;
const get = async <T>(path: string, as: 'agent' | 'portal' | 'idx' = 'agent'): Promise<T[]> => {
  const answer = await lab.spark(path, { as });
  equal(answer.status, 200, answer.text);
  return (answer.body as { D: { Results: T[] } }).D.Results;
};
const one = async (name: string, as?: 'agent' | 'portal' | 'idx') =>
  (await get<Fields>(`/standardfields/${name}`, as))[0]?.[name];
const notFound = { D: { Success: false, Code: 404, Message: 'Not found' } };

describe('standard fields', () => {
  test('every member of a listing is one, and no list is spelled out', async () => {
    const [fields] = await get<Fields>('/standardfields');
    deepEqual(Object.keys(fields ?? {}), STANDARD_FIELD_NAMES);
    deepEqual(fields?.City?.FieldList, undefined);
    deepEqual(fields?.ListPrice, {
      ResourceUri: '/v1/standardfields/ListPrice',
      Label: 'List Price',
      Type: 'Decimal',
      Searchable: true,
      HasList: false,
      MaxListSize: 0,
      MlsVisible: ALL,
    });
    deepEqual(fields?.BedsTotal?.MlsVisible, ['A', 'B', 'D', 'E', 'F']);
    const [listing] = await get<{ StandardFields: object }>('/listings?_limit=1');
    for (const name of Object.keys(listing?.StandardFields ?? {})) ok(fields?.[name], `${name} is no field`);
  });

  test('what a role does not see it cannot search', async () => {
    const searchable = async (as: 'agent' | 'portal' | 'idx', name: string) => (await one(name, as))?.Searchable;
    deepEqual(await Promise.all((['agent', 'portal', 'idx'] as const).map((as) => searchable(as, 'ExpirationDate'))), [
      true,
      false,
      false,
    ]);
    deepEqual(await Promise.all((['agent', 'portal', 'idx'] as const).map((as) => searchable(as, 'ClosePrice'))), [
      true,
      true,
      false,
    ]);
    equal(await searchable('agent', 'ListAgentEmail'), false);
  });

  test('every field that is searchable can be filtered and sorted by, whatever the role', async () => {
    for (const as of ['agent', 'idx'] as const) {
      const [fields] = await get<Fields>('/standardfields', as);
      for (const [name, { Searchable, Type }] of Object.entries(fields ?? {})) {
        if (!Searchable) continue;
        const value = { Character: "'x'", Integer: '1', Decimal: '1.5', Date: '2017-01-01', Datetime: '2017-01-01T00:00:00Z' }[
          Type
        ];
        const answer = await lab.spark(`/listings?_limit=1&_filter=${encodeURIComponent(`${name} Ne ${value}`)}`, { as });
        equal(answer.status, 200, `${name}: ${answer.text}`);
      }
    }
  });

  test('a kept list has its names, values and types', async () => {
    const type = await one('PropertyType');
    deepEqual(type?.FieldList?.[0], { Name: 'Residential', Value: 'A', 'Applies To': ['A'] });
    equal(type?.MaxListSize, 6);
    const status = await one('MlsStatus');
    deepEqual(
      status?.FieldList?.find(({ Name }) => Name === 'Sold'),
      { Name: 'Sold', Value: 'Sold', 'Applies To': ALL },
    );
    deepEqual((await one('StandardStatus'))?.FieldList?.find(({ Value }) => Value === 'ComingSoon')?.Name, 'Coming Soon');
    deepEqual((await one('PropertySubType'))?.FieldList?.find(({ Name }) => Name === 'Duplex')?.['Applies To'], ['B']);
  });

  test('a list of what stands in listings, and only in those that are seen', async () => {
    const cities = await one('City');
    const names = cities?.FieldList?.map(({ Value }) => Value) ?? [];
    ok(names.includes('Oxford') && names.includes('San Francisco') && !names.includes('Oxbow Falls'));
    equal(cities?.MaxListSize, names.length);
    equal((await get<Fields>('/standardfields'))[0]?.City?.MaxListSize, names.length);
    deepEqual(cities?.FieldList?.find(({ Value }) => Value === 'San Francisco')?.['Applies To'], ['A']);
    await lab.rows(`update property set city = 'Nowhere Yet' where org_id = 1 and id =
      (select min(id) from property where org_id = 1 and standard_status = 'Incomplete')`);
    ok((await one('City'))?.FieldList?.some(({ Value }) => Value === 'Nowhere Yet'));
    ok(!(await one('City', 'idx'))?.FieldList?.some(({ Value }) => Value === 'Nowhere Yet'));
  });

  test("a brokerage's own options take the place of the house's", async () => {
    const { lookups } = lab.house.stores.domain;
    const system = systemActor(1);
    await lookups.changeOption(system, 'mls_status', 'H', { name: 'On Hold' });
    await lookups.changeOption(system, 'mls_status', 'CS', { active: false });
    await lookups.addOptions(system, 'mls_status', [
      { code: 'A', name: 'again' },
      { code: 'T', name: 'Temporarily off' },
    ]);
    const names = (await one('MlsStatus'))?.FieldList?.map(({ Name }) => Name) ?? [];
    deepEqual([names.includes('On Hold'), names.includes('Coming Soon'), names.at(-1)], [true, false, 'Temporarily off']);
    const events = await lab.rows(
      `select verb, changed from event where org_id = 1 and noun = 'lookup' order by id desc limit 3`,
    );
    deepEqual(
      events.map((event) => (event as { verb: string }).verb),
      ['created', 'updated', 'updated'],
    );
  });

  test('names are taken as they are written', async () => {
    for (const name of ['city', 'Nope', 'nearby', '__proto__', 'constructor', 'toString', 'Photos']) {
      const answer = await lab.spark(`/standardfields/${name}`);
      deepEqual([answer.status, answer.body], [404, notFound], name);
    }
  });
});

describe('of one MLS', () => {
  test('the fields, with addresses under it', async () => {
    const [fields] = await get<Fields>(`/mls/${MLS}/standardfields`, 'idx');
    equal(fields?.City?.ResourceUri, `/v1/mls/${MLS}/standardfields/City`);
    const [city] = await get<Fields>(`/mls/${MLS}/standardfields/City`);
    ok(city?.City?.FieldList?.some(({ Value }) => Value === 'Oxford'));
  });

  test('another MLS is not found, nor is what is no key', async () => {
    for (const path of [
      '/mls/20990101000000000000000000/standardfields',
      '/mls/789/standardfields',
      `/mls/${MLS}/standardfields/Nope`,
    ])
      deepEqual((await lab.spark(path)).body, notFound, path);
  });
});

test('property types, for every role', async () => {
  for (const as of ['agent', 'portal', 'idx'] as const)
    deepEqual(await get('/propertytypes', as), [
      { MlsName: 'Residential', MlsCode: 'A' },
      { MlsName: 'Multi Family', MlsCode: 'B' },
      { MlsName: 'Land', MlsCode: 'C' },
      { MlsName: 'Commercial', MlsCode: 'D' },
      { MlsName: 'Farm', MlsCode: 'E' },
      { MlsName: 'Rental', MlsCode: 'F' },
    ]);
});

test('custom fields come in groups, and one of them by its label', async () => {
  const [groups] = await get<Record<string, { Label: string; Fields: Fields }>>('/customfields');
  deepEqual(Object.keys(groups ?? {}), ['General Property Description', 'Features']);
  const acres = {
    ResourceUri: '/v1/customfields/Lot%20Acres',
    Label: 'Lot Acres',
    Type: 'Decimal',
    Searchable: true,
    HasList: false,
    MaxListSize: 0,
    MlsVisible: ALL,
  };
  deepEqual(groups?.['General Property Description']?.Fields['Lot Acres'], acres);
  deepEqual(await get('/customfields/Lot%20Acres', 'idx'), [{ 'Lot Acres': acres }]);
  for (const name of ['Nope', '__proto__', 'Features']) equal((await lab.spark(`/customfields/${name}`)).status, 404, name);
});

test('metadata is read, not written', async () => {
  for (const path of ['/standardfields', '/propertytypes', '/customfields/Style', `/mls/${MLS}/standardfields`]) {
    const answer = await lab.spark(path, { method: 'POST', json: { D: {} } });
    deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET'], path);
  }
});
