import { deepEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isAlone, loadCases, runReapitCase } from '../../src/testing/conformance.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

const cases = loadCases('reapit');

describe('cases that only read', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab[Symbol.asyncDispose]());
  for (const one of cases.filter((each) => !isAlone(each)))
    test(one.name, async () => deepEqual(await runReapitCase(lab, one), []));
});

describe('cases that write, each on a world of its own', () => {
  for (const one of cases.filter(isAlone))
    test(one.name, async () => {
      await using lab = await openLab(one.env ? { env: { ...one.env } } : {});
      deepEqual(await runReapitCase(lab, one), []);
    });
});
