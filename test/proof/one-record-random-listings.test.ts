import { deepEqual, equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import {
  type Acts,
  actingAt,
  actsOf,
  code,
  explore,
  orNone,
  place,
  play,
  type Sides,
  sideOf,
  writes,
} from './one-record/random.ts';
import type { Facts, Side } from './one-record/side.ts';
import { voicesOf } from './one-record/voices.ts';
import { type Cast, castAll, type DoorName } from './strangers.ts';

let lab: Lab;
let casts: ReadonlyMap<DoorName, Cast>;
before(async () => {
  lab = await openLab();
  casts = await castAll(lab);
});
after(() => lab[Symbol.asyncDispose]());

const PROPERTY: Omit<Side, 'facts'> = { path: '/properties', key: 'code', update: 'PATCH' };
const LISTING: Omit<Side, 'facts'> = { path: '/listings', key: 'reso_key' };
const standard = (names: Readonly<Record<string, string>>): Side['facts'] =>
  Object.fromEntries(Object.entries(names).map(([fact, name]) => [fact, `StandardFields.${name}`]));

/** A sales exclusive with further members, by what each door calls the facts in question. */
async function made(sides: Sides & { readonly propertybase: Side }, home: Facts): Promise<Acts> {
  const id = await actingAt(casts, 'propertybase', sides.propertybase).make(home);
  return actsOf(lab, casts, sides, 'property', id);
}

const price = fc.integer({ min: 1, max: 9_000_000 });

test('listings: a status written at one door is one word for the others', async (t) => {
  const acts = await made(
    {
      reapit: { ...PROPERTY, facts: { status: 'selling.status', price: 'selling.price' } },
      propertybase: { ...sideOf('sales exclusive', 'propertybase'), facts: { status: 'status', price: 'price' } },
      spark: { ...LISTING, facts: standard({ status: 'MlsStatus', price: 'ListPrice' }) },
    },
    { price: 400000 },
  );
  const property = fc.asyncProperty(
    writes({
      reapit: { status: fc.constantFrom('forSale', 'underOffer', 'reserved', 'exchanged', 'completed', 'withdrawn'), price },
      propertybase: { status: fc.constantFrom('Active', 'Pending', 'Sold', 'Coming Soon'), price },
    }),
    (steps) =>
      play(acts, steps, ({ reapit = {}, propertybase = {}, spark = {} }) => {
        deepEqual([propertybase.price, spark.price], [reapit.price, reapit.price], 'the price');
        equal(propertybase.status, spark.status, 'the word of the status');
      }),
  );
  await explore(property, 15, (text) => t.diagnostic(text));
});

/** What a rent is in a month (domain-property §8.2). */
const MONTHS: Readonly<Record<string, number>> = { weekly: 52 / 12, monthly: 1, annually: 1 / 12 };

test('lettings: a rent is one price a month, and a status one word', async (t) => {
  const acts = await made(
    {
      reapit: {
        ...PROPERTY,
        facts: { status: 'letting.status', rent: 'letting.rent', frequency: 'letting.rentFrequency' },
      },
      propertybase: {
        ...sideOf('sales exclusive', 'propertybase'),
        create: { agent_id: 1, office_id: 11, property_type: 'Rental' },
        facts: { status: 'status', rent: 'price' },
      },
      spark: { ...LISTING, facts: standard({ status: 'MlsStatus', rent: 'ListPrice' }) },
    },
    { rent: 1500 },
  );
  const rent = fc.integer({ min: 1, max: 20_000 });
  const property = fc.asyncProperty(
    writes({
      reapit: {
        status: fc.constantFrom('toLet', 'underOffer', 'arrangingTenancy', 'tenancyCurrent', 'letPrivately', 'withdrawn'),
        rent,
        frequency: fc.constantFrom('weekly', 'monthly', 'annually'),
      },
      propertybase: { status: fc.constantFrom('Active', 'Pending', 'Leased'), rent },
    }),
    (steps) =>
      play(acts, steps, ({ reapit = {}, propertybase = {}, spark = {} }) => {
        const monthly = Number((Number(reapit.rent) * (MONTHS[String(reapit.frequency)] ?? 0)).toFixed(2));
        deepEqual([propertybase.rent, spark.rent], [monthly, monthly], `${reapit.rent} ${reapit.frequency}`);
        equal(propertybase.status, spark.status, 'the word of the status');
      }),
  );
  await explore(property, 15, (text) => t.diagnostic(text));
});

test('listings: an address written in the words of one door is the same place at the others', async (t) => {
  const acts = await made(
    {
      reapit: {
        ...PROPERTY,
        facts: {
          number: 'address.buildingNumber',
          building: 'address.buildingName',
          street: 'address.line1',
          city: 'address.line3',
          region: 'address.line4',
          postcode: 'address.postcode',
        },
      },
      propertybase: {
        ...sideOf('sales exclusive', 'propertybase'),
        facts: {
          price: 'price',
          number: 'street_number',
          unit: 'unit_number',
          street: 'street_name',
          city: 'town_name',
          county: 'county_name',
          state: 'state',
          postcode: 'zip_code',
        },
      },
      spark: {
        ...LISTING,
        facts: standard({
          number: 'StreetNumber',
          unit: 'StreetAdditionalInfo',
          city: 'City',
          county: 'CountyOrParish',
          state: 'StateOrProvince',
          postcode: 'PostalCode',
        }),
      },
    },
    { street: 'Elm St', city: 'Solon', price: 400000 },
  );
  const number = fc.constantFrom('5', '12a', '1-3');
  const street = fc.constantFrom('Elm St', 'Rue de l’Église', 'N Main St', '1');
  const line = { number: orNone(number), street: orNone(street), city: orNone(place), postcode: orNone(code) };
  const property = fc.asyncProperty(
    writes({
      // Reapit's properties have a street.
      reapit: {
        ...line,
        street,
        building: orNone(fc.constantFrom('The Mill', '7')),
        region: orNone(fc.constantFrom('Butler, OH', 'Kent', 'Rhône', 'OH')),
      },
      propertybase: {
        ...line,
        unit: orNone(fc.constantFrom('2', 'B')),
        county: orNone(fc.constantFrom('Butler', 'Kent')),
        state: orNone(fc.constantFrom('OH', 'KY')),
      },
    }),
    (steps) =>
      play(acts, steps, ({ reapit = {}, propertybase = {}, spark = {} }) => {
        for (const fact of ['number', 'city', 'postcode'])
          deepEqual([propertybase[fact], spark[fact]], [reapit[fact], reapit[fact]], fact);
        equal(propertybase.street, reapit.street, 'the street');
        for (const fact of ['unit', 'county', 'state']) equal(spark[fact], propertybase[fact], fact);
        const { county, state } = propertybase;
        equal([county, state].filter((part) => part !== null).join(', ') || null, reapit.region, 'county and state');
        if (reapit.building === null) equal(propertybase.unit, null, 'a unit is shown where no building has a name');
      }),
  );
  await explore(property, 15, (text) => t.diagnostic(text));
});

test('a listing, its offer, its tenancy and its loop: no status moves across a link', async (t) => {
  const { reapit, dotloop, site } = voicesOf(casts);
  const { id, mls_id, mls_name } = await site('POST', '/sales_exclusives', { price: 400000, street_name: 'Elm St', agent_id: 1 });
  const [row] = await lab.rows<{ code: string }>('select code from property where org_id = 1 and id = $1', [id]);
  const about = { propertyId: row?.code, negotiatorId: 'BRE' };
  const terms = { date: '2026-01-05', amount: 390000, status: 'pending', applicantId: 'OXF200060' };
  const offer = await reapit('POST', '/offers', { ...about, ...terms });
  const tenancy = await reapit('POST', '/tenancies', {
    ...about,
    applicantId: 'OXF180059',
    typeId: 'AST',
    agentRole: 'managed',
    status: 'offerPending',
    startDate: '2027-01-15',
    endDate: '2028-01-14',
    rent: 900,
    rentFrequency: 'monthly',
  });
  const loop = await dotloop('POST', '/loop-it?profile_id=42', {
    name: 'Across',
    transactionType: 'PURCHASE_OFFER',
    status: 'PRE_OFFER',
    mlsPropertyId: mls_id,
    mlsId: mls_name,
  });
  const facts = { status: 'status' };
  const at = (door: DoorName, side: Side, key: unknown) => ({ acting: actingAt(casts, door, side), key: String(key) });
  const acts: Acts = {
    listing: at('reapit', { ...PROPERTY, facts: { status: 'selling.status' } }, row?.code),
    exclusive: at('propertybase', { path: '/sales_exclusives', key: 'id', update: 'PATCH', facts }, id),
    offer: at('reapit', { path: '/offers', key: 'code', update: 'PATCH', facts }, offer.id),
    tenancy: at('reapit', { path: '/tenancies', key: 'code', update: 'PATCH', facts }, tenancy.id),
    loop: at('dotloop', { path: '/profile/42/loop', key: 'id', update: 'PATCH', facts }, loop.id),
  };
  const property = fc.asyncProperty(
    writes({
      listing: { status: fc.constantFrom('forSale', 'underOffer', 'exchanged', 'withdrawn') },
      exclusive: { status: fc.constantFrom('Active', 'Pending', 'Sold') },
      offer: { status: fc.constantFrom('pending', 'withdrawn', 'rejected', 'accepted') },
      tenancy: { status: fc.constantFrom('offerPending', 'offerWithdrawn', 'offerRejected', 'arranging') },
      loop: { status: fc.constantFrom('PRE_OFFER', 'UNDER_CONTRACT', 'SOLD', 'WITHDRAWN') },
    }),
    (steps) =>
      play(acts, steps, (now, then, written) => {
        const isListing = written === 'listing' || written === 'exclusive';
        for (const name of ['offer', 'tenancy', 'loop'].filter((one) => one !== written))
          deepEqual(now[name], then[name], `${name} after a status of ${written}`);
        if (!isListing)
          deepEqual([now.listing, now.exclusive], [then.listing, then.exclusive], `the listing after a status of ${written}`);
      }),
  );
  await explore(property, 15, (text) => t.diagnostic(text));
});
