import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../../src/testing/fuzz/run.ts';
import { openLab } from '../../src/testing/lab.ts';

/** One seed, so that the same tree gets the same answer; `npm run fuzz` takes a new one each time. */
const seed = Number(process.env.PORTICO_FUZZ_SEED ?? 1_383_984_571);

test('20,000 requests, valid, nearly valid and hostile: all are answered as the house promises', {
  timeout: 600_000,
}, async (t) => {
  await using lab = await openLab();
  const { findings, ...figures } = await fuzz(lab, { seed, requests: 20_000, patienceMs: 20_000 });
  t.diagnostic(`seed ${seed}: ${figures.requests} requests in ${figures.seconds} s, the slowest ${figures.slowestMs} ms`);
  t.diagnostic(`${figures.reached} of ${figures.operations} operations did what they were asked at least once`);
  deepEqual(findings, [], `seed ${seed}`);
  // A run that is refused everywhere proves little.
  ok(figures.reached > figures.operations * 0.6, `${figures.reached} of ${figures.operations} operations were reached`);
  const [early, late] = figures.heap;
  ok(late - early < 96, `the heap grew from ${early} to ${late} MiB`);
});
