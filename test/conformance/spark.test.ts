import { deepEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isAlone, loadCases, runSparkCase } from '../../src/testing/conformance.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

const cases = loadCases('spark');

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
    test(one.name, async () => deepEqual(await runSparkCase(lab, one), []));
});

describe('cases that write, each on a world of its own', () => {
  for (const one of cases.filter(isAlone))
    test(one.name, async () => {
      await using lab = await openLab(one.env ? { env: { ...one.env } } : {});
      deepEqual(await runSparkCase(lab, one), []);
    });
});
