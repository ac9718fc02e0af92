import fc from 'fast-check';
import { hostileDate, hostileText } from './hostile.ts';

const joined = (words: fc.Arbitrary<string>, most: number, by: string) =>
  fc.array(words, { maxLength: most }).map((list) => list.join(by));

const SPARKQL_FIELDS = [
  'City',
  'ListPrice',
  'BedsTotal',
  'OnMarketDate',
  'ModificationTimestamp',
  'Location',
  'VowEnabled',
  'ListingId',
  'StandardStatus',
  'PropertyType',
  'ListAgentId',
  'PublicRemarks',
  'Foo',
  '"Features"."Style"',
];

/** Words of SparkQL, right and nearly right; sentences of them are what its parser has to survive. */
export const sparkqlWord = fc.constantFrom(
  ...SPARKQL_FIELDS,
  ...['Eq', 'Ne', 'Gt', 'Le', 'Bt', 'And', 'Or', 'Not', 'Add', 'Sub', 'Mul', 'Div', 'Mod', '-', ',', '(', ')', 'NULL', 'true'],
  ...["'a'", "'\\''", "''", '1', '0', '-5', '2.5', '1.5E-99', '9.9e99', "'1 2,3 4,5 6'", "'i'"],
  ...['2024-02-29', '2024-01-01T10:00:00Z', '10:30'],
  ...['contains(', 'regex(', 'now()', 'days(', 'months(', 'weekdays(', 'date(', 'year(', 'length(', 'tolower(', 'substring('],
  ...['concat(', 'round(', 'cast(', 'all(', 'polygon(', 'radius(', 'wkt(', 'range(', 'indexof(', 'SavedSearch', 'ListingCart'],
  ...["'known'", "'integer'"],
);
export const sparkqlSentence = joined(sparkqlWord, 30, ' ');

/** Comparisons that are nearly right. */
const literal = fc.oneof(
  fc.string({ maxLength: 20 }).map((text) => `'${text}'`),
  fc.integer().map(String),
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom("'Fargo'", "'Active'", '100000', '3', 'true', 'NULL', 'now()', 'days(-7)', "polygon('1 2,3 4,5 6')"),
  hostileDate,
  fc.tuple(sparkqlWord, fc.string({ maxLength: 12 })).map(([name, text]) => `${name}'${text}')`),
);
export const sparkqlComparisons = joined(
  fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...SPARKQL_FIELDS) }, { weight: 1, arbitrary: sparkqlWord }),
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('Eq', 'Ne', 'Gt', 'Ge', 'Lt', 'Le', 'Bt') },
        { weight: 1, arbitrary: sparkqlWord },
      ),
      fc.array(literal, { minLength: 1, maxLength: 4 }),
    )
    .map(([left, op, right]) => `${left} ${op} ${right.join(',')}`),
  5,
  ' And ',
);
export const sparkql = fc.oneof(
  { weight: 3, arbitrary: sparkqlComparisons },
  { weight: 2, arbitrary: sparkqlSentence },
  { weight: 1, arbitrary: hostileText },
);

const metadataWord = fc.oneof(
  fc.constantFrom(
    'metadata.',
    'metadata',
    'a',
    'b.c',
    '.',
    '..',
    '$eq',
    '$in',
    '$con',
    '$gt',
    '$nin',
    '$ne',
    ' ',
    ',',
    "'",
    "''",
  ),
  fc.constantFrom('‘', '’', '1', '-1.5e3', '2020-01-01', '2020-01-01T00:00:00Z', 'true', '"', '\\', '%', '*', '__proto__', '\n'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const metadataValue = fc.oneof(
  fc.constantFrom('1', '-0', '1e308', '-1e-308', 'true', '2020-01-01', '9999-12-31', '0001-01-01', '2020-01-01T23:59:59+14:00'),
  fc.constantFrom("'%_\\'", "'\u{1F600}'", "''"),
  fc.string({ maxLength: 5 }).map((text) => `'${text.replaceAll("'", "''")}'`),
);
/** Filter expressions of metadata: words in any order, and expressions of the right shape with odd names and values. */
export const metadataExpression = fc.oneof(
  joined(metadataWord, 12, ''),
  fc
    .tuple(
      fc.constantFrom('a', 'b.c', 'd', 'A.B.c', 'constructor', '__proto__', '$', "'", 'x'.repeat(300)),
      fc.constantFrom('$eq', '$ne', '$neq', '$gt', '$lte', '$in', '$nin', '$con'),
      fc.array(metadataValue, { minLength: 1, maxLength: 4 }),
    )
    .map(([path, operation, values]) => `metadata.${path} ${operation} ${values.join(',')}`),
);

const SCHEMA_WORDS = fc.constantFrom(
  ...['type', 'properties', 'items', 'pattern', 'enum', 'const', '$ref', '$id', '$schema', 'allOf', 'anyOf', 'not', 'if'],
  ...['required', 'minimum', 'maxLength', 'format', 'additionalProperties', 'patternProperties', '$defs', 'definitions'],
  ...['dependencies', '$async', '$data', '$anchor', '$dynamicRef', 'contains', 'uniqueItems', 'multipleOf', 'a', '__proto__'],
);
const schemaMember = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom<unknown>(
      'string',
      'object',
      'array',
      'number',
      '#',
      '#/definitions/a',
      '#/properties/a',
      '',
      0,
      -1,
      1.5,
      true,
    ),
    fc.constantFrom<unknown>('http://example.com/s.json', '^(a+)+$', '(', 'date-time', 'email', false, null),
    fc.constantFrom<unknown>('http://json-schema.org/draft-04/schema#', 'https://json-schema.org/draft/2020-12/schema'),
    fc.dictionary(SCHEMA_WORDS, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(tie('any'), { maxLength: 3 }),
  ),
})).any;
/** JSON Schemas, or what somebody thinks is one. */
export const jsonSchema: fc.Arbitrary<unknown> = fc.oneof(
  fc.dictionary(SCHEMA_WORDS, schemaMember, { maxKeys: 4, noNullPrototype: true }),
  schemaMember,
);

/** dotloop's `filter`. */
export const loopFilter = joined(
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom('updated_min', 'created_min', 'transaction_type', 'transaction_status', 'nope', ''),
        fc.constantFrom('=', '', '==', ':'),
        fc.oneof(hostileDate, fc.constantFrom('PURCHASE_OFFER', 'SOLD|ARCHIVED', '|', '2024-01-01T00:00:00Z'), hostileText),
      )
      .map((parts) => parts.join('')),
    hostileText,
  ),
  4,
  ',',
);

/** Orders of lists, of every door: names with and without direction, and those of members that no list is ordered by. */
export const order = joined(
  fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      fc.constantFrom(
        'id',
        'created',
        'modified',
        'name',
        'updated',
        'address',
        'price',
        'default',
        'created_at',
        'ListPrice',
        'constructor',
      ),
      fc.constantFrom('', ':asc', ':desc', ':', ':asc:desc', ' desc'),
    )
    .map((parts) => parts.join('')),
  3,
  ',',
);

/** Tokens with which lists go on: those of the doors' forms with odd contents, and none of them. */
export const cursor = fc.oneof(
  fc.constantFrom('*', 'aTE', 'WyJhIiwiYiJd', 'WzEsMl0', 'e30', 'bnVsbA', '=='),
  fc
    .tuple(fc.constantFrom('i', '', '{"', '['), hostileText)
    .map(([start, text]) => Buffer.from(start + text.toWellFormed()).toString('base64url')),
  hostileText,
);
