import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Value } from 'typebox/value';
import { contracts } from '../src/doors/dotloop/contract/index.ts';
import { DEMO_FOR_TESTS, SANDBOX } from '../src/sandbox/index.ts';
import { type Lab, openLab } from '../src/testing/lab.ts';
import { callOf, FIRST_IDS, type Ids, namesOf, pathOf, SHARED_IDS, WORDS } from '../src/testing/routes.ts';
import type { Contract } from '../src/wire/contract.ts';

const UNKNOWN = 'aaaabbbb-0000-4000-8000-000000000000';
const DEMO = DEMO_FOR_TESTS.dotloop.accessToken;
const ALL = [
  'account:read',
  'profile:read',
  'profile:write',
  'loop:read',
  'loop:write',
  'contact:read',
  'contact:write',
  'template:read',
];
const named = ({ method, url }: Contract) => `${method} ${url}`;
type Errors = { errors: { code: string; source?: { pointer?: string }; detail: string }[] };

let lab: Lab;
let own: Ids;
before(async () => {
  lab = await openLab();
  const json = {
    targetType: 'PROFILE',
    targetId: 42,
    url: 'https://example.com/hook',
    eventTypes: ['LOOP_UPDATED'],
    externalId: 'brian-42',
  };
  const { body } = await lab.dotloop('/subscription', { json });
  own = { subscriptionId: (body as { data: { id: string } }).data.id, eventId: UNKNOWN };
});
after(() => lab[Symbol.asyncDispose]());

const tokens = new Map<string, string>();
/** A token of Brian's for an application that has these scopes. */
async function tokenWith(scopes: readonly string[]): Promise<string> {
  const key = scopes.join(' ');
  const known = tokens.get(key);
  if (known) return known;
  const { identity } = lab.house.stores.domain;
  const client = { door: 'dotloop', name: key, orgId: 1, redirectUris: ['http://127.0.0.1:3002/callback'], scopes } as const;
  const { clientId } = await identity.createClient(client);
  const accessToken = crypto.randomUUID();
  const pair = { accessToken, refreshToken: crypto.randomUUID() };
  await identity.grantTokens({ orgId: 1, userId: 1, clientId, door: 'dotloop', scopes, ...pair });
  tokens.set(key, accessToken);
  return accessToken;
}

test('there are 44 operations', () => equal(contracts.length, 44));

for (const contract of contracts)
  describe(named(contract), () => {
    const call = (token: string | null, ids: Ids) => lab.dotloop(pathOf(contract, ids), { ...callOf(contract), token });
    const printed = () => ({ ...SHARED_IDS, ...own });

    test('without a token: 401 and nothing but the two strings', async () => {
      const { status, headers, body } = await call(null, printed());
      const error_description = 'An access token is needed: Authorization: Bearer <access token>';
      deepEqual([status, body], [401, { error: 'unauthorized', error_description }]);
      equal(headers.get('www-authenticate'), 'Bearer');
    });

    test('with an unknown token: 401 invalid_token, masked', async () => {
      const { status, headers, body } = await call(UNKNOWN, printed());
      deepEqual([status, body], [401, { error: 'invalid_token', error_description: 'Invalid access token: aaaa****' }]);
      equal(headers.get('www-authenticate'), 'Bearer');
    });

    test('without its scope: 403 that names it; without need of one: let in', async () => {
      const { scope } = contract;
      const token = await tokenWith(scope.length === 0 ? ['account:read'] : ALL.filter((one) => !scope.includes(one)));
      const ids = scope.length === 0 ? { subscriptionId: UNKNOWN, eventId: UNKNOWN } : printed();
      const { status, headers, body } = await call(token, ids);
      if (scope.length === 0) return ok(status === 404 || status === 200, String(status));
      equal(status, 403);
      equal(headers.get('www-authenticate'), `Bearer error="insufficient_scope", scope="${scope.join(' ')}"`);
      equal((body as Errors).errors[0]?.code, '2001');
    });

    test('a malformed id: 400 with its pointer; one of a subscription, or too big for any record: 404', async () => {
      for (const name of namesOf(contract))
        for (const wrong of ['abc', '0', '-1', '1.5']) {
          const { status, body } = await call(SANDBOX.dotloop.accessToken, { ...printed(), [name]: wrong });
          const uuid = name === 'subscriptionId' || name === 'eventId';
          equal(status, uuid ? 404 : 400, `${name} ${wrong}`);
          if (uuid) continue;
          const [first] = (body as Errors).errors;
          deepEqual([first?.code, first?.source], ['1004', { pointer: `/data/attributes/${name.toLowerCase()}` }]);
        }
      for (const name of namesOf(contract)) {
        const { status } = await call(SANDBOX.dotloop.accessToken, { ...printed(), [name]: '9007199254740993' });
        equal(status, 404, `${name} above 2^53`);
      }
    });

    if (namesOf(contract).length > 0)
      test('ids of the other organisation: 404', async () => {
        const { status, text } = await call(DEMO, { ...FIRST_IDS, ...own });
        equal(status, 404);
        doesNotMatch(text, WORDS.first);
      });

    if (contract.method !== 'GET') return;

    test('ids that both organisations have: each its own', async () => {
      const accept = { headers: { accept: 'application/json' } };
      const path = pathOf(contract, printed());
      const [mine, theirs] = [await lab.dotloop(path, accept), await lab.dotloop(path, { ...accept, token: DEMO })];
      doesNotMatch(mine.text, WORDS.second);
      doesNotMatch(theirs.text, WORDS.first);
      ok(mine.status !== 200 || theirs.status !== 200 || mine.text !== theirs.text || /"total":(0|-1)/.test(mine.text));
    });

    test('a GET answers as its contract says', async () => {
      const { status, headers, body } = await lab.dotloop(pathOf(contract, printed()), {
        headers: { accept: 'application/json' },
      });
      if (contract.url.endsWith('/event/:eventId')) return equal(status, 404);
      equal(status, 200);
      const said = contract.answers[200];
      const schemas = (Array.isArray(said) ? said : [said]).filter((one) => one !== null && one !== undefined);
      const files = schemas.filter((schema) => 'contentMediaType' in schema);
      if (files.length === schemas.length) return match(headers.get('content-type') ?? '', /^application\/pdf/);
      const [schema] = schemas.filter((one) => !files.includes(one));
      ok(schema && Value.Check(schema, body), JSON.stringify(schema && [...Value.Errors(schema, body)].slice(0, 3)));
    });
  });
