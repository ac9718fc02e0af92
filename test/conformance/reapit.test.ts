import { deepEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEMO_FOR_TESTS } from '../../src/sandbox/index.ts';
import { type Browse, loadCases, runReapitCase } from '../../src/testing/conformance.ts';
import { makeVisitor } from '../auth/visitor.ts';
import { openMailbox } from './mailbox.ts';
import { testCases } from './worlds.ts';

const cases = loadCases('reapit');

const browse: Browse = async (address, email, path, json) => {
  const visitor = makeVisitor(address);
  await visitor.signIn(email, email.endsWith('@northgate.example') ? DEMO_FOR_TESTS.people.password : undefined);
  return path.startsWith('/app/') ? visitor.callPages(path, json) : visitor.go(path);
};

/** Rules that no case can show alone have tests named by their number. */
function namedTests(): string[] {
  const folder = join(import.meta.dirname, '../doors/reapit');
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  const written = /\b(?:test|neverChanges)\(\s*'(R\d+) /g;
  return files.flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(written)].map(([, id = '']) => id));
}

/** `R116+R119` shows two examples, `R130..R138` all of them from the one to the other. */
function idsOf(name: string): string[] {
  const [first = ''] = name.split(' ');
  return first.split('+').flatMap((part) => {
    const [, from, to] = /^R(\d+)\.\.R(\d+)$/.exec(part) ?? [];
    if (from === undefined || to === undefined) return [part];
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `R${Number(from) + at}`);
  });
}

test('every example R01 to R160 of the document has a case or a test of its number', () => {
  const covered = new Set([...cases.flatMap(({ name }) => idsOf(name)), ...namedTests()]);
  const all = Array.from({ length: 160 }, (_, at) => `R${String(at + 1).padStart(2, '0')}`);
  deepEqual(
    all.filter((id) => !covered.has(id)),
    [],
  );
});

test('a number that is no example of the document names one case', () => {
  const ids = cases.map(({ name }) => name.split(' ')[0] ?? '').filter((id) => !/^R\d/.test(id));
  deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  );
});

testCases(cases, async (lab, one) => {
  await using mailbox = await openMailbox();
  return await runReapitCase(lab, one, browse, { receiver: mailbox.url });
});
