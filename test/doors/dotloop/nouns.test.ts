import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './house.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
let P: string;
before(async () => {
  house = await openHouse();
  P = `/profile/${house.ann.profileId}`;
});
after(() => house[Symbol.asyncDispose]());

const newLoop = async (more: object = {}) => {
  const body = { name: 'Garay', transactionType: 'LISTING_FOR_SALE', status: 'PRE_LISTING', ...more };
  const { data } = await house.call('POST', `${P}/loop`, { body });
  return { id: Number(data.id), path: `${P}/loop/${data.id}` };
};

describe('profiles', () => {
  test('are made, changed, cleared', async () => {
    const body = { name: 'My Profile', company: 'MyCompany', zipCode: 10005, fax: '+0 (123)' };
    const made = await house.call('POST', '/profile', { body });
    deepEqual([made.status, made.data.type, made.data.zipCode, made.data.default], [201, 'INDIVIDUAL', '10005', false]);
    const path = `/profile/${made.data.id}`;
    const changed = await house.call('PATCH', path, { body: { company: '', city: 'Rome', id: 7, default: true } });
    deepEqual([changed.status, changed.data.city, 'company' in changed.data, changed.data.fax], [200, 'Rome', false, '+0 (123)']);
    deepEqual((await house.call('PATCH', path, { body: { name: null } })).errors, ['1001 /data/attributes/name']);
  });

  test('the default one comes first, and the account names it', async () => {
    const account = await house.call('GET', '/account');
    const [first] = (await house.call('GET', '/profile')).rows;
    deepEqual([first?.id, first?.default], [account.data.defaultProfileId, true]);
  });

  test('an office keeps its own', async () => {
    const { rows } = await house.call('GET', '/profile');
    const office = rows.find((row) => row.type === 'OFFICE');
    deepEqual((await house.call('PATCH', `/profile/${office?.id}`, { body: { name: 'x' } })).errors, ['2003']);
  });
});

describe('loops', () => {
  test('status: the first of the type when absent, one that fits otherwise', async () => {
    const body = { name: 'x', transactionType: 'real estate other' };
    const made = await house.call('POST', `${P}/loop`, { body });
    deepEqual([made.data.transactionType, made.data.status], ['REAL_ESTATE_OTHER', 'NEW']);
    const { path } = await newLoop();
    deepEqual((await house.call('PATCH', path, { body: { status: 'LEASED' } })).errors, ['4001 /data/attributes/status']);
    equal((await house.call('PATCH', path, { body: { status: 'Under Contract' } })).data.status, 'UNDER_CONTRACT');
  });

  test('an empty change leaves the loop and its moment alone', async () => {
    const { path } = await newLoop();
    const before = await house.call('GET', path);
    house.pass(5_000);
    equal((await house.call('PATCH', path, { body: { status: 'PRE_LISTING' } })).text, before.text);
    equal((await house.call('PATCH', path)).text, before.text);
    notEqual((await house.call('PATCH', path, { body: { name: 'new' } })).data.updated, before.data.updated);
  });

  test('details stay as typed and come with the list when asked for', async () => {
    const { id, path } = await newLoop({ name: 'with details' });
    deepEqual((await house.call('GET', `${path}/detail`)).data, {});
    const body =
      '{"Financials":{"Purchase/Sale Price":650000.00,"Earnest Money Amount":" 5 "},"Contract Dates":{"Offer Date":"x"}}';
    const details = {
      Financials: { 'Purchase/Sale Price': '650000.00', 'Earnest Money Amount': ' 5 ' },
      'Offer Dates': { 'Offer Date': 'x' },
    };
    deepEqual((await house.call('PATCH', `${path}/detail`, { body })).data, details);
    const { rows } = await house.call('GET', `${P}/loop?include_details=TRUE&sort=purchase_price:desc`);
    deepEqual([rows[0]?.id, rows[0]?.details, rows[1]?.details], [id, details, {}]);
    const cleared = { Financials: { 'Purchase/Sale Price': '', 'Earnest Money Amount': null }, 'Offer Dates': null };
    deepEqual((await house.call('PATCH', `${path}/detail`, { body: cleared })).data, { 'Offer Dates': { 'Offer Date': 'x' } });
  });

  test('an unknown detail refuses the whole change', async () => {
    const { path } = await newLoop();
    const body = { Property: { 'Year Built': '1900', 'Year/Bilt': '1' }, Nope: {} };
    const reply = await house.call('PATCH', `${path}/detail`, { body });
    deepEqual(reply.errors, ['1002 /data/attributes/Property/Year~1Bilt', '1002 /data/attributes/Nope']);
    deepEqual((await house.call('GET', `${path}/detail`)).data, {});
  });

  test('one merged away redirects reads and passes writes on', async () => {
    const lost = await newLoop();
    const folder = await house.call('POST', `${lost.path}/folder`, { body: { name: 'Disclosures' } });
    const kept = await newLoop();
    await house.domain.deals.merge(house.ann.actor, lost.id, kept.id);
    const seen = async (path: string) => {
      const { status, headers } = await house.call('GET', path);
      return [status, headers.get('location')];
    };
    deepEqual(await seen(`${lost.path}/`), [301, `/public/v2${kept.path}`]);
    deepEqual(await seen(`${lost.path}/activity?batch_size=x`), [301, `/public/v2${kept.path}/activity?batch_size=x`]);
    equal((await house.call('PATCH', lost.path, { body: { name: 'both' } })).data.id, kept.id);
    const path = `${lost.path}/folder/${folder.data.id}`;
    equal((await house.call('PATCH', path, { body: { name: 'renamed' } })).data.name, 'renamed');
    equal((await house.call('PATCH', path)).data.name, 'renamed');
    equal((await house.call('POST', `${lost.path}/participant`, { body: { role: 'x', email: 'e' } })).status, 201);
  });

  test('Loop-It: people, address, the misspelt number; the profile may be left out when there is one', async () => {
    const body = {
      name: 'Brian Erwin',
      transactionType: 'PURCHASE_OFFER',
      status: 'PRE_OFFER',
      streetNumber: 2100,
      city: 'San Francisco',
      participants: [{ fullName: 'Al Agent', email: 'al@x.com', role: 'listing agent' }, {}, { email: 'ANN@example.com' }],
      mlsPropertId: '43FSB8',
    };
    const made = await house.call('POST', '/loop-it', { token: 'vic', body });
    equal(made.status, 201);
    const path = `/profile/${made.data.profileId}/loop/${made.data.id}`;
    const people = await house.call('GET', `${path}/participant`, { token: 'vic' });
    deepEqual(
      people.rows.map((row) => [row.email, row.role]),
      [
        ['al@x.com', 'LISTING_AGENT'],
        ['ANN@example.com', 'OTHER'],
      ],
    );
    deepEqual((await house.call('GET', `${path}/detail`, { token: 'vic' })).data, {
      'Property Address': { 'Street Number': '2100', City: 'San Francisco', 'MLS Number': '43FSB8' },
    });
    await house.call('POST', '/profile', { token: 'vic', body: { name: 'second' } });
    deepEqual((await house.call('POST', '/loop-it', { token: 'vic', body })).errors, ['1005 profile_id']);
    deepEqual((await house.call('POST', `/loop-it?profile_id=${house.ann.profileId}`, { token: 'vic', body })).errors, ['2002']);
  });
});

describe('participants', () => {
  test('keep the members they were given, under their Title Case names', async () => {
    const { path } = await newLoop();
    const body = { fullName: 'Brian Erwin', email: 'b@x', role: 'Fairy Godmother', 'State/Prov': 'OH', Phone: '', ID: 7 };
    const made = await house.call('POST', `${path}/participant`, { body });
    const { id } = made.data;
    deepEqual(made.data, { id, fullName: 'Brian Erwin', email: 'b@x', role: 'Fairy Godmother', 'State/Prov': 'OH', ID: '7' });
    const one = `${path}/participant/${id}`;
    const changed = await house.call('PATCH', one, { body: { email: null, ID: '', Country: 'USA', role: 'buying-agent' } });
    deepEqual(changed.data, { id, fullName: 'Brian Erwin', role: 'BUYING_AGENT', 'State/Prov': 'OH', Country: 'USA' });
    deepEqual((await house.call('POST', `${path}/participant`, { body: { role: 'x' } })).errors, [
      '1001 /data/attributes/fullName',
    ]);
    equal((await house.call('DELETE', one)).status, 204);
    equal((await house.call('DELETE', one)).status, 404);
  });
});

describe('contacts', () => {
  test('show what was written, by place', async () => {
    const body = {
      firstName: 'B',
      cell: '1',
      office: '2',
      phone: '3',
      address: '2100 Waterview Dr',
      state: 'CA',
      country: 'US',
      role: 'buyer',
    };
    const { data } = await house.call('POST', '/contact', { body });
    const { id, created, updated } = data;
    deepEqual(data, { id, ...body, role: 'BUYER', created, updated });
    const change = { phone: '', office: '4', country: '', 'License #': 5 };
    const changed = await house.call('PATCH', `/contact/${id}`, { body: change });
    const { phone, country, ...rest } = body;
    const expected = { ...rest, office: '4', role: 'BUYER', 'License #': '5' };
    deepEqual(changed.data, { id, ...expected, created, updated: changed.data.updated });
  });
});
