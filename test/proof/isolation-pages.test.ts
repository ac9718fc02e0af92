import assert, { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { hashPassword } from '../../src/domain/identity/password.ts';
import { type AppOperation, operations } from '../../src/pages/contract.ts';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { type Schema, valuesOf } from '../../src/testing/fuzz/schema-values.ts';
import { heldBy } from '../../src/testing/held-rows.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeVisitor, type Visitor } from '../auth/visitor.ts';
import { nobodys, plain } from './answers.ts';
import type { Said } from './strangers.ts';

const PASSWORD = 'of the pages';
/** Told to every customer: anybody may install an application. */
const OPEN = ['readOffer'];
/** A loop of the first brokerage's agent; there is no list of them. */
const LOOP = { id: '30004' };

const TERMS = {
  name: 'Of somebody',
  grants: ['client_credentials'],
  redirectUris: [],
  signOutUris: [],
  scopes: ['agencyCloud/contacts.read'],
  isPublic: false,
  requirePkce: false,
  rotateRefresh: true,
};
const WEBHOOK = {
  url: 'https://somebody.example/hook',
  description: '',
  topics: ['contacts.created'],
  customers: [],
  enabled: true,
  ignoreEtagOnly: true,
  extrasFields: [],
};
const KEY = { name: 'Of somebody', permissions: [{ resource: 'leads', read: true, write: false, delete: false }] };
/** Bodies that the rules of their pages take; any that fits the schema where there are no more rules. */
const BODIES: readonly (readonly [url: RegExp, body: object])[] = [
  [/webhooks/, WEBHOOK],
  [/^\/developer/, TERMS],
  [/^\/keys(\/:id)?$/, KEY],
];

type Ids = Readonly<Record<string, string>>;

let lab: Lab;
/** of the sandbox's brokerage: sees loops and lets applications in, and nothing else */
let agent: Visitor;
/** run the pages of the sandbox's brokerage and of the other one, which installs applications */
let sandbox: Visitor;
let other: Visitor;
/** an application of the sandbox's brokerage */
let own: string;

const call = async (
  as: Visitor,
  { method, url }: Pick<AppOperation, 'method' | 'url'>,
  ids: Ids,
  json: unknown = {},
): Promise<Said> => {
  const path = `/app${url.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '')}`;
  const response = await as.callPages(path, method === 'GET' ? undefined : json);
  return { status: response.status, text: await response.text(), location: undefined, etag: undefined };
};
const done = async (as: Visitor, url: string, json?: unknown) => {
  const { status, text } = await call(as, { method: json === undefined ? 'GET' : 'POST', url }, {}, json);
  equal(status, 200, `${url}: ${text}`);
  return JSON.parse(text);
};

/** Somebody who runs the pages of a brokerage, and writes applications. */
async function enter(orgId: number, email: string): Promise<Visitor> {
  const passwordHash = await hashPassword(PASSWORD);
  await lab.house.stores.domain.identity.createUser({ orgId, email, passwordHash, administrator: true, developer: true });
  const visitor = makeVisitor(lab.url);
  equal((await visitor.signIn(email, PASSWORD)).status, 303);
  return visitor;
}

before(async () => {
  lab = await openLab();
  agent = makeVisitor(lab.url);
  equal((await agent.signIn(SANDBOX.people.agent, SANDBOX.people.password)).status, 303);
  sandbox = await enter(1, 'runs.sandbox@example.com');
  other = await enter(2, 'runs.other@example.com');
  own = (await done(sandbox, '/developer/applications', TERMS)).clientId;
  const { clientId } = await done(other, '/developer/applications', TERMS);
  await done(other, '/installations', { clientId });
  await done(other, '/keys', KEY);
  await done(other, `/developer/applications/${clientId}/webhooks`, WEBHOOK);
});
after(() => lab[Symbol.asyncDispose]());

/** What somebody has at a path, found in the lists on the way. */
async function idsAt(as: Visitor, url: string): Promise<Ids> {
  if (url.startsWith('/loops/')) return LOOP;
  let ids: Ids = {};
  for (const at of url.matchAll(/\/:(\w+)/g)) {
    const list = url.slice(0, at.index);
    ids = { ...ids, ...(await oneOf(as, list, at[1] ?? '', ids)) };
  }
  return ids;
}

async function oneOf(as: Visitor, above: string, name: string, ids: Ids): Promise<Ids> {
  const list = above === '/installations/offer' ? '/developer/applications' : above;
  const { status, text } = await call(as, { method: 'GET', url: list }, ids);
  equal(status, 200, `${list}: ${text}`);
  const lists = Object.values(JSON.parse(text) as Record<string, unknown>).filter(Array.isArray);
  const row = lists.flat().find((one) => typeof one === 'object' && name in one);
  ok(row, `${list}: nobody has a ${name}`);
  return { [name]: String(row[name]) };
}

const withIds = Object.values<AppOperation>(operations).filter(
  ({ url, operationId }) => url.includes(':') && !OPEN.includes(operationId),
);
/** Whose it is that is asked for, and who asks. */
const sidesOf = ({ url }: AppOperation) =>
  /^\/(loops|applications)\//.test(url) ? { owner: agent, stranger: other } : { owner: other, stranger: sandbox };
function bodyOf({ url, body }: AppOperation): unknown {
  if (!body) return {};
  const around = { resolve: (reference: string) => assert.fail(reference), idsFor: () => [] };
  const known = BODIES.find(([path]) => path.test(url))?.[1];
  return known ?? fc.sample(valuesOf(body as Schema, around), { numRuns: 1, seed: 1 })[0];
}
const held = async () => [await heldBy(lab, 1), await heldBy(lab, 2)];

test('what one brokerage has is not there for those who run the pages of another, and nothing of it is changed', async () => {
  const before = await held();
  for (const operation of withIds) {
    const { owner, stranger } = sidesOf(operation);
    const ids = await idsAt(owner, operation.url);
    const never = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, nobodys(id)]));
    const json = bodyOf(operation);
    const said = await call(stranger, operation, ids, json);
    equal(said.status, 404, `${operation.operationId}: ${said.text}`);
    equal(plain(said, ids), plain(await call(stranger, operation, never, json), never), operation.operationId);
    // Below what is the stranger's own, the other's is not there either.
    if (ids.id && ids.clientId)
      equal((await call(stranger, operation, { ...ids, clientId: own }, json)).status, 404, operation.operationId);
  }
  deepEqual(await held(), before);
});

test('what takes an administrator or a developer is refused to an agent, and changes nothing', async () => {
  const before = await held();
  const theirs = Object.values<AppOperation>(operations).filter(({ url }) =>
    /^\/(developer|installations|(spark-)?keys)/.test(url),
  );
  for (const operation of theirs) {
    const ids = await idsAt(other, operation.url);
    const { status, text } = await call(agent, operation, ids, bodyOf(operation));
    ok(status === 403 || status === 404, `${operation.operationId}: ${status} ${text}`);
  }
  deepEqual(await held(), before);
});
