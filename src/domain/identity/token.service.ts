import type { Actor } from '../../access/actor.ts';
import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { lockConsent, type Pair, revokeConsent } from './consent.store.ts';
import { endExchangedGrants, endGrant, endGrants, findGrant } from './grant.store.ts';
import { holderOf } from './holder.ts';
import { hashOf } from './random.ts';
import { nameOf } from './session.service.ts';
import * as store from './token.store.ts';

export type TokenDoor = 'dotloop' | 'reapit' | 'spark';

export type Bearer =
  | { readonly kind: 'ok'; readonly actor: Actor; readonly scopes: readonly string[]; readonly clientId: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' };

export type Issue = Pair & {
  readonly kind: store.TokenKind;
  readonly door: TokenDoor;
  readonly value: string;
  readonly scopes: readonly string[];
  readonly grantId: string;
  readonly payload?: Record<string, unknown>;
  /** null: until it is ended */
  readonly lifeSeconds: number | null;
  /** an access token ends the one before it, a refresh token the pairs before it (contracts/dotloop.md §2.4) */
  readonly alone: boolean;
};

export type StoredToken = Pair & {
  readonly scopes: readonly string[];
  readonly grantId: string;
  readonly payload: Record<string, unknown>;
  readonly secondsLeft: number | null;
  readonly ended: boolean;
};

export function tokenService(db: Db, clock: Clock) {
  return {
    /**
     * Who sends this access token? One named statement. Unknown: ended, revoked, never issued, or of a user or member who may not be
     * here any more. A token without an end (the sandbox's) never expires.
     */
    async authenticateToken(accessToken: string, door: 'dotloop'): Promise<Bearer> {
      const row = await store.findBearer(db, hashOf(accessToken), door, clock.now());
      if (!row) return { kind: 'unknown' };
      if (row.expired) return { kind: 'expired' };
      const actor: Actor = {
        orgId: row.org_id,
        kind: 'user',
        id: row.user_id,
        name: nameOf(row),
        door,
        clientId: row.client_id,
        memberId: row.member_id,
        officeId: row.office_id,
        administrator: row.administrator,
        scopes: new Set(row.scopes),
      };
      return { kind: 'ok', actor, scopes: row.scopes, clientId: row.client_id };
    },

    /** Stores a token, unless its authorization or the consent ended meanwhile: then nothing is issued, and the answer is false. */
    async issueToken(issue: Issue): Promise<boolean> {
      const now = clock.now();
      const { kind, door, scopes, grantId, payload = {}, lifeSeconds } = issue;
      const expiresAt = lifeSeconds === null ? null : new Date(now.getTime() + lifeSeconds * 1000);
      return db.tx(async (tx) => {
        const consent = await lockConsent(tx, issue);
        if (!consent || consent.revoked_at || !(await findGrant(tx, grantId))) return false;
        if (issue.alone && kind === 'access') await store.endAccessTokens(tx, issue, now);
        if (issue.alone && kind === 'refresh') await endExchangedGrants(tx, issue, grantId, now);
        await store.insertToken(tx, issue, {
          hash: hashOf(issue.value),
          kind,
          door,
          scopes,
          grantId,
          payload,
          createdAt: now,
          expiresAt,
        });
        return true;
      });
    },

    /**
     * A token of somebody that has not run out. Codes and refresh tokens are found after their use too, so that a second use can be told;
     * no refresh token is found once the person has signed out.
     */
    async findToken(kind: store.TokenKind, value: string, door: TokenDoor): Promise<StoredToken | undefined> {
      const row = await store.findToken(db, hashOf(value), door, kind);
      if (!row || (row.ended_at && kind === 'access') || (row.signed_out && kind === 'refresh')) return undefined;
      const holder = holderOf(row);
      if (!holder || row.client_id === null || row.grant_id === null) return undefined;
      const secondsLeft = row.expires_at && Math.ceil((row.expires_at.getTime() - clock.now().getTime()) / 1000);
      if (secondsLeft !== null && secondsLeft <= 0) return undefined;
      return {
        ...holder,
        clientId: row.client_id,
        scopes: row.scopes,
        grantId: row.grant_id,
        payload: row.payload,
        secondsLeft,
        ended: row.ended_at !== null,
      };
    },

    /** True for the one caller who may exchange the code, or the refresh token that works once. */
    consumeToken: (kind: 'code' | 'refresh', value: string): Promise<boolean> =>
      store.consumeToken(db, kind, hashOf(value), clock.now()),

    /** Ends what an application gives back: the authorization behind an access or refresh token of its own, or a token of itself. */
    async endAuthorization(value: string, clientId: string): Promise<void> {
      const hash = hashOf(value);
      const found = (await store.findToken(db, hash, 'spark', 'access')) ?? (await store.findToken(db, hash, 'spark', 'refresh'));
      if (found?.client_id !== clientId) return;
      const holder = holderOf(found);
      const { grant_id: grantId } = found;
      if (!holder || grantId === null) return void (await store.endToken(db, hash, 'spark', clock.now()));
      await db.tx(async (tx) => {
        await lockConsent(tx, { ...holder, clientId });
        await endGrant(tx, grantId, clock.now());
      });
    },

    /** A refresh token that has a successor: it works so much longer and no more. */
    async retireToken(value: string, door: TokenDoor, seconds: number): Promise<void> {
      await store.shortenToken(db, hashOf(value), door, new Date(clock.now().getTime() + seconds * 1000));
    },

    /**
     * Ends access and refresh token, and the consent with them, given either token. Unknown tokens, and those of another client than
     * the one named, change nothing (contracts/dotloop.md §2.5).
     */
    async revokeToken(value: string, door: TokenDoor, clientId?: string): Promise<void> {
      const pair = await store.findPair(db, hashOf(value), door);
      if (!pair || (clientId !== undefined && clientId !== pair.clientId)) return;
      await db.tx(async (tx) => {
        await lockConsent(tx, pair);
        await revokeConsent(tx, pair, clock.now());
        await endGrants(tx, pair, clock.now());
      });
    },
  };
}
