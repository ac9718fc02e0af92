import type { Actor } from '../../access/actor.ts';
import type { Db } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { Fault, notFound } from '../../kernel/fault.ts';
import { HIDDEN, ofLogin } from './consumer-event.ts';
import * as store from './consumer-login.store.ts';
import { countGuess } from './guess.ts';
import type { ConsumerRef } from './holder.ts';
import { hashPassword, verifyPassword } from './password.ts';

export type SignedInConsumer =
  | { readonly kind: 'ok'; readonly consumer: ConsumerRef; readonly resoKey: string; readonly name: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number };

/** Where a consumer signs in: the portal of that agent (`orgs.portals.findByName`). */
export type AtPortal = { readonly orgId: number; readonly agentId: number };

const refusal = (reason: string, message: string) => new Fault('invalid', message, { reason });

/** Consumers: the contacts of a brokerage, when they sign in themselves. */
export function consumerSignInService(db: Db, clock: Clock) {
  return {
    /**
     * By login name or e-mail address, among the contacts in the agent's book. Failures slow down as those of people of the brokerage do,
     * and cost as much whether there is such a login or not.
     */
    async signInConsumer(
      { orgId, agentId }: AtPortal,
      loginName: string,
      password: string,
      from: { readonly address: string },
    ): Promise<SignedInConsumer> {
      const now = clock.now();
      const guess = await countGuess(db, `consumer:${orgId}:${loginName.toLowerCase()}`, from.address, now);
      const { retryAfterSeconds } = guess;
      if (retryAfterSeconds !== undefined) return { kind: 'slow_down', retryAfterSeconds };
      const logins = await store.loginsAtPortal(db, orgId, agentId, loginName);
      const checked = logins.length > 0 ? logins : [undefined];
      const fits = await Promise.all(checked.map((login) => verifyPassword(login?.password_hash ?? null, password)));
      const found = logins.find((_, i) => fits[i]);
      if (!found) return { kind: 'refused' };
      await guess.forgive();
      await store.noteSignIn(db, orgId, found.contact_id, now);
      const { contact_id: contactId, reso_key: resoKey, name } = found;
      return { kind: 'ok', consumer: { orgId, contactId, agentId }, resoKey, name };
    },

    /**
     * A consumer's own password. Guesses of the current one are slowed down like those at a sign-in.
     * @throws Fault not_found for whoever has no portal account; too_many; invalid `password.wrong` for the current one,
     * `password.used_before` for one of the last six, at `password` for one too short
     */
    async changeOwnPassword(actor: Actor, current: string, next: string): Promise<void> {
      const { orgId, kind, id } = actor;
      const now = clock.now();
      if (kind !== 'contact' || id === null) throw notFound('login');
      const guess = await countGuess(db, `consumer:${orgId}:#${id}`, `consumer:${orgId}:#${id}`, now);
      const { retryAfterSeconds } = guess;
      if (retryAfterSeconds !== undefined)
        throw new Fault('too_many', 'Too many wrong passwords; wait before the next try', { retryAfterSeconds });
      const login = await store.findPasswords(db, orgId, id);
      if (!login) throw notFound('login');
      const { password_hash: hash } = login;
      if (!(await verifyPassword(hash, current)) || hash === null)
        throw refusal('password.wrong', 'The current password is another one');
      await guess.forgive();
      for (const used of [hash, ...login.former_hashes])
        if (await verifyPassword(used, next)) throw refusal('password.used_before', 'This password has been used before');
      const nextHash = await hashPassword(next);
      await db.tx(async (tx) => {
        const saved = await store.savePassword(tx, orgId, id, nextHash, now, hash);
        // another request changed it while this one was computing
        if (!saved) throw refusal('password.wrong', 'The current password is another one');
        await emit(tx, happening(actor, now), {
          ...ofLogin(id, login.login_name),
          verb: 'updated',
          changed: { password: HIDDEN },
        });
      });
    },
  };
}
