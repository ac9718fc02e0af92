import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './reapit-house.ts';

test('a change of a contact arrives, signed', async () => {
  await using house = await openHouse();
  await house.subscribe(['contacts.modified']);
  await house.feed();
  await house.patch('/contacts/OXF18000001', { forename: 'Jon' });
  equal((await house.told()).length, 1);
  equal(await house.isSigned(house.receiver.got[0]!), true);
});
