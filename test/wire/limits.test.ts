import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { memoryLimiter } from '../../src/wire/limits.ts';

test('a window starts with the first call and ends after its seconds', async () => {
  let now = 1_000_000;
  const limiter = memoryLimiter({ now: () => new Date(now) });
  deepEqual(await limiter.take('a', 2, 60), { remaining: 1, resetMs: 60_000 });
  now += 20_000;
  deepEqual(await limiter.take('a', 2, 60), { remaining: 0, resetMs: 40_000 });
  deepEqual(await limiter.take('a', 2, 60), { remaining: -1, resetMs: 40_000 });
  deepEqual(await limiter.take('b', 2, 60), { remaining: 1, resetMs: 60_000 });
  now += 40_000;
  deepEqual(await limiter.take('a', 2, 60), { remaining: 1, resetMs: 60_000 });
});
