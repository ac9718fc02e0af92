import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allEmbedded, embedded, openSales, PROPERTY, type SalesHouse } from './sales-house.ts';

let house: SalesHouse;
before(async () => {
  house = await openSales();
});
after(() => house[Symbol.asyncDispose]());

type Fields = Record<string, unknown>;
const BUYER = {
  marketingMode: 'buying',
  departmentId: 'G',
  officeIds: ['OXF'],
  negotiatorIds: ['JAS'],
  buying: { priceFrom: 200000 },
  related: [{ associatedId: 'OXF18000006', associatedType: 'contact' }, { associatedId: 'oxf18000007' }],
};

test('an applicant needs one end of a price, and people that exist', async () => {
  const answer = await house.call('/applicants', { json: { ...BUYER, buying: {}, related: [{ associatedId: 'OXF18999999' }] } });
  deepEqual(house.refused(answer), [
    'buying.priceFrom: At least one of buying.priceFrom, buying.priceTo must be provided for buying',
    'related[0].associatedId: The resource referenced by the value provided could not be found',
  ]);
  const areas = await house.call('/applicants', { json: { ...BUYER, locationType: 'areas', locationOptions: ['BRM', 'NONE'] } });
  deepEqual(
    house.refused(areas).map((text) => text.split(':')[0]),
    ['locationOptions[1]'],
  );
  const nobody = await house.call('/applicants', { json: { ...BUYER, related: [] } });
  ok(house.refused(nobody)[0]?.startsWith('related'));
});

test('what was said of renting is taken back whole', async () => {
  const path = `/applicants/${await house.make('/applicants', BUYER)}`;
  equal((await house.get(path)).renting, null);
  await house.change(path, { renting: { term: 'long', furnishing: ['furnished'], positionId: 'EMP' } });
  deepEqual((await house.get(path)).renting, {
    moveDate: null,
    term: 'long',
    rentFrom: null,
    rentTo: null,
    rentFrequency: null,
    furnishing: ['furnished'],
    positionId: 'EMP',
  });
  await house.change(path, { renting: { furnishing: null } });
  deepEqual(((await house.get(path)).renting as Fields).furnishing, []);
  await house.change(path, { renting: null });
  equal((await house.get(path)).renting, null);
});

test('an applicant has the people that were named, the first is the main one', async () => {
  const id = await house.make('/applicants', { ...BUYER, locationType: 'areas', locationOptions: ['brm'] });
  const model = await house.get(`/applicants/${id}?embed=areas&embed=negotiators`);
  deepEqual(
    (model.related as Fields[]).map((one) => [one.id, one.type, one.name]),
    [
      ['OXF18000006', 'contact', 'Hannah Voss'],
      ['OXF18000007', 'contact', 'Luis Ferrante'],
    ],
  );
  deepEqual([model.active, model.currency, model.fromArchive], [true, 'USD', false]);
  deepEqual(
    allEmbedded(model, 'areas').map((area) => area.id),
    ['BRM'],
  );
  const rows = (await house.list(`/applicants/${id}/relationships`))._embedded;
  deepEqual(
    rows.map((row) => [row.associatedId, row.isMain, row.applicantId]),
    [
      ['OXF18000006', true, id],
      ['OXF18000007', false, id],
    ],
  );
  const journal = await house.list(`/journalEntries?associatedType=applicant&associatedId=${id}`);
  deepEqual(
    journal._embedded.map((entry) => entry.description),
    ['New applicant'],
  );
});

test('one relationship is the main one; it goes last', async () => {
  const id = await house.make('/applicants', { ...BUYER, related: [{ associatedId: 'OXF18000006' }] });
  const path = `/applicants/${id}/relationships`;
  const [first] = (await house.list(path))._embedded;
  house.refused(await house.call(path, { json: { associatedId: 'OXF18000006', associatedType: 'contact', isMain: false } }));
  house.refused(await house.call(path, { json: { associatedType: 'contact' } }));
  const second = await house.make(path, { associatedId: 'OXF18000008', associatedType: 'contact', isMain: true });
  deepEqual(
    (await house.list(path))._embedded.map((row) => [row.id, row.isMain]),
    [
      [first?.id, false],
      [second, true],
    ],
  );
  equal(((await house.get(`/applicants/${id}`)).related as Fields[])[0]?.id, 'OXF18000008');
  const main = await house.call(`${path}/${second}`, { method: 'DELETE' });
  deepEqual(
    house.refused(main).map((text) => text.split(':')[0]),
    ['isMain'],
  );
  equal((await house.call(`${path}/${first?.id}`, { method: 'DELETE' })).status, 204);
  equal((await house.call(`${path}/${second}`, { method: 'DELETE' })).status, 204);
  equal((await house.call(`${path}/${second}`)).status, 404);
  equal((await house.call(`/vendors/OXF190347/relationships/${second}`)).status, 404);
});

test('applicants are found by the people behind them', async () => {
  const id = await house.make('/applicants', {
    ...BUYER,
    furnishing: undefined,
    renting: { rentFrom: 100, rentFrequency: 'weekly' },
  });
  const count = async (query: string) => (await house.list(`/applicants?id=${id}&${query}`)).totalCount;
  equal(await count('name=voss han'), 1);
  // Every word has to occur in one of them.
  equal(await count('name=voss luis'), 0);
  equal(await count('name=vos&nameType=surname'), 1);
  equal(await count('name=hannah&nameType=surname'), 0);
  equal(await count('name=hv&nameType=initials'), 1);
  equal(await count('contactDetail=5135550142'), 1);
  equal(await count('contactDetail=(513) 555-0142&emailAddresses=HANNAH.VOSS@example.com'), 1);
  equal(await count('address=sycamore oxford'), 1);
  equal(await count('priceFrom=200000'), 1);
  equal(await count('priceFrom=200001'), 0);
  equal(await count('rentFrom=433.33&active=true&hasLastCall=false'), 1);
  equal(await count('rentFrom=101&rentFrequency=weekly'), 0);
});

test('an archived applicant takes nothing but being active', async () => {
  const id = await house.make('/applicants', BUYER);
  await house.lab.rows(`update applicant set archived_at = now() where org_id = 1 and code = $1`, [id]);
  equal((await house.patch(`/applicants/${id}`, { notes: 'x' })).status, 400);
  await house.change(`/applicants/${id}`, { active: true });
  const roles = (await house.list('/contacts/OXF18000006/relationships'))._embedded;
  ok(!roles.some((row) => row.associatedId === id));
  const all = (await house.list('/contacts/OXF18000006/relationships?includeArchived=true'))._embedded;
  const role = all.find((row) => row.associatedId === id);
  deepEqual([role?.associatedType, role?.fromArchive, role?._links.applicant?.href], ['applicant', true, `/applicants/${id}`]);
});

test('an accepted offer brings its conveyancing, once', async () => {
  const property = await house.make('/properties', PROPERTY);
  const applicant = await house.make('/applicants', BUYER);
  const offer = await house.make('/offers', {
    applicantId: applicant,
    propertyId: property,
    negotiatorId: 'JAS',
    date: '2024-03-01',
    amount: 249500.5,
    status: 'pending',
    conditions: 'Survey',
  });
  const path = `/offers/${offer}`;
  const pending = await house.get(`${path}?embed=conveyancing&embed=applicant`);
  equal(pending._links.conveyancing, undefined);
  equal(pending._embedded?.conveyancing, null);
  deepEqual([pending.contactId, pending.companyId, pending.currency], ['OXF18000006', null, 'USD']);
  equal((pending.related as Fields[]).length, 2);
  const tag = (await house.get(`/properties/${property}`))._eTag;

  await house.change(path, { status: 'accepted' });
  const conveyancing = await house.get(`/conveyancing/${offer}?embed=offer&embed=vendor`);
  deepEqual(
    [conveyancing.propertyId, conveyancing.buyerId, conveyancing.vendorId, conveyancing.buyer, conveyancing.isExternal],
    [property, applicant, property, 'Hannah Voss', false],
  );
  equal(conveyancing.propertyAddress, '1 High Street Oxford Butler 45056');
  equal(embedded(conveyancing, 'offer').id, offer);
  equal((await house.get(`/properties/${property}`))._eTag, tag, 'an offer moves no property');
  await house.change(path, { status: 'rejected' });
  await house.change(path, { status: 'accepted' });
  equal((await house.list(`/conveyancing?propertyId=${property}&buyerId=${applicant}`)).totalCount, 1);
  equal((await house.get(path))._links.conveyancing?.href, `/conveyancing/${offer}`);
  equal((await house.list(`/offers?propertyId=${property}&status=noteOfInterestWithdrawn`)).totalCount, 0);
});

test('several offers on one property may be accepted', async () => {
  const property = await house.make('/properties', PROPERTY);
  const bid = { propertyId: property, applicantId: 'OXF200060', date: '2024-03-01', amount: 1, status: 'accepted' };
  const [one, two] = [await house.make('/offers', bid), await house.make('/offers', bid)];
  equal((await house.list(`/conveyancing?propertyId=${property}`)).totalCount, 2);
  ok(one !== two);
});

test('a chain has both of its ends, bottom first, and no ring', async () => {
  const sale = async () => {
    const propertyId = await house.make('/properties', PROPERTY);
    return house.make('/offers', { propertyId, applicantId: 'OXF200060', date: '2024-03-01', amount: 1, status: 'accepted' });
  };
  const [a, b, c] = [await sale(), await sale(), await sale()];
  const link = (from: string, way: string, offerId: string) => house.call(`/conveyancing/${from}/${way}`, { json: { offerId } });
  const linked = await link(a, 'upward', b);
  deepEqual([linked.status, linked.headers.get('location'), linked.text], [201, null, '']);
  equal((await link(c, 'downward', b)).status, 201);
  deepEqual(
    [(await house.get(`/conveyancing/${b}`)).downwardChainId, (await house.get(`/conveyancing/${b}`)).upwardChainId],
    [a, c],
  );
  for (const id of [a, b, c]) {
    const chain = await house.list(`/conveyancing/${id}/chain`);
    deepEqual(
      chain._embedded.map((row) => row.id),
      [a, b, c],
    );
  }
  const down = await house.list(`/conveyancing/${a}/chain?sortBy=-created&pageSize=2`);
  deepEqual([down.totalCount, down._embedded.map((row) => row.id)], [3, [c, b]]);

  house.refused(await link(a, 'upward', c));
  house.refused(await link(c, 'upward', a));
  house.refused(await link(c, 'upward', 'OXF9999999'));
  house.refused(await link(c, 'upward', c));
  deepEqual(
    house.refused(await house.call(`/conveyancing/${c}/upward`, { json: {} })).map((text) => text.split(':')[0]),
    ['propertyAddress', 'agent', 'vendor', 'vendorSolicitorId'],
  );
  const outside = { propertyAddress: '9 Elsewhere', agent: 'Others & Co', vendor: 'Mrs Top' };
  house.refused(await house.call(`/conveyancing/${c}/upward`, { json: { ...outside, vendorSolicitorId: 'OXF99999999' } }));
  const [firm] = (await house.list('/companies?typeId=SOL'))._embedded;
  equal((await house.call(`/conveyancing/${c}/upward`, { json: { ...outside, vendorSolicitorId: firm?.id } })).status, 201);
  const top = (await house.list(`/conveyancing/${a}/chain`))._embedded.at(-1);
  deepEqual(
    [top?.isExternal, top?.vendor, top?.externalAgent, top?.propertyAddress, top?._links.offer],
    [true, 'Mrs Top', 'Others & Co', '9 Elsewhere', undefined],
  );

  const cut = () => house.call(`/conveyancing/${c}/upward`, { method: 'DELETE' });
  equal((await cut()).status, 204);
  equal((await cut()).status, 404);
  equal((await house.call(`/conveyancing/${top?.id}`)).status, 404);
  equal((await house.call(`/conveyancing/${a}/upward`, { method: 'DELETE' })).status, 204);
  deepEqual(
    (await house.list(`/conveyancing/${b}/chain`))._embedded.map((row) => row.id),
    [b, c],
  );
});

test('two links at once: one of them', async () => {
  const sale = async () => {
    const propertyId = await house.make('/properties', PROPERTY);
    return house.make('/offers', { propertyId, applicantId: 'OXF200060', date: '2024-03-01', amount: 1, status: 'accepted' });
  };
  const [a, b, c] = [await sale(), await sale(), await sale()];
  const answers = await Promise.all([b, c].map((offerId) => house.call(`/conveyancing/${a}/upward`, { json: { offerId } })));
  deepEqual(answers.map(({ status }) => status).toSorted(), [201, 422]);
});

test('a vendor is the property’s, with its own calls', async () => {
  const model = await house.get('/vendors/OXF190347?embed=property&embed=type&embed=source&embed=offices');
  deepEqual([model.typeId, model.sellingReasonId, model.negotiatorId], ['S', 'DWN', 'JAS']);
  deepEqual(
    (model.related as Fields[]).map((one) => one.name),
    ['Sean Seller'],
  );
  equal(embedded(model, 'property').id, 'OXF190347');
  const tag = (await house.get('/properties/OXF190347'))._eTag;
  await house.change('/vendors/OXF190347', { nextCall: '2024-05-01', correspondenceAddressType: 'contact' });
  equal((await house.get('/properties/OXF190347'))._eTag, tag);
  const count = async (query: string) => (await house.list(`/vendors?id=OXF190347&${query}`)).totalCount;
  equal(await count('negotiatorId=JAS&officeId=OXF&fromArchive=false&name=seller&email=sean.seller@yahoo.com'), 1);
  equal(await count('negotiatorId=ALA'), 0);
  equal(await count('nextCallFrom=2024-05-01&nextCallTo=2024-05-01'), 1);
});

test('areas', async () => {
  const id = await house.make('/areas', {
    name: 'Riverside',
    type: 'postcodes',
    area: ['45030'],
    parentId: 'BUT',
    officeIds: ['OXF'],
  });
  const model = await house.get(`/areas/${id}`);
  deepEqual([model.active, model.parentIds, model.area], [true, ['BUT'], ['45030']]);
  await house.change(`/areas/${id}`, { area: ['45030', '45040'] });
  deepEqual(house.refused(await house.patch(`/areas/${id}`, { area: [] })).length, 1);
  ok((await house.list('/areas?name=river&officeId=OXF&active=true&sortBy=-name')).totalCount >= 1);
});

test('of the other brokerage, and of offices outside of a group, nothing is there', async () => {
  for (const path of [
    '/properties/OXF190347',
    '/applicants/OXF200060',
    '/offers/OXF2000001',
    '/conveyancing/OXF2000122',
    '/areas/BRM',
    '/vendors/OXF190347',
  ])
    ok([404, 200].includes((await house.call(path, { token: 'demo' })).status), path);
  equal((await house.call('/applicants/OXF200060', { token: 'demo' })).status, 404);
  const all = (await house.list('/properties?pageSize=1')).totalCount;
  const group = (await house.call('/properties?pageSize=1', { token: 'oxf' })).body as { totalCount: number };
  ok(group.totalCount > 0 && group.totalCount < all);
  const solon = (await house.list('/properties?officeId=SOL&pageSize=1'))._embedded[0]?.id;
  equal((await house.call(`/properties/${solon}`, { token: 'oxf' })).status, 404);
  equal((await house.call(`/properties/${solon}`, { token: 'oxf', method: 'PATCH', json: {} })).status, 404);
});
