import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { openSales, PROPERTY, type SalesHouse } from './sales-house.ts';

let house: SalesHouse;
before(async () => {
  house = await openSales();
});
after(() => house[Symbol.asyncDispose]());

type Fields = Record<string, unknown>;
type SparkAnswer = { D: { Success: boolean; Results: { Id: string; StandardFields: Fields }[] } };

/** The property as a listing of the other door. */
async function listing(code: string): Promise<Fields> {
  const [row] = await house.lab.rows<{ reso_key: string }>(`select reso_key from property where org_id = 1 and code = $1`, [
    code,
  ]);
  const answer = await house.lab.spark(`/listings/${row?.reso_key}`);
  equal(answer.status, 200, answer.text);
  return (answer.body as SparkAnswer).D.Results[0]?.StandardFields ?? {};
}

test('a property that is made here is a listing there', async () => {
  const code = await house.make('/properties', {
    ...PROPERTY,
    address: { ...PROPERTY.address, line4: 'Butler, OH', geolocation: { latitude: 39.5, longitude: -84.7 } },
    internetAdvertising: true,
    type: ['flatApartment'],
    bedrooms: 2,
    bathrooms: 1,
    internalArea: { type: 'squareMetres', min: 100 },
    description: 'Over the square',
    negotiatorId: 'BRE',
  });
  const fields = await listing(code);
  deepEqual(
    [fields.ListPrice, fields.StandardStatus, fields.MlsStatus, fields.PropertySubType, fields.BedsTotal, fields.PublicRemarks],
    [250000, 'Active', 'Active', 'Apartment', 2, 'Over the square'],
  );
  deepEqual([fields.StreetNumber, fields.StreetName, fields.City, fields.PostalCode], ['1', 'High Street', 'Oxford', '45056']);
  equal(Math.round(Number(fields.BuildingAreaTotal)), 1076);
  equal(fields.ListAgentId, '20080602130000000000000000');

  await house.change(`/properties/${code}`, { selling: { status: 'exchanged', price: 240000, exchanged: '2024-05-01' } });
  const sold = await listing(code);
  deepEqual([sold.StandardStatus, sold.ListPrice, sold.OriginalListPrice], ['Pending', 240000, 250000]);
  const [moved] = await house.lab.rows<{ moved: boolean }>(
    `select listing_changed_at > created_at as moved from property where org_id = 1 and code = $1`,
    [code],
  );
  equal(moved?.moved, true);
});

test('a price of the other door is ours, moves our tag, and only once', async () => {
  const path = '/properties/OXF190347';
  const before = await house.get(path);
  const price = (before.selling as Fields).price as number;
  const put = (ListPrice: number) =>
    house.lab.spark('/flexmls/listings/20100815153524571646000000', {
      method: 'PUT',
      json: { D: { ListPrice, ExpirationDate: '2030-01-31' } },
    });
  const answer = await put(price - 5000);
  equal(answer.status, 200, answer.text);
  const after = await house.get(path);
  deepEqual([(after.selling as Fields).price, (after.selling as Fields).agreementExpiry], [price - 5000, '2030-01-31']);
  notEqual(after._eTag, before._eTag);
  const stale = await house.call(path, { method: 'PATCH', json: { notes: 'x' }, headers: { 'if-match': before._eTag } });
  equal(stale.status, 412);
  await put(price - 5000);
  equal((await house.get(path))._eTag, after._eTag, 'a write of nothing is none there');
});

test('what hangs on a property moves no tag', async () => {
  const path = '/properties/OXF190347';
  const tag = (await house.get(path))._eTag;
  const [row] = await house.lab.rows<{ id: number }>(`select id from property where org_id = 1 and code = 'OXF190347'`);
  await house.lab.house.stores.domain.media.addLink(systemActor(1), Number(row?.id), {
    kind: 'tour',
    link: 'https://t.example.com/9',
  });
  equal((await house.get(path))._eTag, tag);
});

test('listings of the volume are properties, with vendors, agents and areas', async () => {
  const page = await house.list('/properties?pageSize=100&embed=vendor&embed=negotiator&embed=area&isExternal=false');
  ok(page.totalCount >= 200);
  const sales = page._embedded.filter((model) => model.selling !== null);
  ok(sales.every((model) => (model._embedded?.vendor as Fields | null)?.id === model.id));
  ok(sales.filter((model) => model._embedded?.area !== null).length > 20);
  ok(page._embedded.every((model) => Array.isArray(model.type) && model.type.length === 1));
});

test('two changes with one tag: one of them', async () => {
  const code = await house.make('/properties', PROPERTY);
  const path = `/properties/${code}`;
  const tag = (await house.get(path))._eTag;
  const change = (notes: string) => house.call(path, { method: 'PATCH', json: { notes }, headers: { 'if-match': tag } });
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map(change));
  deepEqual(answers.map(({ status }) => status).toSorted(), [204, 412, 412, 412]);
});

test('a contact with a role stays when a member lets go of it', async () => {
  const json = {
    surname: 'Rolla',
    marketingConsent: 'notAsked',
    officeIds: ['OXF'],
    negotiatorIds: ['BRE'],
    email: 'rolla@example.com',
  };
  const made = await house.lab.dotloop('/contact', { json: { firstName: 'Ro', lastName: 'Rolla', email: 'rolla@example.com' } });
  equal(made.status, 201, `${made.text} ${JSON.stringify(json)}`);
  const { id } = (made.body as { data: { id: number } }).data;
  const [row] = await house.lab.rows<{ code: string }>('select code from contact where org_id = 1 and id = $1', [id]);
  await house.make('/applicants/OXF200060/relationships', { associatedId: row?.code, associatedType: 'contact', isMain: false });
  equal((await house.lab.dotloop(`/contact/${id}`, { method: 'DELETE' })).status, 204);
  equal((await house.lab.dotloop(`/contact/${id}`)).status, 404);
  deepEqual((await house.get(`/contacts/${row?.code}`)).negotiatorIds, []);
});
