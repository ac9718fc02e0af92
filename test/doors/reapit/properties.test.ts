import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { embedded, openSales, PROPERTY, type SalesHouse } from './sales-house.ts';

let house: SalesHouse;
before(async () => {
  house = await openSales();
});
after(() => house[Symbol.asyncDispose]());

type Side = { price?: number; rent?: number; status?: string; vendorId?: string; agency?: string; utilities?: object };
type Fields = Record<string, unknown>;

test('a change that brings the other side puts the property there too, and the vendor comes with the first sale', async () => {
  const id = await house.make('/properties', {
    ...PROPERTY,
    marketingMode: 'letting',
    selling: undefined,
    letting: { rent: 900 },
  });
  const letting = await house.get(`/properties/${id}`);
  equal(letting.selling, null);
  equal((await house.call(`/vendors/${id}`)).status, 404);
  equal(letting._links.vendor, undefined);

  await house.change(`/properties/${id}`, { selling: { price: 210000, status: 'valuation' } });
  const both = await house.get(`/properties/${id}?embed=vendor`);
  equal(both.marketingMode, 'sellingAndLetting');
  equal((both.letting as Side).rent, 900);
  equal((both.selling as Side).vendorId, id);
  equal(embedded(both, 'vendor').id, id);
  const vendor = await house.get(`/vendors/${id}`);
  deepEqual([vendor.propertyId, vendor.negotiatorId, vendor.officeIds], [id, 'JAS', ['OXF']]);
  for (const mode of ['selling', 'letting', 'sellingAndLetting'])
    equal((await house.list(`/properties?id=${id}&marketingMode=${mode}`)).totalCount, 1, mode);
});

test('what an address shows and is sent back changes nothing; what differs is answered as it was sent', async () => {
  const code = 'OXF190347';
  const shown = (await house.get(`/properties/${code}`)).address as Fields;
  deepEqual([shown.buildingName, shown.buildingNumber, shown.line1], ['123', '333', 'Main St']);
  equal(shown.line4, 'San Francisco, CA');
  const columns = () =>
    house.lab.rows(
      `select street_name, street_suffix, unit_number, building_name, county, state_or_province from property where org_id = 1 and code = $1`,
      [code],
    );
  const old = await columns();
  await house.change(`/properties/${code}`, { address: shown });
  deepEqual(await columns(), old);

  await house.change(`/properties/${code}`, { address: { line4: 'Marin, Nevada' } });
  equal(((await house.get(`/properties/${code}`)).address as Fields).line4, 'Marin, Nevada');
  await house.change(`/properties/${code}`, { address: { line1: 'Main Street', buildingName: 'The Corner', line2: '' } });
  deepEqual(await columns(), [
    {
      street_name: 'Main Street',
      street_suffix: null,
      unit_number: '123',
      building_name: 'The Corner',
      county: 'Marin',
      state_or_province: 'Nevada',
    },
  ]);
  const after = (await house.get(`/properties/${code}`)).address as Fields;
  deepEqual([after.line1, after.buildingName, after.line2], ['Main Street', 'The Corner', '']);
  await house.change(`/properties/${code}`, { address: { buildingName: null, line4: null } });
  const cleared = (await house.get(`/properties/${code}`)).address as Fields;
  deepEqual([cleared.buildingName, cleared.line4], [null, null]);
});

test('half bathrooms stay until another number is written', async () => {
  const [row] = await house.lab.rows<{ code: string }>(
    `select code from property where org_id = 1 and bathrooms_total = 2.5 and archived_at is null order by id limit 1`,
  );
  const path = `/properties/${row?.code}`;
  equal((await house.get(path)).bathrooms, 3);
  const total = () =>
    house.lab.rows(`select bathrooms_total::float8 as n, bathrooms_half as half from property where code = $1`, [row?.code]);
  await house.change(path, { bathrooms: 3 });
  deepEqual(await total(), [{ n: 2.5, half: 1 }]);
  await house.change(path, { bathrooms: 4 });
  deepEqual(await total(), [{ n: 4, half: null }]);
});

test('a department says what its properties have', async () => {
  const commercial = { ...PROPERTY, departmentId: 'C' };
  const answer = await house.call('/properties', {
    json: { ...commercial, bedrooms: 2, receptions: 1, bathrooms: 1, parkingSpaces: 3 },
  });
  deepEqual(
    house.refused(answer).map((text) => text.split(':')[0]),
    ['bedrooms', 'receptions', 'bathrooms'],
  );
  const id = await house.make('/properties', { ...commercial, bedrooms: 0, receptions: null });
  house.refused(await house.patch(`/properties/${id}`, { bathrooms: 1 }));
});

test('references, agencies, videos: every breach at once', async () => {
  const answer = await house.call('/properties', {
    json: {
      ...PROPERTY,
      negotiatorId: 'ZZZ',
      officeIds: ['OXF', 'QQQ'],
      areaId: 'NONE',
      boardStatus: 'XX',
      videoUrl: 'javascript:alert(1)',
      video2Caption: 'Tour',
      selling: { ...PROPERTY.selling, status: 'sold', sellingAgency: 'soleAgent', agencyId: 'OXF99999999' },
    },
  });
  const fields = house.refused(answer).map((text) => text.split(':')[0]);
  deepEqual(fields.toSorted(), [
    'areaId',
    'boardStatus',
    'negotiatorId',
    'officeIds[1]',
    'selling.agencyId',
    'selling.agencyId',
    'selling.status',
    'video2Caption',
    'videoUrl',
  ]);
});

test('the agency is written under one name and read under another', async () => {
  const id = await house.make('/properties', { ...PROPERTY, selling: { ...PROPERTY.selling, sellingAgency: 'jointSole' } });
  equal(((await house.get(`/properties/${id}`)).selling as Side).agency, 'jointSole');
  deepEqual(house.refused(await house.patch(`/properties/${id}`, { selling: { agencyId: 'OXF19002002' } })).length, 1);
  await house.change(`/properties/${id}`, { selling: { sellingAgency: null, agencyId: 'OXF19002002' } });
});

test('videos are those of every door', async () => {
  const id = await house.make('/properties', { ...PROPERTY, videoUrl: 'https://v.example.com/1', videoCaption: 'Walk' });
  await house.change(`/properties/${id}`, { video2Url: 'https://v.example.com/2' });
  const links = () =>
    house.lab.rows<{ link: string }>(
      `select m.link from media m join property p on p.org_id = m.org_id and p.id = m.property_id
       where p.code = $1 and m.kind = 'video' and m.deleted_at is null order by m.position`,
      [id],
    );
  deepEqual(
    (await links()).map(({ link }) => link),
    ['https://v.example.com/1', 'https://v.example.com/2'],
  );
  await house.change(`/properties/${id}`, { videoUrl: null, videoCaption: null });
  const model = await house.get(`/properties/${id}`);
  deepEqual([model.videoUrl, model.video2Url], ['https://v.example.com/2', null]);
});

test('utilities and texts are one store under two groups', async () => {
  const id = await house.make('/properties', {
    ...PROPERTY,
    marketingMode: 'letting',
    selling: undefined,
    summary: 'Bright',
    letting: { rent: 700, utilities: { hasGas: true, gasMeterPoint: 'G7' } },
  });
  const path = `/properties/${id}`;
  deepEqual((await house.get(`${path}/utilities`)).gas, { hasGas: true, gasCompanyId: null, gasMeterPoint: 'G7' });
  await house.change(`${path}/utilities`, { gas: { gasMeterPoint: 'G8' }, electricity: { type: 'solar' } });
  equal((((await house.get(path)).letting as Side).utilities as Fields).gasMeterPoint, 'G8');

  const marketing = await house.get(`${path}/marketing`);
  deepEqual([marketing.summary, marketing.propertyId], ['Bright', id]);
  const tag = (await house.get(path))._eTag;
  await house.change(`${path}/marketing`, {
    summary: 'Brighter',
    strapLine: 'Top floor',
    description1: { name: 'Hall', text: 'Long' },
  });
  const model = await house.get(path);
  deepEqual([model.summary, model.strapline], ['Brighter', 'Top floor']);
  notEqual(model._eTag, tag);
});

test('what nobody writes follows from what is kept', async () => {
  const address = { ...PROPERTY.address, geolocation: { latitude: 39.507, longitude: -84.745 } };
  const id = await house.make('/properties', { ...PROPERTY, address });
  // No published member writes the authority: it comes with data that a brokerage brings along.
  const kept = { reapit: { localAuthorityCompanyId: 'OXF19002002' } };
  await house.lab.rows('update property set extras = extras || $2 where org_id = 1 and code = $1', [id, kept]);
  const derived = ({ localAuthorityCompanyName, address: at }: Record<string, unknown>) => [
    localAuthorityCompanyName,
    (at as Record<string, unknown>).localTimeZone,
  ];
  const [row] = (await house.list(`/properties?id=${id}`))._embedded;
  deepEqual(derived(row as Record<string, unknown>), ['Whitfield Legal', 'America/New_York']);
  await house.change(`/properties/${id}`, {
    localAuthorityCompanyName: 'Nobody',
    address: { geolocation: { latitude: 51.75, longitude: -1.26 }, localTimeZone: 'Etc/GMT' },
  });
  deepEqual(derived(await house.get(`/properties/${id}`)), ['Whitfield Legal', 'Europe/London']);
});

test('a price is compared in the currency that is asked for', async () => {
  const id = await house.make('/properties', { ...PROPERTY, selling: { price: 100000, status: 'forSale' } });
  equal((await house.list(`/properties?id=${id}&priceFrom=100000&priceTo=100000`)).totalCount, 1);
  equal((await house.call(`/properties?id=${id}&priceFrom=1&priceFiltersCurrency=GBP`)).status, 400);
  await house.lab.rows(`update organisation set settings = settings || '{"currencyRates": {"GBP": 0.8}}' where id = 1`);
  equal((await house.list(`/properties?id=${id}&priceFrom=79000&priceTo=81000&priceFiltersCurrency=gbp`)).totalCount, 1);
  equal((await house.list(`/properties?id=${id}&priceFrom=90000&priceFiltersCurrency=GBP`)).totalCount, 0);
  equal((await house.list(`/properties?id=${id}&priceFrom=90000`)).totalCount, 1);
});

test('filters that are no plain comparison', async () => {
  const id = await house.make('/properties', {
    ...PROPERTY,
    marketingMode: 'sellingAndLetting',
    letting: { rent: 300, rentFrequency: 'weekly', status: 'toLet', agentRole: 'managed', availableFrom: '2024-06-01' },
    type: ['penthouse'],
    situation: ['communalGarden'],
    areaId: 'BRM',
    internetAdvertising: true,
  });
  const count = async (query: string) => (await house.list(`/properties?id=${id}&${query}`)).totalCount;
  equal(await count('rentFrom=1300&rentTo=1300'), 1);
  equal(await count('rentFrom=300&rentTo=300&rentFrequency=weekly'), 1);
  equal(await count('rentFrom=301&rentFrequency=weekly'), 0);
  equal(await count('situation=communalGardens'), 1);
  equal(await count('type=PENTHOUSE&type=mas'), 1);
  equal(await count('agentRole=managed&areaId=brm&officeId=oxf&negotiatorId=jas'), 1);
  equal(await count('excludeAreaId=BRM'), 0);
  equal(await count('excludeAreaId=HAM'), 1);
  equal(await count('internetAdvertising=true&isExternal=false&fromArchive=false'), 1);
  equal(await count('internetAdvertising=false'), 0);
  equal(await count('address=oxford high&countryId=US&availableFrom=2024-06-01'), 1);
  equal(await count('availableFrom=2024-06-02'), 0);
  equal(await count('lettingStatus=toLet&sellingStatus=forSale&sellingStatus=withdrawn'), 1);
  equal((await house.call('/properties?type=castle')).status, 400);
});

/** Rents are sorted by what they are a month. */
function shownAs(model: Fields, path: string): unknown {
  const value = path.split('.').reduce<unknown>((at, step) => (at as Fields | null)?.[step], model);
  const weekly = path === 'letting.rent' && (model.letting as Fields | null)?.rentFrequency === 'weekly';
  return weekly ? ((value as number) * 52) / 12 : value;
}

test('lists go up and down by what is shown, the unset last', async () => {
  const sorts = { bedrooms: 'bedrooms', negotiatorId: 'negotiatorId', price: 'selling.price', rent: 'letting.rent' };
  for (const [word, path] of Object.entries(sorts))
    for (const sign of ['', '-']) {
      const { _embedded } = await house.list(`/properties?sortBy=${sign}${word}&pageSize=100`);
      const values = _embedded.map((model) => shownAs(model, path));
      const isSet = (value: unknown): value is string | number => value !== null && value !== undefined;
      const set = values.filter(isSet);
      ok(values.slice(0, set.length).every(isSet), `${sign}${word}: unset before set`);
      const sorted = set.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (sign ? -1 : 1));
      deepEqual(set, sorted, `${sign}${word}`);
    }
});

test('rooms and certificates tell what follows from them', async () => {
  const id = await house.make('/properties', {
    ...PROPERTY,
    rooms: [
      { name: 'Hall', dimensions: '4.27m x 3.35m', description: 'Tiled' },
      { name: 'Attic', dimensions: '12\' 6" x 9ft' },
      { name: 'Loft' },
    ],
    epc: { eer: 81, eerPotential: 92, eir: 12, exempt: false },
  });
  const model = await house.get(`/properties/${id}`);
  deepEqual(
    (model.rooms as Fields[]).map(({ dimensionsAlt }) => dimensionsAlt),
    [`14' 0" x 11' 0"`, '3.81m x 2.74m', null],
  );
  const epc = model.epc as Fields;
  deepEqual([epc.eerRating, epc.eerPotentialRating, epc.eirRating, epc.eirPotentialRating], ['B', 'A', 'G', null]);
});
