import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Criteria, criteriaOf } from '../../../src/domain/index.ts';
import { listingFilterFields } from '../../../src/doors/spark/listing-fields.ts';
import { filterOf } from '../../../src/doors/spark/map/criteria-filter.ts';
import { readFilter } from '../../../src/doors/spark/sparkql/index.ts';

const read = async (text: string | null) =>
  criteriaOf(
    (await readFilter(text ?? undefined, { fields: listingFilterFields('private'), now: new Date(), zone: async () => 'UTC' }))
      ?.where,
  );

test('criteria are said as people would say them', () => {
  equal(filterOf({}), null);
  equal(
    filterOf({
      side: 'sales',
      classes: ['residential', 'land'],
      cities: ["O'Fallon"],
      price: { max: 750_000.5 },
      bedrooms: { min: 2, max: 3 },
      keywords: ['pool', 'a \\ b'],
      shape: { kind: 'circle', centre: { latitude: 39.5, longitude: -84.75 }, miles: 5 },
    }),
    "PropertyType Eq 'A','C' And City Eq 'O\\'Fallon' And ListPrice Le 750000.5 And BedsTotal Bt 2,3" +
      " And (PublicRemarks Eq contains('pool') Or PublicRemarks Eq contains('a \\\\ b')) And Location Eq radius('39.5 -84.75', 5)",
  );
});

const texts = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 });
const at = fc.record({
  latitude: fc.integer({ min: -800, max: 800 }).map((n) => n / 10),
  longitude: fc.integer({ min: -1700, max: 1700 }).map((n) => n / 10),
});
const criteria = fc.record(
  {
    cities: texts,
    statuses: texts,
    keywords: texts,
    list_agents: texts,
    price: fc.record({ min: fc.integer({ min: 0, max: 10_000_000 }).map((n) => n / 4) }, { noNullPrototype: true }),
    year_built: fc.record(
      { min: fc.integer({ min: 1800, max: 2000 }), max: fc.integer({ min: 2000, max: 2030 }) },
      { noNullPrototype: true },
    ),
    shape: fc.record({ kind: fc.constant('rectangle' as const), from: at, to: at }, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

test('what is said reads back as the same criteria', async () => {
  await fc.assert(
    fc.asyncProperty(criteria, async (given) => {
      deepEqual(await read(filterOf(given as Criteria)), { criteria: JSON.parse(JSON.stringify(given)), fits: true });
    }),
    { numRuns: 200 },
  );
});
