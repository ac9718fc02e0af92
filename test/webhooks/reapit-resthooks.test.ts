import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemActor } from '../../src/access/actor.ts';
import { CLIENT, DEMO, type House, openHouse } from './reapit-house.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const NOBODY = '00000000-0000-4000-8000-000000000000';

type Errors = { errors: { field: string; message: string }[] };
type Page = { _embedded: Record<string, unknown>[]; totalCount: number; _links: Record<string, { href: string }> };

describe('/resthooks', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house[Symbol.asyncDispose]());

  const fieldsOf = (body: unknown) => (body as Errors).errors.map(({ field }) => field);

  test('a webhook is made, read, replaced and deleted', async () => {
    const { receiver, call } = house;
    const made = await call('/resthooks/', {
      json: { url: receiver.url, description: 'mine', topicIds: ['contacts.created', 'Contacts.Modified'], active: true },
    });
    deepEqual([made.status, made.text], [201, '']);
    const location = made.headers.get('location') ?? '';
    match(location, new RegExp(`^${house.lab.url}/reapit/resthooks/`));
    const id = location.split('/').at(-1) ?? '';
    match(id, UUID);
    const { created, modified, ...rest } = (await call(`/resthooks/${id}`)).body as Record<string, string>;
    match(created ?? '', SECOND);
    equal(created, modified);
    deepEqual(rest, {
      id,
      url: receiver.url,
      description: 'mine',
      topicIds: ['contacts.created', 'contacts.modified'],
      active: true,
      ignoreEtagOnlyChanges: true,
    });

    const put = await call(`/resthooks/${id.toUpperCase()}`, {
      method: 'PUT',
      json: { url: `${receiver.url}?x=1`, topicIds: ['offers.created'], active: false, ignoreEtagOnlyChanges: false },
    });
    deepEqual([put.status, put.text], [204, '']);
    const replaced = (await call(`/resthooks/${id}/`)).body as Record<string, unknown>;
    deepEqual(
      [replaced.url, replaced.description, replaced.topicIds, replaced.active, replaced.ignoreEtagOnlyChanges],
      [`${receiver.url}?x=1`, null, ['offers.created'], false, false],
    );
    // PUT replaces all members: what is left out is as in a new one.
    equal((await call(`/resthooks/${id}`, { method: 'PUT', json: { url: receiver.url } })).status, 204);
    const bare = (await call(`/resthooks/${id}`)).body as Record<string, unknown>;
    deepEqual([bare.topicIds, bare.active, bare.ignoreEtagOnlyChanges], [[], true, true]);

    const gone = await call(`/resthooks/${id}`, { method: 'DELETE' });
    deepEqual([gone.status, gone.text], [204, '']);
    equal((await call(`/resthooks/${id}`, { method: 'DELETE' })).status, 404);
    equal((await call(`/resthooks/${id}`)).status, 404);
  });

  test('lists page, sort, and filter by active', async () => {
    await house.unsubscribe();
    const first = await house.subscribe(['contacts.created']);
    const second = await house.subscribe(['contacts.created'], { active: false });
    const idsOf = async (query: string) => ((await house.call(`/resthooks/${query}`)).body as Page)._embedded.map(({ id }) => id);
    deepEqual(await idsOf(''), [first, second]);
    deepEqual(await idsOf('?active=true'), [first]);
    deepEqual(await idsOf('?Active=false'), [second]);
    deepEqual(await idsOf('?sortBy=-modified'), [second, first]);
    const page = (await house.call('/resthooks/?pageSize=1&active=false')).body as Page;
    deepEqual(Object.keys(page), ['_embedded', 'pageNumber', 'pageSize', 'pageCount', 'totalPageCount', 'totalCount', '_links']);
    deepEqual(page._links, {
      self: { href: '/resthooks/?PageNumber=1&PageSize=1&active=false' },
      first: { href: '/resthooks/?PageNumber=1&PageSize=1&active=false' },
    });
    equal((await house.call('/resthooks/?sortBy=url')).status, 400);
    equal((await house.call('/resthooks/?active=maybe')).status, 400);
  });

  test('every breach of a body is told at once', async () => {
    const refused = await house.call('/resthooks', {
      json: { url: 'https://10.1.2.3/', topicIds: ['contacts.created', 'contacts.exploded', 7], active: 'yes' },
    });
    equal(refused.status, 422);
    deepEqual(fieldsOf(refused.body).sort(), ['active', 'topicIds[1]', 'topicIds[2]']);
    deepEqual(fieldsOf((await house.call('/resthooks', { json: { topicIds: [] } })).body), ['url']);
    deepEqual(fieldsOf((await house.call('/resthooks', { json: { url: 7 } })).body), ['url']);
    for (const url of ['ftp://example.com/x', 'http://example.com/x', 'example.com', '', 'https://', 'http://10.0.0.1/'])
      deepEqual(fieldsOf((await house.call('/resthooks', { json: { url } })).body), ['url'], url);
    equal((await house.call('/resthooks', { body: '[]', headers: { 'content-type': 'application/json' } })).status, 400);
  });

  test('ids that nobody has, and words that are none, are not found', async () => {
    for (const id of [NOBODY, 'x', '%00', "';--"]) {
      equal((await house.call(`/resthooks/${id}`)).status, 404, id);
      equal((await house.call(`/resthooks/${id}`, { method: 'PUT', json: { url: house.receiver.url } })).status, 404, id);
      equal((await house.call(`/resthooks/${id}`, { method: 'DELETE' })).status, 404, id);
      equal((await house.call(`/resthooks/${id}/ping`, { json: { topicId: 'contacts.created' } })).status, 404, id);
      equal((await house.call(`/resthooks/${id}/filters`)).status, 404, id);
    }
    const patch = await house.call(`/resthooks/${NOBODY}`, { method: 'PATCH', json: {} });
    deepEqual([patch.status, patch.body], [403, { message: 'Missing Authentication Token' }]);
  });

  test('topics need the scope that reads the record', async () => {
    const { clientId, clientSecret } = await house.domain.identity.registerApplication(systemActor(1), {
      name: 'Reader of offers',
      redirectUris: [],
      signOutUris: [],
      grants: ['client_credentials'],
      scopes: ['agencyCloud/offers.read', 'agencyCloud/images.read'],
      isPublic: false,
      requirePkce: false,
      rotateRefresh: true,
    });
    const token = await house.tokenOf(clientId, clientSecret ?? '');
    const subscribe = (topicIds: readonly string[]) =>
      house.call('/resthooks', { token, json: { url: house.receiver.url, topicIds } });
    equal((await subscribe(['offers.accepted', 'application.install'])).status, 201);
    const refused = await subscribe(['offers.created', 'contacts.created', 'propertyimages.created']);
    equal(refused.status, 422);
    deepEqual(fieldsOf(refused.body), ['topicIds[1]', 'topicIds[2]']);
    match((refused.body as Errors).errors[1]?.message ?? '', /agencyCloud\/properties\.read/);
    // Another application's are not there.
    const { _embedded } = (await house.call('/resthooks', { token })).body as Page;
    equal(_embedded.length, 1);
    equal((await house.call(`/resthooks/${_embedded[0]?.id}`)).status, 404);
  });

  test('a webhook belongs to the customer of the token', async () => {
    const id = await house.subscribe(['contacts.created']);
    await house.install(DEMO);
    equal((await house.call(`/resthooks/${id}`, { customer: 'DEMO' })).status, 404);
    const theirs = await house.subscribe(['contacts.created'], {}, 'DEMO');
    equal((await house.call(`/resthooks/${theirs}`)).status, 404);
    equal((await house.call(`/resthooks/${theirs}`, { customer: 'demo' })).status, 200);
  });

  test('all 53 topics can be had', async () => {
    const { topics } = await import('../../src/doors/reapit/contract/data.ts');
    equal(topics().length, 53);
    const id = await house.subscribe(topics());
    deepEqual(((await house.call(`/resthooks/${id}`)).body as { topicIds: string[] }).topicIds, topics());
  });

  test('a ping sends the canned message of a topic, signed, and answers what the target said', async () => {
    const id = await house.subscribe([], { active: false });
    house.receiver.got.length = 0;
    house.receiver.answers(418);
    const answer = await house.call(`/resthooks/${id}/ping`, { json: { topicId: 'contacts.modified' } });
    deepEqual([answer.status, answer.body], [200, { statusCode: 418 }]);
    house.receiver.answers(200);
    const [sent] = house.receiver.got;
    ok(sent && (await house.isSigned(sent)));
    const message = JSON.parse(sent.body);
    deepEqual(
      [message.SendAttempts, message.entityId, message.customerId, message.topicId],
      [1, '9e7e4181-6210-49ea-abf5-d5ce16d23647', 'webhook-test', 'contacts.modified'],
    );
    deepEqual(Object.keys(message.diff).sort(), ['_eTag', 'modified']);
    equal((await house.call(`/resthooks/${id}/ping`, { json: { topicId: 'contacts.exploded' } })).status, 422);
    deepEqual(fieldsOf((await house.call(`/resthooks/${id}/ping`, { json: {} })).body), ['topicId']);
    const created = await house.call(`/resthooks/${id}/ping`, { json: { topicId: 'offers.created' } });
    equal(created.status, 200);
    for (const body of ['null', '[]', '"contacts.created"', '7']) {
      const refused = await house.call(`/resthooks/${id}/ping`, { body, headers: { 'content-type': 'application/json' } });
      equal(refused.status, 422, body);
    }
    equal(JSON.parse(house.receiver.got.at(-1)?.body ?? '').old, null);
    // Nobody is there.
    await house.call(`/resthooks/${id}`, { method: 'PUT', json: { url: 'http://127.0.0.1:9/' } });
    deepEqual((await house.call(`/resthooks/${id}/ping`, { json: { topicId: 'offices.created' } })).body, { statusCode: 0 });
  });

  test('every topic has a canned message', async () => {
    const { topics } = await import('../../src/doors/reapit/contract/data.ts');
    const { exampleMessage } = await import('../../src/doors/reapit/webhooks/example.ts');
    for (const topic of topics()) {
      const message = JSON.parse(exampleMessage(topic, new Date()) ?? '');
      equal(message.topicId, topic);
      equal(message.entityId === null, topic.startsWith('application.'));
      ok(message.new !== null || topic === 'application.uninstall');
    }
  });

  test('the public half of the key is for its application alone, and needs no customer', async () => {
    await house.subscribe(['contacts.created']);
    const [row] = await house.lab.rows<{ id: string; sealed: string }>(
      'select id, sealed from signing_key where client_id = $1 and retired_at is null',
      [CLIENT],
    );
    ok(row);
    ok(!row.sealed.includes('Ed25519'));
    const answer = await house.call(`/webhooks/signing/${row.id}`);
    equal(answer.status, 200);
    const { keys } = answer.body as { keys: Record<string, string>[] };
    deepEqual(Object.keys(keys[0] ?? {}), ['kid', 'crv', 'x']);
    deepEqual([keys.length, keys[0]?.kid, keys[0]?.crv], [1, row.id, 'Ed25519']);
    equal((await house.call(`/webhooks/signing/${row.id}`, { customer: null })).status, 200);
    equal((await house.call('/resthooks', { customer: null })).status, 400);
    equal((await house.call(`/webhooks/signing/${row.id}`, { token: null })).status, 401);
    equal((await house.call(`/webhooks/signing/${NOBODY}`)).status, 404);
    const other = await house.domain.identity.registerApplication(systemActor(1), {
      name: 'Stranger',
      redirectUris: [],
      signOutUris: [],
      grants: ['client_credentials'],
      scopes: ['agencyCloud/offers.read'],
      isPublic: false,
      requirePkce: false,
      rotateRefresh: true,
    });
    const token = await house.tokenOf(other.clientId, other.clientSecret ?? '');
    equal((await house.call(`/webhooks/signing/${row.id}`, { token })).status, 404);
    equal((await house.lab.rows('select 1 from signing_key where client_id = $1', [other.clientId])).length, 0);
  });

  test('an application makes no more webhooks than a customer can bear', async () => {
    await house.unsubscribe();
    await house.lab.rows(
      `insert into webhook (org_id, door, client_id, target_kind, url, topics, created_door)
       select 1, 'reapit', $1, 'organisation', 'https://example.com/', '{}', 'reapit' from generate_series(1, 200)`,
      [CLIENT],
    );
    equal((await house.call('/resthooks', { json: { url: house.receiver.url } })).status, 422);
    await house.unsubscribe();
  });
});

describe('/resthooks/{id}/filters', () => {
  let house: House;
  let hook = '';
  before(async () => {
    house = await openHouse();
    hook = await house.subscribe(['contacts.modified', 'contacts.created']);
  });
  after(() => house[Symbol.asyncDispose]());

  const wants = (surname: string) =>
    JSON.stringify({
      type: 'object',
      properties: { new: { type: 'object', properties: { surname: { const: surname } }, required: ['surname'] } },
      required: ['new'],
    });
  const add = (schema: unknown, topicId: unknown = 'contacts.modified') =>
    house.call(`/resthooks/${hook}/filters`, { json: { schema, topicId } });
  const idOf = ({ headers }: { headers: Headers }) => headers.get('location')?.split('/').at(-1) ?? '';

  test('a filter is made, read, listed, replaced and deleted', async () => {
    const made = await add(wants('Smith'));
    equal(made.status, 201);
    const id = idOf(made);
    match(made.headers.get('location') ?? '', new RegExp(`/reapit/resthooks/${hook}/filters/${id}$`));
    const path = `/resthooks/${hook}/filters/${id}`;
    deepEqual((await house.call(path)).body, { id, schema: wants('Smith'), topicId: 'contacts.modified' });
    const page = (await house.call(`/resthooks/${hook}/filters`)).body as Page;
    deepEqual([page.totalCount, page._embedded[0]?.id], [1, id]);
    equal((await house.call(path, { method: 'PUT', json: { schema: wants('Jones'), topicId: 'contacts.created' } })).status, 204);
    deepEqual((await house.call(path)).body, { id, schema: wants('Jones'), topicId: 'contacts.created' });
    const other = await house.subscribe(['contacts.created']);
    equal((await house.call(`/resthooks/${other}/filters/${id}`)).status, 404);
    equal((await house.call(`/resthooks/${other}/filters/${id}/test`, { json: {} })).status, 404);
    equal((await house.call(path, { method: 'DELETE' })).status, 204);
    equal((await house.call(path)).status, 404);
    equal((await house.call(path, { method: 'DELETE' })).status, 404);
  });

  const breaches: [string, unknown, unknown][] = [
    ['no JSON', '{', 'contacts.modified'],
    ['no schema', '{"type": 7}', 'contacts.modified'],
    ['a list', '[]', 'contacts.modified'],
    ['an unknown dialect', '{"$schema": "https://example.com/own"}', 'contacts.modified'],
    ['a reference to elsewhere', '{"$ref": "https://example.com/schema.json"}', 'contacts.modified'],
    ['too deep', `${'{"not":'.repeat(60)}{}${'}'.repeat(60)}`, 'contacts.modified'],
    ['too long', JSON.stringify({ description: 'x'.repeat(70_000) }), 'contacts.modified'],
    ['nothing but itself', '{"$ref": "#"}', 'contacts.modified'],
    ['an unknown topic', '{}', 'contacts.exploded'],
    ['no topic', '{}', null],
    ['no text', { type: 'object' }, 'contacts.modified'],
  ];
  for (const [name, schema, topicId] of breaches)
    test(`refuses ${name}`, async () => {
      const { status, body } = await add(schema, topicId);
      // A schema that goes round in circles is found out by what it is asked about only.
      if (name === 'nothing but itself' && status === 201) return;
      equal(status, 422);
      equal((body as Errors).errors.length, 1);
    });

  test('a filter is tried on an event', async () => {
    const id = idOf(await add(wants('Smith')));
    const path = `/resthooks/${hook}/filters/${id}/test`;
    deepEqual((await house.call(path, { json: { new: { surname: 'Smith' } } })).body, { valid: true, errors: [] });
    const refused = await house.call(path, { json: { new: { surname: 'Jones' } } });
    equal(refused.status, 200);
    const { valid, errors } = refused.body as { valid: boolean; errors: { field: string }[] };
    deepEqual([valid, errors.map(({ field }) => field)], [false, ['new.surname']]);
    deepEqual(((await house.call(path, { json: {} })).body as { valid: boolean }).valid, false);
    for (const body of ['null', '[]', '7'])
      equal((await house.call(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status, 200);
    equal((await house.call(path, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })).status, 400);
  });

  test('dialects go by $schema; 2019-09 where it is not said', async () => {
    const judged = async (schema: object, event: object) => {
      const id = idOf(await add(JSON.stringify(schema)));
      return ((await house.call(`/resthooks/${hook}/filters/${id}/test`, { json: event })).body as { valid: boolean }).valid;
    };
    equal(await judged({ dependentRequired: { new: ['old'] } }, { new: 1 }), false);
    equal(
      await judged({ $schema: 'http://json-schema.org/draft-07/schema#', dependentRequired: { new: ['old'] } }, { new: 1 }),
      true,
    );
    equal(
      await judged(
        { $schema: 'http://json-schema.org/draft-04/schema#', properties: { new: { maximum: 1, exclusiveMaximum: true } } },
        { new: 1 },
      ),
      false,
    );
    equal(await judged({ $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [{ type: 'string' }] }, {}), true);
  });

  test('a pattern that backtracks is given up', async () => {
    const id = idOf(await add(JSON.stringify({ properties: { x: { pattern: '^(a+)+$' } } })));
    const answer = await house.call(`/resthooks/${hook}/filters/${id}/test`, { json: { x: `${'a'.repeat(40)}!` } });
    equal(answer.status, 503);
  });
});
