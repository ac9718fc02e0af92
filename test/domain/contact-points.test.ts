import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ContactPoint, type Places, readPoints, writePoints } from '../../src/domain/people/index.ts';

/** Two doors with different places over the same list. */
const dotloop: Places<'phone' | 'home' | 'office' | 'cell' | 'fax'> = [
  { name: 'phone', kinds: ['main'], makes: 'main' },
  { name: 'home', kinds: ['home'], makes: 'home' },
  { name: 'office', kinds: ['work'], makes: 'work' },
  { name: 'cell', kinds: ['mobile'], makes: 'mobile' },
  { name: 'fax', kinds: ['fax'], makes: 'fax' },
];
const other: Places<'homePhone' | 'workPhone' | 'mobilePhone'> = [
  { name: 'homePhone', kinds: ['home', 'main'], makes: 'home' },
  { name: 'workPhone', kinds: ['work', 'direct'], makes: 'work' },
  { name: 'mobilePhone', kinds: ['mobile'], makes: 'mobile' },
];

const point = fc.record({
  via: fc.constant('phone' as const),
  kind: fc.constantFrom('main', 'home', 'work', 'mobile', 'direct', 'fax', 'other'),
  value: fc.stringMatching(/^\d{3}$/),
}) as fc.Arbitrary<ContactPoint>;

for (const [name, places] of [
  ['dotloop', dotloop],
  ['another door', other],
] as const)
  test(`${name} reads back what it wrote, and no other place of it moves`, () => {
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 8 }),
        fc.constantFrom(...places.map((place) => place.name)),
        fc.option(fc.stringMatching(/^\d{4}$/)),
        (points, written, value) => {
          const before: Record<string, string | undefined> = readPoints(points, places as Places<string>);
          const after = readPoints(writePoints(points, places as Places<string>, { [written]: value }), places as Places<string>);
          const expected = { ...before, [written]: value ?? undefined };
          deepEqual(JSON.parse(JSON.stringify(after)), JSON.parse(JSON.stringify(expected)));
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
