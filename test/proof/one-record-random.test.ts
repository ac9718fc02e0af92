import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import {
  actingAt,
  actsOf,
  code,
  explore,
  extended,
  orNone,
  phone,
  place,
  play,
  type Shown,
  seed,
  sideOf,
  street,
  word,
  writes,
} from './one-record/random.ts';
import type { Side } from './one-record/side.ts';
import { type Cast, castAll, type DoorName } from './strangers.ts';

let lab: Lab;
let casts: ReadonlyMap<DoorName, Cast>;
before(async () => {
  lab = await openLab();
  casts = await castAll(lab);
});
after(() => lab[Symbol.asyncDispose]());

const CONTACT: Readonly<Record<'dotloop' | 'reapit' | 'propertybase' | 'spark', Side>> = {
  dotloop: extended(sideOf('contact', 'dotloop'), { main: 'phone', fax: 'fax' }),
  reapit: extended(sideOf('contact', 'reapit'), {
    number: 'primaryAddress.buildingNumber',
    building: 'primaryAddress.buildingName',
    more: {
      read: ({ additionalContactDetails }) => (additionalContactDetails as { value: string }[]).map(({ value }) => value),
      write: () => ({}),
    },
  }),
  propertybase: extended(sideOf('contact', 'propertybase'), { main: 'phone1', other: 'phone3' }),
  spark: extended(sideOf('contact', 'spark'), { primary: 'PrimaryPhoneNumber' }),
};

const joined = (...parts: unknown[]) =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(' ') || null;

function contactsAgree({ dotloop = {}, reapit = {}, propertybase = {}, spark = {} }: Shown): void {
  for (const name of ['firstName', 'lastName', 'email', 'city', 'postcode'])
    deepEqual([dotloop[name], propertybase[name], spark[name]], [reapit[name], reapit[name], reapit[name]], name);
  for (const name of ['street', 'region']) deepEqual([propertybase[name], spark[name]], [dotloop[name], dotloop[name]], name);
  equal(joined(reapit.number, reapit.street, reapit.building), dotloop.street, 'the street in one line');
  equal(dotloop.mobile, reapit.mobile, 'the mobile phone');
  equal(dotloop.home ?? dotloop.main, reapit.home, 'the home phone, else the main one');
  equal(dotloop.work, reapit.work, 'the phone at work');
  // Reapit shows every number; no door shows one that is nowhere else.
  const all = [reapit.home, reapit.work, reapit.mobile, ...(reapit.more as string[])];
  const others = [dotloop.main, dotloop.home, dotloop.work, dotloop.mobile, dotloop.fax, propertybase.main, propertybase.mobile];
  for (const number of [...others, propertybase.other, spark.primary].filter((one) => one !== null))
    ok(all.includes(number as string), `${number} is among ${all.join(', ')}`);
}

test('contacts: names, addresses and phones, written at all doors in any order', async (t) => {
  const names = { firstName: word, lastName: word };
  const line = { street: orNone(street), city: orNone(place), region: orNone(place), postcode: orNone(code) };
  let made = 0;
  const property = fc.asyncProperty(
    writes({
      dotloop: {
        ...names,
        ...line,
        main: orNone(phone),
        home: orNone(phone),
        work: orNone(phone),
        mobile: orNone(phone),
        fax: orNone(phone),
      },
      reapit: {
        ...names,
        number: orNone(code),
        street: orNone(street),
        city: orNone(place),
        postcode: orNone(code),
        home: orNone(phone),
        work: orNone(phone),
        mobile: orNone(phone),
      },
      propertybase: { ...names, ...line, main: orNone(phone), mobile: orNone(phone), other: orNone(phone) },
      spark: { ...names, ...line, primary: orNone(phone) },
    }),
    async (steps) => {
      const email = `random.${seed}.${++made}@example.com`;
      const id = await actingAt(casts, 'dotloop', CONTACT.dotloop).make({ firstName: 'A', lastName: 'B', email });
      await play(await actsOf(lab, casts, CONTACT, 'contact', id), steps, contactsAgree);
    },
  );
  await explore(property, 25, (text) => t.diagnostic(text));
});

test('members: a name is one line at Reapit and two words at the site', async (t) => {
  const sides = {
    reapit: sideOf('member', 'reapit'),
    propertybase: extended(sideOf('member', 'propertybase'), { name: 'first_name', lastName: 'last_name' }),
    spark: sideOf('member', 'spark'),
  };
  const email = `member.${seed}@example.com`;
  const id = await actingAt(casts, 'propertybase', sides.propertybase).make({ name: 'A', lastName: 'B', email });
  const acts = await actsOf(lab, casts, sides, 'member', id);
  const phones = { mobile: orNone(phone), phone: orNone(phone), title: orNone(word) };
  const whole = fc.tuple(word, word).map((words) => words.join(' '));
  const property = fc.asyncProperty(
    writes({ reapit: { name: whole, ...phones }, propertybase: { name: word, lastName: word, ...phones } }),
    (steps) =>
      play(acts, steps, ({ reapit = {}, propertybase = {}, spark = {} }) => {
        equal(joined(propertybase.name, propertybase.lastName), reapit.name, 'the name');
        equal(spark.name, reapit.name, 'the name');
        equal(propertybase.mobile, reapit.mobile, 'the mobile phone');
        equal(spark.mobile, reapit.mobile, 'the mobile phone');
        equal(propertybase.phone, reapit.phone, 'the phone at work');
        equal(propertybase.title, reapit.title, 'the title');
      }),
  );
  await explore(property, 15, (text) => t.diagnostic(text));
});

test('offices: names, addresses and phones at Reapit and the site, as the profile of the office shows them', async (t) => {
  const sides = {
    dotloop: extended(sideOf('office', 'dotloop'), { street: 'address', region: 'state' }),
    reapit: extended(sideOf('office', 'reapit'), { street: 'address.line1' }),
    propertybase: extended(sideOf('office', 'propertybase'), { street: 'address', region: 'state' }),
  };
  const id = await actingAt(casts, 'propertybase', sides.propertybase).make({ name: `Random ${seed}` });
  const acts = await actsOf(lab, casts, sides, 'office', id);
  const facts = { phone: orNone(phone), street: orNone(street), city: orNone(place), postcode: orNone(code) };
  let turn = 0;
  const name = word.map((text) => `${text} ${++turn}`);
  const property = fc.asyncProperty(
    // Reapit's offices have a street.
    writes({ reapit: { name, ...facts, street }, propertybase: { name, ...facts, region: orNone(place) } }),
    (steps) =>
      play(acts, steps, ({ dotloop = {}, reapit = {}, propertybase = {} }) => {
        for (const fact of ['name', 'city', 'postcode', 'street', 'phone'])
          deepEqual([propertybase[fact], dotloop[fact]], [reapit[fact], reapit[fact]], fact);
        equal(dotloop.region, propertybase.region, 'the state');
      }),
  );
  await explore(property, 15, (text) => t.diagnostic(text));
});
