import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ContactPoint, type Places, PRIMARY_PHONE, readPoints, writePoints } from '../../src/domain/people/index.ts';

/** The vocabularies of domain-people §1.6: those that go by kinds, and those that pin. */
const DOORS: Readonly<Record<string, Places<string>>> = {
  dotloop: [
    { name: 'phone', kinds: ['main'], makes: 'main' },
    { name: 'home', kinds: ['home'], makes: 'home' },
    { name: 'office', kinds: ['work'], makes: 'work' },
    { name: 'cell', kinds: ['mobile'], makes: 'mobile' },
    { name: 'fax', kinds: ['fax'], makes: 'fax' },
  ],
  reapit: [
    { name: 'homePhone', kinds: ['home', 'main'], makes: 'home' },
    { name: 'workPhone', kinds: ['work', 'direct'], makes: 'work' },
    { name: 'mobilePhone', kinds: ['mobile'], makes: 'mobile' },
  ],
  propertybase: [
    { name: 'phone1', kinds: ['main', 'home', 'work', 'direct', 'other'], makes: 'main', pin: { slot: 1 } },
    { name: 'phone2', kinds: ['mobile'], makes: 'mobile', pin: { slot: 2 } },
    { name: 'phone3', kinds: ['home', 'work', 'direct', 'other', 'main', 'mobile'], makes: 'other', pin: { slot: 3 } },
  ],
  spark: PRIMARY_PHONE,
};

const point = fc.record({
  via: fc.constantFrom('phone' as const, 'phone' as const, 'email' as const),
  kind: fc.constantFrom('main', 'home', 'work', 'mobile', 'direct', 'fax', 'other'),
  value: fc.stringMatching(/^\d{3}$/),
}) as fc.Arbitrary<ContactPoint>;

type Write = { door: string; change: Record<string, string | null> };
const writes = (doors: readonly string[]): fc.Arbitrary<Write> =>
  fc.constantFrom(...doors).chain((door) =>
    fc.record({
      door: fc.constant(door),
      change: fc.dictionary(
        fc.constantFrom(...(DOORS[door] as Places<string>).map(({ name }) => name)),
        fc.option(fc.stringMatching(/^\d{4}$/)),
        { minKeys: 1, maxKeys: 3 },
      ),
    }),
  );

const placesOf = (door: string) => DOORS[door] as Places<string>;
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

for (const doors of [['dotloop'], ['dotloop', 'spark'], Object.keys(DOORS)])
  test(`whatever ${doors.join(', ')} wrote before, a door reads back what it writes and no other place of it moves`, () => {
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 8 }),
        fc.array(writes(doors), { minLength: 1, maxLength: 12 }),
        (points, steps) => {
          let list: ContactPoint[] = points;
          for (const { door, change } of steps) {
            const expected = { ...readPoints(list, placesOf(door)), ...change };
            list = writePoints(list, placesOf(door), change);
            const filled = Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== null));
            deepEqual(plain(readPoints(list, placesOf(door))), plain(filled));
            deepEqual(writePoints(list, placesOf(door), change), list, 'and what is sent again changes nothing');
          }
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });

test('a number written at Spark stays until another door writes that very entry', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 8 }), fc.array(writes(['dotloop', 'reapit']), { maxLength: 8 }), (points, steps) => {
      const own = '+1 513 555 0100';
      let list = writePoints(points, PRIMARY_PHONE, { primary: own });
      for (const { door, change } of steps) {
        const touched = Object.keys(change).some((name) => readPoints(list, placesOf(door))[name] === own);
        list = writePoints(list, placesOf(door), change);
        if (touched) return;
        equal(readPoints(list, PRIMARY_PHONE).primary, own);
      }
    }),
    { seed: 11, numRuns: 400 },
  );
});

test('a number that other doors add later fills the empty place at Spark', () => {
  const cleared = writePoints(
    [
      { via: 'phone', kind: 'home', value: '1' },
      { via: 'phone', kind: 'work', value: '2' },
    ],
    PRIMARY_PHONE,
    {
      primary: null,
    },
  );
  deepEqual(cleared, [{ via: 'phone', kind: 'work', value: '2', primary: false }]);
  equal(readPoints(cleared, PRIMARY_PHONE).primary, undefined);
  const added = writePoints(cleared, placesOf('dotloop'), { cell: '3' });
  equal(readPoints(added, PRIMARY_PHONE).primary, '3');
  deepEqual(readPoints(added, placesOf('dotloop')), { office: '2', cell: '3' });
});
