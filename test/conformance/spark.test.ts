import { deepEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Browse, isAlone, loadCases, runSparkCase } from '../../src/testing/conformance.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeVisitor } from '../auth/visitor.ts';

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

describe('cases that only read', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab[Symbol.asyncDispose]());
  for (const one of cases.filter((each) => !isAlone(each)))
    test(one.name, async () => deepEqual(await runSparkCase(lab, one, browse), []));
});

describe('cases that write, each on a world of its own', () => {
  for (const one of cases.filter(isAlone))
    test(one.name, async () => {
      await using lab = await openLab(one.env ? { env: { ...one.env } } : {});
      deepEqual(await runSparkCase(lab, one, browse), []);
    });
});
