import { generateKeyPair, type JsonWebKey, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { type Db, statement } from '../../db/index.ts';
import type { Secrets } from '../../kernel/secrets.ts';

export type SigningKey = JsonWebKey & { readonly kid: string; readonly use: 'sig'; readonly alg: 'RS256' };

const live = statement<{ id: string; sealed: string }>(
  'identity.signing_keys',
  'select id, sealed from signing_key where retired_at is null order by created_at desc, id',
);
// Instances that start together may make one each: all are live then, and each verifies what another signed.
const first = statement(
  'identity.first_signing_key',
  'insert into signing_key (id, sealed) select $1, $2 where not exists (select from signing_key where retired_at is null)',
);

async function makeKey(): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

export function signingKeyService(db: Db, secrets: Secrets) {
  const read = async () => (await db.rows(live, [])).map((row): SigningKey => JSON.parse(secrets.open(row.sealed)));
  return {
    /** Private keys, newest first; the first call on a new database makes one. */
    async signingKeys(): Promise<readonly SigningKey[]> {
      const found = await read();
      if (found.length > 0) return found;
      const key = await makeKey();
      await db.rows(first, [key.kid, secrets.seal(JSON.stringify(key))]);
      return read();
    },
  };
}
