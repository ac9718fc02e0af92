import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { type Browse, loadCases, runSparkCase } from '../../src/testing/conformance.ts';
import { makeVisitor } from '../auth/visitor.ts';
import { testCases } from './worlds.ts';

const cases = loadCases('spark');

const browse: Browse = async (address, email, path) => {
  const visitor = makeVisitor(address);
  if (/^\/spark\/(auth\/vow|r)\//.test(path)) return visitor.atPortal(path, { login: email });
  await visitor.signIn(email);
  const first = await visitor.go(path);
  return first.status === 302 ? first : visitor.decide(path, 'approve');
};

test('every printed example S01 to S30 has one case', () => {
  const covered = cases.map(({ name }) => name.split(' ')[0] ?? '').filter((id) => /^S\d\d$/.test(id));
  const all = Array.from({ length: 30 }, (_, at) => `S${String(at + 1).padStart(2, '0')}`);
  deepEqual(covered.sort(), all);
});

testCases(cases, (lab, one) => runSparkCase(lab, one, browse));
