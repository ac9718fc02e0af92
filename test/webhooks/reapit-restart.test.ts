import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { openHouse } from '../../src/house.ts';
import { type Clients, openClients } from '../../src/testing/clients.ts';
import { openLab } from '../../src/testing/lab.ts';
import { until } from '../../src/testing/until.ts';
import { openReceiver } from './house.ts';

const JOHN = '/contacts/OXF18000001';

test('what happened before a stop is told after the next start, once', async () => {
  const receiver = await openReceiver();
  await using lab = await openLab({ env: { PORTICO_WEBHOOKS_PRIVATE: 'on' } });
  const made = await lab.reapit('/resthooks', { json: { url: receiver.url, topicIds: ['contacts.modified'] } });
  equal(made.status, 201);
  const change = async (forename: string, { reapit }: Clients = lab) => {
    const { headers } = await reapit(JOHN);
    const patched = await reapit(JOHN, {
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
  await until('both changes are told', () => receiver.got.length >= 2);
  await next.stop();
  const last = await openHouse(lab.config, pino({ level: 'silent' }), { background: true });
  // One more, so that it is known when whatever would come twice has come.
  await change('Jack', openClients(last.url));
  await until('the last change is told', () => receiver.got.some(({ body }) => JSON.parse(body).new.forename === 'Jack'));
  await last.stop();
  await receiver.close();
  deepEqual(receiver.got.map(({ body }) => JSON.parse(body).diff.forename).sort(), [
    ['John', 'Jon'],
    ['Johnny', 'Jack'],
    ['Jon', 'Johnny'],
  ]);
});
