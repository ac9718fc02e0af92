import { deepEqual, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type House, openHouse } from './house.ts';

describe('subscriptions of an application', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  test('are made, read, changed, listed and removed', async () => {
    const { ann, domain } = house;
    const made = await house.subscribe(ann, { signingKey: 'shh', external_id: 'x-1', topics: ['LOOP_CREATED', 'LOOP_CREATED'] });
    match(made.uuid, /^[0-9a-f-]{36}$/);
    deepEqual([made.enabled, made.signingKey, made.external_id, made.topics], [true, 'shh', 'x-1', ['LOOP_CREATED']]);
    deepEqual(await domain.webhooks.read(ann.actor, made.uuid), made);
    const changed = await domain.webhooks.update(ann.actor, made.uuid, { signingKey: null, external_id: 'x-2', enabled: false });
    deepEqual([changed.signingKey, changed.external_id, changed.enabled], [null, 'x-2', false]);
    equal(
      (await domain.webhooks.list(ann.actor, { enabled: true })).rows.some((row) => row.id === made.id),
      false,
    );
    ok((await domain.webhooks.list(ann.actor)).rows.some((row) => row.id === made.id));
    await domain.webhooks.remove(ann.actor, made.uuid);
    await rejects(domain.webhooks.read(ann.actor, made.uuid), { kind: 'not_found', reason: 'subscription' });
    await rejects(domain.webhooks.remove(ann.actor, made.uuid), { kind: 'not_found' });
  });

  test('keep their key sealed', async () => {
    const made = await house.subscribe(house.ann, { signingKey: 'a key nobody sees' });
    const { rows } = await house.pool.query('select secret from webhook where id = $1', [made.id]);
    ok(!rows[0].secret.includes('nobody'));
    const { rows: events } = await house.pool.query("select changed::text from event where noun = 'webhook'");
    ok(!JSON.stringify(events).includes('nobody'));
  });

  test('a change of nothing writes nothing', async () => {
    const made = await house.subscribe(house.ann, { signingKey: 'shh' });
    const same = await house.domain.webhooks.update(house.ann.actor, made.uuid, {
      url: made.url,
      signingKey: 'shh',
      enabled: true,
    });
    deepEqual(same, made);
  });

  test('are seen by the same application only, and for targets that the user may see', async () => {
    const { ann, vic, domain } = house;
    const made = await house.subscribe(ann);
    await rejects(domain.webhooks.read(vic.actor, made.uuid), { kind: 'not_found' });
    await rejects(domain.webhooks.read({ ...ann.actor, clientId: 'another' }, made.uuid), { kind: 'not_found' });
    await rejects(domain.webhooks.read({ ...ann.actor, orgId: 999 }, made.uuid), { kind: 'not_found' });
    await rejects(domain.webhooks.read(ann.actor, 'no-uuid'), { kind: 'not_found' });
    equal((await domain.webhooks.list(vic.actor)).total, 0);
  });

  test('refuse targets that the user may not see', async () => {
    const { ann, vic } = house;
    await rejects(house.subscribe(ann, { target_id: vic.profileId }), { kind: 'forbidden', reason: 'profile.no_access' });
    await rejects(house.subscribe(ann, { target_id: 987_654_321 }), { kind: 'not_found', reason: 'profile' });
    await rejects(house.subscribe(ann, { target_kind: 'user', target_id: vic.userId }), { kind: 'not_found' });
    await house.subscribe(ann, { target_kind: 'user', target_id: ann.userId, topics: ['CONTACT_CREATED'] });
  });

  test('refuse empty topics and impossible addresses', async () => {
    await rejects(house.subscribe(house.ann, { topics: [] }), { kind: 'invalid' });
    await rejects(house.subscribe(house.ann, { url: 'ftp://example.com' }), { kind: 'invalid' });
    const made = await house.subscribe(house.ann);
    await rejects(house.domain.webhooks.update(house.ann.actor, made.uuid, { topics: [] }), { kind: 'invalid' });
  });

  test('page by a hundred', async () => {
    const { vic, domain } = house;
    for (let i = 0; i < 101; i++) await house.subscribe(vic);
    const first = await domain.webhooks.list(vic.actor);
    deepEqual([first.rows.length, first.total], [100, 101]);
    notEqual(first.next, undefined);
    const second = await domain.webhooks.list(vic.actor, { after: first.next! });
    deepEqual([second.rows.length, second.total, second.next], [1, 101, undefined]);
  });
});
