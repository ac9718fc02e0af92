import { deepEqual, equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { addContact, done, filter, put, readContact, rowsOf, saysOf } from './contact-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

type Dotloop = Record<string, unknown> & { id: number };
const dotloop = async (path: string, json?: object, method?: string) =>
  ((await lab.dotloop(path, { ...(json ? { json } : {}), ...(method ? { method } : {}) })).body as { data: Dotloop }).data;
const idOf = async (key: string) =>
  (await lab.rows<{ id: string }>('select id from contact where org_id = 1 and reso_key = $1', [key]))[0]?.id;

test('a contact made at dotloop is found by a filter at Spark, and what Spark changes is changed at dotloop', async () => {
  const made = await dotloop('/contact', {
    firstName: 'Grace',
    lastName: 'Okafor',
    email: 'grace@example.com',
    home: '(701) 555-0101',
    cell: '(701) 555-0102',
    address: '12 Elm St',
    city: 'Fargo',
    state: 'ND',
    zipCode: '58102',
    company: 'Okafor & Co',
  });
  const [found] = rowsOf(await lab.spark(filter("HomeLocality Eq 'fargo' And PrimaryEmail Eq 'GRACE@example.com'")));
  deepEqual(
    [found?.DisplayName, found?.PrimaryPhoneNumber, found?.HomeStreetAddress, found?.HomeRegion, found?.HomePostalCode],
    ['Grace Okafor', '(701) 555-0102', '12 Elm St', 'ND', '58102'],
  );
  const key = String(found?.Id);
  const change = {
    FamilyName: 'Adeyemi',
    PrimaryPhoneNumber: '(701) 555-0199',
    HomeStreetAddress: '14 Oak St',
    PrimaryEmail: 'g@example.com',
  };
  deepEqual((await put(lab, `/contacts/${key}`, change)).body, done);
  const { updated: _, ...seen } = await dotloop(`/contact/${made.id}`);
  deepEqual(seen, {
    id: made.id,
    firstName: 'Grace',
    lastName: 'Adeyemi',
    email: 'g@example.com',
    home: '(701) 555-0101',
    cell: '(701) 555-0199',
    address: '14 Oak St',
    city: 'Fargo',
    state: 'ND',
    zipCode: '58102',
    company: 'Okafor & Co',
    created: made.created,
  });
});

test('a contact made at Spark is one of dotloop, and what dotloop changes is changed at Spark', async () => {
  const key = await addContact(lab, { DisplayName: 'Ines Prado', PrimaryPhoneNumber: '1', WorkLocality: 'Moorhead', Tag: 'VIP' });
  const id = await idOf(key);
  deepEqual((await dotloop(`/contact/${id}`)).phone, '1');
  await dotloop(`/contact/${id}`, { firstName: 'Inés', phone: '2', home: '3', city: 'Fargo' }, 'PATCH');
  const seen = await readContact(lab, key);
  deepEqual(
    [seen.DisplayName, seen.PrimaryPhoneNumber, seen.HomeLocality, seen.WorkLocality, seen.Tags],
    ['Inés Prado', '2', 'Fargo', 'Moorhead', ['VIP']],
  );
});

test('a display name of Spark’s ends when dotloop renames the contact', async () => {
  const key = await addContact(lab, { DisplayName: 'The Prados', GivenName: 'Ines', FamilyName: 'Prado' });
  const id = await idOf(key);
  equal((await dotloop(`/contact/${id}`)).lastName, 'Prado');
  await dotloop(`/contact/${id}`, { company: 'Prado SA' }, 'PATCH');
  equal((await readContact(lab, key)).DisplayName, 'The Prados');
  await dotloop(`/contact/${id}`, { lastName: 'Perez' }, 'PATCH');
  equal((await readContact(lab, key)).DisplayName, 'Ines Perez');
});

test('whoever has but a number is shown by it', async () => {
  const made = await dotloop('/contact', { firstName: 'Once', fax: '(701) 555-0177' });
  const [row] = await lab.rows<{ reso_key: string }>('select reso_key from contact where org_id = 1 and id = $1', [made.id]);
  await put(lab, `/contacts/${row?.reso_key}`, { GivenName: null });
  equal((await readContact(lab, row?.reso_key ?? '')).DisplayName, '(701) 555-0177');
  equal(rowsOf(await lab.spark(filter("DisplayName Eq '(701) 555-0177'")))[0]?.Id, row?.reso_key);
});

test('what one door removes the other has not any more', async () => {
  const key = await addContact(lab, { DisplayName: 'Gone Soon' });
  const id = await idOf(key);
  equal((await lab.dotloop(`/contact/${id}`, { method: 'DELETE' })).status, 204);
  equal(saysOf(await lab.spark(`/contacts/${key}`)), '404/404');
  const made = await dotloop('/contact', { lastName: 'Gone Too' });
  const [found] = rowsOf(await lab.spark(filter("DisplayName Eq 'gone too'")));
  deepEqual((await lab.spark(`/contacts/${found?.Id}`, { method: 'DELETE' })).body, done);
  equal((await lab.dotloop(`/contact/${made.id}`)).status, 404);
});
