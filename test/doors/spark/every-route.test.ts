import { deepEqual, doesNotMatch, equal, notEqual, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { ROLES, type Role, rightOf } from '../../../src/doors/spark/access.ts';
import { contracts } from '../../../src/doors/spark/contract/index.ts';
import type { SparkContract } from '../../../src/doors/spark/contract/operation.ts';
import { heldBy } from '../../../src/testing/held-rows.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { type Ids, namesOf, pathOf, WORDS } from '../../../src/testing/routes.ts';
import type { SparkCall, SparkKeyPair } from '../../../src/testing/spark-client.ts';
import { keyOf } from './key-house.ts';
import { codeOf } from './note-house.ts';
import { addressOf, findIds, MALFORMED, METHODS, NOBODYS, paths, routes } from './route-house.ts';

let lab: Lab;
let idsOf: (contract: SparkContract) => Ids;
const keys = new Map<Role, SparkKeyPair>();
const readOnly = new Map<Role, SparkKeyPair>();
before(async () => {
  lab = await openLab();
  idsOf = await findIds(lab);
  for (const role of ROLES) {
    keys.set(role, await keyOf(lab, role));
    readOnly.set(role, await keyOf(lab, role, ['read_only']));
  }
});
after(() => lab[Symbol.asyncDispose]());

/** Parameters that collections refuse. */
const WRONG = ['?_limit=x', '?_filter=Nope', '?_orderby=nope', '?_page=1&_skip=1', '?_page=1&_page=2'];

const named = ({ method, url }: SparkContract) => `${method} ${url}`;
const writes = ({ method }: SparkContract) => method !== 'GET';
const maySay = (role: Role, contract: SparkContract) => {
  const right = rightOf(role, contract.service);
  return right === 'RW' || (right === 'R' && !writes(contract));
};
/** A key that may: the agent's, else the consumer's; no role may write the set-up of the MLS. */
const whoMay = (contract: SparkContract): 'agent' | 'portal' => (maySay('private', contract) ? 'agent' : 'portal');
/** Content that is no content: past the rights it is refused, so nothing is written. */
const call = ({ method }: SparkContract, more: SparkCall = {}): SparkCall => ({
  method,
  ...(method === 'POST' || method === 'PUT' ? { json: { D: 'nothing' } } : {}),
  ...more,
});
/** Ids of a form that the contract says; others are texts, which may be anything. */
const formOf = ({ params }: SparkContract, name: string) =>
  (params.properties[name] as { pattern?: string } | undefined)?.pattern;

test('every operation of the contract is there', () => {
  const rows = Array.from({ length: 58 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`);
  // what has no path under /v1 that takes a session or a token: sign-in, OAuth 2 and OpenID
  const elsewhere = rows.slice(2, 13);
  deepEqual(
    [...new Set(contracts.map(({ row }) => row))].toSorted(),
    rows.filter((row) => !elsewhere.includes(row)),
  );
  equal(new Set(contracts.map(({ operationId }) => operationId)).size, contracts.length);
});

test('a path that nobody has: 401 without credentials, 404 with them, whatever the method', async () => {
  for (const path of [
    '/nothing',
    '/listings/1/nothing',
    '/',
    '/messages',
    '/marketstatistics/price',
    '/newsfeeds',
    '/v1/listings',
  ])
    for (const method of METHODS) {
      const [without, within] = [await lab.spark(path, { as: null, method }), await lab.spark(path, { method })];
      deepEqual([without.status, within.status], [401, 404], `${method} ${path}`);
      if (method !== 'HEAD') deepEqual([codeOf(without), codeOf(within)], ['401/1000', '404/404'], `${method} ${path}`);
    }
});

for (const { url, methods, contract } of paths)
  describe(url, () => {
    test('without credentials: 401 for every method', async () => {
      for (const method of METHODS) {
        const { status, headers, text } = await lab.spark(pathOf(contract, idsOf(contract)), { as: null, method });
        equal(status, 401, method);
        equal(headers.get('www-authenticate'), 'Bearer');
        if (method !== 'HEAD')
          deepEqual(JSON.parse(text), {
            D: { Success: false, Code: 1000, Message: 'Invalid API key and/or request signed improperly' },
          });
      }
    });

    test('with an unknown token, or one that another key opened: 401', async () => {
      const path = pathOf(contract, idsOf(contract));
      equal(codeOf(await lab.spark(path, { bearer: 'nobodys-token' })), '401/1000');
      equal(codeOf(await lab.spark(`${path}?AuthToken=${'0'.repeat(32)}&ApiSig=${'0'.repeat(32)}`, { as: null })), '401/1000');
    });

    test('a method that it lacks: 405 and what it has, for every role', async () => {
      for (const method of METHODS.filter((one) => !methods.includes(one === 'HEAD' ? 'GET' : one)))
        for (const role of ROLES) {
          const answer = await lab.spark(pathOf(contract, idsOf(contract)), { method, as: keys.get(role) ?? null });
          deepEqual([answer.status, answer.headers.get('allow')], [405, methods.join(', ')], `${method} as ${role}`);
          if (method !== 'HEAD') equal(codeOf(answer), '405/405');
        }
    });
  });

for (const contract of routes)
  describe(named(contract), () => {
    test('each role gets what the table says', async () => {
      for (const role of ROLES) {
        const answer = await lab.spark(pathOf(contract, NOBODYS), call(contract, { as: keys.get(role) ?? null }));
        const right = rightOf(role, contract.service);
        const code = codeOf(answer);
        if (right === null) equal(code, '403/1500', role);
        else if (writes(contract) && right === 'R') equal(code, '405/1018', role);
        else if (contract.service === 'developers/roles') equal(code, '403/1500', 'the key is not privileged');
        else ok(!/^(403|405|5)/.test(code), `${role}: ${code}`);
      }
    });

    if (writes(contract))
      test('a read-only key: 405, before its role is looked at', async () => {
        for (const role of ROLES) {
          const answer = await lab.spark(pathOf(contract, NOBODYS), call(contract, { as: readOnly.get(role) ?? null }));
          equal(codeOf(answer), '405/1017', role);
        }
      });

    const formed = namesOf(contract).filter((name) => formOf(contract, name));
    if (formed.length > 0)
      test('ids that are malformed or nobody has: 404, whatever a read asks besides', async () => {
        const as = whoMay(contract);
        for (const name of formed)
          for (const id of [...MALFORMED, String(NOBODYS[name])]) {
            // short ids of shared listings are of another form
            if (name === 'sharedId' && /^[0-9A-Za-z]{1,32}$/.test(id) && id !== NOBODYS[name]) continue;
            // taking out what is not in a cart is as good as done, and a cart may hold a listing that nobody has
            if (name === 'listingIds' && id === NOBODYS[name]) continue;
            const path = pathOf(contract, { ...idsOf(contract), [name]: id });
            for (const query of ['', ...(writes(contract) || id !== NOBODYS[name] ? [] : WRONG)])
              equal(codeOf(await lab.spark(path + query, call(contract, { as }))), '404/404', path + query);
          }
      });

    if (writes(contract)) return;

    test('a GET answers within its contract', async () => {
      const { status, headers, body, text } = await lab.spark(addressOf(contract, idsOf(contract)), { as: whoMay(contract) });
      equal(status, 200, text);
      equal(headers.get('content-type'), 'application/json; charset=utf-8');
      ok(headers.get('x-request-id'));
      const schema = contract.answers[200];
      ok(schema && !Array.isArray(schema) && 'type' in schema);
      ok(Value.Check(schema, body), JSON.stringify([...Value.Errors(schema, body)].slice(0, 3)));
    });

    test('with a slash at the end, and as HEAD: the same', async () => {
      const [path = '', query] = addressOf(contract, idsOf(contract)).split('?');
      const as = whoMay(contract);
      const ask = (at: string, method = 'GET') => lab.spark(query ? `${at}?${query}` : at, { as, method });
      const [plain, slashed, head] = [await ask(path), await ask(`${path}/`), await ask(path, 'HEAD')];
      deepEqual([slashed.status, slashed.text], [plain.status, plain.text]);
      deepEqual(
        [head.status, head.text, head.headers.get('content-type')],
        [plain.status, '', plain.headers.get('content-type')],
      );
    });

    test('to the second brokerage nothing of the first', async () => {
      const path = addressOf(contract, idsOf(contract));
      const [mine, theirs] = [await lab.spark(path, { as: whoMay(contract) }), await lab.spark(path, { as: 'demo' })];
      ok([200, 403, 404].includes(theirs.status), `${theirs.status} ${theirs.text}`);
      doesNotMatch(theirs.text, WORDS.first);
      doesNotMatch(mine.text, WORDS.second);
      const same = contract.service === 'metadata' || contract.service === 'developers/roles' || /"Results":\[\]/.test(mine.text);
      if (theirs.status === 200 && !same) notEqual(theirs.text, mine.text);
    });
  });

test('writes of the second brokerage under ids of the first touch nothing of it', async () => {
  const before = await heldBy(lab, 1);
  for (const contract of routes.filter((one) => writes(one) && one.url !== '/session/:token')) {
    const example = contract.example ? { json: contract.example } : {};
    const answer = await lab.spark(pathOf(contract, idsOf(contract)), call(contract, { as: 'demo', ...example }));
    ok(answer.status < 500, `${named(contract)}: ${answer.text}`);
    doesNotMatch(answer.text, WORDS.first);
  }
  deepEqual(await heldBy(lab, 1), before);
});

test('a write with the printed body answers within its contract', async () => {
  await using own = await openLab();
  const ids = await findIds(own);
  // the consumer first: the agent takes its login away
  const rank = (one: SparkContract) => ['POST', 'PUT', 'DELETE'].indexOf(one.method) + (whoMay(one) === 'agent' ? 3 : 0);
  let done = 0;
  for (const contract of routes.filter(writes).toSorted((a, b) => rank(a) - rank(b))) {
    const { method, example } = contract;
    const json = example === undefined ? {} : { json: example };
    const { status, body, text } = await own.spark(pathOf(contract, ids(contract)), { method, as: whoMay(contract), ...json });
    const said = contract.answers[status];
    if (said && !Array.isArray(said)) {
      done++;
      ok(
        Value.Check(said as TSchema, body),
        `${named(contract)}: ${JSON.stringify([...Value.Errors(said as TSchema, body)].slice(0, 3))}`,
      );
    } else {
      // what the story has already, a password that is none, the session of nobody, the set-up of the MLS
      ok([400, 404, 405, 409].includes(status), `${named(contract)}: ${status} ${text}`);
      deepEqual(Object.keys((body as { D: object }).D).slice(0, 3), ['Success', 'Code', 'Message']);
    }
  }
  ok(done >= 25, `${done} were done`);
});
