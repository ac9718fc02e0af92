import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { untilFound } from '../../src/testing/until.ts';

type Body = Record<string, never> & { data: Record<string, unknown> & Record<string, unknown>[]; meta: Record<string, unknown> };
type Errors = { message: string; errors: { code: string; source?: Record<string, string> }[] };

describe('subscriptions through HTTP (contracts/dotloop.md 5.14)', () => {
  let lab: Lab;
  let profileId: number;
  let accountId: number;
  let url: string;
  const got: { eventType: string; subscriptionId: string; eventId: string }[] = [];
  let heard = () => {};
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      got.push(JSON.parse(text));
      response.end();
      heard();
    });
  });
  /** Waits until so many deliveries have come. */
  const until = async (n: number) => {
    while (got.length < n)
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
  };
  const send = async (method: string, path: string, json?: unknown) => {
    const answer = await lab.dotloop(path, { method, ...(json === undefined ? {} : { json }) });
    return { ...answer, body: answer.body as Body & Errors };
  };
  const subscribe = (more: Record<string, unknown> = {}) =>
    send('POST', '/subscription', { targetType: 'PROFILE', targetId: profileId, url, eventTypes: ['LOOP_CREATED'], ...more });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    lab = await openLab({ background: true, env: { PORTICO_WEBHOOKS_PRIVATE: 'on' } });
    const { body } = await send('GET', '/account');
    accountId = Number(body.data.id);
    profileId = Number(body.data.defaultProfileId);
  });
  after(async () => {
    await lab?.[Symbol.asyncDispose]();
    await new Promise((resolve) => server.close(resolve));
  });

  test('are made, read, changed, listed and removed', async () => {
    const made = await subscribe({
      targetType: 'profile',
      targetId: String(profileId),
      eventTypes: ['loop created', 'LOOP_MERGED'],
      signingKey: 'shh',
      externalId: 7,
      id: 'ignored',
    });
    equal(made.status, 201);
    const { id, ...rest } = made.body.data;
    match(String(id), /^[0-9a-f-]{36}$/);
    const given = { url, enabled: true, signingKey: 'shh', externalId: '7' };
    deepEqual(rest, { targetType: 'PROFILE', targetId: profileId, eventTypes: ['LOOP_CREATED', 'LOOP_MERGED'], ...given });
    deepEqual((await send('GET', `/subscription/${id}`)).body, made.body);
    const off = await send('PATCH', `/subscription/${id}/`, { enabled: false, signingKey: '', externalId: null, targetId: 1 });
    equal(off.status, 200);
    deepEqual([off.body.data.enabled, 'signingKey' in off.body.data, 'externalId' in off.body.data], [false, false, false]);
    deepEqual((await send('PATCH', `/subscription/${id}`, {})).body, off.body);
    const list = await send('GET', '/subscription?enabled=False');
    deepEqual([list.body.meta, list.body.data.map((row) => row.id)], [{ total: 1 }, [id]]);
    equal((await send('GET', '/subscription?enabled=true')).body.meta.total, 0);
    equal((await send('DELETE', `/subscription/${id}`)).status, 204);
    equal((await send('GET', `/subscription/${id}`)).status, 404);
    equal((await send('DELETE', `/subscription/${id}`)).status, 404);
    // Removal is news for its receiver, although it was off.
    await until(1);
    deepEqual(
      got.splice(0).map((event) => [event.eventType, event.subscriptionId]),
      [['SUBSCRIPTION_REMOVED', id]],
    );
  });

  test('USER is about the account', async () => {
    const made = await subscribe({ targetType: 'USER', targetId: accountId, eventTypes: ['CONTACT_CREATED'], enabled: false });
    equal(made.status, 201);
    deepEqual([made.body.data.targetType, made.body.data.targetId, made.body.data.enabled], ['USER', accountId, false]);
  });

  const bad: [string, Record<string, unknown>, number, string][] = [
    ['no target type', { targetType: null }, 400, 'targetType'],
    ['an unknown target type', { targetType: 'LOOP' }, 400, 'targetType'],
    ['no target', { targetId: '' }, 400, 'targetId'],
    ['a target that is no number', { targetId: 'mine' }, 400, 'targetId'],
    ['a target beyond every id', { targetId: 1e300 }, 400, 'targetId'],
    ['a negative target', { targetId: -1 }, 400, 'targetId'],
    ['no url', { url: '' }, 400, 'url'],
    ['a url of another kind', { url: 'ftp://example.com' }, 400, 'url'],
    ['no url at all', { url: 'example' }, 400, 'url'],
    ['a url that is too long', { url: `https://example.com/${'x'.repeat(2_000)}` }, 400, 'url'],
    ['no event types', { eventTypes: [] }, 400, 'eventTypes'],
    ['event types that are no list', { eventTypes: 'LOOP_CREATED' }, 400, 'eventTypes'],
    ['an unknown event type', { eventTypes: ['LOOP_CREATED', 'LOOP_EATEN'] }, 400, 'eventTypes/1'],
    ['an event type of users', { eventTypes: ['CONTACT_CREATED'] }, 400, 'eventTypes/0'],
    ['an event type of the system', { eventTypes: ['SUBSCRIPTION_REMOVED'] }, 400, 'eventTypes/0'],
    ['enabled that is no boolean', { enabled: 'perhaps' }, 400, 'enabled'],
    ['a key that is a boolean', { signingKey: true }, 400, 'signingKey'],
    ['a key that is too long', { signingKey: 'x'.repeat(10_001) }, 400, 'signingKey'],
  ];
  for (const [what, member, status, pointer] of bad)
    test(`POST refuses ${what}`, async () => {
      const answer = await subscribe(member);
      equal(answer.status, status);
      equal(answer.body.errors[0]?.source?.pointer, `/data/attributes/${pointer}`);
    });

  test('POST refuses targets of others and unknown ones', async () => {
    equal((await subscribe({ targetId: 987_654_321_987 })).status, 404);
    equal((await subscribe({ targetType: 'USER', targetId: accountId + 1, eventTypes: ['CONTACT_CREATED'] })).status, 404);
  });

  test('PATCH refuses what is required and what does not fit', async () => {
    const { body } = await subscribe({ enabled: false });
    const path = `/subscription/${body.data.id}`;
    for (const change of [
      { url: null },
      { url: 'x' },
      { eventTypes: [] },
      { eventTypes: ['CONTACT_CREATED'] },
      { enabled: null },
    ])
      equal((await send('PATCH', path, change)).status, 400, JSON.stringify(change));
    equal((await send('GET', path)).body.data.url, url);
  });

  test('unknown and malformed ids are 404 before anything else is looked at', async () => {
    for (const id of ['x', '0b043f2f-2abe-4c9d-844a-3eb008dcba67', '%00', '7']) {
      equal((await send('GET', `/subscription/${id}`)).status, 404, id);
      equal((await send('PATCH', `/subscription/${id}`, { url: '' })).status, 404, id);
      equal((await send('GET', `/subscription/${id}/event?next_cursor=nonsense`)).status, 404, id);
      equal((await send('GET', `/subscription/${id}/event/${id}`)).status, 404, id);
    }
  });

  test('queries are read strictly', async () => {
    for (const query of ['enabled=perhaps', 'next_cursor=nonsense', 'next_cursor=c0'])
      equal((await send('GET', `/subscription?${query}`)).body.errors[0]?.code, '1005', query);
    equal((await send('GET', '/subscription?enabled=&next_cursor=')).status, 200);
  });

  test('a loop made through the API is told and logged, without anybody asking', async () => {
    const { body: made } = await subscribe();
    const loop = await send('POST', `/profile/${profileId}/loop`, { name: 'Atlas', transactionType: 'PURCHASE_OFFER' });
    equal(loop.status, 201);
    await until(1);
    const [event] = got.splice(0);
    deepEqual([event?.eventType, event?.subscriptionId], ['LOOP_CREATED', made.data.id]);
    const path = `/subscription/${made.data.id}/event`;
    // The answer is written down a moment after it was given; rows and total are two looks.
    const log = await untilFound('the delivery is in the log', async () => {
      const found = await send('GET', path);
      return found.body.data.length > 0 && Number(found.body.meta.total) > 0 ? found : undefined;
    });
    equal(log.body.meta.total, 1);
    const [row] = log.body.data;
    match(String(row?.createdOn), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    deepEqual(
      { ...row, createdOn: 0 },
      { id: event?.eventId, eventType: 'LOOP_CREATED', deliveryStatus: 'SUCCESS', deliveryAttempts: 1, createdOn: 0 },
    );
    equal((await send('GET', `${path}?delivery_status=FAILED`)).body.meta.total, 0);
    equal((await send('GET', `${path}?delivery_status=success`)).status, 400);
    const one = await send('GET', `${path}/${event?.eventId}`);
    deepEqual(one.body.data.eventData, { id: loop.body.data.id, profileId, loopId: loop.body.data.id });
    deepEqual(one.body.data.responseData, [{ responseCode: 200 }]);
    ok(one.status === 200);
    await send('DELETE', `/subscription/${made.data.id}`);
    await until(1);
  });
});
