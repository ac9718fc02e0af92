import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { databaseGate, forgetCalls } from '../../src/call-gate.ts';
import { openLab } from '../../src/testing/lab.ts';
import { until } from '../../src/testing/until.ts';
import type { Passage } from '../../src/wire/call-gate.ts';

const leave = (passage: Passage) => {
  ok('leave' in passage, JSON.stringify(passage));
  passage.leave();
};

test('two instances count as one: a second, in flight, a day', async () => {
  await using lab = await openLab({ world: 'empty' });
  const { db } = lab.house.stores.ports;
  let now = Date.parse('2026-03-01T10:00:00Z');
  const clock = { now: () => new Date(now) };
  const limits = { perSecond: 4, inFlight: 2, perDay: 10 };
  const [one, two] = [
    databaseGate(db, clock, limits, pino({ level: 'silent' })),
    databaseGate(db, clock, limits, pino({ level: 'silent' })),
  ];
  const reached = (passage: Passage) => ('reached' in passage ? passage.reached : 'none');
  // Who leaves, and who spends, does not wait until it is written.
  const landed = () =>
    until(
      'all have landed',
      async () => (await lab.rows("select from call_gate, jsonb_object_keys(state -> 'flights')")).length === 0,
    );

  const all = await Promise.all([one.enter('app', 'a'), two.enter('app', 'a'), one.enter('app', 'a'), two.enter('app', 'a')]);
  equal(all.filter((passage) => 'leave' in passage).length, 2);
  equal(all.filter((passage) => reached(passage) === 'inFlight').length, 2);
  for (const passage of all) if ('leave' in passage) passage.leave();
  await landed();
  leave(await one.enter('app', 'b'));
  leave(await two.enter('app', 'b'));
  equal(reached(await one.enter('app', 'b')), 'perSecond');
  leave(await two.enter('other', 'b'));
  now += 1001;
  await landed();
  two.spend('app', 6);
  const spent = "select from call_gate where application = 'app' and state -> 'spent' = '10'";
  await until('what was spent is written', async () => (await lab.rows(spent)).length > 0);
  equal(reached(await one.enter('app', 'b')), 'perDay');
  now += 86_400_000;
  leave(await one.enter('app', 'b'));
  await forgetCalls(db);
});

test('without a limit nothing is counted, and nobody waits for anybody', async () => {
  await using lab = await openLab({ world: 'empty' });
  const { db } = lab.house.stores.ports;
  const limits = { perSecond: null, inFlight: null, perDay: null };
  const gate = databaseGate(db, { now: () => new Date() }, limits, pino({ level: 'silent' }));
  for (const passage of await Promise.all([1, 2, 3].map(() => gate.enter('app', 'a')))) leave(passage);
  gate.spend('app', 6);
  const counted = { name: 'test.counted', text: 'select application from call_gate' };
  deepEqual(await db.rows(counted, []), []);
});

test('the house counts in the database when instances share it', async () => {
  const now = new Date();
  const env = { PORTICO_SHARED_LIMITS: 'on', PORTICO_REAPIT_PER_SECOND: '3' };
  await using lab = await openLab({ env, clock: { now: () => now } });
  const answers = [];
  for (let n = 0; n < 5; n++) answers.push((await lab.reapit('/departments')).status);
  deepEqual(answers, [200, 200, 200, 429, 429]);
});
