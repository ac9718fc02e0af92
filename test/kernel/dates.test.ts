import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { readTimestamp, wholeSeconds } from '../../src/kernel/dates.ts';

test('moments of the years 1 to 9999 in UTC are read, whatever their offset', () => {
  for (const [text, said] of [
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
    ['9999-12-31T23:59:59+14:00', '9999-12-31T09:59:59Z'],
    ['0001-01-01T00:00:00-14:00', '0001-01-01T14:00:00Z'],
    ['2024-02-29T10:00:00.999999999 0100', '2024-02-29T09:00:00Z'],
  ] as const) {
    const at = readTimestamp(text);
    equal(at && wholeSeconds(at), said, text);
  }
});

test('what an offset leads out of these years is none', () => {
  for (const text of [
    '9999-12-31T23:59:59-14:00',
    '0001-01-01T00:00:00+14:00',
    '0000-01-01',
    '0000-12-31T23:59:59Z',
    '10000-01-01',
  ])
    equal(readTimestamp(text), undefined, text);
});

test('nor is a day or a time that no calendar has', () => {
  for (const text of [
    '0000-00-00',
    '2023-02-29',
    '2024-02-30',
    '2024-13-01',
    '9999-12-31T23:59:60Z',
    '2024-01-01T25:00:00Z',
    'infinity',
    '',
  ])
    equal(readTimestamp(text), undefined, text);
});
