import { deepEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Case, isAlone } from '../../src/testing/conformance.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

/** Cases that only read share a world; each that writes has one of its own. `run` answers what differs from the case. */
export function testCases(cases: readonly Case[], run: (lab: Lab, one: Case) => Promise<readonly unknown[]>): void {
  describe('cases that only read', () => {
    let lab: Lab;
    before(async () => {
      lab = await openLab();
    });
    after(() => lab[Symbol.asyncDispose]());
    for (const one of cases.filter((each) => !isAlone(each))) test(one.name, async () => deepEqual(await run(lab, one), []));
  });

  describe('cases that write, each on a world of its own', () => {
    for (const one of cases.filter(isAlone))
      test(one.name, async () => {
        const { env, background = false } = one;
        await using lab = await openLab({ background, ...(env ? { env: { ...env } } : {}) });
        deepEqual(await run(lab, one), []);
      });
  });
}
