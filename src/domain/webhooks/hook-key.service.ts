import { generateKeyPair, type JsonWebKey, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { type Db, type Querier, statement } from '../../db/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Secrets } from '../../kernel/secrets.ts';

/** The pair that signs what an application's webhooks get: `x` is public, `d` private. */
export type HookKey = JsonWebKey & {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly d: string;
  readonly kid: string;
};
export type PublicHookKey = Pick<HookKey, 'kid' | 'crv' | 'x'>;

const current = statement<{ id: string; sealed: string }>(
  'hook_key.current',
  'select id, sealed from signing_key where client_id = $1 and retired_at is null',
);
const byId = statement<{ sealed: string }>(
  'hook_key.by_id',
  'select sealed from signing_key where id = $1 and client_id = $2 and retired_at is null',
);
// Two first webhooks at once make one key.
const insert = statement(
  'hook_key.insert',
  `insert into signing_key (id, sealed, client_id, created_at, signs_from) values ($1, $2, $3, $4, $4)
   on conflict (client_id) where client_id is not null and retired_at is null do nothing`,
);

async function makeKey(): Promise<HookKey> {
  const { privateKey } = await promisify(generateKeyPair)('ed25519');
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid: randomUUID() };
}

export const openHookKey = (secrets: Secrets, sealed: string): HookKey => JSON.parse(secrets.open(sealed));

/** The application's key, made with its first webhook (contracts/reapit.md §3.3). */
export async function readHookKey(q: Querier, secrets: Secrets, clientId: string, at: Date): Promise<HookKey> {
  const [found] = await q.rows(current, [clientId]);
  if (found) return openHookKey(secrets, found.sealed);
  const key = await makeKey();
  await q.rows(insert, [key.kid, secrets.seal(JSON.stringify(key)), clientId, at]);
  const [made] = await q.rows(current, [clientId]);
  if (!made) throw new Error(`No key signs webhooks of ${clientId}`);
  return openHookKey(secrets, made.sealed);
}

export function hookKeyService(db: Db, secrets: Secrets) {
  return {
    /** The public half, for the application itself. @throws Fault not_found */
    async publicHookKey(clientId: string, kid: string): Promise<PublicHookKey> {
      const [row] = kid.includes('\0') ? [] : await db.rows(byId, [kid, clientId]);
      if (!row) throw notFound('signing key');
      const key = openHookKey(secrets, row.sealed);
      return { kid: key.kid, crv: key.crv, x: key.x };
    },
  };
}
