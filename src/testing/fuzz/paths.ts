import fc from 'fast-check';
import { type Facts, fillPath, type Ids } from './facts.ts';
import { hostileText } from './hostile.ts';
import type { Operation } from './operations.ts';

/** In an address; halves of surrogate pairs, which have no UTF-8, as the bytes that some clients send for them. */
export const encoded = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text) : encodeURIComponent(text.toWellFormed()).replaceAll('%EF%BF%BD', '%ED%A0%80');

/** Pieces of a path that servers have read wrongly. */
const SEGMENTS = [
  ...[
    '',
    '.',
    '..',
    '%2e%2e',
    '%2E',
    '..%2f..',
    '%2f',
    '%5c',
    '%00',
    '%ff',
    '%c0%af',
    '%ED%A0%80',
    '%',
    '%zz',
    '%u0041',
    '%25%32%65',
  ],
  ...['0', '-1', '1.5', '1e3', '+1', '00', '007', '2147483648', '9007199254740993', '9223372036854775808', '9'.repeat(40)],
  ...[
    'null',
    'undefined',
    'NaN',
    '__proto__',
    'constructor',
    '*',
    ';',
    ';a=b',
    ':',
    '@',
    '!',
    "'",
    '"',
    '<',
    '{',
    '|',
    '^',
    '~',
    '`',
  ],
  ...[
    '%E9',
    '%C3%A9',
    '%F0%9F%98%80',
    'x'.repeat(300),
    'x'.repeat(9_000),
    ',',
    '1,2,3',
    `${'1,'.repeat(2_000)}1`,
    '#',
    '?',
    '//',
  ],
];
export const segment: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...SEGMENTS) },
  { weight: 1, arbitrary: hostileText.map(encoded) },
);

/** One step of a path with something in it that no router takes for a slash, a query or a way up. */
const isOneStep = (text: string) => {
  try {
    return /^[^/?#]+$/.test(text) && !/^\.{1,2}$/.test(decodeURIComponent(text)) && text.length < 8_000;
  } catch {
    return false;
  }
};

export type Aim = { readonly path: string; readonly sure: boolean; readonly ids: Ids };

/** The path of an operation: mostly of records that are there, else with one odd piece. */
export function aimsOf(operation: Operation, facts: Facts): fc.Arbitrary<Aim> {
  const { path, names } = operation;
  const there = fc.nat(10_000).map((nth): Ids => {
    const known = facts.idsOf(operation);
    // A record that is gone can be asked nothing more: the first one of its kind stays.
    const within = operation.method === 'DELETE' ? known.slice(1) : known;
    return within[nth % within.length] ?? {};
  });
  const right = there.map((ids): Aim => ({ path: fillPath(path, ids), sure: true, ids }));
  const slash = right.map((aim): Aim => ({ ...aim, path: aim.path.replace(/\/?$/, '/') }));
  if (names.length === 0) return fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: slash });
  const odd = fc
    .tuple(there, fc.constantFrom(...names), segment)
    .map(([ids, name, value]): Aim => ({ path: fillPath(path, { ...ids, [name]: value }), sure: isOneStep(value), ids }));
  return fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: slash }, { weight: 4, arbitrary: odd });
}
