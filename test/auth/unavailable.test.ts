import { deepEqual, equal, match } from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeClient } from './dotloop-client.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
after(() => house[Symbol.asyncDispose]());

test('while the database is away the answer is 503 in the form of the place', async () => {
  const client = makeClient(house);
  await house.stopDatabase();
  const response = await client.refresh('anything');
  deepEqual([response.status, response.headers.get('retry-after')], [503, '5']);
  deepEqual(await response.json(), {
    error: 'temporarily_unavailable',
    error_description: 'The database is not available for the moment',
  });
  const page = await fetch(`${house.base}${client.authorizePath()}`, { redirect: 'manual' });
  equal(page.status, 503);
  match(await page.text(), /<h1>One moment please<\/h1>/);
});
