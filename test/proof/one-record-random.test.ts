import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { SHARED } from './one-record/nouns.ts';
import { type Acting, actAt, type Facts, type Side } from './one-record/side.ts';
import { type Cast, castAll, type DoorName } from './strangers.ts';

const seed = Number(process.env.PROOF_SEED ?? Date.now() % 2 ** 31);
/** so many times as many runs as in CI */
const times = Number(process.env.PROOF_TIMES ?? 1);
/** Words that several languages and keyboards write; nothing that a door refuses. */
const WORDS = ['Ada', 'Inés', "O'Neil", 'de Vries', 'Li', '李', 'Zoë-Mae', 'van der Berg', 'Ångström', 'X'];
const word = fc.constantFrom(...WORDS);
const phone = fc.constantFrom('(701) 555-0101', '+44 20 7946 0018', '701-555-0199', '0440 1', '1', '٠١');
const place = fc.constantFrom('Fargo', 'Moorhead', 'Zürich', '東京', "L'Aquila");
const street = fc.constantFrom('12 Elm St', 'Rue de l’Église 3', '1', 'Flat 2, 9 Oak');
const code = fc.constantFrom('58102', 'OX1 1AA', '8001');
const orNone = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

let lab: Lab;
let casts: ReadonlyMap<DoorName, Cast>;
before(async () => {
  lab = await openLab();
  casts = await castAll(lab);
});
after(() => lab[Symbol.asyncDispose]());

const at = (door: DoorName, side: Side): Acting => {
  const cast = casts.get(door);
  if (!cast) throw new Error(door);
  return actAt(door, cast.owner, side);
};
const sideOf = (noun: string, door: DoorName): Side => {
  const side = SHARED.find((one) => one.noun === noun)?.sides[door];
  if (!side) throw new Error(`${noun} at ${door}`);
  return side;
};

type Write = { readonly door: DoorName; readonly facts: Facts };
/** One write at one of the doors, of some of what it has. */
const writes = (doors: Partial<Record<DoorName, Readonly<Record<string, fc.Arbitrary<unknown>>>>>): fc.Arbitrary<Write[]> =>
  fc.array(
    fc.oneof(
      ...Object.entries(doors).map(([door, facts]) =>
        fc.record({ door: fc.constant(door as DoorName), facts: fc.record(facts, { requiredKeys: [] }) }),
      ),
    ),
    { minLength: 1, maxLength: 6, size: 'max' },
  );

type Shown = Readonly<Record<string, Facts>>;
/**
 * Writes in their order. The door that wrote reads back what it wrote, and whatever else it shows is as before; then `agree` compares what
 * all doors show.
 */
async function play(
  acts: Readonly<Record<string, { acting: Acting; key: string }>>,
  steps: readonly Write[],
  agree: (shown: Shown) => void,
) {
  const show = async (): Promise<Shown> => {
    const all = await Promise.all(
      Object.entries(acts).map(async ([door, { acting, key }]) => [door, (await acting.read(key))?.facts] as const),
    );
    return Object.fromEntries(all.map(([door, facts]) => [door, facts ?? {}]));
  };
  let before = await show();
  for (const { door, facts } of steps) {
    const act = acts[door];
    if (!act || Object.keys(facts).length === 0) continue;
    await act.acting.change(act.key, facts);
    const now = await show();
    deepEqual(now[door], { ...before[door], ...facts }, `${door} reads back what it wrote, and nothing else of it moves`);
    agree(now);
    before = now;
  }
}

const explore = async <T>(property: fc.IAsyncProperty<T>, runs: number, tell: (text: string) => void) => {
  tell(`PROOF_SEED=${seed}`);
  await fc.assert(property, { seed, numRuns: runs * times, endOnFailure: true });
};

const extended = (side: Side, facts: Side['facts']): Side => ({ ...side, facts: { ...side.facts, ...facts } });

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
      const id = await at('dotloop', CONTACT.dotloop).make({ firstName: 'A', lastName: 'B', email });
      const [row] = await lab.rows<Record<string, string>>(
        'select id, code, reso_key from contact where org_id = 1 and id = $1',
        [id],
      );
      const acts = Object.entries(CONTACT).map(([door, side]) => [
        door,
        { acting: at(door as DoorName, side), key: String(row?.[side.key]) },
      ]);
      await play(Object.fromEntries(acts), steps, contactsAgree);
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
  const id = await at('propertybase', sides.propertybase).make({ name: 'A', lastName: 'B', email });
  const [row] = await lab.rows<Record<string, string>>('select id, code, reso_key from member where org_id = 1 and id = $1', [
    id,
  ]);
  const acts = Object.entries(sides).map(([door, side]) => [
    door,
    { acting: at(door as DoorName, side), key: String(row?.[side.key]) },
  ]);
  const phones = { mobile: orNone(phone), phone: orNone(phone), title: orNone(word) };
  const whole = fc.tuple(word, word).map((words) => words.join(' '));
  const property = fc.asyncProperty(
    writes({ reapit: { name: whole, ...phones }, propertybase: { name: word, lastName: word, ...phones } }),
    (steps) =>
      play(Object.fromEntries(acts), steps, ({ reapit = {}, propertybase = {}, spark = {} }) => {
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

test('listings: a status written at one door is one word for the others', async (t) => {
  const sides = {
    reapit: { path: '/properties', key: 'code', facts: { status: 'selling.status', price: 'selling.price' }, update: 'PATCH' },
    propertybase: {
      ...sideOf('sales exclusive', 'propertybase'),
      facts: { status: 'status', price: 'price', street: 'street_name', city: 'town_name', number: 'street_number' },
    },
    spark: {
      path: '/listings',
      key: 'reso_key',
      facts: { status: 'StandardFields.MlsStatus', price: 'StandardFields.ListPrice' },
    },
  } satisfies Partial<Record<DoorName, Side>>;
  const home = { price: 400000, number: '5', street: 'Elm St', city: 'Solon' };
  const id = await at('propertybase', sides.propertybase).make(home);
  const [row] = await lab.rows<Record<string, string>>('select id, code, reso_key from property where org_id = 1 and id = $1', [
    id,
  ]);
  const acts = Object.entries(sides).map(([door, side]) => [
    door,
    { acting: at(door as DoorName, side), key: String(row?.[side.key]) },
  ]);
  const price = fc.integer({ min: 1, max: 9_000_000 });
  const property = fc.asyncProperty(
    writes({
      reapit: { status: fc.constantFrom('forSale', 'underOffer', 'reserved', 'exchanged', 'completed', 'withdrawn'), price },
      propertybase: { status: fc.constantFrom('Active', 'Pending', 'Sold', 'Coming Soon'), price },
    }),
    (steps) =>
      play(Object.fromEntries(acts), steps, ({ reapit = {}, propertybase = {}, spark = {} }) => {
        deepEqual([propertybase.price, spark.price], [reapit.price, reapit.price], 'the price');
        equal(propertybase.status, spark.status, 'the word of the status');
      }),
  );
  await explore(property, 25, (text) => t.diagnostic(text));
});
