import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { webhookFace } from '../../src/doors/dotloop/webhook-face.ts';
import { unavailable } from '../../src/kernel/fault.ts';
import { fanOut } from '../../src/webhooks/fan-out.ts';
import { type House, openHouse } from './house.ts';

describe('from the log of events to deliveries', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  const deliveries = async (webhookId: number) => {
    const { rows } = await house.pool.query(
      'select topic, body, event_id from webhook_delivery where webhook_id = $1 order by id',
      [webhookId],
    );
    return rows as { topic: string; body: string; event_id: number }[];
  };
  const topics = async (webhookId: number) => (await deliveries(webhookId)).map((row) => row.topic);

  test('a write becomes one delivery and one job for each that listens', async () => {
    const made = await house.subscribe(house.ann);
    const other = await house.subscribe(house.vic);
    const loop = await house.addLoop(house.ann);
    await house.domain.deals.update(house.ann.actor, house.ann.profileId, loop.id, { name: 'Atlas II' });
    await house.feed();
    deepEqual(await topics(made.id), ['LOOP_CREATED', 'LOOP_UPDATED']);
    deepEqual(await topics(other.id), []);
    equal((await house.waiting()).length, 2);
    const [first] = await deliveries(made.id);
    equal(JSON.parse(first!.body).event.loopId, loop.id);
  });

  test('only what happens while it is on is for a subscription', async () => {
    await house.addLoop(house.ann, 'before');
    const late = await house.subscribe(house.ann);
    await house.feed();
    deepEqual(await topics(late.id), []);
    await house.domain.webhooks.update(house.ann.actor, late.uuid, { enabled: false });
    await house.addLoop(house.ann, 'while off');
    await house.domain.webhooks.update(house.ann.actor, late.uuid, { enabled: true });
    await house.feed();
    deepEqual(await topics(late.id), []);
    await house.addLoop(house.ann, 'after');
    await house.feed();
    deepEqual(await topics(late.id), ['LOOP_CREATED']);
  });

  test('a shared loop is told to every profile that sees it, a merged one to both', async () => {
    const mine = await house.subscribe(house.ann, { topics: ['LOOP_MERGED'] });
    const theirs = await house.subscribe(house.vic, { topics: ['LOOP_UPDATED', 'LOOP_MERGED'] });
    const survivor = await house.addLoop(house.ann, 'survivor');
    const loser = await house.addLoop(house.ann, 'loser');
    await house.domain.deals.share(house.system, loser.id, house.vic.profileId);
    await house.domain.deals.update(house.ann.actor, house.ann.profileId, loser.id, { name: 'losing' });
    await house.feed();
    deepEqual(await topics(theirs.id), ['LOOP_UPDATED']);
    await house.domain.deals.merge(house.system, loser.id, survivor.id);
    await house.feed();
    deepEqual(await topics(mine.id), ['LOOP_MERGED']);
    const [, merged] = await deliveries(theirs.id);
    deepEqual(JSON.parse(merged!.body).event, {
      id: survivor.id,
      profileId: house.vic.profileId,
      loopId: survivor.id,
      fromId: loser.id,
      toId: survivor.id,
    });
  });

  test('contacts are told to the user whose book they are in', async () => {
    const target = { target_kind: 'user', topics: ['CONTACT_CREATED', 'CONTACT_UPDATED', 'CONTACT_DELETED'] } as const;
    const mine = await house.subscribe(house.ann, { ...target, target_id: house.ann.userId });
    const theirs = await house.subscribe(house.vic, { ...target, target_id: house.vic.userId });
    const contact = await house.domain.people.createContact(house.ann.actor, { first_name: 'Brian' });
    await house.domain.people.updateContact(house.ann.actor, contact.id, () => ({ last_name: 'Erwin' }));
    await house.domain.people.removeContact(house.ann.actor, contact.id);
    await house.feed();
    deepEqual(await topics(mine.id), ['CONTACT_CREATED', 'CONTACT_UPDATED', 'CONTACT_DELETED']);
    deepEqual(await topics(theirs.id), []);
    equal(JSON.parse((await deliveries(mine.id))[0]!.body).event.id, contact.id);
  });

  test('two feeders at once make each delivery once', async () => {
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    for (let i = 0; i < 40; i++) await house.addLoop(house.ann, `loop ${i}`);
    const ports = { db: house.db, clock: house.clock, faces: [webhookFace], batch: 7 };
    const drain = async () => {
      for (let found = 'read'; found === 'read' || found === 'busy'; ) found = await fanOut(ports, false);
    };
    await Promise.all([drain(), drain(), drain()]);
    await house.feed();
    equal((await deliveries(made.id)).length, 40);
    equal(new Set((await deliveries(made.id)).map((row) => row.event_id)).size, 40);
    const { rows } = await house.pool.query('select count(*)::int as n from webhook_delivery');
    equal((await house.waiting()).length, rows[0].n);
  });

  test('reading the log twice makes nothing twice', async () => {
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    const { rows: place } = await house.pool.query('select txid::text, event_id from feed_cursor');
    await house.addLoop(house.ann);
    await house.feed();
    const jobs = (await house.waiting()).length;
    await house.pool.query('update feed_cursor set txid = $1::xid8, event_id = $2', [place[0].txid, place[0].event_id]);
    await house.feed();
    equal((await deliveries(made.id)).length, 1);
    equal((await house.waiting()).length, jobs);
  });

  test('a transaction that began earlier and commits later is not skipped', async () => {
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED', 'LOOP_UPDATED'] });
    const early = await house.addLoop(house.ann, 'early');
    await house.feed();
    const slow = await house.pool.connect();
    await slow.query('begin');
    await slow.query(
      `insert into event (org_id, group_uuid, at, door, actor_kind, actor_name, noun, row_id, verb, deal_id)
       values ($1, gen_random_uuid(), now(), 'dotloop', 'user', 'Ann', 'deal', $2, 'updated', $2)`,
      [house.ann.actor.orgId, early.id],
    );
    await house.addLoop(house.ann, 'quick');
    await house.feedOnce();
    // The quick one waits too: it is younger than a running transaction.
    deepEqual(await topics(made.id), ['LOOP_CREATED']);
    await slow.query('commit');
    slow.release();
    await house.feed();
    deepEqual(await topics(made.id), ['LOOP_CREATED', 'LOOP_UPDATED', 'LOOP_CREATED']);
  });

  test('what nobody hears is not read later, and the cursor goes on', async () => {
    await house.pool.query('update webhook set enabled = false, ended = pg_current_xact_id() where ended is null');
    await house.feed();
    for (let i = 0; i < 5; i++) await house.addLoop(house.ann, `unheard ${i}`);
    await house.feed();
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    await house.addLoop(house.ann, 'heard');
    await house.feed();
    deepEqual(await topics(made.id), ['LOOP_CREATED']);
  });

  test('loss of access turns a subscription off with one last message', async () => {
    const made = await house.subscribe(house.vic, { topics: ['LOOP_CREATED'] });
    await house.pool.query('update member set active = false where id = $1', [house.vic.memberId]);
    await house.addLoop(house.vic, 'unheard');
    await house.feed();
    deepEqual(await topics(made.id), ['SUBSCRIPTION_DISABLED']);
    await house.pool.query('update member set active = true where id = $1', [house.vic.memberId]);
    await house.addLoop(house.vic, 'still unheard');
    await house.feed();
    deepEqual(await topics(made.id), ['SUBSCRIPTION_DISABLED']);
    const read = await house.domain.webhooks.read(house.vic.actor, made.uuid);
    deepEqual([read.enabled, read.disabled_reason], [false, 'access']);
  });

  test('a message that cannot be written stops no other', { timeout: 60_000 }, async () => {
    const made = await house.subscribe(house.ann, { topics: ['LOOP_CREATED'] });
    for (let i = 0; i < 5; i++) await house.addLoop(house.ann, `loop ${i}`);
    const bad: number[] = [];
    const logged = new Set<unknown>();
    const face: typeof webhookFace = {
      ...webhookFace,
      async write(heard) {
        const [, , third] = heard;
        if (bad.length === 0 && third) bad.push(third.notice.event.id);
        if (heard.some(({ notice }) => notice.event.id === bad[0])) throw new Error('no words for it');
        return webhookFace.write(heard);
      },
    };
    const log = { info() {}, error: (details: object) => void logged.add((details as { event?: number }).event) };
    const ports = { db: house.db, clock: house.clock, faces: [face], log };
    // Events wait for every transaction that runs on the server, those of other tests too.
    while ((await deliveries(made.id)).length < 4) await fanOut(ports, false);
    equal((await deliveries(made.id)).length, 4);
    deepEqual([...logged], bad);
    // A database that is away is something else: the log is read again.
    await house.addLoop(house.ann, 'later');
    const away = { ...webhookFace, write: () => Promise.reject(unavailable('away')) };
    await rejects(fanOut({ ...ports, faces: [away] }, false), { kind: 'unavailable' });
    await house.feed();
    equal((await deliveries(made.id)).length, 5);
  });
});
