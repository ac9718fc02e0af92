import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import type { SparkKeyPair } from '../../../src/testing/spark-client.ts';
import { keyOf } from './key-house.ts';
import { codeOf, every, HOT_TUB, mine, NOTED, PLAIN, privately, tokenOf, withAgent, withContact } from './note-house.ts';

const ROLES = ['idx', 'public', 'vow', 'portal', 'private'] as const;
type Role = (typeof ROLES)[number];
/** contracts/spark.md §5 and §9.1 */
const PATHS = [
  { row: 'E14', path: mine, methods: ['GET', 'PUT', 'DELETE'], roles: ['vow', 'portal', 'private'] },
  { row: 'E15', path: withAgent, methods: ['GET', 'PUT', 'DELETE'], roles: ['vow', 'portal'] },
  { row: 'E16', path: every, methods: ['GET'], roles: ['private'] },
  {
    row: 'E17',
    path: (listing: string) => withContact(undefined, listing),
    methods: ['GET', 'PUT', 'DELETE'],
    roles: ['private'],
  },
] as const satisfies readonly { row: string; path: (listing: string) => string; methods: string[]; roles: Role[] }[];
const METHODS = ['GET', 'PUT', 'DELETE', 'POST', 'PATCH', 'OPTIONS'] as const;

let lab: Lab;
const keys = new Map<Role, SparkKeyPair>();
before(async () => {
  lab = await openLab();
  for (const role of ROLES) keys.set(role, await keyOf(lab, role));
});
after(() => lab[Symbol.asyncDispose]());

const callOf = (method: string) => ({ method, ...(method === 'PUT' || method === 'POST' ? { json: { D: { Note: 'x' } } } : {}) });

for (const { row, path, methods, roles } of PATHS)
  describe(row, () => {
    for (const role of ROLES)
      test(`for the role ${role}`, async () => {
        const as = keys.get(role) ?? null;
        for (const method of METHODS) {
          const answer = await lab.spark(path(PLAIN), { as, ...callOf(method) });
          const known = (methods as readonly string[]).includes(method);
          const allowed = (roles as readonly Role[]).includes(role);
          const wanted = !known ? '405/405' : allowed ? `${method === 'PUT' ? 201 : 200}/undefined` : '403/1500';
          equal(codeOf(answer), wanted, `${role} ${method} ${row}`);
          equal(answer.headers.get('allow'), known ? null : methods.join(', '));
        }
      });

    test('without credentials', async () => {
      for (const method of METHODS) {
        const answer = await lab.spark(path(PLAIN), { as: null, ...callOf(method) });
        deepEqual([codeOf(answer), answer.headers.get('www-authenticate')], ['401/1000', 'Bearer']);
      }
    });

    test('HEAD is GET without its body', async () => {
      const as = keys.get(roles[0]) ?? null;
      const [head, get] = [await lab.spark(path(NOTED), { as, method: 'HEAD' }), await lab.spark(path(NOTED), { as })];
      deepEqual([head.status, head.text, head.headers.get('content-type')], [200, '', get.headers.get('content-type')]);
    });
  });

test('a read-only key reads; that it may not write is said before what its role may', async () => {
  const as = await keyOf(lab, 'private', ['read_only']);
  deepEqual((await lab.spark(mine(NOTED), { as })).body, privately(HOT_TUB, NOTED));
  for (const path of [mine(), withContact(), withAgent()])
    for (const method of ['PUT', 'DELETE']) equal(codeOf(await lab.spark(path, { as, ...callOf(method) })), '405/1017');
  equal(codeOf(await lab.spark(mine(), { as, ...callOf('POST') })), '405/405');
});

test('a role that is lowered for a request has no notes', async () => {
  for (const role of ['Public', 'idx', 'IDX'])
    for (const [as, path] of [
      ['agent', mine()],
      ['agent', withContact()],
      ['portal', withAgent()],
    ] as const)
      equal(codeOf(await lab.spark(`${path}?RoleOverride=${role}`, { as })), '403/1500');
  equal(codeOf(await lab.spark(`${mine()}?RoleOverride=Private`)), '400/1053');
});

test('a key that acts for a contact is that consumer', async () => {
  await lab.spark(mine(), { method: 'DELETE', as: 'portal' });
  const asContact = '?ApiUser=20100912536192756362000000';
  equal(codeOf(await lab.spark(withAgent(NOTED) + asContact)), '200/undefined');
  deepEqual((await lab.spark(mine(NOTED) + asContact)).body, { D: { Success: true, Results: [] } });
  equal(codeOf(await lab.spark(withContact() + asContact)), '403/1500');
  equal(codeOf(await lab.spark(every() + asContact)), '403/1500');
});

test('a key with own data finds no notes on what its account and office do not list', async () => {
  const as = await keyOf(lab, 'private', ['own-data']);
  deepEqual((await lab.spark(mine(NOTED), { as })).body, privately(HOT_TUB, NOTED));
  const listedBy = (office: number, coMember: number | null) =>
    lab.rows('update property set list_office_id = $1, co_list_member_id = $2 where org_id = 1 and reso_key = $3', [
      office,
      coMember,
      NOTED,
    ]);
  await listedBy(12, null);
  for (const method of ['GET', 'PUT', 'DELETE'])
    equal(codeOf(await lab.spark(mine(NOTED), { as, ...callOf(method) })), '404/404', method);
  equal(codeOf(await lab.spark(every(NOTED), { as })), '404/404');
  deepEqual((await lab.spark(mine(NOTED))).body, privately(HOT_TUB, NOTED));
  await listedBy(11, 1);
});

test('a bearer token of the agent is as good as a signature', async () => {
  const bearer = await tokenOf(lab);
  const answer = await lab.spark(mine(NOTED), { bearer });
  deepEqual(answer.body, privately(HOT_TUB, NOTED));
});
