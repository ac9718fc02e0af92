import type { Actor } from '../../access/actor.ts';
import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { hashOf, randomText } from './random.ts';
import * as store from './session.store.ts';
import type { UserRef } from './user.service.ts';

/** Someone signed in at the house's pages. */
export type WebSession = {
  readonly actor: Actor;
  /** goes into every form and is compared when it comes back; says nothing about the cookie */
  readonly csrf: string;
  readonly signedInAt: Date;
  readonly user: {
    readonly orgId: number;
    readonly userId: number;
    readonly uuid: string;
    readonly email: string;
    readonly name: string;
    readonly organisation: string;
    readonly timeZone: string;
    /** registers applications */
    readonly developer: boolean;
  };
};

/** Twelve hours in all, two hours without a request. */
const LIFE_MS = 12 * 60 * 60_000;
const IDLE_MS = 2 * 60 * 60_000;
/** One write a minute is enough to know that a session is in use. */
const TOUCH_MS = 60_000;

/** Made from the cookie, so that nothing more is stored. */
const csrfOf = (cookieToken: string) => hashOf(`csrf:${cookieToken}`).toString('base64url');

/** First and last name as far as there are any, else the address. */
export const nameOf = (row: { first_name: string | null; last_name: string | null; email: string }): string =>
  [row.first_name, row.last_name].filter(Boolean).join(' ') || row.email;

export function sessionService(db: Db, clock: Clock) {
  return {
    /** Answers the token for the cookie; only its hash is kept. */
    async openSession({ orgId, userId }: UserRef): Promise<string> {
      const token = randomText();
      const now = clock.now();
      await store.insertSession(db, hashOf(token), orgId, userId, now, new Date(now.getTime() + LIFE_MS));
      return token;
    },

    /** Undefined when the session ended, ran out, or the user may not be here any more. */
    async readSession(cookieToken: string): Promise<WebSession | undefined> {
      const now = clock.now();
      const hash = hashOf(cookieToken);
      const row = await store.findSession(db, hash, now, new Date(now.getTime() - IDLE_MS));
      if (!row) return undefined;
      if (now.getTime() - row.last_used_at.getTime() > TOUCH_MS) await store.touchSession(db, hash, now);
      const name = nameOf(row);
      return {
        csrf: csrfOf(cookieToken),
        signedInAt: row.created_at,
        user: {
          orgId: row.org_id,
          userId: row.user_id,
          uuid: row.uuid,
          email: row.email,
          name,
          organisation: row.org_name,
          timeZone: row.time_zone,
          developer: row.developer,
        },
        actor: {
          orgId: row.org_id,
          kind: 'user',
          id: row.user_id,
          name,
          door: 'portico',
          clientId: null,
          memberId: row.member_id,
          officeId: row.office_id,
          administrator: row.administrator,
          scopes: new Set(),
        },
      };
    },

    async endSession(cookieToken: string): Promise<void> {
      await store.endSession(db, hashOf(cookieToken), clock.now());
    },
  };
}
