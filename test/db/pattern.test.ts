import { deepEqual, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Connected, connect } from '../../src/db/connect.ts';
import { readPattern } from '../../src/kernel/pattern.ts';
import { copyDatabase } from '../../src/testing/server.ts';

let connected: Connected;
let drop: () => Promise<void>;
before(async () => {
  const database = await copyDatabase('empty');
  drop = database.drop;
  connected = connect(database.url, { max: 1 });
});
after(async () => {
  await connected.close();
  await drop();
});

const matches = async (pattern: string, text: string, ignoreCase = true): Promise<boolean> => {
  const read = readPattern(pattern);
  if ('fault' in read) throw new Error(read.fault);
  const { rows } = await connected.pool.query(`select $2::text ${ignoreCase ? '~*' : '~'} $1::text as found`, [read.sql, text]);
  return rows[0].found;
};

test('patterns mean what their writers mean', async () => {
  const asked: [string, string, boolean][] = [
    ['\\bpool\\b', 'A pool, heated', true],
    ['\\bpool\\b', 'carpool', false],
    ['^\\d{5}(-\\d{4})?$', '58102-1234', true],
    ['^\\d{5}(-\\d{4})?$', '5810', false],
    ['[^a-z\\s]', 'abc def', false],
    ['a+?b*?c{1,2}?$', 'aabcc', true],
    ['[\\]\\-x]', '-', true],
    ['[a\\d-]', '7', true],
    ['\\$5\\.00', 'for $5.00', true],
    ['(un)?furnished|empty', 'Furnished', true],
    ['{}', 'a{}b', true],
    ['é', 'CAFÉ', true],
  ];
  for (const [pattern, text, found] of asked) deepEqual([pattern, await matches(pattern, text)], [pattern, found]);
});

test('what is let through runs, and in time linear in the text', async () => {
  const hostile = [
    '(a+)+$',
    '(a|a)*b',
    '(a|aa)+$',
    '((a*)*)*b',
    '(.*)*x',
    '([a-z]+)*[0-9]',
    '(a?){50}a{50}',
    '.*.*.*.*.*.*x',
    '(x+x+)+y',
  ];
  const text = 'a'.repeat(20_000);
  for (const pattern of hostile) {
    const start = performance.now();
    await matches(pattern, text);
    ok(performance.now() - start < 2_000, `${pattern} took ${performance.now() - start} ms`);
  }
});

test('the engine takes every translation', async () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    '{2}',
    '{1,3}',
    '\\',
    '*',
    '+',
    '?',
    '|',
    '^',
    '$',
    '-',
    '.',
    'a',
    'B',
    '\\d',
    '\\b',
    '\\W',
    '[^a-c]',
    '[[:alpha:]_]',
    '(?:',
    'é',
    ' ',
  );
  const patterns = fc
    .sample(fc.array(pieces, { maxLength: 25 }), 3_000)
    .map((parts) => parts.join(''))
    .filter((pattern) => 'sql' in readPattern(pattern));
  ok(patterns.length > 300, `${patterns.length}`);
  for (const pattern of patterns.slice(0, 500)) {
    try {
      await matches(pattern, 'Aab éa-c_ 12');
    } catch (error) {
      throw new Error(`${pattern} → ${JSON.stringify(readPattern(pattern))}`, { cause: error });
    }
  }
});
