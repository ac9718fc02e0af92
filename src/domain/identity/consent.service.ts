import { randomUUID } from 'node:crypto';
import type { Actor } from '../../access/actor.ts';
import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { forbidden, notFound } from '../../kernel/fault.ts';
import * as store from './consent.store.ts';
import * as grants from './grant.store.ts';
import { hashOf } from './random.ts';
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

const userOf = (actor: Actor): number => {
  if (actor.kind !== 'user' || actor.id === null) throw forbidden('user.only', 'Only a person who is signed in has applications');
  return actor.id;
};

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
    async openGrant(id: string, pair: store.Pair, scopes: readonly string[]): Promise<void> {
      await grants.insertGrant(db, id, pair, scopes, clock.now());
    },

    async findGrant(id: string): Promise<(store.Pair & { readonly scopes: readonly string[] }) | undefined> {
      const row = await grants.findGrant(db, id);
      return row && { orgId: row.org_id, userId: row.user_id, clientId: row.client_id, scopes: row.scopes };
    },

    /** Ends one authorization: its code was used twice, or the core gave it up. */
    async endGrant(id: string): Promise<void> {
      const grant = await grants.findGrant(db, id);
      if (!grant) return;
      await db.tx(async (tx) => {
        await store.lockConsent(tx, { orgId: grant.org_id, userId: grant.user_id, clientId: grant.client_id });
        await grants.endGrant(tx, id, clock.now());
      });
    },

    /** The page of connected applications, by name. */
    async connectedApplications(actor: Actor): Promise<readonly ConnectedApplication[]> {
      const rows = await store.connectedApplications(db, actor.orgId, userOf(actor));
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
      const { door, scopes, accessToken, refreshToken, accessExpiresAt = null } = given;
      await db.tx(async (tx) => {
        await store.giveConsent(tx, given, scopes, now);
        await store.lockConsent(tx, given);
        await grants.endGrants(tx, given, now);
        const grantId = randomUUID();
        await grants.insertGrant(tx, grantId, given, scopes, now);
        const common = { door, scopes, grantId, payload: {}, createdAt: now };
        await insertToken(tx, given, { ...common, kind: 'access', hash: hashOf(accessToken), expiresAt: accessExpiresAt });
        await insertToken(tx, given, { ...common, kind: 'refresh', hash: hashOf(refreshToken), expiresAt: null });
      });
    },
  };
}
