import { equal } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asked, KNOWN } from './world.ts';

/** Every function of contracts/spark.md §8.2, with fields and with constants. */
const CASES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'values of texts': [
    ["City Eq contains('a%_')", "City contains 'a%_'"],
    ["City Ne startswith('a')", "not(City starts 'a')"],
    ["City Eq endswith('a')", "City ends 'a'"],
    ["City Eq regex('^F.*o$')", 'City ~ ^F.*o$'],
    ["City Eq regex('^\\d+','i')", 'City ~* ^\\d+'],
    ["City Eq regex('a','')", 'City ~ a'],
    ["PostalCode Eq range('55102','55110')", "PostalCode from '55102' to '55110'"],
    ["PostalCode Eq range('1','2'),range('3','4')", "or(PostalCode from '1' to '2'; PostalCode from '3' to '4')"],
  ],
  moments: [
    ['ModificationTimestamp Le now()', 'ModificationTimestamp le 2024-03-08T18:00:00.000Z'],
    ['ModificationTimestamp Ge mindatetime()', 'ModificationTimestamp ge 1970-01-01T00:00:00.000Z'],
    ['ModificationTimestamp Le maxdatetime()', 'ModificationTimestamp le 9999-12-31T23:59:59.000Z'],
    ['ModificationTimestamp Ge seconds(-30)', 'ModificationTimestamp ge 2024-03-08T17:59:30.000Z'],
    ['ModificationTimestamp Ge minutes(5)', 'ModificationTimestamp ge 2024-03-08T18:05:00.000Z'],
    ['ModificationTimestamp Ge hours(-1)', 'ModificationTimestamp ge 2024-03-08T17:00:00.000Z'],
    ['ModificationTimestamp Ge days(3)', 'ModificationTimestamp ge 2024-03-11T18:00:00.000Z'],
    ['ModificationTimestamp Ge days(1 Add 2)', 'ModificationTimestamp ge 2024-03-11T18:00:00.000Z'],
    ['OnMarketDate Eq weekdays(1)', 'OnMarketDate eq 2024-03-11'],
    ['OnMarketDate Eq weekdays(-5)', 'OnMarketDate eq 2024-03-01'],
    ['OnMarketDate Eq weekdays(6)', 'OnMarketDate eq 2024-03-18'],
    ['OnMarketDate Eq weekdays(0)', 'OnMarketDate eq 2024-03-08'],
    ['OnMarketDate Eq months(-1)', 'OnMarketDate eq 2024-02-08'],
    ['OnMarketDate Eq months(12)', 'OnMarketDate eq 2025-03-08'],
    ['OnMarketDate Eq years(-4)', 'OnMarketDate eq 2020-03-08'],
  ],
  'parts of moments': [
    ['date(ModificationTimestamp) Eq 2024-03-08', 'date(ModificationTimestamp) eq 2024-03-08'],
    ['OnMarketDate Eq date(2024-03-09T03:00:00Z)', 'OnMarketDate eq 2024-03-08'],
    ['OnMarketDate Eq date(now())', 'OnMarketDate eq 2024-03-08'],
    ['date(OnMarketDate) Eq 2024-03-08', 'OnMarketDate eq 2024-03-08'],
    ['time(ModificationTimestamp) Eq time(now())', 'time(ModificationTimestamp) eq 12:00:00.000'],
    ['year(OnMarketDate) Eq year(now())', 'year(OnMarketDate) eq 2024'],
    ['month(OnMarketDate) Eq month(days(30))', 'month(OnMarketDate) eq 4'],
    ['day(ModificationTimestamp) Eq day(2024-03-09T03:00:00Z)', 'day(ModificationTimestamp) eq 8'],
    ['hour(ModificationTimestamp) Eq hour(now())', 'hour(ModificationTimestamp) eq 12'],
    ['minute(ModificationTimestamp) Lt minute(2024-01-01T00:31)', 'minute(ModificationTimestamp) lt 31'],
    ['second(ModificationTimestamp) Eq second(08:30:59.9)', 'second(ModificationTimestamp) eq 59'],
    [
      'fractionalseconds(ModificationTimestamp) Lt fractionalseconds(2024-01-01T00:00:00.25Z)',
      'fractionalseconds(ModificationTimestamp) lt 0.25',
    ],
    ['dayofweek(OnMarketDate) Eq dayofweek(2024-03-10)', 'dayofweek(OnMarketDate) eq 0'],
    ['dayofyear(OnMarketDate) Eq dayofyear(2024-12-31)', 'dayofyear(OnMarketDate) eq 366'],
    ['hour(time(ModificationTimestamp)) Ge 8', 'hour(time(ModificationTimestamp)) ge 8'],
  ],
  texts: [
    ["tolower(City) Eq tolower('FARGO')", "lower(City) eq 'fargo'"],
    ["toupper(City) Eq toupper('Fargo')", "upper(City) eq 'FARGO'"],
    ["trim(City) Eq trim(' \tFargo ')", "trim(City) eq 'Fargo'"],
    ["length(City) Eq length('Añ🏠')", 'length(City) eq 3'],
    ["substring(City,1) Eq substring('Fargo',1)", "substring(City, 1) eq 'argo'"],
    ["substring(City,1,2) Eq substring('Fargo',1,2)", "substring(City, 1, 2) eq 'ar'"],
    ["concat(City,'!') Eq concat('Far','go!')", "concat(City, '!') eq 'Fargo!'"],
    ["indexof(City,'go') Eq indexof('Fargo','GO')", "indexof(City, 'go') eq 3"],
    [
      "tolower(trim(substring(concat(City,'x'),0,3))) Eq contains('a')",
      "lower(trim(substring(concat(City, 'x'), 0, 3))) contains 'a'",
    ],
    ['City Eq toupper(PostalCode)', 'City eq upper(PostalCode)'],
  ],
  numbers: [
    ['round(ListPrice) Eq round(2.5)', 'round(ListPrice) eq 3'],
    ['floor(ListPrice) Eq floor(-2.5)', 'floor(ListPrice) eq -3'],
    ['ceiling(ListPrice) Eq ceiling(-2.5)', 'ceiling(ListPrice) eq -2'],
    ['round(BedsTotal) Eq round(-0.5)', 'round(BedsTotal) eq -1'],
    ['round(ListPrice Div 1000) Eq 5', 'round((ListPrice / 1000)) eq 5'],
  ],
  'cast and all': [
    ["cast(ListPrice,'character') Eq '5'", "cast_text(ListPrice) eq '5'"],
    ["cast(City,'decimal') Gt 1.5", 'cast_decimal(City) gt 1.5'],
    ["cast(City,'integer') Gt 1", 'cast_integer(City) gt 1'],
    ["cast(ListPrice,'integer') Gt cast(' 12.9 ','integer')", 'cast_integer(ListPrice) gt 12'],
    ["cast(City,'field') Eq 'a'", "City eq 'a'"],
    ["City Eq cast(12.50,'character')", "City eq '12.5'"],
    ["all(City) Eq 'a'", "City eq 'a'"],
  ],
  shapes: [
    ["Location Eq polygon('1 2,3 4, 5.5 -6')", 'polygon 1 2, 3 4, 5.5 -6'],
    ["Location Eq rectangle('1 2,3 4')", 'rectangle 1 2, 3 4'],
    ["Location Ne linestring('1 2,3 4')", 'not(line 1 2, 3 4)'],
    ["Location Eq radius('1 2',5)", 'circle 1 2 5'],
    ["Location Eq radius('-89.5 +179',0.25)", 'circle -89.5 179 0.25'],
    [`Location Eq radius('${KNOWN}',5)`, 'circle 1 2 5'],
    [`Location Eq radius('${KNOWN.replace('0', '9')}',5)`, 'never'],
    ["Location Eq radius('1 2',99999999)", 'circle 1 2 12500'],
    ["Location Eq polygon('1 2,3 4,5 6'),radius('1 2',3)", 'or(polygon 1 2, 3 4, 5 6; circle 1 2 3)'],
    ["Location Eq wkt('POLYGON((2 1,4 3,6 5))')", 'or(and(polygon 1 2, 3 4, 5 6))'],
    [
      "Location Eq wkt(' srid=4326; polygon ((0 0, 9 0, 9 9),(1 1,1 2,2 2)) ')",
      'or(and(polygon 0 0, 0 9, 9 9; not(polygon 1 1, 2 1, 2 2)))',
    ],
    [
      "Location Eq wkt('MULTIPOLYGON(((0 0,9 0,9 9)),((1 1,1 2,2 2)))')",
      'or(and(polygon 0 0, 0 9, 9 9); and(polygon 1 1, 2 1, 2 2))',
    ],
    ["Location Eq wkt('LINESTRING(2 1,4 3)')", 'or(line 1 2, 3 4)'],
    ["Location Eq wkt('MULTILINESTRING((2 1,4 3),(0 0,1 1))')", 'or(line 1 2, 3 4; line 0 0, 1 1)'],
    ['Location Eq NULL', 'latitude missing'],
  ],
};

for (const [group, cases] of Object.entries(CASES))
  describe(group, () => {
    for (const [text, expected] of cases) test(JSON.stringify(text), async () => equal(await asked(text), expected));
  });
