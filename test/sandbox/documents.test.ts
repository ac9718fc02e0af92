import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEMO_FOR_TESTS, SANDBOX } from '../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

type List = { meta: { total: number }; data: Record<string, unknown>[] };

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const list = async (path: string, token?: string): Promise<List> => {
  const answer = await lab.dotloop(path, token ? { token } : {});
  assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  return answer.body as List;
};
const one = async (path: string) => ((await lab.dotloop(path)).body as { data: Record<string, unknown> }).data;
/** The printed members are there with the printed values; more may be. */
const printed = (row: Record<string, unknown> | undefined, values: Record<string, unknown>) => {
  assert.ok(row);
  const shown = Object.fromEntries(Object.keys(values).map((key) => [key, row[key]]));
  assert.deepEqual(shown, values);
};
const LOOP = '/profile/42/loop/34308';

test('account and profiles as printed (seed 3.1, 4.1)', async () => {
  printed(await one('/account'), {
    id: 1,
    firstName: 'Brian',
    lastName: 'Erwin',
    email: 'brianerwin@newkyhome.com',
    defaultProfileId: 42,
  });
  const profiles = await list('/profile');
  assert.equal(profiles.meta.total, 3);
  assert.deepEqual(
    profiles.data.map((row) => row.id),
    [42, 3, 4711],
  );
  printed(profiles.data[1], {
    name: 'My Profile',
    type: 'INDIVIDUAL',
    company: 'MyCompany',
    phone: '+0 (123) 456 7890',
    fax: '+0 (123) 456 7890',
    address: '1234 Wall St',
    city: 'New York',
    state: 'NY',
    zipCode: '10005',
    default: false,
    requiresTemplate: true,
  });
});

test('loop 34308 as printed, first of ten, under all three profiles (seed 5.1)', async () => {
  const loops = await list('/profile/42/loop');
  assert.equal(loops.meta.total, 10);
  assert.equal(loops.data.length, 10);
  const values = {
    id: 34308,
    name: 'Atturo Garay, 3059 Main, Chicago, IL 60614',
    status: 'ARCHIVED',
    transactionType: 'PURCHASE_OFFER',
    totalTaskCount: 5,
    completedTaskCount: 3,
    updated: '2017-05-30T21:42:17Z',
    created: '2017-05-17T01:18:37Z',
  };
  printed(loops.data[0], { ...values, profileId: 42 });
  for (const profileId of [3, 4711])
    printed(await one(`/profile/${profileId}/loop/34308`), { ...values, profileId, ownerProfileId: 42 });
  const merged = await lab.dotloop('/profile/3/loop/30003');
  assert.equal(merged.status, 301);
  assert.equal(merged.headers.get('location'), '/public/v2/profile/3/loop/30004');
  assert.equal((await lab.dotloop('/profile/3/loop/30004')).status, 200);
});

test('details as printed (seed 6.1)', async () => {
  assert.deepEqual(await one(`${LOOP}/detail`), {
    'Property Address': {
      Country: 'USA',
      'Street Number': '333',
      'Street Name': 'Main St',
      'Unit Number': '123',
      City: 'San Francisco',
      'State/Prov': 'CA',
      'Zip/Postal Code': '94105',
      County: 'USA',
    },
    Financials: {
      'Sale Commission Rate': '3',
      'Sale Commission Split % - Buy Side': '50',
      'Sale Commission Split % - Sell Side': '50',
      'Sale Commission Total': '10000',
      'Sale Commission Split $ - Buy Side': '50',
      'Sale Commission Split $ - Sell Side': '20000',
    },
  });
});

test('folders and documents as printed (seed 7, 8)', async () => {
  const folders = await list(`${LOOP}/folder`);
  assert.equal(folders.meta.total, 4);
  const times = { created: '2017-05-17T01:18:37Z', updated: '2017-05-30T21:42:17Z' };
  printed(folders.data[0], { id: 423424, name: 'Disclosures', ...times });
  const documents = await list(`${LOOP}/folder/423424/document`);
  assert.equal(documents.meta.total, 3);
  printed(documents.data[0], { id: 561621, filename: 'disclosures.pdf', created: times.created, updated: times.created });
  const file = await lab.dotloop(`${LOOP}/folder/423424/document/561621`, { headers: { accept: 'application/pdf' } });
  assert.equal(file.status, 200);
  assert.match(file.text, /^%PDF-/);
});

test('participants in their order, tasks, activity as printed (seed 9 to 11)', async () => {
  const people = await list(`${LOOP}/participant`);
  assert.deepEqual(people.data, [
    { id: 2355, fullName: 'Brian Erwin', email: 'brianerwin@newkyhome.com', role: 'BUYER', Phone: '(555) 555-5555' },
    {
      id: 57567,
      fullName: 'Allen Agent',
      email: 'allen.agent@gmail.com',
      role: 'LISTING_AGENT',
      Phone: '(555) 555-1234',
      'Company Name': 'Allen Realty',
    },
    {
      id: 24743,
      fullName: 'Sean Seller',
      email: 'sean.seller@yahoo.com',
      role: 'SELLER',
      'Street Name': '123',
      'Street Number': 'Main St.',
      City: 'Cincinnati',
      'Zip/Postal Code': '45123',
      Country: 'USA',
      'Cell Phone': '(555) 555-4444',
    },
  ]);
  const lists = await list(`${LOOP}/tasklist/`);
  assert.equal(lists.meta.total, 3);
  assert.deepEqual(lists.data[0], { id: 1234, name: 'My Tasks' });
  const tasks = await list(`${LOOP}/tasklist/1234/task`);
  assert.equal(tasks.meta.total, 4);
  assert.deepEqual(tasks.data[0], { id: 125736485, name: 'contract', due: '2016-10-21T00:00:00-04:00', completed: true });
  const { data } = await list(`${LOOP}/activity`);
  assert.deepEqual(data.at(-1), {
    message: 'User One viewed document Agency Disclosure Statement - Seller',
    date: '2017-01-09T13:10:14Z',
  });
});

test('contacts and templates as printed (seed 12, 13)', async () => {
  const contacts = await list('/contact');
  assert.equal(contacts.meta.total, 10);
  printed(contacts.data[0], {
    id: 3603862,
    firstName: 'Brian',
    lastName: 'Erwin',
    email: 'brianerwin@newkyhome.com',
    home: '(415) 8936 332',
    office: '(415) 1213 656',
    fax: '(415) 8655 686',
    address: '2100 Waterview Dr',
    city: 'San Francisco',
    zipCode: '94114',
    state: 'CA',
    country: 'US',
    created: '2017-04-19T15:00:00Z',
    updated: '2017-04-20T03:48:30Z',
  });
  for (const profileId of [42, 3, 4711]) {
    const templates = await list(`/profile/${profileId}/loop-template`);
    assert.equal(templates.meta.total, 5);
    assert.ok(templates.data.every((row) => row.shared === true && row.global === false && row.profileId === 732453));
    assert.deepEqual(templates.data[0], {
      id: 423,
      profileId: 732453,
      name: 'My Loop Template',
      transactionType: 'PURCHASE_OFFER',
      shared: true,
      global: false,
    });
  }
});

test('the printed Loop-It finds its profile, template, listing and contacts (seed 2.2)', async () => {
  const made = await lab.dotloop('/loop-it?profile_id=4711', {
    json: {
      name: 'Brian Erwin',
      transactionType: 'PURCHASE_OFFER',
      status: 'PRE_OFFER',
      streetName: 'Waterview Dr',
      streetNumber: '2100',
      unit: '12',
      city: 'San Francisco',
      zipCode: '94114',
      state: 'CA',
      country: 'US',
      participants: [
        { fullName: 'Brian Erwin', email: 'brianerwin@newkyhome.com', role: 'BUYER' },
        { fullName: 'Allen Agent', email: 'allen.agent@gmail.com', role: 'LISTING_AGENT' },
        { fullName: 'Sean Seller', email: 'sean.seller@yahoo.com', role: 'SELLER' },
      ],
      templateId: 1424,
      mlsPropertyId: '43FSB8',
      mlsId: '789',
      mlsAgentId: '123456789',
    },
  });
  assert.equal(made.status, 201, made.text);
  const { id } = (made.body as { data: { id: number } }).data;
  assert.ok(id > 200_000_000, 'new ids never meet documented ones');
  assert.equal((await list(`/profile/4711/loop/${id}/participant`)).meta.total, 2);
  assert.ok((await list(`/profile/4711/loop/${id}/folder`)).meta.total >= 2);
  const details = await one(`/profile/4711/loop/${id}/detail`);
  printed(details.Property as Record<string, unknown>, { Bedrooms: '3', 'Year Built': '1998' });
  assert.equal((await list('/contact')).meta.total, 10, 'both are in the book already');
});

test('the second brokerage has the same ids and other values', async () => {
  const { accessToken } = DEMO_FOR_TESTS.dotloop;
  const theirs = await list('/contact', accessToken);
  assert.equal(theirs.data[0]?.id, 3603862);
  assert.equal(theirs.data[0]?.lastName, 'Northcott');
  const loop = await lab.dotloop(LOOP, { token: accessToken });
  assert.match((loop.body as { data: { name: string } }).data.name, /Northcott/);
  assert.equal((await lab.dotloop('/profile/4711', { token: accessToken })).status, 404);
  const { identity } = lab.house.stores.domain;
  const enter = (email: string, password: string) => identity.signIn(email, password, undefined, { address: '127.0.0.1' });
  const ours = await enter(SANDBOX.people.agent, SANDBOX.people.password);
  assert.ok(ours.kind === 'ok' && ours.user.orgId === 1);
  assert.equal((await enter(DEMO_FOR_TESTS.people.agent, SANDBOX.people.password)).kind, 'refused');
  const dora = await enter(DEMO_FOR_TESTS.people.agent, DEMO_FOR_TESTS.people.password);
  assert.ok(dora.kind === 'ok' && dora.user.orgId === 2);
});
