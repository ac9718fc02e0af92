import { randomUUID } from 'node:crypto';
import type { Actor } from '../../access/actor.ts';
import type { Db, Tx } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { forbidden, notFound } from '../../kernel/fault.ts';
import * as store from './consent.store.ts';
import * as grants from './grant.store.ts';
import { hashOf, randomText } from './random.ts';
import type { TokenDoor } from './token.service.ts';
import { insertToken } from './token.store.ts';

export type ConnectedApplication = {
  readonly clientId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly since: Date;
  /** when it last got an access token: that costs no write for each call */
  readonly lastUsed?: Date;
};

export type GivenTokens = store.Pair & {
  readonly door: TokenDoor;
  readonly scopes: readonly string[];
  readonly accessToken: string;
  readonly refreshToken: string;
  /** null: the access token never runs out, as the sandbox's does */
  readonly accessExpiresAt?: Date | null;
};

export type NewTokens = store.Pair & {
  readonly door: TokenDoor;
  readonly scopes: readonly string[];
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
};

const userOf = (actor: Actor): number => {
  if (actor.kind !== 'user' || actor.id === null) throw forbidden('user.only', 'Only a person who is signed in has applications');
  return actor.id;
};

type Values = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
};

/** A new authorization with its two tokens, under a consent that is locked. */
async function insertPair(
  tx: Tx,
  pair: store.Pair & Pick<NewTokens, 'door' | 'scopes'>,
  values: Values,
  now: Date,
): Promise<void> {
  const grantId = randomUUID();
  await grants.insertGrant(tx, grantId, { ...pair, claims: [] }, now);
  const common = { door: pair.door, scopes: pair.scopes, grantId, payload: {}, createdAt: now };
  await insertToken(tx, pair, { ...common, kind: 'access', hash: hashOf(values.accessToken), expiresAt: values.accessExpiresAt });
  await insertToken(tx, pair, {
    ...common,
    kind: 'refresh',
    hash: hashOf(values.refreshToken),
    expiresAt: values.refreshExpiresAt,
  });
}

export function consentService(db: Db, clock: Clock) {
  const end = (pair: store.Pair) =>
    db.tx(async (tx) => {
      const consent = await store.lockConsent(tx, pair);
      if (!consent || consent.revoked_at) return false;
      await store.revokeConsent(tx, pair, clock.now());
      await grants.endGrants(tx, pair, clock.now());
      return true;
    });

  return {
    /** The user lets the application act with these scopes from now on. */
    async giveConsent(pair: store.Pair, scopes: readonly string[]): Promise<void> {
      await store.giveConsent(db, pair, scopes, clock.now());
    },

    /** What the user let the application do; undefined when nothing, or not any more. */
    findConsent: async (pair: store.Pair): Promise<readonly string[] | undefined> => (await store.findConsent(db, pair))?.scopes,

    /** One authorization under a consent: what its code and tokens hang from. */
    async openGrant(id: string, grant: grants.Grant): Promise<void> {
      await grants.insertGrant(db, id, grant, clock.now());
    },

    findGrant: (id: string): Promise<grants.Grant | undefined> => grants.findGrant(db, id),

    /** Ends one authorization: its code was used twice, or the core gave it up. */
    async endGrant(id: string): Promise<void> {
      const grant = await grants.findGrant(db, id);
      if (!grant) return;
      await db.tx(async (tx) => {
        await store.lockConsent(tx, grant);
        await grants.endGrant(tx, id, clock.now());
      });
    },

    /** The page of connected applications, by name. */
    async connectedApplications(actor: Actor): Promise<readonly ConnectedApplication[]> {
      const rows = await store.connectedApplications(db, { orgId: actor.orgId, userId: userOf(actor) });
      return rows.map((row) => ({
        clientId: row.client_id,
        name: row.name,
        scopes: row.scopes,
        since: row.given_at,
        ...(row.last_token && { lastUsed: row.last_token }),
      }));
    },

    /** Ends consent, authorizations and tokens at once, for every instance. @throws Fault not_found application */
    async revokeApplication(actor: Actor, clientId: string): Promise<void> {
      const known = !clientId.includes('\0') && (await end({ orgId: actor.orgId, userId: userOf(actor), clientId }));
      if (!known) throw notFound('application');
    },

    /** For the sandbox: tokens of which the values are given. Ends the pair's others. */
    async grantTokens(given: GivenTokens): Promise<void> {
      const now = clock.now();
      const { accessToken, refreshToken, accessExpiresAt = null } = given;
      await db.tx(async (tx) => {
        await store.giveConsent(tx, given, given.scopes, now);
        await store.lockConsent(tx, given);
        await grants.endGrants(tx, given, now);
        await insertPair(tx, given, { accessToken, refreshToken, accessExpiresAt, refreshExpiresAt: null }, now);
      });
    },

    /** Tokens for an application that has the person's password: asking again is what the person did by giving it. */
    async issuePair(wanted: NewTokens): Promise<{ readonly accessToken: string; readonly refreshToken: string }> {
      const now = clock.now();
      const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
      const tokens = { accessToken: randomText(), refreshToken: randomText() };
      await db.tx(async (tx) => {
        await store.giveConsent(tx, wanted, wanted.scopes, now);
        await store.lockConsent(tx, wanted);
        const expiry = { accessExpiresAt: later(wanted.accessSeconds), refreshExpiresAt: later(wanted.refreshSeconds) };
        await insertPair(tx, wanted, { ...tokens, ...expiry }, now);
      });
      return tokens;
    },
  };
}
