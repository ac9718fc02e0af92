import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pino from 'pino';
import { openHouse } from '../../src/house.ts';
import { openLab } from '../../src/testing/lab.ts';
import { openReceiver } from './house.ts';

const JOHN = '/contacts/OXF18000001';

test('what happened before a stop is told after the next start, once', async () => {
  const receiver = await openReceiver();
  await using lab = await openLab({ env: { PORTICO_WEBHOOKS_PRIVATE: 'on' } });
  const made = await lab.reapit('/resthooks', { json: { url: receiver.url, topicIds: ['contacts.modified'] } });
  equal(made.status, 201);
  const change = async (forename: string) => {
    const { headers } = await lab.reapit(JOHN);
    const patched = await lab.reapit(JOHN, {
      method: 'PATCH',
      json: { forename },
      headers: { 'If-Match': headers.get('etag') ?? '' },
    });
    equal(patched.status, 204);
  };
  await change('Jon');
  await change('Johnny');
  // Nobody has read the log: this house runs no jobs. It goes, and the next one does.
  await lab.house.stop();
  equal(receiver.got.length, 0);
  const next = await openHouse(lab.config, pino({ level: 'silent' }), { background: true });
  for (let tried = 0; receiver.got.length < 2 && tried < 200; tried++) await wait(50);
  await next.stop();
  const last = await openHouse(lab.config, pino({ level: 'silent' }), { background: true });
  await wait(1_500);
  await last.stop();
  await receiver.close();
  deepEqual(receiver.got.map(({ body }) => JSON.parse(body).diff.forename).sort(), [
    ['John', 'Jon'],
    ['Jon', 'Johnny'],
  ]);
});
