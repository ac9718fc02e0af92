import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import * as store from './connect-grant.store.ts';
import type { Grant } from './grant.store.ts';
import { isConsumer } from './holder.ts';
import { hashOf } from './random.ts';
import type { Admission } from './reapit-person.service.ts';
import { endSession } from './session.store.ts';
import type { Issue } from './token.service.ts';
import { insertToken } from './token.store.ts';
import type { UserRef } from './user.service.ts';

type FindAdmission = (user: UserRef, clientId: string) => Promise<Admission | undefined>;

/** A refresh token, and all that came of it, works for thirty days and no more (contracts/reapit.md §2.3). */
const TOTAL_MS = 30 * 86_400_000;

/** Authorizations of Connect: they hang on an installation in place of a consent, and on the browser's session. */
export function connectGrantService(db: Db, clock: Clock, findAdmission: FindAdmission) {
  return {
    /**
     * One authorization, unless the customer has no longer let the application in: then the answer is false.
     * @param sessionCookie of the browser in which the person is signed in
     */
    async openConnectGrant(id: string, grant: Grant, sessionCookie: string | undefined): Promise<boolean> {
      if (isConsumer(grant)) return false;
      const admission = await findAdmission(grant, grant.clientId);
      if (!admission) return false;
      const { orgId, userId, clientId, scopes } = grant;
      const { installationId } = admission;
      const session = sessionCookie === undefined ? null : hashOf(sessionCookie);
      return db.tx(async (tx) => {
        if (installationId !== null && !(await store.holdInstallation(tx, orgId, installationId))) return false;
        await store.insertConnectGrant(tx, [id, orgId, userId, clientId, scopes, clock.now(), installationId, session]);
        return true;
      });
    },

    /** Stores a code or refresh token, unless its authorization ended meanwhile, or the person signed out: then the answer is false. */
    async issueConnectToken(issue: Issue): Promise<boolean> {
      const now = clock.now();
      const { kind, door, scopes, grantId, payload = {}, lifeSeconds, value } = issue;
      return db.tx(async (tx) => {
        const grant = await store.holdGrant(tx, grantId);
        if (!grant || (grant.signed_out && kind === 'refresh')) return false;
        const end = Math.min(now.getTime() + (lifeSeconds ?? 0) * 1000, grant.created_at.getTime() + TOTAL_MS);
        const token = { hash: hashOf(value), kind, door, scopes, grantId, payload, createdAt: now, expiresAt: new Date(end) };
        await insertToken(tx, issue, token);
        return true;
      });
    },

    /** Ends the session of a browser, and refreshing by every application that was signed in to in it. */
    async signOut(sessionCookie: string): Promise<void> {
      const hash = hashOf(sessionCookie);
      await db.tx(async (tx) => {
        await endSession(tx, hash, clock.now());
        await store.signOutGrants(tx, hash, clock.now());
      });
    },
  };
}
