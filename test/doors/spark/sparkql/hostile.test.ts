import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SparkFault } from '../../../../src/doors/spark/faults.ts';
import { sparkqlComparisons, sparkqlSentence } from '../../../../src/testing/fuzz/languages.ts';
import { read } from './world.ts';

/** Nothing but a SparkFault of the codes of filters comes out, after so many milliseconds of work at most; what else runs here does not count. */
async function survives(text: string, most = 500): Promise<void> {
  const start = process.cpuUsage();
  try {
    await read(text);
  } catch (error) {
    ok(
      error instanceof SparkFault && [1040, 1041, 2000, 2001, 2002, 2003].includes(error.code),
      `${text.slice(0, 200)}: ${error}`,
    );
    ok(JSON.stringify(error.members).length < 5_000, 'the answer stays small');
  }
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  ok(took < most, `${took} ms for ${text.slice(0, 200)}`);
}

test('sentences of known words', async () => {
  await fc.assert(
    fc.asyncProperty(sparkqlSentence, (text) => survives(text)),
    { numRuns: 5_000 },
  );
});

test('any text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 100 }), (text) => survives(text)),
    { numRuns: 3_000 },
  );
});

test('comparisons that are nearly right', async () => {
  await fc.assert(
    fc.asyncProperty(sparkqlComparisons, (text) => survives(text)),
    { numRuns: 3_000 },
  );
});

test('depth and length', async () => {
  const many = 90_000;
  const shapes = [
    '('.repeat(many),
    ')'.repeat(many),
    `${'('.repeat(many / 2)}City Eq 'a'${')'.repeat(many / 2)}`,
    'trim('.repeat(many / 5),
    'Not '.repeat(many / 4),
    `${'Not '.repeat(20_000)}City Eq 'a'`,
    `BedsTotal Eq ${'-'.repeat(many)}5`,
    `BedsTotal Eq ${'- '.repeat(many / 2)}5`,
    `City Eq '${'\\'.repeat(many)}'`,
    `City Eq '${"\\'".repeat(many / 2)}'`,
    `City Eq '${'a'.repeat(many)}`,
    `City Eq trim('${' '.repeat(many)}x${' '.repeat(5)}')`,
    `City Eq${' '.repeat(many)}`,
    `City Eq ${"'a',".repeat(many / 4)}'a'`,
    `${"City Eq 'a' And ".repeat(5_000)}City Eq 'a'`,
    `Location Eq wkt('${'('.repeat(many)}')`,
    `Location Eq wkt('POLYGON(${'('.repeat(many)})')`,
    `Location Eq wkt('${' '.repeat(many)}POLYGON((1 2,3 4,5 6))x')`,
    `Location Eq wkt('SRID${' '.repeat(many)}')`,
    `Location Eq polygon('${' '.repeat(many)}')`,
    `City Eq regex('${'(a+)+'.repeat(49)}')`,
    `City Eq regex('${'['.repeat(many)}')`,
    `BedsTotal Eq ${'9.9e99 Mul '.repeat(49)}9.9e99`,
    `BedsTotal Eq ${'9.9e-99 Mul '.repeat(49)}9.9e-99`,
    `BedsTotal Eq ${'1.1e99 Div '.repeat(49)}9.9e-99`,
    `BedsTotal Eq cast('${'1'.repeat(many)}','decimal')`,
    `now${' '.repeat(many)}`,
    'now '.repeat(many / 4),
    '1'.repeat(many),
    '"a"."b"'.repeat(many / 7),
    '"'.repeat(many),
    `City Eq '\u0000'`,
    `City Eq '\ud800'`,
    `OnMarketDate Eq ${'weekdays(5000000),'.repeat(199)}weekdays(-5000000)`,
  ];
  for (const text of shapes) await survives(text, 1_500);
});
