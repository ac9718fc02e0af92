import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import type { SparkCall, SparkKeyPair } from '../../../src/testing/spark-client.ts';
import { keyOf } from './key-house.ts';
import { codeOf } from './note-house.ts';

const BRIAN = '20080602130000000000000000';
const ALLEN = '20050103091500000000000000';
const PORTAL = '20111118163543000000000000';
const BRIANS_PORTAL = {
  Id: PORTAL,
  ResourceUri: `/v1/portal/${PORTAL}`,
  OwnerId: BRIAN,
  Name: 'brian-erwin',
  DisplayName: 'Brian Erwin',
  Enabled: true,
  RequiredFields: [],
  ModificationTimestamp: '2011-11-18T16:35:43Z',
};
const read = (...Results: unknown[]) => ({ D: { Success: true, Results } });
const DONE = { D: { Success: true } };
type Portal = typeof BRIANS_PORTAL;
type Body = { D: { Results: Portal[] } };

describe('as it stands', () => {
  let lab: Lab;
  const keys = new Map<string, SparkKeyPair>();
  before(async () => {
    lab = await openLab();
    for (const role of ['idx', 'public', 'vow', 'portal', 'private'] as const) keys.set(role, await keyOf(lab, role));
  });
  after(() => lab[Symbol.asyncDispose]());
  const call = (path: string, more: SparkCall = {}) => lab.spark(path, more);

  test("read by the account, its site and its consumers: they see the agent's", async () => {
    for (const role of ['idx', 'vow', 'portal', 'private'])
      for (const path of ['/portal', `/portal/${PORTAL}`])
        deepEqual((await call(path, { as: keys.get(role) ?? null })).body, read(BRIANS_PORTAL), `${role} ${path}`);
    for (const path of ['/portal', `/portal/${PORTAL}`])
      equal(codeOf(await call(path, { as: keys.get('public') ?? null })), '403/1500');
  });

  test('written by the account alone', async () => {
    const json = { D: { DisplayName: 'Mine' } };
    for (const [method, path] of [
      ['POST', '/portal'],
      ['PUT', '/portal'],
      ['PUT', `/portal/${PORTAL}`],
    ] as const) {
      for (const role of ['idx', 'vow', 'portal'])
        equal(codeOf(await call(path, { method, json, as: keys.get(role) ?? null })), '405/1018', `${role} ${method} ${path}`);
      equal(codeOf(await call(path, { method, json, as: keys.get('public') ?? null })), '403/1500');
    }
    for (const [method, path, allow] of [
      ['DELETE', '/portal', 'GET, POST, PUT'],
      ['DELETE', `/portal/${PORTAL}`, 'GET, PUT'],
      ['POST', `/portal/${PORTAL}`, 'GET, PUT'],
    ] as const) {
      const answer = await call(path, { method, json });
      deepEqual([codeOf(answer), answer.headers.get('allow')], ['405/405', allow]);
    }
  });

  test('a collection of one: paged and selected, never filtered', async () => {
    deepEqual((await call('/portal?_pagination=1&_limit=10&_select=Name')).body, {
      D: {
        Success: true,
        Results: [{ Id: PORTAL, ResourceUri: `/v1/portal/${PORTAL}`, Name: 'brian-erwin' }],
        Pagination: { TotalRows: 1, PageSize: 10, TotalPages: 1, CurrentPage: 1 },
      },
    });
    deepEqual((await call('/portal?_page=2')).body, read());
    equal(codeOf(await call("/portal?_filter=Name Eq 'x'")), '400/1040');
  });

  test('ids that are not its own', async () => {
    for (const id of ['29990101000000000000000000', BRIAN, 'abc', '1'])
      for (const method of ['GET', 'PUT'])
        equal(codeOf(await call(`/portal/${id}`, { method, ...(method === 'PUT' ? { json: { D: {} } } : {}) })), '404/404', id);
  });

  test('of the second brokerage: the same id, another portal', async () => {
    const { body } = await call('/portal', { as: 'demo' });
    const [theirs] = (body as Body).D.Results;
    deepEqual([theirs?.Id, theirs?.Name, theirs?.OwnerId], [PORTAL, 'dora-demers', BRIAN]);
    await call(`/portal/${PORTAL}`, { method: 'PUT', as: 'demo', json: { D: { Enabled: true, DisplayName: 'Dora Demers' } } });
    deepEqual((await call('/portal')).body, read(BRIANS_PORTAL));
  });
});

test('made once, with a name that stays', async () => {
  await using lab = await openLab();
  await lab.house.stores.domain.identity.createSparkKey({
    orgId: 1,
    name: 'Allen',
    memberId: 2,
    role: 'private',
    given: { key: 'allen', secret: 'allen_secret' },
  });
  const as = { key: 'allen', secret: 'allen_secret' };
  const call = (path: string, method = 'GET', D?: unknown) =>
    lab.spark(path, { as, method, ...(D === undefined ? {} : { json: { D } }) });
  deepEqual((await call('/portal')).body, read(), 'none: an empty list, and no 404');
  equal(codeOf(await call('/portal', 'PUT', { Enabled: true })), '404/404');

  const wrong: [unknown, string][] = [
    [{}, '400/1050'],
    [{ DisplayName: '' }, '400/1053'],
    [{ DisplayName: '   ' }, '400/1053'],
    [{ DisplayName: null }, '400/1053'],
    [{ DisplayName: 'x'.repeat(101) }, '400/1053'],
    [{ DisplayName: 'a\u0000b' }, '400/1053'],
    [{ DisplayName: 'Mine', Enabled: 'perhaps' }, '400/1053'],
    [{ DisplayName: 'Mine', RequiredFields: ['Shoe size'] }, '400/1053'],
    [{ DisplayName: 'Mine', RequiredFields: 'Address' }, '400/1053'],
    [{ DisplayName: 'Mine', RequiredFields: [{}] }, '400/1053'],
  ];
  for (const [D, code] of wrong) equal(codeOf(await call('/portal', 'POST', D)), code, JSON.stringify(D));
  equal(codeOf(await lab.spark('/portal', { as, method: 'POST' })), '400/1035');
  deepEqual((await call('/portal')).body, read());

  const made = await call('/portal', 'POST', {
    DisplayName: 'GreatPortal',
    Enabled: true,
    RequiredFields: ['Phone', 'Address', 'Phone'],
  });
  equal(made.status, 201);
  const [at] = (made.body as Body).D.Results;
  const id = at?.ResourceUri.split('/').at(-1) ?? '';
  deepEqual(made.body, read({ ResourceUri: `/v1/portal/${id}` }));
  const shown = async () => ((await call(`/portal/${id}`)).body as Body).D.Results[0];
  const { ModificationTimestamp: _, ...rest } = (await shown()) as Portal;
  deepEqual(rest, {
    Id: id,
    ResourceUri: `/v1/portal/${id}`,
    OwnerId: ALLEN,
    Name: 'greatportal',
    DisplayName: 'GreatPortal',
    Enabled: true,
    RequiredFields: ['Address', 'Phone'],
  });
  equal(codeOf(await call('/portal', 'POST', { DisplayName: 'Another' })), '409/1055');

  deepEqual((await call('/portal', 'PUT', { DisplayName: 'Greater Portal' })).body, DONE);
  deepEqual(
    (await call(`/portal/${id}`, 'PUT', { Enabled: false, RequiredFields: [], Name: 'other', OwnerId: BRIAN })).body,
    DONE,
  );
  const now = await shown();
  deepEqual(
    [now?.Name, now?.DisplayName, now?.Enabled, now?.RequiredFields, now?.OwnerId],
    ['greatportal', 'Greater Portal', false, [], ALLEN],
  );
  deepEqual((await call('/portal', 'PUT', {})).body, DONE, 'nothing to change is no fault');
  equal(codeOf(await call('/portal', 'PUT', { DisplayName: '' })), '400/1053');
  equal((await lab.spark('/portal')).text.includes('Great'), false, 'the portal of another account');
});
