import { generateKeyPair, type JsonWebKey, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { type Db, statement } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Secrets } from '../../kernel/secrets.ts';

export type SigningKey = JsonWebKey & { readonly kid: string; readonly use: 'sig'; readonly alg: 'RS256' };

/** Whoever keeps a copy of the key set has read it again by then. */
const LEAD_MS = 10 * 60_000;
/** From a rotation until the last token of the old key has run out: the lead, an hour of life, and room for clocks. */
const OVERLAP_MS = LEAD_MS + 2 * 3_600_000;
/** How long an instance goes by what it has read. */
const FRESH_MS = 60_000;
/** Unknown ids of keys are anybody's to send; they cost one read in so much time. */
const MISS_MS = 5_000;
/** A key that signs for longer than this is replaced by the daily job. */
const AGE_MS = 90 * 86_400_000;

type Row = { readonly id: string; readonly sealed: string; readonly created_at: Date };

// The one that signs comes first: the newest of those whose time has come.
const published = statement<Row>(
  'identity.signing_keys',
  `select id, sealed, created_at from signing_key
   where client_id is null and (retired_at is null or retired_at > $1)
   order by signs_from <= $1 desc, case when signs_from <= $1 then signs_from end desc, signs_from, id`,
);
// Instances that start together may make one each: all are published then, and each verifies what another signed.
const first = statement(
  'identity.first_signing_key',
  `insert into signing_key (id, sealed, created_at, signs_from)
   select $1, $2, $3, $3 where not exists (select from signing_key where client_id is null and retired_at is null)`,
);
const rotate = statement(
  'identity.rotate_signing_key',
  `with replaced as (
     update signing_key set retired_at = $5 where client_id is null and (retired_at is null or retired_at > $5))
   insert into signing_key (id, sealed, created_at, signs_from) values ($1, $2, $3, $4)`,
);

async function makeKey(): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

type Known = { readonly keys: readonly SigningKey[]; readonly since: number; readonly newest: number };

export function signingKeyService(db: Db, clock: Clock, secrets: Secrets) {
  let known: Known | undefined;

  async function load(): Promise<Known> {
    const now = clock.now();
    const rows = await db.rows(published, [now]);
    const keys = rows.map((row): SigningKey => JSON.parse(secrets.open(row.sealed)));
    known = { keys, since: now.getTime(), newest: Math.max(...rows.map((row) => row.created_at.getTime())) };
    return known;
  }

  const ageOf = ({ since }: Known) => Math.abs(clock.now().getTime() - since);

  async function read(): Promise<Known> {
    const now = clock.now();
    const found = known && ageOf(known) < FRESH_MS ? known : await load();
    if (found.keys.length > 0) return found;
    const key = await makeKey();
    await db.rows(first, [key.kid, secrets.seal(JSON.stringify(key)), now]);
    return load();
  }

  async function rotateSigningKey({ atOnce = false } = {}): Promise<string> {
    const now = clock.now();
    const key = await makeKey();
    const [signsFrom, retired] = atOnce ? [now, now] : [later(now, LEAD_MS), later(now, OVERLAP_MS)];
    await db.rows(rotate, [key.kid, secrets.seal(JSON.stringify(key)), now, signsFrom, retired]);
    known = undefined;
    return key.kid;
  }

  return {
    /** Private keys, the one that signs first; the first call on a new database makes one. */
    signingKeys: async (): Promise<readonly SigningKey[]> => (await read()).keys,

    /** The key of that id, if it is published: one that is new here is looked for once more. */
    async findSigningKey(kid: string): Promise<SigningKey | undefined> {
      const wanted = ({ keys }: Known) => keys.find((key) => key.kid === kid);
      const now = await read();
      return wanted(now) ?? (ageOf(now) < MISS_MS ? undefined : wanted(await load()));
    },

    /**
     * Puts a new key beside the old ones. It is published now and signs in ten minutes; what the old ones signed is good until it runs
     * out. `atOnce`, for a key that somebody has stolen: the new one signs now, and nothing that an old one signed counts any more; other
     * instances follow within a minute.
     */
    rotateSigningKey,

    /** For a job once a day. */
    async renewSigningKey(): Promise<void> {
      const { newest } = await read();
      if (clock.now().getTime() - newest > AGE_MS) await rotateSigningKey();
    },
  };
}

const later = (now: Date, ms: number) => new Date(now.getTime() + ms);
