import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './house.ts';

test('one window for each pair of application and user', async () => {
  await using house = await openHouse({ callsPerMinute: 2 });
  const call = async (token: string, path = '/account') => {
    const { status, headers } = await house.call('GET', path, { token });
    return [status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')];
  };
  deepEqual(await call('ann'), [200, '2', '1']);
  deepEqual(await call('ann', '/profile/abc'), [400, '2', '0']);
  const over = await house.call('GET', '/account');
  deepEqual([over.status, over.errors, over.headers.get('x-ratelimit-remaining')], [429, ['4290'], '0']);
  equal(Number(over.headers.get('retry-after')), Math.ceil(Number(over.headers.get('x-ratelimit-reset')) / 1000));
  deepEqual(await call('vic'), [200, '2', '1']);
  house.pass(60_000);
  deepEqual(await call('ann'), [200, '2', '1']);
});
