import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import type { SparkKeyPair } from '../../../src/testing/spark-client.ts';
import { ATTURO, addContact, HANNAH, JOHN_SMITH, NOBODY, rowsOf, saysOf } from './contact-house.ts';
import { keyOf } from './key-house.ts';

const ROLES = ['idx', 'public', 'vow', 'portal', 'private'] as const;
type Role = (typeof ROLES)[number];

/** contracts/spark.md §5: what each role gets, in the order of ROLES; the last method of a path is one that it lacks. */
const PATHS: readonly [path: string, method: string, answers: readonly string[]][] = [
  ['/contacts', 'GET', ['200/', '200/', '403/1500', '403/1500', '200/']],
  ['/contacts', 'POST', ['400/1050', '405/1018', '403/1500', '403/1500', '400/1050']],
  ['/contacts', 'PUT', Array(5).fill('405/405')],
  [`/contacts/${JOHN_SMITH}`, 'GET', ['200/', '200/', '403/1500', '403/1500', '200/']],
  [`/contacts/${JOHN_SMITH}`, 'PUT', ['200/', '405/1018', '403/1500', '403/1500', '200/']],
  [`/contacts/${JOHN_SMITH}`, 'POST', Array(5).fill('405/405')],
  ['/contacts/tags', 'GET', ['200/', '200/', '403/1500', '403/1500', '200/']],
  ['/contacts/tags', 'DELETE', Array(5).fill('405/405')],
  ['/contacts/tags/Sphere', 'GET', ['200/', '200/', '403/1500', '403/1500', '200/']],
  ['/contacts/export', 'GET', ['200/', '200/', '403/1500', '403/1500', '200/']],
  ['/contacts/export/all', 'GET', ['200/', '200/', '403/1500', '403/1500', '200/']],
  ['/contacts/export/all', 'POST', Array(5).fill('405/405')],
  ['/my/contact', 'GET', ['403/1500', '403/1500', '200/', '200/', '403/1500']],
  ['/my/contact', 'PUT', ['403/1500', '403/1500', '200/', '200/', '403/1500']],
  ['/my/contact', 'DELETE', Array(5).fill('405/405')],
  [`/contacts/${JOHN_SMITH}/portal`, 'GET', Array(5).fill('200/')],
  [`/contacts/${JOHN_SMITH}/portal`, 'POST', ['409/1110', '405/1018', '405/1018', '405/1018', '409/1110']],
  [`/contacts/${JOHN_SMITH}/portal`, 'PUT', ['405/1018', '405/1018', '405/1018', '405/1018', '200/']],
  [`/contacts/${JOHN_SMITH}/portal`, 'DELETE', Array(5).fill('405/405')],
  [`/contacts/${JOHN_SMITH}/comments`, 'GET', ['403/1500', '403/1500', '200/', '200/', '200/']],
  [`/contacts/${JOHN_SMITH}/comments`, 'POST', ['403/1500', '403/1500', '400/1050', '400/1050', '400/1050']],
  [`/contacts/${JOHN_SMITH}/comments`, 'PUT', Array(5).fill('405/405')],
  [`/contacts/${JOHN_SMITH}/comments/${NOBODY}`, 'DELETE', ['403/1500', '403/1500', '404/404', '404/404', '404/404']],
  [`/contacts/${JOHN_SMITH}/comments/${NOBODY}`, 'GET', Array(5).fill('405/405')],
  [`/contacts/${JOHN_SMITH}/activity`, 'GET', ['403/1500', '403/1500', '200/', '200/', '200/']],
  [`/contacts/${JOHN_SMITH}/activity`, 'POST', Array(5).fill('405/405')],
];

let lab: Lab;
const keys = new Map<Role, SparkKeyPair>();
before(async () => {
  lab = await openLab();
  for (const role of ROLES) keys.set(role, await keyOf(lab, role));
});
after(() => lab[Symbol.asyncDispose]());

const callOf = (method: string) => ({ method, ...(method === 'PUT' || method === 'POST' ? { json: { D: {} } } : {}) });

describe('roles', () => {
  for (const [path, method, answers] of PATHS)
    test(`${method} ${path}`, async () => {
      const got = [];
      for (const role of ROLES) got.push(saysOf(await lab.spark(path, { as: keys.get(role) ?? null, ...callOf(method) })));
      deepEqual(got, answers);
      equal(saysOf(await lab.spark(path, { as: null, ...callOf(method) })), '401/1000');
    });

  test('a key that only reads writes nothing', async () => {
    const key = { key: 'contacts_read_only', secret: 'a secret for reading' };
    const { identity } = lab.house.stores.domain;
    await identity.createSparkKey({ orgId: 1, memberId: 1, name: 'r', role: 'private', flags: ['read_only'], given: key });
    const json = { D: { DisplayName: 'X' } };
    equal(saysOf(await lab.spark('/contacts', { as: key, json })), '405/1017');
    equal(saysOf(await lab.spark(`/contacts/${ATTURO}`, { as: key, method: 'DELETE' })), '405/1017');
    equal(saysOf(await lab.spark('/contacts', { as: key })), '200/');
  });

  test('a consumer that lowers itself to an anonymous visitor has no book', async () => {
    for (const role of ['Public', 'Idx']) {
      deepEqual(rowsOf(await lab.spark(`/contacts?RoleOverride=${role}`, { as: 'portal' })), []);
      equal(saysOf(await lab.spark(`/contacts/${ATTURO}?RoleOverride=${role}`, { as: 'portal' })), '404/404');
      equal(saysOf(await lab.spark(`/contacts/${ATTURO}/portal?RoleOverride=${role}`, { as: 'portal' })), '404/404');
    }
    const json = { D: { DisplayName: 'X' } };
    equal(saysOf(await lab.spark('/contacts?RoleOverride=idx', { as: 'portal', json })), '403/1500');
    equal(saysOf(await lab.spark('/my/contact?RoleOverride=idx', { as: 'portal' })), '403/1500');
  });
});

/** Every path below a contact, and what is sent there. */
const below = (key: string): readonly [path: string, method: string, D?: object][] => [
  [`/contacts/${key}`, 'GET'],
  [`/contacts/${key}`, 'PUT', { GivenName: 'X' }],
  [`/contacts/${key}`, 'DELETE'],
  [`/contacts/${key}/portal`, 'GET'],
  [`/contacts/${key}/portal`, 'POST', { LoginName: 'x', Password: 'long enough' }],
  [`/contacts/${key}/portal`, 'PUT', { Enabled: false }],
  [`/contacts/${key}/comments`, 'GET'],
  [`/contacts/${key}/comments`, 'POST', { Comment: 'X' }],
  [`/contacts/${key}/comments/${NOBODY}`, 'DELETE'],
  [`/contacts/${key}/activity`, 'GET'],
];

describe('strangers', () => {
  const send = (path: string, method: string, D: object | undefined, as: 'agent' | 'portal' | 'demo') =>
    lab.spark(path, { as, method, ...(D ? { json: { D } } : {}) });

  test('find nothing of another member’s contact, nor of nobody, nor under what is no id', async () => {
    const [other] = await lab.rows<{ reso_key: string }>('select reso_key from contact where org_id = 1 and id = 3603901');
    for (const key of [other?.reso_key ?? '', NOBODY, '1', 'me', `${JOHN_SMITH}0`, '%00', "'or'1'='1"])
      for (const [path, method, D] of below(key)) {
        const answer = await send(path, method, D, 'agent');
        deepEqual(
          [answer.status, answer.body],
          [404, { D: { Success: false, Code: 404, Message: 'Not found' } }],
          `${method} ${path}`,
        );
      }
  });

  test('find nothing of another organisation’s contact, even where it has the same id', async () => {
    equal(rowsOf(await lab.spark(`/contacts/${JOHN_SMITH}`, { as: 'demo' }))[0]?.DisplayName, 'Agnes Northcott');
    equal(rowsOf(await lab.spark(`/contacts/${JOHN_SMITH}`))[0]?.DisplayName, 'John Smith');
    for (const [path, method, D] of below(ATTURO))
      equal(saysOf(await send(path, method, D, 'demo')), '404/404', `${method} ${path}`);
    equal(
      rowsOf(await lab.spark('/contacts?_limit=25', { as: 'demo' })).some(({ Id }) => Id === ATTURO),
      false,
    );
  });

  test('who are consumers find nothing of other contacts', async () => {
    for (const [path, method, D] of below(HANNAH).slice(3)) {
      const isRead = !(path.endsWith('/portal') && method !== 'GET');
      equal(saysOf(await send(path, method, D, 'portal')), isRead ? '404/404' : '405/1018', `${method} ${path}`);
    }
  });
});

test('a contact that is removed is gone, with all below it', async () => {
  const key = await addContact(lab, { DisplayName: 'Short Stay', PrimaryEmail: 'short@example.com' });
  const removed = await lab.spark(`/contacts/${key}`, { method: 'DELETE' });
  deepEqual([removed.status, removed.body], [200, { D: { Success: true } }]);
  for (const [path, method, D] of below(key)) {
    const answer = await lab.spark(path, { method, ...(D ? { json: { D } } : {}) });
    equal(saysOf(answer), '404/404', `${method} ${path}`);
  }
});
