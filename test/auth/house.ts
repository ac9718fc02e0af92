import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { authPlugin, makeSessionReader } from '../../src/auth/index.ts';
import { startEmbedded } from '../../src/db/embedded/index.ts';
import { connect, migrate, statement } from '../../src/db/index.ts';
import { buildIdentity } from '../../src/domain/identity/index.ts';
import { invitationsService } from '../../src/domain/orgs/invitation.service.ts';
import { makeResoKeys } from '../../src/kernel/reso-key.ts';
import { makeSecrets } from '../../src/kernel/secrets.ts';

export const CLIENT = '69bcf590-71b7-41a4-a039-a1d290edca11';
export const SECRET = '3415e381-bdc4-49b7-bde2-69b3c5cd6447';
export const CALLBACK = 'http://localhost:3000/callback';
export const PASSWORD = 'portico-sandbox';
export const SCOPES = ['account:read', 'profile:*', 'loop:*', 'contact:*', 'template:read'];

/** A listening server with the auth room alone, two organisations and the sandbox's client, on a PostgreSQL of its own. */
export async function openHouse() {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-auth-'));
  const server = await startEmbedded({ dataDir, durable: false });
  const { db, pool, close } = connect(server.connection);
  await migrate(pool);

  let ahead = 0;
  let stopped: number | undefined;
  const clock = { now: () => new Date((stopped ?? Date.now()) + ahead) };
  const secrets = makeSecrets('a secret for tests that is long enough');
  const identity = buildIdentity({ db, clock, secrets, mintResoKey: makeResoKeys() });

  for (const [id, code, sandbox] of [
    [1, 'SBOX', true],
    [2, 'DEMO', false],
  ])
    await pool.query('insert into organisation (id, code, name, company_key, is_sandbox) values ($1, $2, $3, $4, $5)', [
      id,
      code,
      `${code} Realty`,
      String(id).padStart(26, '0'),
      sandbox,
    ]);
  const passwordHash = await identity.hashPassword(PASSWORD);
  const addPerson = async (orgId: number, first: string, last: string, email: string) => {
    const { rows } = await pool.query(
      `insert into member (org_id, code, reso_key, first_name, last_name, created_door)
       values ($1, $2, lpad((random() * 1e15)::bigint::text, 26, '0'), $3, $4, 'portico') returning id`,
      [orgId, email.slice(0, 4), first, last],
    );
    const memberId = Number(rows[0].id);
    return { ...(await identity.createUser({ orgId, email, passwordHash, memberId })), memberId };
  };
  const brian = await addPerson(1, 'Brian', 'Erwin', 'brianerwin@newkyhome.com');
  const allen = await addPerson(1, 'Allen', 'Grey', 'allen@newkyhome.com');
  const dora = await addPerson(2, 'Dora', 'Demo', 'dora@example.com');
  await identity.createClient({
    door: 'dotloop',
    name: 'Deal <Helper>',
    orgId: 1,
    redirectUris: [CALLBACK, 'http://127.0.0.1:3000/cb?app=1&x=2'],
    scopes: SCOPES,
    given: { clientId: CLIENT, secret: SECRET },
  });
  const other = await identity.createClient({
    door: 'dotloop',
    name: 'Other',
    orgId: 2,
    redirectUris: [CALLBACK],
    scopes: ['account:read', 'profile:read'],
  });

  const app = Fastify({
    logger: { level: 'error' },
    routerOptions: { ignoreTrailingSlash: true },
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/oauth/') ? `/dotloop${url}` : url),
  });
  const publicUrl = 'http://127.0.0.1:8080';
  const sessionOf = makeSessionReader({ identity, secureCookies: false });
  await app.register(authPlugin, {
    identity,
    publicUrl,
    secureCookies: false,
    cookieSecret: 'for tests',
    clock,
    sessionOf,
    portals: { findByName: async () => undefined },
    invitations: invitationsService({ db, clock, secrets }),
    sparkHosts: new Set<string>(),
    connectHosts: new Set<string>(),
    plainHttp: true,
  });
  app.get('/me', async (request) => (await sessionOf(request))?.user ?? {});
  const base = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    base,
    identity,
    brian,
    allen,
    dora,
    other,
    clock,
    pass: (ms: number) => {
      ahead += ms;
    },
    /** From here on time passes by `pass` alone. */
    stopClock: () => {
      stopped = Date.now();
    },
    stopDatabase: () => server.stop(),
    query: async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows,
    rows: (text: string) => db.rows(statement<Record<string, unknown>>('test', text), []),
    async [Symbol.asyncDispose]() {
      await app.close();
      await close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type House = Awaited<ReturnType<typeof openHouse>>;
