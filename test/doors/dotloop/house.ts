import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, systemActor } from '../../../src/access/actor.ts';
import { connect } from '../../../src/db/connect.ts';
import { buildDomain, type Domain } from '../../../src/domain/index.ts';
import type { Bearer } from '../../../src/doors/door.ts';
import { dotloop } from '../../../src/doors/dotloop/plugin.ts';
import { openFiles } from '../../../src/files/index.ts';
import { makeResoKeys } from '../../../src/kernel/reso-key.ts';
import { makeSecrets } from '../../../src/kernel/secrets.ts';
import { openDoor } from '../../../src/testing/door.ts';
import { copyDatabase } from '../../../src/testing/server.ts';

export const PREFIX = '/dotloop/public/v2';
const SCOPES = ['account:read', 'profile:*', 'loop:*', 'contact:*', 'template:read'];

type Members = Record<string, unknown>;
export type WireError = { code: string; detail: string; source?: { pointer?: string; parameter?: string } };

/** The answer to a call, with the places where this door puts things. */
export class Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;

  constructor(answer: Response, text: string) {
    this.status = answer.status;
    this.headers = answer.headers;
    this.text = text;
  }

  get json(): { data?: unknown; meta?: Members; errors?: WireError[]; message?: string } {
    return JSON.parse(this.text);
  }
  get data(): Members {
    return this.json.data as Members;
  }
  get rows(): Members[] {
    return this.json.data as Members[];
  }
  /** code and place of each error */
  get errors(): string[] {
    return (this.json.errors ?? []).map(({ code, source }) => `${code} ${source?.pointer ?? source?.parameter ?? ''}`.trim());
  }
}

async function addPerson(domain: Domain, orgId: number, first: string, email: string, more: { admin?: boolean } = {}) {
  const system = systemActor(orgId);
  const { userId } = await domain.identity.createUser({ orgId, email, passwordHash: 'none', administrator: more.admin ?? false });
  const member = await domain.orgs.createMember(system, { userId, firstName: first, lastName: 'Erwin', email });
  const profile = await domain.orgs.createProfile(system, { name: `${first}'s profile` }, { memberId: member.id });
  const actor: Actor = {
    orgId,
    kind: 'user',
    id: userId,
    name: first,
    door: 'dotloop',
    clientId: 'test-client',
    memberId: member.id,
    officeId: null,
    administrator: more.admin ?? false,
    scopes: new Set(SCOPES),
  };
  return { actor, profileId: profile.id };
}

/** The door alone on a listening server, with a database of its own: Ann and Vic in one brokerage, Sue in another. */
export async function openHouse(settings: { callsPerMinute?: number | null; uploadLimit?: number } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-dotloop-'));
  const database = await copyDatabase('empty');
  const { db, pool, close } = connect(database.url, { max: 8 });
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const files = openFiles({ kind: 'disk', directory: join(dataDir, 'files') });
  const domain = buildDomain({
    db,
    clock,
    files,
    secrets: makeSecrets('a secret for tests that is long enough'),
    mintResoKey: makeResoKeys(),
    allowPrivate: true,
  } as Parameters<typeof buildDomain>[0]);

  const org = await domain.orgs.createOrganisation({ code: 'ALLN', name: 'Allen Realty', timeZone: 'America/New_York' });
  const other = await domain.orgs.createOrganisation({ code: 'OTHR', name: 'Other Realty' });
  const office = await domain.orgs.createOffice(systemActor(org.id), { name: 'Oxford' });
  const ann = await addPerson(domain, org.id, 'Ann', 'ann@example.com', { admin: true });
  const vic = await addPerson(domain, org.id, 'Vic', 'vic@example.com');
  const sue = await addPerson(domain, other.id, 'Sue', 'sue@example.com');

  const bearers = new Map<string, Bearer>([['expired-token', { kind: 'expired' }]]);
  const sign = (token: string, actor: Actor, scopes: readonly string[] = SCOPES) =>
    bearers.set(token, { kind: 'ok', actor, scopes, clientId: 'test-client' });
  sign('ann', ann.actor);
  sign('vic', vic.actor);
  sign('sue', sue.actor);

  const app = await openDoor(dotloop, PREFIX, {
    domain,
    files,
    clock,
    authenticate: async (token) => bearers.get(token) ?? { kind: 'unknown' },
    settings: { callsPerMinute: null, ...settings },
  });
  const base = (await app.listen({ host: '127.0.0.1', port: 0 })) + PREFIX;

  /** `body`: an object goes as JSON, a string or bytes as they are. */
  const call = async (
    method: string,
    path: string,
    more: { token?: string | null; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const { token = 'ann', body, headers = {} } = more;
    const plain = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const answer = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || plain ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: plain ? (body as string) : JSON.stringify(body) }),
    });
    return new Reply(answer, await answer.text());
  };

  return {
    base,
    call,
    domain,
    org,
    office,
    ann,
    vic,
    sue,
    sign,
    pool,
    pass: (ms: number) => {
      ahead += ms;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
