import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { runCrashes } from '../../src/testing/crash/run.ts';

const KILLS = 20;

test(`killed ${KILLS} times while every door writes, Portico loses nothing that it acknowledged and leaves nothing half`, async (t) => {
  const seed = Math.trunc(Math.random() * 2 ** 31);
  t.diagnostic(`npm run crash -- --kills ${KILLS} --seed ${seed}`);
  const { kills, acknowledged, loopIts, restarts, recoveries, problems } = await runCrashes({ kills: KILLS, seed });
  deepEqual(problems, []);
  deepEqual(kills, { portico: 4, postgres: 4, both: 4, backend: 4, starting: 4 });
  deepEqual([restarts.length, recoveries.length], [12, 8]);
  ok(acknowledged > KILLS && loopIts > 0, `${acknowledged} writes were acknowledged, ${loopIts} loop-its among them`);
});
