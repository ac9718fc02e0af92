import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPattern } from '../../src/kernel/pattern.ts';

const TRANSLATED: readonly (readonly [string, string])[] = [
  ['', ''],
  ['^Fargo$', '^Fargo$'],
  ['a(b|c)*', 'a(?:b|c)*'],
  ['(?:ab)+?', '(?:ab)+'],
  ['[A-Z0-9_-]', '[A-Z0-9\\_\\-]'],
  ['[^]a]', '[^\\]a]'],
  ['[[:alpha:]x]', '[[:alpha:]x]'],
  ['[\\d.]{2,3}', '[\\d\\.]{2,3}'],
  ['a{2}b{3,}', 'a{2}b{3,}'],
  ['\\bPool\\b', '\\yPool\\y'],
  ['\\Aa\\z', '\\Aa\\Z'],
  ['\\.\\$\\x41\\u00e9', '\\.\\$Aé'],
  ['a/b', 'a\\/b'],
  ['{x}', '\\{x\\}'],
  ['Ödön', 'Ödön'],
];
for (const [text, sql] of TRANSLATED)
  test(`the pattern ${JSON.stringify(text)} is run as ${JSON.stringify(sql)}`, () => deepEqual(readPattern(text), { sql }));

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['(a)\\1', /back-references/],
  ['(?<n>a)\\k<n>', /look-around/],
  ['a(?=b)', /look-around/],
  ['a(?!b)', /look-around/],
  ['(?<=a)b', /look-around/],
  ['(?i)a', /look-around and inline options/],
  ['***:a', /nothing to repeat/],
  ['*a', /nothing to repeat/],
  ['a**', /nothing to repeat/],
  ['^+', /nothing to repeat/],
  ['a++', /possessive/],
  ['a{2}{3}', /nothing to repeat/],
  ['a{101}', /more than 100/],
  ['a{3,2}', /backwards/],
  ['((a{50}){50}){50}', /complex/],
  ['(a', /not closed/],
  ['a)', /not opened/],
  ['[a', /not closed/],
  ['[z-a]', /backwards/],
  ['[a-\\d]', /range must end/],
  ['[[=a=]]', /not supported/],
  ['\\p{L}', /not supported/],
  ['\\Qa', /not supported/],
  ['a\\', /lone backslash/],
  ['\\ud800', /no character/],
  [`${'('.repeat(11)}a${')'.repeat(11)}`, /nests/],
  ['a'.repeat(251), /longer/],
];
for (const [text, why] of REFUSED)
  test(`the pattern ${JSON.stringify(text.slice(0, 40))} is refused`, () => {
    const read = readPattern(text);
    ok('fault' in read && why.test(read.fault), JSON.stringify(read));
  });

test('whatever comes is translated or refused', () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '\\',
    '*',
    '+',
    '?',
    '|',
    '^',
    '$',
    '-',
    '1',
    ',',
    'a',
    ':',
    '=',
    '\\1',
    '(?:',
    '[[:',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 60 }), (parts) => {
      const read = readPattern(parts.join(''));
      equal('sql' in read ? typeof read.sql : typeof read.fault, 'string');
    }),
    { numRuns: 2_000 },
  );
});
