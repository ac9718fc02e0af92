import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { embedded, openSales, PROPERTY, type SalesHouse } from './sales-house.ts';

let house: SalesHouse;
before(async () => {
  house = await openSales();
});
after(() => house[Symbol.asyncDispose]());

const HOME = '/properties/OXF190347';
const tagOf = async (path: string) => (await house.call(path)).headers.get('etag');

test('keys go out and come back, or do not', async () => {
  const id = await house.make('/properties', PROPERTY);
  const keys = `/properties/${id}/keys`;
  const tag = await tagOf(`/properties/${id}`);
  const set = await house.make(keys, { number: '900', typeId: 'SA', officeId: 'OXF', keysInSet: [{ name: 'Front' }] });
  equal((await house.get(`${keys}/${set}`)).status, 'checkedIn');
  const twin = await house.call(keys, { json: { number: '900', typeId: 'SA', officeId: 'OXF' } });
  deepEqual(house.refused(twin), ['number: Another set of keys of this office has this number']);
  await house.make(keys, { number: '900', officeId: 'SOL' });

  const movements = `${keys}/${set}/movements`;
  const out = { checkOutToType: 'contact', checkOutToId: 'OXF18000001', checkOutNegotiatorId: 'JAS' };
  const first = await house.make(movements, out);
  equal((await house.get(`${keys}/${set}`)).status, 'checkedOut');
  house.refused(await house.call(movements, { json: out }));
  const moved = await house.get(`${movements}/${first}`);
  deepEqual([moved.keyId, moved.propertyId, moved.checkInAt], [set, id, null]);
  equal(moved._links.self?.href, `${movements}/${first}`);

  const back = () => house.call(`${movements}/${first}`, { method: 'PUT', json: { checkInNegotiatorId: 'ADM' } });
  equal((await back()).status, 204);
  equal((await house.get(`${keys}/${set}`)).status, 'checkedIn');
  equal((await house.get(`${movements}/${first}`)).checkInNegotiatorId, 'ADM');
  house.refused(await back());

  const gone = await house.make(movements, { ...out, checkInRequired: false });
  equal((await house.get(`${keys}/${set}`)).status, 'noLongerHeld');
  house.refused(await house.call(`${movements}/${gone}`, { method: 'PUT', json: {} }));
  // A number is free again once the keys are away for good.
  await house.make(keys, { number: '900', officeId: 'OXF' });
  equal(await tagOf(`/properties/${id}`), tag, 'keys are parts: the property keeps its tag');
  equal((await house.call(`/properties/OXF190347/keys/${set}`)).status, 404);
});

test('a certificate is seen from three sides, and says who is responsible for its type', async () => {
  const path = `${HOME}/certificates`;
  await house.change(`${path}/responsibilities`, { responsibleParties: [{ typeId: 'EL', responsibleParty: 'agent' }] });
  const id = await house.make(path, { category: 'warranty', typeId: 'EL', start: '2031-01-01', expiry: '2032-01-01' });
  const model = await house.get(`${path}/${id}`);
  deepEqual([model.responsibleParty, model.expiry, model.propertyId], ['agent', '2032-01-01T00:00:00Z', 'OXF190347']);

  const all = await house.list(
    '/properties/certificates?expiryDateFrom=2031-12-31&typeIds=EL&propertyIds=oxf190347&embed=property',
  );
  deepEqual(
    all._embedded.map((row) => [row.id, row._links.self?.href]),
    [[id, `${path}/${id}`]],
  );
  equal(embedded(all._embedded[0], 'property').id, 'OXF190347');
  const wide = await house.get(`/certificates/${id}`);
  deepEqual([wide.type, wide.endDate], ['EL', '2032-01-01T00:00:00Z']);
  equal((await house.list('/certificates?endDateTo=2019-07-01')).totalCount, 2);
  const estate = await house.get('/certificates/CRT21000002');
  deepEqual([estate.estateId, estate.blockId, estate.propertyId], ['MAINST', 'MAINST1', null]);
  equal((await house.call('/properties/certificates?categories=nonsense')).status, 400);
  house.refused(
    await house.patch(`${path}/responsibilities`, { responsibleParties: [{ typeId: 'NONE', responsibleParty: 'agent' }] }),
  );
});

test('a check is deleted for good', async () => {
  const id = await house.make(`${HOME}/checks`, { description: 'Deeds', type: 'preInstruction', status: 'needed' });
  await house.change(`${HOME}/checks/${id}`, { status: 'arranging' });
  equal(
    (await house.list(`${HOME}/checks?type=preInstruction`))._embedded.some((row) => row.id === id),
    true,
  );
  equal((await house.call(`${HOME}/checks/${id}`, { method: 'DELETE' })).status, 204);
  equal((await house.call(`${HOME}/checks/${id}`, { method: 'DELETE' })).status, 404);
  const missing = await house.call(`${HOME}/checks`, { json: {} });
  deepEqual(
    house.refused(missing).map((text) => text.split(':')[0]),
    ['description', 'type', 'status'],
  );
});

test('parts of another property are not there', async () => {
  const other = await house.make('/properties', PROPERTY);
  for (const path of ['checks/OXF20002002', 'keys/OXF2000001', 'certificates/CRT21000001', 'alarms/OXF18000013'])
    equal((await house.call(`/properties/${other}/${path}`)).status, 404, path);
  equal((await house.call('/properties/OXF999999/checks')).status, 404);
});

test('an appraisal is external when a company made it', async () => {
  const own = await house.make(`${HOME}/appraisals`, { price: 700000, date: '2024-02-01', notes: 'Ours' });
  equal((await house.get(`${HOME}/appraisals/${own}`)).isExternal, false);
  house.refused(await house.call(`${HOME}/appraisals`, { json: { companyId: 'OXF99999999' } }));
});

test('who of the staff looks after a property', async () => {
  const [row] = (await house.list(`${HOME}/negotiators`))._embedded;
  deepEqual([row?.name, row?.type, row?.negotiatorId], ['Administrator', 'propertyManager', 'ADM']);
});

test('the texts in a language begin with its first change', async () => {
  const path = `${HOME}/multilingual`;
  const languages = (await house.list(path))._embedded.map((row) => [row.id, row.strapline]);
  deepEqual(languages, [
    ['en', null],
    ['fr', null],
    ['es', 'Apartamento de esquina con jacuzzi en la terraza'],
    ['de', null],
  ]);
  equal((await house.call(`${path}/xx`)).status, 404);
  const tag = (await tagOf(`${path}/fr`)) ?? '';
  const write = (json: unknown, match = tag) =>
    house.call(`${path}/fr`, { method: 'PATCH', json, headers: { 'if-match': match } });
  const both = await Promise.all([write({ brief: 'Un' }), write({ brief: 'Deux' })]);
  deepEqual(both.map(({ status }) => status).toSorted(), [204, 412]);
  notEqual(await tagOf(`${path}/fr`), tag);
  equal((await write({ brief: 'Trois' })).status, 412);
  await house.change(`${path}/FR`, { rooms: [{ name: 'Salon', dimensions: '4m', description: 'Clair' }] });
  deepEqual((await house.get(`${path}/fr`)).rooms, [{ name: 'Salon', dimensions: '4m', description: 'Clair' }]);
});
