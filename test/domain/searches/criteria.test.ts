import { deepEqual, equal } from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Criteria, conditionOf, criteriaOf } from '../../../src/domain/searches/index.ts';
import type { Condition, Scalar } from '../../../src/kernel/condition.ts';

const field = (name: string): Scalar => ({ kind: 'field', name });
const literal = (value: string | number): Scalar =>
  typeof value === 'string' ? { kind: 'literal', type: 'text', value } : { kind: 'literal', type: 'integer', value };
const compare = (name: string, op: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le', value: string | number): Condition => ({
  kind: 'compare',
  op,
  left: field(name),
  right: literal(value),
});
const and = (...of: Condition[]): Condition => ({ kind: 'and', of });
const or = (...of: Condition[]): Condition => ({ kind: 'or', of });

describe('what fits the normal form of a search', () => {
  test('an And of comparisons, whatever its depth', () => {
    deepEqual(
      criteriaOf(
        and(
          compare('property_type', 'eq', 'a'),
          and(compare('city', 'eq', 'Oxford'), compare('list_price', 'ge', 200_000)),
          and(compare('list_price', 'le', 300_000), compare('bedrooms', 'gt', 2)),
          { kind: 'among', left: field('mls_status'), values: [literal('Active'), literal('Pending')] },
        ),
      ),
      {
        criteria: {
          side: 'sales',
          classes: ['residential'],
          cities: ['Oxford'],
          price: { min: 200_000, max: 300_000 },
          bedrooms: { min: 3 },
          statuses: ['Active', 'Pending'],
        },
        fits: true,
      },
    );
  });

  test('numbers that a door sends as texts, unless they are longer than numbers are', () => {
    const above = (value: string): Condition => ({
      kind: 'compare',
      op: 'ge',
      left: field('list_price'),
      right: { kind: 'literal', type: 'decimal', value },
    });
    deepEqual(criteriaOf(above('750000.50')), { criteria: { price: { min: 750_000.5 } }, fits: true });
    deepEqual(criteriaOf(above('0.1234567890123456789')), { criteria: {}, fits: false });
  });

  test('nothing asks for everything', () => {
    deepEqual(criteriaOf(undefined), { criteria: {}, fits: true });
    deepEqual(conditionOf({}), { kind: 'and', of: [] });
  });

  test('an Or inside one key is a list', () => {
    deepEqual(criteriaOf(or(compare('city', 'eq', 'Oxford'), compare('city', 'eq', 'Solon'))), {
      criteria: { cities: ['Oxford', 'Solon'] },
      fits: true,
    });
    const word = (text: string): Condition => ({ kind: 'contains', left: field('public_remarks'), text });
    deepEqual(criteriaOf(or(word('pool'), word('sauna'))), { criteria: { keywords: ['pool', 'sauna'] }, fits: true });
  });

  test('two sides of a market: what is to let has a code of its own, closed sales are sold', () => {
    deepEqual(criteriaOf(compare('property_type', 'eq', 'F')), { criteria: { side: 'rentals' }, fits: true });
    const sold = [compare('standard_status', 'eq', 'Closed'), compare('property_type', 'eq', 'B')];
    for (const parts of [sold, sold.toReversed()])
      deepEqual(criteriaOf(and(...parts)).criteria, { side: 'sold', classes: ['income'] });
    const let_ = and(compare('standard_status', 'eq', 'Closed'), compare('property_type', 'eq', 'F'));
    deepEqual(criteriaOf(let_), { criteria: { side: 'rentals', standard_statuses: ['Closed'] }, fits: true });
  });

  for (const [what, part] of [
    ['a negation', { kind: 'not', of: compare('city', 'eq', 'Solon') }],
    ['Ne', compare('city', 'ne', 'Solon')],
    ['an Or over two keys', or(compare('city', 'eq', 'Solon'), compare('bedrooms', 'ge', 4))],
    ['above a price, which has no least value', compare('list_price', 'gt', 100)],
    ['a second list of one key', compare('city', 'eq', 'Hamilton')],
    ['both sides at once', { kind: 'among', left: field('property_type'), values: [literal('A'), literal('F')] }],
    ['a field without a key', compare('street_name', 'eq', 'Main')],
    [
      'a computed field',
      { kind: 'compare', op: 'eq', left: { kind: 'call', name: 'lower', args: [field('city')] }, right: literal('x') },
    ],
    ['a remark compared whole', compare('public_remarks', 'eq', 'pool')],
    ['the start of a text', { kind: 'starts', left: field('county'), text: 'Bu' }],
    ['a list of ids', { kind: 'ids', ids: [1] }],
  ] as const satisfies readonly (readonly [string, Condition])[])
    test(`${what} does not fit; the rest is kept`, () => {
      deepEqual(criteriaOf(and(compare('city', 'eq', 'Oxford'), part)), { criteria: { cities: ['Oxford'] }, fits: false });
    });
});

const texts = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });
const range = fc
  .record(
    { min: fc.integer({ min: 0, max: 1000 }), max: fc.integer({ min: 0, max: 1000 }) },
    { requiredKeys: [], noNullPrototype: true },
  )
  .filter((it) => Object.keys(it).length > 0);
const lists = Object.fromEntries(
  [
    'sub_types',
    'statuses',
    'cities',
    'mls_areas',
    'counties',
    'states',
    'postal_codes',
    'keywords',
    'mls_keys',
    'list_agents',
  ].map((key) => [key, texts]),
);
const criteria: fc.Arbitrary<Criteria> = fc
  .record(
    {
      side: fc.constantFrom('sales' as const, 'rentals' as const, 'sold' as const),
      classes: fc.uniqueArray(fc.constantFrom('residential', 'income', 'land', 'commercial', 'farm'), { minLength: 1 }),
      price: range,
      bedrooms: range,
      bathrooms: range,
      living_area: range,
      year_built: range,
      shape: fc.constant({ kind: 'circle', centre: { latitude: 39.5, longitude: -84.7 }, miles: 5 } as const),
      ...lists,
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((given) => {
    const { side, classes, ...rest } = given as Criteria;
    // Classes have a side, and rentals one kind: these are the forms that criteriaOf writes.
    if (side === 'rentals') return { ...rest, side };
    if (side === 'sales') return { ...rest, side, classes: classes ?? ['residential'] };
    if (side === 'sold') return { ...rest, side, ...(classes ? { classes } : {}) };
    return rest;
  });

test('criteria ask a question that reads back as the same criteria', () => {
  fc.assert(
    fc.property(criteria, (given) => {
      const { criteria: read, fits } = criteriaOf(conditionOf(given));
      equal(fits, true);
      deepEqual(read, given);
    }),
    { numRuns: 300 },
  );
});
