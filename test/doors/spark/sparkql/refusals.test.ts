import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusal } from './world.ts';

const list = (n: number, of: string) => Array.from({ length: n }, () => of).join(',');
const chain = (n: number, of: string, by: string) => Array.from({ length: n }, () => of).join(` ${by} `);

/** Filter → code, token, what is said. */
const CASES: Readonly<Record<string, readonly (readonly [string, number, string, RegExp])[]>> = {
  syntax: [
    ['Foo Eq 1', 1040, 'Foo', /^Unknown field Foo$/],
    ['foo eq 1', 1040, 'foo', /^Unknown field foo$/],
    ['"No"."Such" Eq 1', 1040, '"No"."Such"', /^Unknown field/],
    ['City', 1040, '', /^Expected an operator but found the end$/],
    ['City Eq', 1040, '', /^Expected a field or a value but found the end$/],
    ["City 'a'", 1040, "'a'", /^Expected an operator/],
    ["City Is 'a'", 1040, 'Is', /^Expected an operator but found Is$/],
    ["City Eq 'a' City Eq 'b'", 1040, 'City', /^Expected And, Or, Not or the end/],
    ["City Eq 'a' And", 1040, '', /^Expected a field or a value/],
    ["And City Eq 'a'", 1040, 'And', /^Expected a field or a value but found And$/],
    ["(City Eq 'a'", 1040, '', /^Expected a closing parenthesis/],
    ["City Eq 'a')", 1040, ')', /^Expected And, Or, Not or the end/],
    ["City Eq 'a", 1040, "'", /second quote is missing/],
    ["City Eq 'a',", 1040, '', /^Expected a field or a value/],
    ['BedsTotal Eq 12abc', 1040, '12', /^Cannot read the number/],
    ['BedsTotal Eq 1.2.3', 1040, '1.2', /^Cannot read the number/],
    ['City = 1', 1040, '=', /^Unexpected character =$/],
    ['City Eq "a"', 1040, '"', /^Unexpected character "$/],
    ['BedsTotal Bt 1', 1040, 'Bt', /needs two bounds, found 1/],
    ['BedsTotal Bt 1,2,3', 1040, 'Bt', /needs two bounds, found 3/],
    ['BedsTotal Gt 1,2', 1040, '2', /takes one value/],
    ['1 Eq 1', 1040, '1', /must contain a field/],
    ["contains('a') Eq 'a'", 1040, "contains('a')", /^Expected a field but found character$/],
    ['now() Gt 2024-01-01', 1040, 'now()', /must contain a field/],
    ['BedsTotal Gt ListPrice', 1040, 'ListPrice', /^Expected a value but found the field ListPrice$/],
    ['BedsTotal Gt 1 Add ListPrice', 1040, 'ListPrice', /^Expected a value but found the field/],
  ],
  types: [
    ['City Eq 5', 1040, '5', /^Expected character but found integer$/],
    ["BedsTotal Eq 'a'", 1040, "'a'", /^Expected integer but found character$/],
    ["ListPrice Eq 'a'", 1040, "'a'", /^Expected decimal but found character$/],
    ['BedsTotal Eq true', 1040, 'true', /^Expected integer but found boolean$/],
    ['VowEnabled Eq 1', 1040, '1', /^Expected boolean but found integer$/],
    ['OnMarketDate Eq 5', 1040, '5', /^Expected date but found integer$/],
    ['OnMarketDate Eq 10:00', 1040, '10:00', /^Expected date but found time$/],
    ["City Gt 'a'", 1040, "'a'", /does not compare values of type character/],
    ["City Bt 'a','b'", 1040, "'a'", /does not compare values of type character/],
    ['VowEnabled Gt true', 1040, 'true', /does not compare values of type boolean/],
    ['BedsTotal Gt NULL', 1040, 'NULL', /does not compare values of type null/],
    ["BedsTotal Gt contains('a')", 1040, "contains('a')", /^Expected integer but found character$/],
    ["BedsTotal Eq contains('a')", 1040, "contains('a')", /^Expected integer but found character$/],
    ["City Eq polygon('1 2,3 4,5 6')", 1040, "polygon('1 2,3 4,5 6')", /^Expected character but found shape$/],
    ["Location Eq 'a'", 1040, "'a'", /^Expected shape but found character$/],
    ["Location Gt polygon('1 2,3 4,5 6')", 1040, 'Location', /does not compare values of type shape/],
    ['OnMarketDate Eq 2024-01-01,2024-01-02', 1040, '2024-01-01', /^A list holds/],
    ['VowEnabled Eq true,false', 1040, 'true', /^A list holds/],
    ["City Eq 'a',NULL", 1040, 'NULL', /^A list holds/],
    ["City Eq 'a',5", 1040, '5', /^Expected character but found integer$/],
    ['City Add 1 Eq 5', 1040, 'City', /^Expected integer or decimal but found character$/],
    ['-City Eq 5', 1040, 'City', /^Expected integer or decimal but found character$/],
    ['Location Add 1 Eq 5', 1040, 'Location', /^Expected integer or decimal but found shape$/],
  ],
  values: [
    ['OnMarketDate Eq 2024-02-30', 1040, '2024-02-30', /^There is no date 2024-02-30$/],
    ['OnMarketDate Eq 0000-01-01', 1040, '0000-01-01', /^There is no date/],
    ['ModificationTimestamp Eq 2024-01-01T25:00', 1040, '2024-01-01T25:00', /^There is no datetime/],
    ['ModificationTimestamp Eq 2024-01-01T10:00+99:99', 1040, '2024-01-01T10:00+99:99', /^There is no datetime/],
    ['time(ModificationTimestamp) Eq 24:00', 1040, '24:00', /^There is no time/],
    ['BedsTotal Div 0 Eq 1', 1040, 'BedsTotal Div 0', /^Division by zero$/],
    ['BedsTotal Mod (1 Sub 1) Eq 1', 1040, 'BedsTotal Mod (1 Sub 1)', /^Division by zero$/],
    ['BedsTotal Gt 1 Div 0.0', 1040, '1 Div 0.0', /^Division by zero$/],
    ['OnMarketDate Gt days(99999999999)', 1040, 'days(99999999999)', /years 1 to 9999/],
    ['OnMarketDate Gt months(-999999)', 1040, 'months(-999999)', /years 1 to 9999/],
    ['OnMarketDate Gt weekdays(99999999999999999999)', 1040, 'weekdays(99999999999999999999)', /years 1 to 9999/],
    ["City Eq cast('x','decimal')", 1040, "cast('x','decimal')", /is no number/],
  ],
  functions: [
    ['nope(City) Eq 1', 1040, 'nope', /^Unknown function nope$/],
    ['toString(City) Eq 1', 1040, 'toString', /^Unknown function toString$/],
    ['Contains(City) Eq 1', 1040, 'Contains', /^Unknown function Contains$/],
    ['City Eq contains()', 1040, 'contains()', /takes 1 argument, found 0/],
    ["City Eq contains('a','b')", 1040, "contains('a','b')", /takes 1 argument, found 2/],
    ["substring(City) Eq 'a'", 1040, 'substring(City)', /takes 2 to 3 arguments, found 1/],
    ['City Eq contains(5)', 1040, '5', /^Expected character but found integer$/],
    ['City Eq contains(PostalCode)', 1040, 'PostalCode', /needs a value here, not a field/],
    ["OnMarketDate Gt days('1')", 1040, "'1'", /^Expected integer but found character$/],
    ['OnMarketDate Gt days(1.5)', 1040, '1.5', /^Expected integer but found decimal$/],
    ['OnMarketDate Gt days(BedsTotal)', 1040, 'BedsTotal', /needs a value here/],
    ['year(City) Eq 1', 1040, 'City', /^Expected datetime or date but found character$/],
    ['length(BedsTotal) Eq 1', 1040, 'BedsTotal', /^Expected character but found integer$/],
    ['round(City) Eq 1', 1040, 'City', /^Expected decimal but found character$/],
    ["round(contains('a')) Eq 1", 1040, "contains('a')", /^Expected decimal but found character$/],
    ['length(NULL) Eq 1', 1040, 'NULL', /^Expected character but found null$/],
    ["substring(City,-1) Eq 'a'", 1040, 'substring(City,-1)', /counts from 0/],
    ["City Eq substring('abc',99999999999)", 1040, "substring('abc',99999999999)", /counts from 0/],
    ["City Eq regex('(a)\\\\1')", 1040, "regex('(a)\\\\1')", /back-references/],
    ["City Eq regex('a','x')", 1040, "regex('a','x')", /flags/],
    ["City Eq regex('(')", 1040, "regex('(')", /not closed/],
    ["cast(City,'date') Eq 1", 1040, "cast(City,'date')", /cast makes/],
    ["cast(VowEnabled,'integer') Eq 1", 1040, "cast(VowEnabled,'integer')", /cannot be cast/],
    ["all('a') Eq 'a'", 1040, "all('a')", /needs a field/],
  ],
  shapes: [
    ["Location Eq polygon('1 2,3 4')", 1040, "polygon('1 2,3 4')", /at least 3 places/],
    ["Location Eq polygon('1 2,3 4,5')", 1040, "polygon('1 2,3 4,5')", /is no place/],
    ["Location Eq polygon('91 2,3 4,5 6')", 1040, "polygon('91 2,3 4,5 6')", /no latitude/],
    ["Location Eq polygon('1 181,3 4,5 6')", 1040, "polygon('1 181,3 4,5 6')", /no longitude/],
    ["Location Eq rectangle('1 2,3 4,5 6')", 1040, "rectangle('1 2,3 4,5 6')", /at most 2 places/],
    ["Location Eq radius('1 2',-1)", 1040, "radius('1 2',-1)", /not negative/],
    ["Location Eq radius('x',1)", 1040, "radius('x',1)", /is no place/],
    ["Location Eq wkt('POINT(1 2)')", 1040, "wkt('POINT(1 2)')", /wkt reads/],
    ["Location Eq wkt('POLYGON((1 2,3 4)')", 1040, "wkt('POLYGON((1 2,3 4)')", /parentheses/],
    ["Location Eq wkt('POLYGON(1 2,3 4,5 6)')", 1040, "wkt('POLYGON(1 2,3 4,5 6)')", /outside its parentheses/],
    ["Location Eq wkt('POLYGON((1 2,3 4))')", 1040, "wkt('POLYGON((1 2,3 4))')", /at least 3/],
  ],
  'records that nobody has': [
    ["SavedSearch Eq 'x'", 2001, "'x'", /^Unknown SavedSearch x$/],
    ["EmailLink Eq 'x'", 2002, "'x'", /^Unknown EmailLink x$/],
    ["SharedListing Eq 'x'", 2003, "'x'", /^Unknown SharedListing x$/],
    ["SharedLink Eq 'known','x'", 2003, "'x'", /^Unknown SharedLink x$/],
    ["ListingCart Eq 'x'", 2000, "'x'", /^Unknown ListingCart x$/],
    ["MapOverlay Eq 'x'", 2000, "'x'", /^Unknown MapOverlay x$/],
    ["SavedSearch Gt 'x'", 1040, 'SavedSearch', /compared with Eq/],
    ['SavedSearch Eq 5', 1040, '5', /an id in quotes/],
    ["SavedSearch Eq contains('x')", 1040, "contains('x')", /an id in quotes/],
  ],
  limits: [
    [chain(76, "City Eq 'a'", 'And'), 1041, 'City', /at most 75 comparisons/],
    [`City Eq ${list(201, "'a'")}`, 1041, "'a'", /at most 200 values/],
    [`City Eq contains(${list(201, "'a'")})`, 1041, "'a'", /at most 200 arguments/],
    ["(((City Eq 'a')))", 1041, '(', /at most 2 levels/],
    ["trim(trim(trim(trim(trim(trim(City)))))) Eq 'a'", 1041, 'trim', /at most 5 levels/],
    [`${'('.repeat(11)}BedsTotal${')'.repeat(11)} Eq 1`, 1041, '(', /at most 10 levels/],
    [`${chain(52, 'BedsTotal', 'Add')} Eq 1`, 1041, 'Add', /at most 50 arithmetic/],
    [`BedsTotal Eq ${'9'.repeat(41)}`, 1041, '9'.repeat(41), /at most 40 digits/],
    [`City Eq '${'a'.repeat(100_000)}'`, 1041, '', /at most 100000 characters/],
    [
      `Location Eq polygon('${list(1001, '1 2')}')`,
      1041,
      `${`polygon('${list(1001, '1 2')}')`.slice(0, 300)}…`,
      /at most 1000 places/,
    ],
  ],
};

for (const [group, cases] of Object.entries(CASES))
  describe(group, () => {
    for (const [text, code, token, said] of cases)
      test(JSON.stringify(text.slice(0, 80)), async () => {
        const refused = await refusal(text);
        deepEqual([refused.code, refused.status, refused.Status, refused.Token], [code, 400, 'Fatal', token]);
        match(refused.Message, said);
        equal(refused.message, refused.Message);
      });
  });

test('limits are where they are said to be', async () => {
  const { asked } = await import('./world.ts');
  for (const text of [
    chain(75, "City Eq 'a'", 'And'),
    `City Eq ${list(200, "'a'")}`,
    "((City Eq 'a') And BedsTotal Eq 1) Or BedsTotal Eq 2",
    "trim(trim(trim(trim(trim(City))))) Eq 'a'",
    `${'('.repeat(10)}BedsTotal${')'.repeat(10)} Eq 1`,
    `${chain(51, 'BedsTotal', 'Add')} Eq 1`,
    `BedsTotal Eq ${'9'.repeat(40)}`,
  ])
    await asked(text);
});

test('the printed form of a refusal (contracts/spark.md §8.3)', async () => {
  const { Token, Expression, Status, Message } = await refusal("City Eq 'a' And Foo Eq 1");
  deepEqual(
    { Token, Expression, Status, Message },
    { Token: 'Foo', Expression: 'Foo Eq 1', Status: 'Fatal', Message: 'Unknown field Foo' },
  );
});
