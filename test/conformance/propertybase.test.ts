import { deepEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadCases, runSiteCase } from '../../src/testing/conformance.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

const cases = loadCases('propertybase');

test('every line of the changelog has a case', () => {
  const named = new Set(
    cases.flatMap(({ name, learned }) => [...`${name} ${learned}`.matchAll(/\b[PD]\d\d\b/g)].map(([id]) => id)),
  );
  const all = [...Array.from({ length: 46 }, (_, at) => `P${String(at + 1).padStart(2, '0')}`), 'D01', 'D02', 'D03'];
  deepEqual(
    all.filter((id) => !named.has(id)),
    [],
  );
});

// Cases that write make rows of their own and ask only for those, so that one world serves them all, one after the other.
describe('cases', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab[Symbol.asyncDispose]());
  for (const one of cases) test(one.name, async () => deepEqual(await runSiteCase(lab, one), []));
});
