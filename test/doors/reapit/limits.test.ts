import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { type Called, isRefusal, land, memoryGate, NOTHING_CALLED, takeOff } from '../../../src/wire/call-gate.ts';
import { openReapit } from './house.ts';

const LIMITS = { perSecond: 3, inFlight: 2, perDay: 5 };
const call = (before: Called, now: number, customer = 'a') => takeOff(before, LIMITS, { flight: `${now}`, customer, now });
const letIn = (before: Called, now: number, customer?: string): Called => {
  const taken = call(before, now, customer);
  if (isRefusal(taken)) throw new Error(taken.reached);
  return taken;
};

test('a second slides, flights end, a day is over at midnight', () => {
  let called = letIn(letIn(NOTHING_CALLED, 1000), 1400);
  equal((call(called, 1500) as { reached: string }).reached, 'inFlight');
  called = letIn(called, 1500, 'b');
  called = land(land(land(called, '1000'), '1400'), '1500');
  equal((call(called, 1999) as { reached: string }).reached, 'perSecond');
  called = land(letIn(called, 2000), '2000');
  called = land(letIn(called, 3000), '3000');
  const refused = call(called, 9000);
  ok(isRefusal(refused));
  equal(refused.reached, 'perDay');
  equal(refused.retryAfterSeconds, 86_391);
  ok(!isRefusal(call(called, 86_400_000)));
});

test('calls that embeds count as count toward the day', () => {
  const gate = memoryGate({ now: () => new Date(5000) }, { perSecond: null, inFlight: null, perDay: 5 });
  gate.enter('app', 'a');
  gate.spend('app', 4);
  ok('reached' in (gate.enter('app', 'a') as object));
  ok('leave' in (gate.enter('other', 'a') as object));
});

test('twenty requests in a second pass, more are refused with Retry-After', async () => {
  const now = new Date();
  await using house = await openReapit({ perSecond: 20 }, { now: () => now });
  const answers = [];
  for (let n = 0; n < 25; n++) answers.push(await house.call('/departments'));
  const refused = answers.filter(({ status }) => status === 429);
  deepEqual(
    answers.map(({ status }) => status),
    [...Array(20).fill(200), ...Array(5).fill(429)],
  );
  for (const { headers, body } of refused) {
    match(headers.get('retry-after') ?? '', /^\d+$/);
    equal((body as { statusCode: number }).statusCode, 429);
  }
});

test('five at a time pass, a sixth is refused', async () => {
  await using house = await openReapit({ inFlight: 5 });
  const answers = await Promise.all(Array.from({ length: 12 }, () => house.call('/contacts?pageSize=100&embed=offices')));
  ok(answers.some(({ status }) => status === 429));
  ok(answers.filter(({ status }) => status === 200).length >= 5);
  equal((await house.call('/contacts')).status, 200);
});
