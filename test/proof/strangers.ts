import { systemActor } from '../../src/access/actor.ts';
import { doors } from '../../src/app.ts';
import { everyResource, REAPIT_SCOPES } from '../../src/domain/index.ts';
import { DEMO_FOR_TESTS, SANDBOX } from '../../src/sandbox/index.ts';
import type { Lab } from '../../src/testing/lab.ts';
import { signedPath, sparkSessions } from '../../src/testing/spark-client.ts';
import type { Contract, Method } from '../../src/wire/contract.ts';

export const DOORS = ['dotloop', 'reapit', 'propertybase', 'spark'] as const;
export type DoorName = (typeof DOORS)[number];
export type Said = {
  readonly status: number;
  readonly text: string;
  readonly location: string | undefined;
  readonly etag: string | undefined;
};
/** Makes a call at a path of the door, as somebody. */
export type Speak = (method: Method, path: string, json?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Said>;

/** Everybody who calls at one door. The first brokerage owns what is asked for. */
export type Cast = {
  readonly door: DoorName;
  readonly contracts: readonly Contract[];
  /** queries that ask a list for many rows, the best first */
  readonly pages: readonly string[];
  /** of the first brokerage, with every right */
  readonly owner: Speak;
  /** of the second brokerage, with every right there */
  readonly second: Speak;
  /**
   * of the first brokerage too, with every scope: an agent, or an office, that has nothing of its own; absent where keys are the whole
   * brokerage's
   */
  readonly colleague?: Speak;
  /** with credentials that nobody has */
  readonly nobody: Speak;
  /** whose credentials are ended: told what somebody is told whom nobody knows */
  readonly ended: Readonly<Record<string, Speak>>;
  /** who is good elsewhere, and is told so */
  readonly elsewhere: Readonly<Record<string, Speak>>;
  /** whose credentials are good for some hours yet */
  readonly mortal: Readonly<Record<string, Speak>>;
};

const HOUR = 3_600_000;

const contractsOf = (name: DoorName) => doors.find((door) => door.name === name)?.contracts ?? [];

/** A call by way of the shipped server, without a socket: thousands are made. */
async function inject(lab: Lab, method: Method, url: string, headers: Record<string, string>, json?: unknown): Promise<Said> {
  const answer = await lab.house.app.inject({
    method,
    url,
    headers: { accept: '*/*', ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(json === undefined ? {} : { payload: JSON.stringify(json) }),
  });
  const { location, etag } = answer.headers as Record<string, string | undefined>;
  return { status: answer.statusCode, text: answer.body, location, etag };
}

type Colleague = { readonly userId: number; readonly memberId: number };

/** An agent who joined the first brokerage today. */
async function joinFirst({ house }: Lab): Promise<Colleague> {
  const { identity, orgs } = house.stores.domain;
  const [system, email] = [systemActor(1), 'colleague@example.com'];
  const { userId } = await identity.createUser({ orgId: 1, email, passwordHash: 'none' });
  const { id: memberId } = await orgs.createMember(system, { userId, firstName: 'Cole', lastName: 'League', email });
  await orgs.createProfile(system, { name: 'Cole League' }, { memberId });
  return { userId, memberId };
}

async function castDotloop(lab: Lab, { userId }: Colleague): Promise<Cast> {
  const { identity } = lab.house.stores.domain;
  const as =
    (token: string): Speak =>
    (method, path, json, headers) =>
      inject(lab, method, `/dotloop/public/v2${path}`, { authorization: `Bearer ${token}`, ...headers }, json);
  const scopes = ['account:read', 'profile:*', 'loop:*', 'contact:*', 'template:read'];
  const makeClient = async (name: string) => {
    const redirectUris = ['http://127.0.0.1:3002/callback'];
    const { clientId } = await identity.createClient({ door: 'dotloop', name, orgId: 1, redirectUris, scopes });
    return async (accessToken: string, more: { accessExpiresAt?: Date; userId?: number } = {}) => {
      const tokens = { accessToken, refreshToken: crypto.randomUUID(), ...more };
      await identity.grantTokens({ orgId: 1, userId: 1, clientId, door: 'dotloop', scopes, ...tokens });
      return accessToken;
    };
  };
  const grant = await makeClient('Replaced');
  const replaced = await grant(crypto.randomUUID());
  await grant(crypto.randomUUID());
  const revoked = await (await makeClient('Revoked'))(crypto.randomUUID());
  await identity.revokeToken(revoked, 'dotloop');
  const mortal = await (await makeClient('Mortal'))(crypto.randomUUID(), {
    accessExpiresAt: new Date(Date.now() + 12 * HOUR),
  });
  const colleague = await (await makeClient('Of a colleague'))(crypto.randomUUID(), { userId });
  return {
    door: 'dotloop',
    contracts: contractsOf('dotloop'),
    pages: ['?batch_size=100'],
    owner: as(SANDBOX.dotloop.accessToken),
    second: as(DEMO_FOR_TESTS.dotloop.accessToken),
    colleague: as(colleague),
    nobody: as(crypto.randomUUID()),
    ended: { 'a token that another one replaced': as(replaced), 'a revoked token': as(revoked) },
    elsewhere: {},
    mortal: { 'an access token': as(mortal) },
  };
}

async function castReapit(lab: Lab): Promise<Cast> {
  const { identity, orgs } = lab.house.stores.domain;
  const as =
    (token: string, customer: string): Speak =>
    (method, path, json, headers) =>
      inject(lab, method, `/reapit${path}`, { authorization: `Bearer ${token}`, 'reapit-customer': customer, ...headers }, json);
  const tokenOf = async (id: string, secret: string) => {
    const { body } = await lab.call('/connect/token', {
      body: new URLSearchParams({ client_id: id, grant_type: 'client_credentials' }),
      headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    });
    return (body as { access_token: string }).access_token;
  };
  const registered = async (orgId: number, name: string) => {
    const terms = { name, redirectUris: [], signOutUris: [], grants: ['client_credentials'] as const, isPublic: false };
    const more = { scopes: REAPIT_SCOPES, requirePkce: false, rotateRefresh: true };
    const { clientId, clientSecret } = await identity.registerApplication(systemActor(orgId), { ...terms, ...more });
    const installation = await identity.install(systemActor(orgId), { clientId });
    return { installation, token: await tokenOf(clientId, clientSecret ?? '') };
  };
  const first = await tokenOf(SANDBOX.reapit.clientId, SANDBOX.reapit.clientSecret);
  const second = await registered(2, 'Of the second');
  // The sandbox is open to every application, so it is elsewhere that one is let in and put out again.
  const elsewhere = await orgs.createOrganisation({ code: 'THIRD', name: 'Third', timeZone: 'UTC', currency: 'USD' });
  const uninstalled = await registered(elsewhere.id, 'Uninstalled');
  await identity.uninstall(systemActor(elsewhere.id), uninstalled.installation);
  const revoked = await tokenOf(SANDBOX.reapit.clientId, SANDBOX.reapit.clientSecret);
  await identity.revokeConnectToken(revoked);
  const { customer } = SANDBOX.reapit;
  const empty = await orgs.createOffice(systemActor(1), { name: 'Without anything' });
  await orgs.createOfficeGroup(systemActor(1), { code: 'NONE', name: 'Without anything', offices: [empty.code] });
  return {
    door: 'reapit',
    contracts: contractsOf('reapit'),
    pages: ['?pageSize=100&sortBy=created', '?pageSize=100'],
    owner: as(first, customer),
    second: as(second.token, DEMO_FOR_TESTS.organisation.code),
    colleague: as(first, `${customer}-NONE`),
    nobody: as(`${first.slice(0, -8)}AAAAAAAA`, customer),
    ended: { 'a revoked token': as(revoked, customer) },
    elsewhere: {
      'an application that was uninstalled': as(uninstalled.token, 'THIRD'),
      'an application that the customer never installed': as(uninstalled.token, DEMO_FOR_TESTS.organisation.code),
    },
    mortal: { 'an access token': as(first, customer) },
  };
}

async function castPropertybase(lab: Lab): Promise<Cast> {
  const { identity } = lab.house.stores.domain;
  const as =
    (key: string, host?: string): Speak =>
    (method, path, json, headers) =>
      inject(
        lab,
        method,
        `${host ? '' : '/propertybase'}/api/v2${path}`,
        { 'x-bl-api-key': key, ...(host ? { host } : {}), ...headers },
        json,
      );
  const make = (orgId: number, name: string) => identity.createSiteKey({ orgId, name, permissions: everyResource('rwd') });
  const second = await make(2, 'Of the second');
  const removed = await make(1, 'Removed');
  const rotated = await make(1, 'Rotated');
  const mortal = await make(1, 'Mortal');
  await identity.removeSiteKey(1, removed.id);
  await identity.rotateSiteKey(1, rotated.id, 0);
  await identity.rotateSiteKey(1, mortal.id, 12 * HOUR);
  await identity.addSiteDomain(2, 'www.demo.example');
  return {
    door: 'propertybase',
    contracts: contractsOf('propertybase'),
    pages: ['?per_page=100'],
    owner: as(SANDBOX.propertybase.key),
    second: as(second.key),
    nobody: as('nobodys-key'),
    ended: {
      'a removed key': as(removed.key),
      'a key whose hours are over': as(rotated.key),
      "a key at another brokerage's host": as(second.key, SANDBOX.propertybase.domain),
      "a key at a host that is nobody's": as(SANDBOX.propertybase.key, 'www.nobody.example'),
    },
    elsewhere: {},
    mortal: { 'a key that was replaced': as(mortal.key) },
  };
}

async function castSpark(lab: Lab, { memberId }: Colleague): Promise<Cast> {
  const { identity } = lab.house.stores.domain;
  const sessions = sparkSessions((path) => lab.call(path, { method: 'POST' }));
  const given = { key: 'colleagues_key', secret: 'colleagues_secret' };
  await identity.createSparkKey({ orgId: 1, name: 'Of a colleague', memberId, role: 'private', given });
  const [agent, other, colleague] = [await sessions('agent'), await sessions('demo'), await sessions(given)];
  const as =
    (session: { key: string; secret: string; token: string }): Speak =>
    (method, path, json, headers) =>
      inject(
        lab,
        method,
        `/spark${signedPath(session, `/v1${path}`, method, json === undefined ? undefined : JSON.stringify(json))}`,
        headers ?? {},
        json,
      );
  const bearer =
    (token: string): Speak =>
    (method, path, json, headers) =>
      inject(lab, method, `/spark/v1${path}`, { authorization: `Bearer ${token}`, ...headers }, json);
  const personal = await identity.createPersonalToken({ orgId: 1, userId: 1, name: 'Ended' });
  await identity.endPersonalToken({ orgId: 1, userId: 1, name: 'Ended' });
  return {
    door: 'spark',
    contracts: contractsOf('spark').filter(({ url }) => !url.startsWith('/session')),
    pages: ['?_limit=25'],
    owner: as(agent),
    second: as(other),
    colleague: as(colleague),
    nobody: bearer('nobodys-token'),
    ended: {
      "another key's session": as({ ...other, token: agent.token }),
      'a personal token that has ended': bearer(personal),
    },
    elsewhere: {},
    mortal: { 'a session': as(agent) },
  };
}

/** Everybody at every door. */
export async function castAll(lab: Lab): Promise<ReadonlyMap<DoorName, Cast>> {
  const colleague = await joinFirst(lab);
  return new Map<DoorName, Cast>([
    ['dotloop', await castDotloop(lab, colleague)],
    ['reapit', await castReapit(lab)],
    ['propertybase', await castPropertybase(lab)],
    ['spark', await castSpark(lab, colleague)],
  ]);
}
