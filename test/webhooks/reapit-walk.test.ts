import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { groupNames, groupOf } from '../../src/doors/reapit/contract/data.ts';
import { type House, type Message, openHouse } from './reapit-house.ts';

type Model = Record<string, unknown>;
type Ids = Readonly<Record<string, string>>;

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const CONTACT = { associatedId: 'OXF18000001', associatedType: 'contact' };
const STAFF = { officeIds: ['OXF'], negotiatorIds: ['JAS'] };

/** What it takes to make one record of each group, in an order in which each finds what it refers to. */
const BODIES: Readonly<Record<string, (ids: Ids) => Model>> = {
  contacts: () => ({ ...STAFF, surname: 'Webb', marketingConsent: 'grant', email: 'w@example.com' }),
  offices: () => ({ name: 'Webb Street', address: { line1: '1 Webb Street' } }),
  companies: () => ({ ...STAFF, name: 'Webb & Sons', typeIds: ['SOL'], workPhone: '01234' }),
  applicants: () => ({
    ...STAFF,
    marketingMode: 'buying',
    departmentId: 'G',
    buying: { priceFrom: 1, priceTo: 2 },
    related: [CONTACT],
  }),
  landlords: () => ({ officeId: 'OXF', related: [CONTACT] }),
  properties: () => ({
    marketingMode: 'selling',
    departmentId: 'G',
    address: { line1: '2 Webb Street' },
    negotiatorId: 'JAS',
    officeIds: ['OXF'],
    selling: { status: 'preAppraisal', price: 100_000 },
  }),
  propertyImages: ({ properties }) => ({ propertyId: properties, caption: 'Front', type: 'photograph', data: PNG }),
  offers: ({ applicants, properties }) => ({
    applicantId: applicants,
    propertyId: properties,
    negotiatorId: 'JAS',
    date: '2024-01-15',
    amount: 99_000,
    status: 'pending',
  }),
  appointments: ({ properties }) => ({
    ...STAFF,
    start: '2024-01-15T10:00:00Z',
    end: '2024-01-15T11:00:00Z',
    typeId: 'VW',
    propertyId: properties,
    negotiatorConfirmed: true,
  }),
  documents: ({ properties }) => ({
    associatedType: 'property',
    associatedId: properties,
    typeId: 'DET',
    name: 'details.png',
    fileData: PNG,
  }),
  enquiries: () => ({
    title: 'Mr',
    forename: 'Web',
    surname: 'Visitor',
    enquiryType: 'salesApplicant',
    message: 'Hello',
    officeId: 'OXF',
    marketingConsent: 'notAsked',
    sourceName: 'Web',
    email: 'visitor@example.com',
  }),
  identityChecks: () => ({ contactId: 'OXF18000001', checkDate: '2024-01-15', status: 'pending', negotiatorId: 'JAS' }),
  referrals: () => ({ contactId: 'OXF18000001', referralTypeId: 'REM', negotiatorId: 'JAS' }),
  tenancies: ({ applicants, properties }) => ({
    agentRole: 'managed',
    rent: 500,
    rentFrequency: 'monthly',
    typeId: 'AST',
    negotiatorId: 'JAS',
    propertyId: properties,
    applicantId: applicants,
    status: 'arranging',
  }),
  worksOrders: ({ properties }) => ({
    propertyId: properties,
    negotiatorId: 'JAS',
    status: 'raised',
    description: 'Leak',
    reporter: 'landlord',
    items: [{ notes: 'Mend it', chargeTo: 'landlord' }],
  }),
};

/** Groups whose records come about with others. */
const FOLLOW = ['vendors', 'conveyancing'];

describe('every group with topics tells of itself, as its single GET does', () => {
  let house: House;
  const ids: Record<string, string> = {};
  before(async () => {
    house = await openHouse();
  });
  after(() => house[Symbol.asyncDispose]());
  afterEach(() => house.unsubscribe());

  const model = async (path: string): Promise<Model> => {
    const { status, body, text } = await house.call(path);
    equal(status, 200, text);
    const { metadata, _links, _embedded, extrasField, ...shown } = body as Model;
    return shown;
  };
  const has = (group: string, method: string) =>
    groupOf(group).endpoints.some((one) => one.method === method && one.path === groupOf(group).itemPath);
  const itemOf = (group: string, id = ids[group] ?? '') => (groupOf(group).itemPath ?? '').replace('{id}', id);
  const brief = (told: readonly Message[]) => told.map(({ topicId, entityId }) => [topicId, entityId]);
  const subscribe = async (...groups: readonly string[]) => {
    await house.unsubscribe();
    await house.subscribe(
      groups.flatMap((group) => groupOf(group).topics ?? []),
      { ignoreEtagOnlyChanges: false },
    );
    await house.feed();
  };

  test('the walk leaves none out', () => {
    const all = groupNames().filter((name) => (groupOf(name).topics ?? []).length > 0);
    deepEqual([...Object.keys(BODIES), ...FOLLOW].sort(), all.sort());
  });

  for (const [group, body] of Object.entries(BODIES)) {
    const word = group.toLowerCase();
    test(`${group}: a new record`, async () => {
      await subscribe(group);
      const made = await house.call(groupOf(group).path ?? '', { json: body(ids) });
      equal(made.status, 201, made.text);
      ids[group] = made.headers.get('location')?.split('/').at(-1) ?? '';
      const told = await house.told();
      ok(told.every(({ eventId, old, diff }) => eventId === told[0]?.eventId && old === null && Object.keys(diff).length === 0));
      const topic = `${word}.${group === 'worksOrders' ? 'raised' : 'created'}`;
      const created = told.filter(({ topicId }) => topicId === topic);
      deepEqual(brief(created), [[topic, ids[group]]]);
      deepEqual(created[0]?.new, await model(itemOf(group)));
      equal(told.filter(({ topicId }) => topicId === `${word}.modified`).length, 0);
    });
  }

  const changed = async (group: string, json: Model = {}) => {
    await subscribe(group);
    const old = await model(itemOf(group));
    await house.patch(itemOf(group), json);
    const now = await model(itemOf(group));
    const told = await house.told();
    const [modified] = told.filter(({ topicId }) => topicId === `${group.toLowerCase()}.modified`);
    equal(modified?.entityId, ids[group]);
    deepEqual([modified?.old, modified?.new], [old, now]);
    return told.map(({ topicId }) => topicId).sort();
  };

  for (const group of Object.keys(BODIES).filter((name) => has(name, 'PATCH')))
    test(`${group}: a change`, async () => deepEqual(await changed(group), [`${group.toLowerCase()}.modified`]));

  test('vendors: one is made with the first marketing, and changes', async () => {
    ids.vendors = ids.properties ?? '';
    deepEqual(await changed('vendors', {}), ['vendors.modified']);
    await subscribe('vendors');
    const made = await house.call('/properties', { json: BODIES.properties?.(ids) });
    const id = made.headers.get('location')?.split('/').at(-1) ?? '';
    const told = await house.told();
    deepEqual(brief(told), [['vendors.created', id]]);
    deepEqual(told[0]?.new, await model(`/vendors/${id}`));
  });

  test('properties: what becomes of a sale', async () => {
    const told: string[][] = [];
    const price = { price: 110_000 };
    for (const selling of [
      { status: 'forSale' },
      price,
      { status: 'underOffer' },
      { status: 'exchanged' },
      { status: 'completed' },
    ])
      told.push((await changed('properties', { selling })).filter((topic) => topic !== 'properties.modified'));
    deepEqual(told, [
      ['properties.selling.instructed'],
      ['properties.selling.askingpricechanged'],
      ['properties.selling.underoffer'],
      ['properties.selling.exchanged'],
      ['properties.selling.completed'],
    ]);
  });

  test('offers: accepted, with the conveyancing that follows', async () => {
    await subscribe('offers', 'conveyancing');
    await house.patch(itemOf('offers'), { status: 'accepted' });
    const told = await house.told();
    deepEqual(
      told
        .filter(({ topicId }) => topicId.startsWith('offers.'))
        .map(({ topicId, eventId }) => [topicId, eventId])
        .sort(),
      [
        ['offers.accepted', told[0]?.eventId],
        ['offers.modified', told[0]?.eventId],
      ],
    );
    ids.conveyancing = ids.offers ?? '';
    deepEqual(await changed('conveyancing'), ['conveyancing.modified']);
    deepEqual(await changed('offers', { status: 'withdrawn' }), ['offers.modified', 'offers.withdrawn']);
  });

  test('appointments, works orders and enquiries: what becomes of them', async () => {
    deepEqual(await changed('appointments', { propertyConfirmed: true }), ['appointments.confirmed', 'appointments.modified']);
    deepEqual(await changed('appointments', { cancelled: true }), ['appointments.cancelled', 'appointments.modified']);
    deepEqual(await changed('worksOrders', { status: 'complete' }), ['worksorders.complete', 'worksorders.modified']);
    deepEqual(await changed('enquiries', { status: 'added' }), ['enquiries.accepted', 'enquiries.modified']);
  });

  test('a contact tells of its applicants, landlords and vendors, all under one event', async () => {
    const vendors = `/vendors/${ids.vendors}/relationships`;
    equal((await house.call(vendors, { json: { ...CONTACT, isMain: true } })).status, 201);
    await subscribe('contacts', 'applicants', 'landlords', 'vendors');
    const places = ['contacts', 'applicants', 'landlords', 'vendors'].map((group) =>
      group === 'contacts' ? '/contacts/OXF18000001' : itemOf(group),
    );
    const old = await Promise.all(places.map(model));
    await house.patch('/contacts/OXF18000001', { surname: 'Smythe', mobilePhone: '0777' });
    const now = await Promise.all(places.map(model));
    const told = await house.told();
    const mine = told.filter(({ entityId }) => [...Object.values(ids), 'OXF18000001'].includes(entityId ?? ''));
    deepEqual(mine.map(({ topicId }) => topicId).sort(), [
      'applicants.modified',
      'contacts.modified',
      'landlords.modified',
      'vendors.modified',
    ]);
    equal(new Set(told.map(({ eventId }) => eventId)).size, 1);
    for (const [i, group] of ['contacts', 'applicants', 'landlords', 'vendors'].entries()) {
      const message = mine.find(({ topicId }) => topicId === `${group}.modified`);
      deepEqual([message?.old, message?.new], [old[i], now[i]], group);
    }
    // What their own models do not show is nothing to them, unless they want to hear of it.
    await house.unsubscribe();
    await house.subscribe(['applicants.modified', 'landlords.modified', 'vendors.modified']);
    await house.feed();
    await house.patch('/contacts/OXF18000001', { communicationPreferenceEmail: true });
    equal((await house.told()).length, 0);
  });

  for (const group of Object.keys(BODIES).filter((name) => has(name, 'DELETE')))
    test(`${group}: a deleted record`, async () => {
      await subscribe(group);
      const old = await model(itemOf(group));
      equal((await house.call(itemOf(group), { method: 'DELETE' })).status, 204);
      const told = await house.told();
      deepEqual(
        told.map(({ topicId, entityId, new: now, diff }) => [topicId, entityId, now, diff]),
        [[`${group.toLowerCase()}.modified`, ids[group], null, {}]],
      );
      deepEqual(told[0]?.old, old);
    });
});
