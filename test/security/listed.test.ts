import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** `file` “test”, “another test of it” */
const named = [...text.matchAll(/`(test\/[\w/.-]+\.test\.ts)`((?:,? “[^”]+”)+)/g)].flatMap(([, file = '', names = '']) =>
  [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => ({ file, name })),
);

test('every test that docs/security.md names is there', () => {
  const missing = named.filter(({ file, name }) => {
    const source = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
    return !source.includes(name);
  });
  deepEqual(missing, []);
});

test('every line of both lists names one', () => {
  const lines = text.split('\n').filter((line) => /^\| (API\d|\d\.)/.test(line));
  ok(lines.length >= 27, `${lines.length} lines`);
  deepEqual(
    lines.filter((line) => !/`test\/[\w/.-]+\.test\.ts` “/.test(line)),
    [],
  );
});
