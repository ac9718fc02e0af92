import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { type House, openHouse } from './house.ts';

const RETRIES = [30, 60, 900, 1_800, 3_600, 7_200, 14_400, 28_800];

describe('deliveries', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());
  afterEach(async () => {
    house.receiver.answers(200);
    const { rows } = await house.domain.webhooks.list(house.ann.actor);
    for (const row of rows) await house.domain.webhooks.remove(house.ann.actor, row.uuid);
    await house.feed();
    await house.runDue();
    house.receiver.got.length = 0;
  });

  test('reach the receiver with the body and both signatures', async () => {
    const made = await house.subscribe(house.ann, { signingKey: 'shh', external_id: 'mine' });
    await house.addLoop(house.ann);
    await house.feed();
    equal(await house.runDue(), 1);
    const [{ headers, body }] = house.receiver.got as [(typeof house.receiver.got)[0]];
    const sent = JSON.parse(body);
    deepEqual([sent.eventType, sent.subscriptionId, sent.subscriptionExternalId], ['LOOP_CREATED', made.uuid, 'mine']);
    equal(headers['content-type'], 'application/json');
    for (const pair of ['x-dotloop', 'x-dotloop-webhook']) {
      const time = String(headers[`${pair}-timestamp`]);
      match(time, /^\d{10}$/);
      equal(headers[`${pair}-signature`], createHmac('sha1', 'shh').update(`${time}.${body}`).digest('hex'));
    }
    const log = await house.domain.webhooks.deliveries(house.ann.actor, made.uuid);
    deepEqual(
      log.rows.map((row) => [row.uuid, row.succeeded, row.attempts, row.responses.map(({ status }) => status)]),
      [[sent.eventId, true, 1, [200]]],
    );
    deepEqual((await house.domain.webhooks.delivery(house.ann.actor, made.uuid, sent.eventId)).body, body);
  });

  test('are tried eight more times by the schedule, the same event signed anew, and then have failed', async () => {
    house.receiver.answers(500);
    const made = await house.subscribe(house.ann, { signingKey: 'shh', topics: ['LOOP_CREATED'] });
    await house.addLoop(house.ann);
    await house.feed();
    for (const [attempt, wait] of [...RETRIES, undefined].entries()) {
      const began = house.clock.now().getTime();
      equal(await house.runDue(), 1, `attempt ${attempt + 1}`);
      const ended = house.clock.now().getTime();
      const [next] = await house.waiting();
      equal(next === undefined, wait === undefined, `attempt ${attempt + 1}`);
      if (!next || wait === undefined) break;
      const from = next.run_at.getTime() - wait * 1000;
      ok(began <= from && from <= ended, `attempt ${attempt + 1} waits ${(next.run_at.getTime() - ended) / 1000} s`);
      equal(await house.runDue(), 0);
      house.pass(wait + 1);
    }
    equal(house.receiver.got.length, 9);
    equal(new Set(house.receiver.got.map(({ body }) => body)).size, 1);
    equal(new Set(house.receiver.got.map(({ headers }) => headers['x-dotloop-signature'])).size, 9);
    const failed = await house.domain.webhooks.deliveries(house.ann.actor, made.uuid, { succeeded: false });
    deepEqual(
      failed.rows.map((row) => [row.attempts, row.responses.length]),
      [[9, 9]],
    );
    equal((await house.domain.webhooks.deliveries(house.ann.actor, made.uuid, { succeeded: true })).total, 0);
    equal((await house.waiting()).length, 0);
  });

  test('a second job for an attempt that was made does nothing', async () => {
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    await house.addLoop(house.ann);
    await house.feed();
    const [{ payload }] = (await house.waiting()) as [Awaited<ReturnType<typeof house.waiting>>[0]];
    await house.runDue();
    await house.deliverAgain(payload.org_id, payload.id, 0);
    equal(house.receiver.got.length, 1);
    equal((await house.domain.webhooks.deliveries(house.ann.actor, made.uuid)).rows[0]?.attempts, 1);
  });

  /** So many events that fail for good, each brought to its last attempt at once. */
  const failForGood = async (events: number) => {
    for (let i = 0; i < events; i++) await house.addLoop(house.ann, `failing ${i}`);
    await house.feed();
    for (const { payload } of await house.waiting()) {
      await house.pool.query('update webhook_delivery set attempts = 8 where id = $1', [payload.id]);
      await house.deliverAgain(payload.org_id, payload.id, 8);
    }
    await house.runDue();
  };

  test('five events in a row that failed turn the subscription off, with one last message; only PATCH turns it on', async () => {
    house.receiver.answers(503);
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    await failForGood(4);
    equal((await house.domain.webhooks.read(house.ann.actor, made.uuid)).enabled, true);
    await failForGood(2);
    const off = await house.domain.webhooks.read(house.ann.actor, made.uuid);
    deepEqual([off.enabled, off.disabled_reason], [false, 'failures']);
    house.receiver.answers(200);
    house.receiver.got.length = 0;
    await house.addLoop(house.ann, 'unheard');
    await house.feed();
    await house.runDue();
    deepEqual(
      house.receiver.got.map(({ body }) => JSON.parse(body).eventType),
      ['SUBSCRIPTION_DISABLED'],
    );
    await house.domain.webhooks.update(house.ann.actor, made.uuid, { enabled: true });
    await house.addLoop(house.ann, 'heard');
    await house.feed();
    await house.runDue();
    equal(house.receiver.got.length, 2);
  });

  test('a success in between starts the count anew', async () => {
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    house.receiver.answers(503);
    await failForGood(4);
    house.receiver.answers(200);
    await house.addLoop(house.ann);
    await house.feed();
    await house.runDue();
    house.receiver.answers(503);
    await failForGood(4);
    equal((await house.domain.webhooks.read(house.ann.actor, made.uuid)).enabled, true);
  });

  test('removal is told once, and what was waiting is let go', async () => {
    house.receiver.answers(500);
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    await house.addLoop(house.ann);
    await house.feed();
    await house.runDue();
    house.receiver.got.length = 0;
    house.receiver.answers(200);
    await house.domain.webhooks.remove(house.ann.actor, made.uuid);
    await house.feed();
    house.pass(31);
    await house.runDue();
    deepEqual(
      house.receiver.got.map(({ body }) => JSON.parse(body).eventType),
      ['SUBSCRIPTION_REMOVED'],
    );
    equal((await house.waiting()).length, 0);
  });

  test('an application whose access was taken back gets nothing more, retries included', async () => {
    house.receiver.answers(500);
    await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    await house.addLoop(house.ann);
    await house.feed();
    await house.runDue();
    await house.pool.query(
      `insert into consent (client_id, org_id, user_id, scopes, given_at, revoked_at) values ($1, $2, $3, '{}', now(), now())`,
      [house.ann.actor.clientId, house.ann.actor.orgId, house.ann.userId],
    );
    house.receiver.got.length = 0;
    house.receiver.answers(200);
    house.pass(31);
    await house.runDue();
    await house.feed();
    await house.runDue();
    deepEqual(
      house.receiver.got.map(({ body }) => JSON.parse(body).eventType),
      ['SUBSCRIPTION_DISABLED'],
    );
    await house.pool.query('delete from consent');
  });

  test('a delivery whose job was lost is taken up again', async () => {
    await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    await house.addLoop(house.ann);
    await house.feed();
    await house.pool.query('delete from graphile_worker._private_jobs');
    await house.rescue();
    equal((await house.waiting()).length, 0);
    house.pass(301);
    await house.rescue();
    await house.rescue();
    equal((await house.waiting()).length, 1);
    equal(await house.runDue(), 1);
    equal(house.receiver.got.length, 1);
  });

  test('the log is kept for ninety days', async () => {
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    await house.addLoop(house.ann);
    await house.feed();
    await house.runDue();
    await house.domain.webhooks.remove(house.ann.actor, made.uuid);
    const left = async () => {
      const { rows } = await house.pool.query(
        `select (select count(*) from webhook where id = $1)::int as hooks, (select count(*) from webhook_delivery where webhook_id = $1)::int as sent`,
        [made.id],
      );
      return rows[0];
    };
    await house.purge();
    deepEqual(await left(), { hooks: 1, sent: 1 });
    house.pass(91 * 86_400);
    await house.purge();
    deepEqual(await left(), { hooks: 0, sent: 0 });
  });
});
