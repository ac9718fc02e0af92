import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { type Actor, systemActor } from '../../src/access/actor.ts';
import type { HookTerms } from '../../src/domain/index.ts';
import { findTopic } from '../../src/doors/reapit/webhooks/topics.ts';
import { CLIENT, DEMO, type House, type Message, openHouse } from './reapit-house.ts';

const JOHN = '/contacts/OXF18000001';
/** The developer's organisation is the sandbox brokerage. */
const developer: Actor = systemActor(1);
const scopeOf = (topic: string) => findTopic(topic)?.scope;

describe('webhooks of a developer for many customers', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house[Symbol.asyncDispose]());
  afterEach(() => house.unsubscribe());

  const terms = (more: Partial<HookTerms> = {}): HookTerms => ({
    url: house.receiver.url,
    description: null,
    topics: ['contacts.modified', 'application.install', 'application.uninstall'],
    customers: [],
    enabled: true,
    ignoreEtagOnly: true,
    extrasFields: [],
    ...more,
  });
  const add = (more: Partial<HookTerms> = {}) =>
    house.domain.webhooks.addApplicationHook(developer, CLIENT, terms(more), scopeOf);
  const brief = (told: readonly Message[]) => told.map(({ topicId, customerId, entityId }) => [topicId, customerId, entityId]);
  let n = 0;
  const change = (customer: string) => house.patch(JOHN, { forename: `Name ${++n}` }, customer);

  test('an installation is told, then what happens there, then its end (R50)', async () => {
    await add();
    await house.feed();
    const id = await house.install(DEMO);
    await change('DEMO');
    await change('SBOX');
    const told = await house.told();
    deepEqual(brief(told), [
      ['application.install', 'DEMO', null],
      ['contacts.modified', 'DEMO', 'OXF18000001'],
    ]);
    const [organisation] = await house.lab.rows<{ name: string; email: string }>(
      'select name, email from organisation where id = $1',
      [DEMO],
    );
    const installed = told[0]?.new;
    deepEqual(Object.keys(installed ?? {}), [
      'customerId',
      'organisationId',
      'customerName',
      'applicationName',
      'applicationId',
      'internalAppId',
      'customerAddress',
      'customerEmail',
    ]);
    deepEqual(
      [
        installed?.customerId,
        installed?.organisationId,
        installed?.customerName,
        installed?.applicationId,
        installed?.customerEmail,
      ],
      ['DEMO', String(DEMO), organisation?.name, CLIENT, organisation?.email],
    );
    deepEqual(Object.keys((installed?.customerAddress as object) ?? {}), [
      'hseName',
      'hseNo',
      'address1',
      'address2',
      'address3',
      'address4',
      'postcode',
      'country',
    ]);
    deepEqual([told[0]?.old, told[0]?.diff], [null, {}]);
    for (const one of house.receiver.got) equal(await house.isSigned(one), true);
    await house.uninstall(DEMO, id);
    const [gone] = await house.told();
    deepEqual([gone?.topicId, gone?.new, gone?.old], ['application.uninstall', null, installed]);
  });

  test('an installation is told to its own application alone', async () => {
    const other = await house.domain.identity.registerApplication(developer, {
      name: 'Other',
      redirectUris: [],
      signOutUris: [],
      grants: ['client_credentials'],
      scopes: ['agencyCloud/contacts.read'],
      isPublic: false,
      requirePkce: false,
      rotateRefresh: true,
    });
    await house.domain.webhooks.addApplicationHook(developer, other.clientId, terms(), scopeOf);
    await house.feed();
    const id = await house.install(DEMO);
    await change('DEMO');
    equal((await house.told()).length, 0);
    await house.uninstall(DEMO, id);
    equal((await house.told()).length, 0);
  });

  test('customers that are named, and no others; the sandbox stands alone', async () => {
    const id = await house.install(DEMO);
    await add({ customers: ['sbox'], url: `${house.receiver.url}?sandbox` });
    await add({ customers: ['DEMO'], url: `${house.receiver.url}?demo` });
    await house.feed();
    await change('SBOX');
    await change('DEMO');
    const told = await house.told();
    deepEqual(house.receiver.got.map(({ url }, i) => [url, told[i]?.customerId]).sort(), [
      ['/hooks?demo', 'DEMO'],
      ['/hooks?sandbox', 'SBOX'],
    ]);
    await rejects(add({ customers: ['SBOX', 'DEMO'] }), { kind: 'invalid' });
    await rejects(add({ customers: ['NOPE'] }), { kind: 'invalid' });
    await house.uninstall(DEMO, id);
    await rejects(add({ customers: ['DEMO'] }), { kind: 'invalid' });
  });

  test('terms are checked all at once', async () => {
    await rejects(add({ url: 'ftp://x', topics: ['nonsense', 'contacts.created'], customers: ['NOPE'] }), (error: unknown) => {
      const { breaches } = error as { breaches: { at: string }[] };
      deepEqual(
        breaches.map(({ at }) => at),
        ['url', 'topics', 'customers'],
      );
      return true;
    });
    await rejects(add({ topics: [] }), { kind: 'invalid' });
    const { addApplicationHook, applicationHooks } = house.domain.webhooks;
    await rejects(addApplicationHook(systemActor(DEMO), CLIENT, terms(), scopeOf), { kind: 'not_found' });
    await rejects(applicationHooks({ ...developer, kind: 'user', id: 1 }, CLIENT), { kind: 'forbidden' });
  });

  test('it is changed and removed by the developer, one that the application made is not', async () => {
    const { applicationHooks, changeApplicationHook, removeApplicationHook } = house.domain.webhooks;
    const uuid = await add();
    const own = await house.subscribe(['contacts.created']);
    deepEqual(
      (await applicationHooks(developer, CLIENT)).map((hook) => [hook.uuid, hook.madeFor]),
      [
        [uuid, null],
        [own, 'SBOX'],
      ],
    );
    await changeApplicationHook(developer, CLIENT, uuid, terms({ enabled: false, description: ' For news ' }), scopeOf);
    const [changed] = await applicationHooks(developer, CLIENT);
    deepEqual([changed?.enabled, changed?.disabledReason, changed?.description], [false, 'client', 'For news']);
    await rejects(changeApplicationHook(developer, CLIENT, own, terms(), scopeOf), { kind: 'not_found' });
    await rejects(removeApplicationHook(developer, CLIENT, own), { kind: 'not_found' });
    await rejects(removeApplicationHook(developer, CLIENT, 'x'), { kind: 'not_found' });
    await removeApplicationHook(developer, CLIENT, uuid);
    deepEqual(
      (await applicationHooks(developer, CLIENT)).map((hook) => hook.uuid),
      [own],
    );
    // The application itself does not see those of its developer.
    await add();
    equal(((await house.call('/resthooks')).body as { totalCount: number }).totalCount, 1);
  });

  test('extra fields go along where the customer has granted them', async () => {
    const id = await house.install(DEMO, { extrasFields: ['pNick', 'pOther'] });
    await house.lab.rows(
      `update contact set extras = jsonb_set(extras, '{reapit}', coalesce(extras->'reapit', '{}') || '{"extrasField": {"pNick": "Jo", "pHidden": "no"}}')
       where org_id = $1 and code = 'OXF18000001'`,
      [DEMO],
    );
    await rejects(add({ extrasFields: ['pHidden'] }), { kind: 'invalid' });
    await add({ extrasFields: ['pNick', 'pOther'] });
    await house.feed();
    await change('DEMO');
    const [message] = await house.told();
    deepEqual([message?.new?.extrasField, message?.old?.extrasField], [{ pNick: 'Jo' }, { pNick: 'Jo' }]);
    equal('extrasField' in (message?.diff ?? {}), false);
    // Taken back: no more.
    await house.domain.identity.grantExtras(systemActor(DEMO), id, []);
    await change('DEMO');
    const [later] = await house.told();
    equal('extrasField' in (later?.new ?? {}), false);
    await house.uninstall(DEMO, id);
  });

  test('a scope that is no longer granted brings no more news', async () => {
    const id = await house.install(DEMO);
    await add();
    await house.feed();
    await house.lab.rows(
      `update installation set scopes = '{agencyCloud/offers.read}' where org_id = $1 and uninstalled_at is null`,
      [DEMO],
    );
    await change('SBOX');
    const json = { first_name: 'By', last_name: 'Hand' };
    await house.domain.records.contact.create(systemActor(DEMO), { values: { ...json, marketing_consent: 'grant' } });
    equal((await house.told()).length, 0);
    await house.uninstall(DEMO, id);
  });

  test('attempts are listed for the developer, newest first', async () => {
    const id = await house.install(DEMO);
    await add();
    await house.subscribe(['contacts.modified']);
    await house.feed();
    house.receiver.answers(500);
    await change('DEMO');
    await house.told();
    house.pass(61);
    house.receiver.answers(200);
    await house.runDue();
    await change('SBOX');
    await house.told();
    const { hookAttempts } = house.domain.webhooks;
    const { attempts, next } = await hookAttempts(developer, CLIENT);
    deepEqual(
      attempts
        .slice(0, 3)
        .map(({ topic, entity, customer, status, error, url }) => [topic, entity, customer, status, error, url]),
      [
        ['contacts.modified', 'OXF18000001', 'SBOX', 200, null, house.receiver.url],
        ['contacts.modified', 'OXF18000001', 'DEMO', 200, null, house.receiver.url],
        ['contacts.modified', 'OXF18000001', 'DEMO', 500, null, house.receiver.url],
      ],
    );
    equal(next, null);
    match(attempts[0]?.at ?? '', /^\d{4}-/);
    await rejects(hookAttempts(systemActor(DEMO), CLIENT), { kind: 'not_found' });
    await house.uninstall(DEMO, id);
  });

  test('a webhook of the sandbox that hears nothing for fourteen days is turned off', async () => {
    await house.install(DEMO);
    const silent = await add({ customers: ['SBOX'], topics: ['offices.created'] });
    const other = await add();
    const own = await house.subscribe(['offices.created']);
    const busy = await house.subscribe(['contacts.modified']);
    const idle = () => house.delivery.tasks['webhooks.idle']!({}, { signal: new AbortController().signal });
    const on = async () =>
      (await house.lab.rows<{ uuid: string }>('select uuid from webhook where ended is null order by id')).map(
        ({ uuid }) => uuid,
      );
    await house.feed();
    house.pass(13 * 86_400);
    await idle();
    deepEqual(await on(), [silent, other, own, busy]);
    await change('SBOX');
    await house.told();
    house.pass(2 * 86_400);
    await idle();
    deepEqual(await on(), [other, busy]);
    const [row] = await house.lab.rows('select disabled_reason from webhook where uuid = $1', [silent]);
    deepEqual(row, { disabled_reason: 'idle' });
    // Turned on again it has its fourteen days again.
    const json = { url: house.receiver.url, topicIds: ['offices.created'], active: true };
    equal((await house.call(`/resthooks/${own}`, { method: 'PUT', json })).status, 204);
    await house.lab.rows('update webhook set updated_at = $2 where uuid = $1', [own, house.clock.now()]);
    await idle();
    deepEqual(await on(), [other, own, busy]);
  });
});

describe('webhooks of a group of offices', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
    await house.lab.rows(
      `insert into office_group (org_id, code, name, office_ids, created_door)
       select o.org_id, 'SOLO', 'Solon only', array[o.id], 'portico' from office o where o.org_id = 1 and o.code = 'SOL'`,
    );
  });
  after(() => house[Symbol.asyncDispose]());

  const add = async (officeIds: readonly string[], customer = 'SBOX') => {
    const json = { surname: 'Webb', marketingConsent: 'grant', officeIds, negotiatorIds: ['JAS'], email: 'w@example.com' };
    const { headers } = await house.call('/contacts', { json, customer });
    return headers.get('location')?.split('/').at(-1) ?? '';
  };

  test('hear of the rows of its offices only', async () => {
    const id = await house.subscribe(['contacts.created', 'contacts.modified'], {}, 'SBOX-SOLO');
    await house.feed();
    await add(['OXF']);
    const both = await add(['OXF', 'SOL']);
    deepEqual(
      (await house.told()).map(({ topicId, entityId }) => [topicId, entityId]),
      [['contacts.created', both]],
    );
    await house.patch(`/contacts/${both}`, { officeIds: ['OXF'] });
    equal((await house.told()).length, 0);
    // It is the group's, not the customer's.
    equal((await house.call(`/resthooks/${id}`)).status, 404);
    equal((await house.call(`/resthooks/${id}`, { customer: 'sbox-solo' })).status, 200);
    await house.unsubscribe();
  });

  test('an installation for a group brings its rows, and names it', async () => {
    await house.lab.rows(
      `insert into office_group (org_id, code, name, office_ids, created_door)
       select org_id, 'PART', 'Part', array[id], 'portico' from office where org_id = $1 and code = 'OXF'`,
      [DEMO],
    );
    await house.domain.webhooks.addApplicationHook(
      developer,
      CLIENT,
      {
        url: house.receiver.url,
        description: null,
        topics: ['application.install', 'offices.modified'],
        customers: [],
        enabled: true,
        ignoreEtagOnly: true,
        extrasFields: [],
      },
      scopeOf,
    );
    await house.feed();
    await house.install(DEMO, { officeGroup: 'PART' });
    const rows = await house.lab.rows<{ code: string }>('select code from office where org_id = $1 order by code', [DEMO]);
    for (const { code } of rows)
      await house.domain.records.office.update(systemActor(DEMO), code, () => ({ values: { manager_name: 'Ed' } }));
    const told = await house.told();
    deepEqual(
      told.map(({ topicId, customerId, entityId }) => [topicId, customerId, entityId]),
      [
        ['application.install', 'DEMO-PART', null],
        ['offices.modified', 'DEMO', 'OXF'],
      ],
    );
  });
});
