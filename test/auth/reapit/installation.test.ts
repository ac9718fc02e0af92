import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import type { Fault } from '../../../src/kernel/fault.ts';
import { DEMO_FOR_TESTS } from '../../../src/sandbox/index.ts';
import { CLIENT, type Connect, claimsOf, exchange, machineToken, openConnect, refresh, signIn, type Tokens } from './connect.ts';

const DEMO = systemActor(DEMO_FOR_TESTS.organisation.id);
const { agent: DORA, password: PASSWORD } = DEMO_FOR_TESTS.people;

let lab: Connect;
before(async () => {
  lab = await openConnect();
});
after(() => lab[Symbol.asyncDispose]());

const admit = (token: string, customer?: string) => lab.identity.authenticateReapit(token, customer);
const reason = (wanted: string) => (fault: Fault) => fault.reason === wanted;

describe('a customer', () => {
  test('R31, R54: the sandbox is open at once, a customer only once it has installed the application', async () => {
    const token = await machineToken(lab);
    const sandbox = await admit(token, 'sbox');
    ok(sandbox.kind === 'ok' && sandbox.who.actor.orgId === 1);
    deepEqual(await admit(token, 'DEMO'), { kind: 'not_installed', clientId: CLIENT });
    deepEqual(await admit(token, 'NOWHERE'), { kind: 'not_installed', clientId: CLIENT });
    deepEqual(await admit(token, undefined), { kind: 'customer_missing', clientId: CLIENT });
    deepEqual(await admit(token, '  '), { kind: 'customer_missing', clientId: CLIENT });
  });

  test('R32: installation grants the scopes, and what is effective is what the token has of them', async () => {
    const app = await lab.register({ name: 'Installed' });
    const token = await machineToken(lab, app.clientId, app.secret);
    equal((await admit(token, 'DEMO')).kind, 'not_installed');
    const id = await lab.identity.install(DEMO, { clientId: app.clientId });
    const found = await admit(token, 'demo');
    ok(found.kind === 'ok');
    deepEqual([...found.who.scopes], ['agencyCloud/contacts.read', 'agencyCloud/offices.read']);
    const { orgId, kind, name, clientId, administrator } = found.who.actor;
    deepEqual([orgId, kind, name, clientId, administrator], [2, 'client', 'Installed', app.clientId, true]);

    // New scopes wait for the administrator; given up ones are gone at once.
    const terms = { ...(await lab.identity.application(systemActor(1), app.clientId)) };
    const scopes = ['agencyCloud/contacts.read', 'agencyCloud/tasks.read'];
    await lab.identity.changeApplication(systemActor(1), app.clientId, { ...terms, scopes });
    const effective = async () => {
      const admission = await admit(await machineToken(lab, app.clientId, app.secret), 'DEMO');
      return admission.kind === 'ok' ? [...admission.who.scopes] : admission.kind;
    };
    deepEqual(await effective(), ['agencyCloud/contacts.read']);
    deepEqual((await lab.identity.installations(DEMO)).find((one) => one.id === id)?.newScopes, ['agencyCloud/tasks.read']);
    await lab.identity.acceptScopes(DEMO, id);
    deepEqual(await effective(), scopes);
  });

  test('R47: the developer sees who has installed it; nobody else does', async () => {
    const app = await lab.register({ name: 'Seen' });
    await lab.identity.install(DEMO, { clientId: app.clientId });
    const seen = await lab.identity.installationsOfApplication(systemActor(1), app.clientId);
    deepEqual(
      seen.map(({ customer, customerName }) => [customer, customerName]),
      [['DEMO', 'Northgate Homes']],
    );
    await rejects(lab.identity.installationsOfApplication(DEMO, app.clientId), reason('application'));
  });

  test('people of it sign in once it is installed, and act in it', async () => {
    const app = await lab.register({ name: 'Signed in' });
    const asked = { client_id: app.clientId };
    const before = await signIn(lab, DORA, asked, PASSWORD);
    equal(before.told.error, 'access_denied');
    await lab.identity.install(DEMO, { clientId: app.clientId });
    const { told } = await signIn(lab, DORA, asked, PASSWORD);
    const { access_token } = (await exchange(lab, told.code ?? '', asked)).body as Tokens;
    for (const header of [undefined, 'SBOX']) {
      const found = await admit(access_token, header);
      ok(found.kind === 'ok');
      deepEqual([found.who.actor.orgId, found.who.actor.kind, found.who.actor.memberId], [2, 'user', 1]);
    }
  });
});

test('a developer of another organisation acts in the sandbox, and is nobody there', async () => {
  const { orgs } = lab.house.stores.domain;
  const home = await orgs.createOrganisation({ code: 'SOFT', name: 'Software House' });
  const email = 'dev@software.example';
  await lab.identity.createUser({ orgId: home.id, email, password: 'a long enough password', developer: true });
  const { told } = await signIn(lab, email, {}, 'a long enough password');
  const { access_token, id_token = '' } = (await exchange(lab, told.code ?? '')).body as Tokens;
  const claims = claimsOf(id_token);
  deepEqual([claims['custom:reapit:clientCode'], claims['custom:reapit:developerId']], ['SBOX', String(home.id)]);
  const found = await admit(access_token);
  ok(found.kind === 'ok');
  const { orgId, kind, id, memberId } = found.who.actor;
  deepEqual([orgId, kind, id, memberId], [1, 'client', null, null]);
  const { status, body } = await lab.call('/connect/oauth/userInfo', { token: access_token });
  deepEqual([status, (body as { email: string }).email], [200, email]);
});

describe('uninstalling', () => {
  test('R48: the next call is refused, and so is every refresh; what was issued before stays dead', async () => {
    const app = await lab.register({ name: 'Uninstalled' });
    const asked = { client_id: app.clientId };
    const id = await lab.identity.install(DEMO, { clientId: app.clientId });
    const machine = await machineToken(lab, app.clientId, app.secret);
    const { told } = await signIn(lab, DORA, asked, PASSWORD);
    const person = (await exchange(lab, told.code ?? '', asked)).body as Tokens;
    const waiting = await signIn(lab, DORA, asked, PASSWORD);
    deepEqual([(await admit(machine, 'DEMO')).kind, (await admit(person.access_token)).kind], ['ok', 'ok']);

    lab.pass(2_000);
    await lab.identity.uninstall(DEMO, id);
    equal((await admit(machine, 'DEMO')).kind, 'not_installed');
    equal((await admit(person.access_token)).kind, 'unauthenticated');
    equal((await refresh(lab, person.refresh_token ?? '', asked)).status, 400);
    equal((await exchange(lab, waiting.told.code ?? '', asked)).status, 400);
    equal((await signIn(lab, DORA, asked, PASSWORD)).told.error, 'access_denied');

    await lab.identity.install(DEMO, { clientId: app.clientId });
    equal((await admit(machine, 'DEMO')).kind, 'unauthenticated');
    equal((await admit(person.access_token)).kind, 'unauthenticated');
    equal((await refresh(lab, person.refresh_token ?? '', asked)).status, 400);
  });

  test('R50: both leave an event of the customer, with what its webhooks tell', async () => {
    const app = await lab.register({ name: 'Told' });
    const id = await lab.identity.install(DEMO, { clientId: app.clientId, extrasFields: ['pDirections'] });
    await lab.identity.uninstall(DEMO, id);
    const events = await lab.rows<{ verb: string; changed: Record<string, unknown> }>(
      "select verb, changed from event where org_id = 2 and noun = 'installation' and row_id = $1 order by id",
      [id],
    );
    deepEqual(
      events.map(({ verb }) => verb),
      ['created', 'deleted'],
    );
    for (const { changed } of events)
      deepEqual(changed, {
        client_id: app.clientId,
        name: 'Told',
        customer: { code: 'DEMO', name: 'Northgate Homes', email: 'office@northgate.example', address: null },
        office_group: null,
        scopes: ['agencyCloud/contacts.read', 'agencyCloud/offices.read'],
        extras_fields: ['pDirections'],
      });
  });
});

describe('a group of offices', () => {
  test('is a customer with a suffix, and limits what is seen', async () => {
    const { orgs } = lab.house.stores.domain;
    const group = await orgs.createOfficeGroup(DEMO, { code: 'gogo', name: 'Go Go', offices: ['oxf'] });
    const app = await lab.register({ name: 'Grouped' });
    const token = await machineToken(lab, app.clientId, app.secret);
    await lab.identity.install(DEMO, { clientId: app.clientId, officeGroup: 'GoGo' });
    equal((await admit(token, 'DEMO')).kind, 'not_installed');
    equal((await admit(token, 'DEMO-NONE')).kind, 'not_installed');
    const found = await admit(token, 'demo-gogo');
    ok(found.kind === 'ok');
    deepEqual([found.who.officeIds, found.who.actor.officeIds], [[11], [11]]);
    equal(group.code, 'GOGO');

    const asked = { client_id: app.clientId };
    const { told } = await signIn(lab, DORA, asked, PASSWORD);
    const tokens = (await exchange(lab, told.code ?? '', asked)).body as Tokens;
    const person = await admit(tokens.access_token);
    ok(person.kind === 'ok');
    deepEqual(person.who.officeIds, [11]);

    // Beside it for the whole organisation: then the suffix narrows.
    await lab.identity.install(DEMO, { clientId: app.clientId });
    const whole = await admit(token, 'DEMO');
    ok(whole.kind === 'ok');
    equal(whole.who.officeIds, null);
  });
});

describe('rules', () => {
  test('the published application works nowhere else, and nothing is installed in the sandbox', async () => {
    const { orgs } = lab.house.stores.domain;
    const real = await orgs.createOrganisation({ code: 'REAL', name: 'Real Homes' });
    await rejects(lab.identity.install(systemActor(real.id), { clientId: CLIENT }), reason('installation.sandbox'));
    await rejects(lab.identity.install(systemActor(1), { clientId: CLIENT }), reason('installation.sandbox'));
  });

  test('only an administrator of the customer installs and uninstalls', async () => {
    const app = await lab.register({ name: 'Guarded' });
    const agent = { ...DEMO, kind: 'user' as const, id: 1, administrator: false };
    await rejects(lab.identity.install(agent, { clientId: app.clientId }), reason('installation.not_administrator'));
    const id = await lab.identity.install(DEMO, { clientId: app.clientId });
    await rejects(lab.identity.uninstall(agent, id), reason('installation.not_administrator'));
    await rejects(lab.identity.uninstall(systemActor(1), id), reason('installation'));
    await rejects(lab.identity.install(DEMO, { clientId: app.clientId }), reason('installation.exists'));
    await rejects(lab.identity.install(DEMO, { clientId: 'nobody' }), reason('application'));
    await rejects(lab.identity.install(DEMO, { clientId: app.clientId, officeGroup: 'NONE' }), reason('office group'));
  });

  test('registered addresses are https, but on the developer’s own machine; scopes are those that exist', async () => {
    const at = async (more: object) => {
      const wrong = await lab.register(more).then(
        () => undefined,
        (fault: Fault) => fault.breaches.map((breach) => breach.at),
      );
      return wrong;
    };
    equal(await at({ redirectUris: ['http://dev.reapit/cb', 'https://app.example/cb', 'http://localhost:8080/x'] }), undefined);
    deepEqual(await at({ redirectUris: ['http://app.example/cb'] }), ['redirectUris']);
    deepEqual(await at({ redirectUris: ['https://app.example/#x'] }), ['redirectUris']);
    deepEqual(await at({ signOutUris: ['javascript:alert(1)'] }), ['signOutUris']);
    deepEqual(await at({ redirectUris: [] }), ['redirectUris']);
    deepEqual(await at({ scopes: ['agencyCloud/everything'], name: ' ' }), ['name', 'scopes']);
    deepEqual(await at({ isPublic: true }), ['grants']);
  });

  test('only developers and administrators register, and see the applications of their organisation alone', async () => {
    const person = (orgId: number, id: number) => ({ ...systemActor(orgId), kind: 'user' as const, id, administrator: false });
    const terms = {
      name: 'Mine',
      redirectUris: [],
      signOutUris: [],
      grants: ['client_credentials'] as const,
      scopes: ['agencyCloud/offices.read'],
      isPublic: false,
      requirePkce: false,
      rotateRefresh: true,
    };
    await rejects(lab.identity.registerApplication(person(1, 1), terms), reason('developer.only'));
    const { clientId } = await lab.identity.registerApplication(person(1, 10_000_006), terms);
    equal((await lab.identity.application(person(1, 4), clientId)).name, 'Mine');
    await rejects(lab.identity.application(DEMO, clientId), reason('application'));
    await rejects(lab.identity.renewSecret(DEMO, clientId), reason('application'));
    await rejects(lab.identity.applications(person(1, 1)), reason('developer.only'));
  });
});

test('calls are added up by day and resource, and seen by the developer alone', async () => {
  const app = await lab.register({ name: 'Used' });
  const day = '2026-03-01';
  const call = { orgId: 2, clientId: app.clientId, day, resource: 'contacts' };
  await lab.identity.addUsage([
    { ...call, calls: 2 },
    { ...call, calls: 3 },
    { ...call, resource: 'offices', calls: 1 },
    { ...call, clientId: 'gone', calls: 9 },
  ]);
  await lab.identity.addUsage([{ ...call, calls: 4 }]);
  const usage = await lab.identity.usageOfApplication(systemActor(1), app.clientId, '2026-01-01');
  deepEqual(
    usage.map(({ customer, resource, calls }) => [customer, resource, calls]),
    [
      ['DEMO', 'contacts', 9],
      ['DEMO', 'offices', 1],
    ],
  );
  await rejects(lab.identity.usageOfApplication(DEMO, app.clientId, day), reason('application'));
});
