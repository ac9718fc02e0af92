import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { deliveryJob } from '../../src/webhooks/delivery-job.ts';
import { CLIENT, DEMO, type House, type Message, openHouse } from './reapit-house.ts';

const SEVEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}0000Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const JOHN = '/contacts/OXF18000001';

describe('messages of the Reapit door', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house[Symbol.asyncDispose]());
  afterEach(() => house.unsubscribe());

  const model = async (path: string) => {
    const { metadata, _links, _embedded, extrasField, ...shown } = (await house.call(path)).body as Record<string, unknown>;
    return shown;
  };
  const brief = (told: readonly Message[]) => told.map(({ topicId, entityId }) => [topicId, entityId]);
  const addContact = async (more: object = {}) => {
    const json = {
      surname: 'Webb',
      marketingConsent: 'grant',
      officeIds: ['OXF'],
      negotiatorIds: ['JAS'],
      email: 'w@example.com',
      ...more,
    };
    return (await house.call('/contacts', { json })).headers.get('location')?.split('/').at(-1) ?? '';
  };

  test('a new record: every member of its model, nothing before it', async () => {
    await house.subscribe(['contacts.created', 'contacts.modified', 'contacts.optedout']);
    await house.feed();
    const id = await addContact({ marketingConsent: 'deny' });
    const told = await house.told();
    deepEqual(brief(told), [
      ['contacts.created', id],
      ['contacts.optedout', id],
    ]);
    const [{ eventId, eventTime, ...message }] = told as [Message, Message];
    match(eventId, UUID);
    equal(told[1]?.eventId, eventId);
    match(eventTime, SEVEN);
    deepEqual(message, {
      SendAttempts: 1,
      entityId: id,
      customerId: 'SBOX',
      topicId: 'contacts.created',
      new: await model(`/contacts/${id}`),
      old: null,
      diff: {},
    });
    match(house.receiver.got[0]?.body ?? '', /^\{"SendAttempts":1,"eventId":/);
  });

  test('a change: the model on both sides of it, tags included, and what differs', async () => {
    const hook = await house.subscribe(['contacts.modified']);
    await house.feed();
    const old = await model(JOHN);
    await house.patch(JOHN, { forename: 'Jonathan', primaryAddress: { line2: 'Rear' }, officeIds: ['OXF'] });
    const now = await model(JOHN);
    const [message] = await house.told();
    deepEqual(message?.old, old);
    deepEqual(message?.new, now);
    const { modified, _eTag, ...diff } = message?.diff ?? {};
    deepEqual(diff, {
      forename: ['John', 'Jonathan'],
      primaryAddress: { line2: [null, 'Rear'] },
      officeIds: [['OXF', 'SOL'], ['OXF']],
    });
    deepEqual(_eTag, [old._eTag, now._eTag]);
    ok(await house.isSigned(house.receiver.got[0]!));
    const { deliveries } = house.domain.webhooks;
    void deliveries;
    const rows = await house.lab.rows<{ entity_code: string; status: string; uuid: string }>(
      'select d.entity_code, d.status, w.uuid from webhook_delivery d join webhook w on w.id = d.webhook_id where w.uuid = $1',
      [hook],
    );
    deepEqual(rows, [{ entity_code: 'OXF18000001', status: 'success', uuid: hook }]);
    await house.patch(JOHN, { forename: 'John', officeIds: ['OXF', 'SOL'] });
  });

  test('each of several changes is told as it was, whenever it is told', async () => {
    await house.subscribe(['contacts.modified']);
    await house.feed();
    const id = await addContact();
    const seen = [await model(`/contacts/${id}`)];
    for (const surname of ['Ames', 'Bond', 'Cole']) {
      await house.patch(`/contacts/${id}`, { surname });
      seen.push(await model(`/contacts/${id}`));
    }
    const told = await house.told();
    const tags = (message: Message) => [message.old?._eTag, message.new?._eTag, message.old?.surname, message.new?.surname];
    deepEqual(
      told.map(tags),
      seen.slice(1).map((now, i) => [seen[i]?._eTag, now._eTag, seen[i]?.surname, now.surname]),
    );
    deepEqual(told.at(-1)?.new, seen.at(-1));
    deepEqual(told[0]?.old, seen[0]);
  });

  test('a write that changes nothing is told only to those who want it', async () => {
    const quiet = await house.subscribe(['contacts.modified']);
    const all = await house.subscribe(['contacts.modified'], { ignoreEtagOnlyChanges: false, url: `${house.receiver.url}?all` });
    await house.feed();
    await house.patch(JOHN, {});
    const [message, ...others] = await house.told();
    equal(others.length, 0);
    equal(house.receiver.got[0]?.url, '/hooks?all');
    deepEqual(
      Object.keys(message?.diff ?? {}).filter((name) => name !== 'modified'),
      ['_eTag'],
    );
    // Metadata is no part of the model.
    await house.patch(JOHN, { metadata: { a: 1 } });
    equal((await house.told()).length, 1);
    ok(quiet && all);
  });

  test('other doors are told of, and told', async () => {
    await house.subscribe(['contacts.created', 'contacts.modified']);
    const { lab } = house;
    const subscription = await lab.dotloop('/subscription', {
      json: {
        url: `${house.receiver.url}?dotloop`,
        targetType: 'USER',
        targetId: 1,
        eventTypes: ['CONTACT_CREATED', 'CONTACT_UPDATED'],
      },
    });
    equal(subscription.status, 201, subscription.text);
    await house.feed();
    const made = await lab.dotloop('/contact', { json: { firstName: 'Dot', lastName: 'Loop' } });
    const { id } = (made.body as { data: { id: number } }).data;
    await lab.dotloop(`/contact/${id}`, { method: 'PATCH', json: { lastName: 'Loop-Smith', city: 'Solon' } });
    const both = () =>
      house.receiver.got
        .map(({ url, body }) => (url === '/hooks?dotloop' ? JSON.parse(body).eventType : JSON.parse(body).topicId))
        .sort();
    await house.told();
    deepEqual(both(), ['CONTACT_CREATED', 'CONTACT_UPDATED', 'contacts.created', 'contacts.modified']);
    const reapit = house.receiver.got.filter(({ url }) => url === '/hooks').map(({ body }) => JSON.parse(body) as Message);
    const change = reapit.find(({ topicId }) => topicId === 'contacts.modified');
    deepEqual([change?.diff.surname, change?.old?.primaryAddress], [['Loop', 'Loop-Smith'], null]);
    // And the reverse: what an application writes here reaches the user in whose book it is.
    await house.patch(`/contacts/${change?.entityId}`, { surname: 'Loop' });
    await house.told();
    deepEqual(both(), ['CONTACT_UPDATED', 'contacts.modified']);
    const [dotloop] = house.receiver.got.filter(({ url }) => url === '/hooks?dotloop');
    equal(JSON.parse(dotloop?.body ?? '').event.id, id);
    // A contact that is deleted there is gone here.
    await lab.dotloop(`/contact/${id}`, { method: 'DELETE' });
    const [gone] = (await house.told()).filter(({ topicId }) => topicId === 'contacts.modified');
    deepEqual([gone?.entityId, gone?.new, gone?.old?.surname, gone?.diff], [change?.entityId, null, 'Loop', {}]);
  });

  test('an archived record is told like a deleted one', async () => {
    await house.subscribe(['contacts.modified']);
    await house.feed();
    const id = await addContact();
    await house.patch(`/contacts/${id}`, { fromArchive: true });
    await house.patch(`/contacts/${id}`, { fromArchive: false });
    const [archived, back] = await house.told();
    deepEqual([archived?.new, archived?.old?.fromArchive, archived?.diff], [null, false, {}]);
    deepEqual([back?.new?.fromArchive, back?.old?.fromArchive], [false, true]);
  });

  test('consent to digital tax is told in the shape of the landlord details', async () => {
    await house.subscribe(['contacts.landlorddetails.updated', 'contacts.optedout']);
    await house.feed();
    const path = `${JOHN}/landlordDetails`;
    equal((await house.call(path, { method: 'PUT', json: { makingTaxDigitalConsentStatus: 'invited' } })).status, 204);
    equal((await house.call(path, { method: 'PUT', json: { makingTaxDigitalConsentStatus: 'invited' } })).status, 204);
    const told = await house.told();
    deepEqual(
      told.map(({ topicId, entityId, diff }) => [topicId, entityId, diff.makingTaxDigitalConsentStatus]),
      [['contacts.landlorddetails.updated', 'OXF18000001', [told[0]?.old?.makingTaxDigitalConsentStatus, 'invited']]],
    );
  });

  test('offices are told of too, and what nobody asked for is not', async () => {
    await house.subscribe(['offices.modified']);
    await house.feed();
    await house.patch('/offices/SOL', { manager: 'Sol Omon' });
    await house.patch(JOHN, { title: 'Dr' });
    deepEqual(brief(await house.told()), [['offices.modified', 'SOL']]);
  });

  test('a webhook that is off hears nothing, and what it missed is not made up for', async () => {
    const id = await house.subscribe(['contacts.modified'], { active: false });
    await house.feed();
    await house.patch(JOHN, { title: 'Mx' });
    const json = { url: house.receiver.url, topicIds: ['contacts.modified'], active: true };
    await house.call(`/resthooks/${id}`, { method: 'PUT', json });
    equal((await house.told()).length, 0);
    await house.patch(JOHN, { title: 'Mr' });
    equal((await house.told()).length, 1);
  });

  test('every filter of the topic has to let a message pass', async () => {
    const id = await house.subscribe(['contacts.modified', 'contacts.created']);
    const add = (schema: object, topicId = 'contacts.modified') =>
      house.call(`/resthooks/${id}/filters`, { json: { schema: JSON.stringify(schema), topicId } });
    const surname = (pattern: string) => ({ properties: { new: { properties: { surname: { pattern } } } } });
    await add(surname('^W'));
    await add(surname('s$'));
    await add({
      properties: { SendAttempts: { const: 1 }, customerId: { const: 'SBOX' } },
      required: ['SendAttempts', 'customerId'],
    });
    await house.feed();
    const contact = await addContact();
    for (const name of ['Wills', 'Wade', 'Amos']) await house.patch(`/contacts/${contact}`, { surname: name });
    const told = await house.told();
    deepEqual(
      told.map(({ topicId, new: now }) => [topicId, now?.surname]),
      [
        ['contacts.created', 'Webb'],
        ['contacts.modified', 'Wills'],
      ],
    );
  });

  test('a filter that takes too long turns its webhook off', async () => {
    const id = await house.subscribe(['contacts.modified']);
    const schema = JSON.stringify({ properties: { new: { properties: { forename: { pattern: '^(a+)+$' } } } } });
    equal((await house.call(`/resthooks/${id}/filters`, { json: { schema, topicId: 'contacts.modified' } })).status, 201);
    await house.feed();
    const contact = await addContact();
    await house.patch(`/contacts/${contact}`, { forename: `${'a'.repeat(40)}!` });
    equal((await house.told()).length, 0);
    const [row] = await house.lab.rows('select enabled, disabled_reason from webhook where uuid = $1', [id]);
    deepEqual(row, { enabled: false, disabled_reason: 'filter' });
    equal(((await house.call(`/resthooks/${id}`)).body as { active: boolean }).active, false);
  });

  test('delivered messages count as calls of the application', async () => {
    await house.subscribe(['contacts.modified']);
    await house.feed();
    const calls = async () =>
      (
        await house.lab.rows<{ calls: string }>(
          "select calls from usage_day where client_id = $1 and org_id = 1 and resource = 'webhooks'",
          [CLIENT],
        )
      )[0]?.calls ?? '0';
    const counted = Number(await calls());
    await house.patch(JOHN, { title: 'Sir' });
    await house.told();
    equal(Number(await calls()), counted + 1);
    house.receiver.answers(404);
    await house.patch(JOHN, { title: 'Mr' });
    await house.told();
    house.receiver.answers(200);
    equal(Number(await calls()), counted + 1);
  });

  test('news of the sandbox is sent once, whatever comes of it', async () => {
    await house.subscribe(['contacts.modified']);
    await house.feed();
    house.receiver.answers(500);
    await house.patch(JOHN, { title: 'Sir' });
    equal((await house.told()).length, 1);
    house.receiver.answers(200);
    house.pass(3_600);
    equal(await house.runDue(), 0);
    await house.patch(JOHN, { title: 'Mr' });
  });
});

describe('attempts', () => {
  let house: House;
  let installation = 0;
  const contact = '/contacts/OXF18000001';
  before(async () => {
    house = await openHouse();
    installation = await house.install(DEMO);
  });
  after(() => house[Symbol.asyncDispose]());
  afterEach(async () => {
    house.receiver.answers(200);
    await house.unsubscribe();
  });
  const jobs = () =>
    house.lab.rows<{ run_at: Date }>(
      `select j.run_at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'webhooks.deliver'`,
    );
  let n = 0;
  const change = async () => {
    await house.patch(contact, { forename: `Name ${++n}` }, 'DEMO');
  };

  test('six at most, after 1, 2, 5, 10 and 15 minutes; counted in the message, each signed anew', async () => {
    await house.subscribe(['contacts.modified'], {}, 'DEMO');
    await house.feed();
    house.receiver.answers(503);
    await change();
    await house.told();
    const waits: number[] = [];
    for (let [job] = await jobs(); job; [job] = await jobs()) {
      const wait = Math.round((job.run_at.getTime() - house.clock.now().getTime()) / 1000);
      waits.push(wait);
      equal(await house.runDue(), 0);
      house.pass(wait + 1);
      equal(await house.runDue(), 1);
    }
    deepEqual(waits, [60, 120, 300, 600, 900]);
    const sent = house.receiver.got.map(({ body }) => JSON.parse(body) as Message);
    deepEqual(
      sent.map(({ SendAttempts }) => SendAttempts),
      [1, 2, 3, 4, 5, 6],
    );
    equal(new Set(sent.map(({ eventId }) => eventId)).size, 1);
    equal(new Set(house.receiver.got.map(({ headers }) => headers['x-signature'])).size, 6);
    for (const one of house.receiver.got) ok(await house.isSigned(one));
    const [row] = await house.lab.rows('select status, attempts from webhook_delivery order by id desc limit 1');
    deepEqual(row, { status: 'failed', attempts: 6 });
    // Its owner alone turns it off.
    equal((await house.lab.rows('select 1 from webhook where ended is null')).length, 1);
  });

  for (const status of [400, 404, 410, 429])
    test(`none after ${status}`, async () => {
      await house.subscribe(['contacts.modified'], {}, 'DEMO');
      await house.feed();
      house.receiver.answers(status);
      await change();
      equal((await house.told()).length, 1);
      equal((await jobs()).length, 0);
    });

  test('a redirect is not followed and tried again', async () => {
    await house.subscribe(['contacts.modified'], {}, 'DEMO');
    await house.feed();
    house.receiver.answers(302, { location: `${house.receiver.url}/elsewhere` });
    await change();
    equal((await house.told()).length, 1);
    house.receiver.answers(204);
    house.pass(61);
    equal(await house.runDue(), 1);
    deepEqual(
      house.receiver.got.map(({ url }) => url),
      ['/hooks', '/hooks'],
    );
    const [row] = await house.lab.rows<{ status: string; responses: { status: number }[] }>(
      'select status, responses from webhook_delivery order by id desc limit 1',
    );
    deepEqual([row?.status, row?.responses.map(({ status }) => status)], ['success', [302, 204]]);
    equal((await jobs()).length, 0);
  });

  test('an answer is waited for ten seconds', async () => {
    const reapit = house.faces.find(({ door }) => door === 'reapit');
    equal(reapit?.timeoutMs, 10_000);
    const { makeDeliver } = await import('../../src/webhooks/deliver.task.ts');
    const waited: (number | undefined)[] = [];
    const { db, secrets } = house.lab.house.stores.ports;
    const deliver = makeDeliver({
      db,
      secrets,
      clock: house.clock,
      faces: house.faces,
      log: { info() {}, error() {} },
      send: async ({ timeoutMs }) => {
        waited.push(timeoutMs);
        return { status: 200 };
      },
    });
    await house.subscribe(['contacts.modified'], {}, 'DEMO');
    await house.feed();
    await change();
    await house.feed();
    const [row] = await house.lab.rows<{ org_id: string; id: string }>(
      'select org_id, id from webhook_delivery order by id desc limit 1',
    );
    const key = { org_id: Number(row?.org_id), id: Number(row?.id) };
    await deliver(deliveryJob(key, 0).payload, { signal: new AbortController().signal });
    deepEqual(waited, [10_000]);
  });

  test('nothing goes out once the customer has uninstalled the application, not even what was waiting', async () => {
    const id = await house.subscribe(['contacts.modified', 'application.uninstall'], {}, 'DEMO');
    await house.feed();
    house.receiver.answers(500);
    await change();
    equal((await house.told()).length, 1);
    await change();
    await house.uninstall(DEMO, installation);
    house.receiver.answers(200);
    const told = await house.told();
    deepEqual(
      told.map(({ topicId, entityId, customerId, new: now, old }) => [topicId, entityId, customerId, now, old?.applicationId]),
      [['application.uninstall', null, 'DEMO', null, CLIENT]],
    );
    house.pass(61);
    await house.runDue();
    equal(house.receiver.got.length, 1);
    const rows = await house.lab.rows<{ topic: string; status: string }>(
      'select topic, status from webhook_delivery where webhook_id = (select id from webhook where uuid = $1) order by id',
      [id],
    );
    deepEqual(rows, [
      { topic: 'contacts.modified', status: 'cancelled' },
      { topic: 'application.uninstall', status: 'success' },
    ]);
    installation = await house.install(DEMO);
    // What happened while it was not installed is not for it, though the webhook is on all the time.
    await change();
    equal((await house.told()).length, 1);
  });
});
