import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { Account, Address, ContactPoint } from '../../../src/domain/index.ts';
import { toAccount } from '../../../src/doors/spark/map/account.ts';

const account = (more: Partial<Account>): Account => ({
  org_id: 1,
  id: 1,
  kind: 'member',
  reso_key: '20080602130000000000000000',
  name: 'Somebody',
  first_name: null,
  middle_name: null,
  last_name: null,
  access_level: null,
  email: null,
  contact_points: [],
  website_url: null,
  photo: null,
  address: {},
  extras: {},
  office_id: null,
  office_name: null,
  office_key: null,
  company_name: null,
  company_key: null,
  mls_name: null,
  mls_key: null,
  ...more,
});
const shown = (more: Partial<Account>) => toAccount('http://portico.test', account(more), new Set());
const phone = (value: string, more: Partial<ContactPoint> = {}): ContactPoint => ({ via: 'phone', kind: 'work', value, ...more });
const partsOf = (value: string) => {
  const [found] = shown({ contact_points: [phone(value)] }).Phones;
  return [found?.InternationalCode, found?.AreaCode, found?.Prefix, found?.LineNumber, found?.Extension];
};

test('numbers are taken apart where they are of the North American plan, and shown as typed', () => {
  deepEqual(partsOf('(513) 555-0142'), [null, '513', '555', '0142', null]);
  deepEqual(partsOf('+1 513.555.0142 x12'), ['1', '513', '555', '0142', '12']);
  deepEqual(partsOf('15135550142 ext. 7'), ['1', '513', '555', '0142', '7']);
  for (const other of ['+44 20 7946 0958', '555-0142', 'call the office', '0135550142'])
    deepEqual(partsOf(other), [null, null, null, null, null], other);
  equal(shown({ contact_points: [phone(' call  me ')] }).Phones[0]?.Number, ' call  me ');
});

test('one phone is primary: the marked one, else main before mobile before home before work; faxes never', () => {
  const primaryOf = (...points: ContactPoint[]) => shown({ contact_points: points }).Phones.map(({ Primary }) => Primary);
  deepEqual(primaryOf(phone('1'), phone('2', { kind: 'mobile' })), [false, true]);
  deepEqual(primaryOf(phone('1', { primary: true }), phone('2', { kind: 'main', primary: false })), [true, false]);
  deepEqual(primaryOf(phone('1', { kind: 'fax' })), [false]);
  deepEqual(primaryOf(phone('1'), phone('1')), [true, false]);
});

test('ids are places in the list; labels are names', () => {
  const { Phones, Emails } = shown({
    email: 'a@example.com',
    contact_points: [
      phone('1', { kind: 'tollfree', label: 'Hotline' }),
      { via: 'email', kind: 'home', value: 'b@example.com' },
      { via: 'other', kind: 'other', value: 'a pigeon' },
      phone('2', { kind: 'voicemail' }),
    ],
  });
  deepEqual(
    Phones.map((phone) => [phone.Id, phone.Type, phone.Name, phone.Number]),
    [
      ['1', 'TollFree', 'Hotline', '1'],
      ['2', 'VoiceMail', 'VoiceMail', '2'],
    ],
  );
  deepEqual(Emails, [
    { Id: '1', Type: 'Work', Name: 'Work', Address: 'a@example.com', Primary: true },
    { Id: '2', Type: 'Home', Name: 'Home', Address: 'b@example.com', Primary: false },
  ]);
});

test('an address is one line and its parts; an empty one is none', () => {
  const lineOf = (address: Address) => shown({ address }).Addresses[0]?.Address;
  const address = {
    street_number: '12',
    street_name: 'Levee Rd',
    unit_number: '3',
    address_line2: 'Rear',
    city: 'Oxbow',
    county: 'Lee',
    postal_code: '50055',
  };
  equal(lineOf(address), '12 Levee Rd 3, Rear, Oxbow, Lee 50055');
  equal(lineOf({ postal_code: '50055' }), '50055');
  equal(lineOf({ city: 'Oxbow', state_or_province: 'IA' }), 'Oxbow, IA');
  deepEqual(shown({ address: { country: 'US' } }).Addresses, []);
});

test('tags are texts, whatever else stands there', () => {
  deepEqual(shown({ extras: { spark: { Tags: ['Lakes', 5, null] } } }).Tags, ['Lakes']);
  deepEqual(shown({ extras: { spark: { Tags: 'Lakes' } } }).Tags, []);
  deepEqual(shown({ extras: { reapit: { Tags: ['Lakes'] } } }).Tags, []);
});
