import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { conflict, invalidMember, notFound } from '../../kernel/fault.ts';
import { hashPassword } from './password.ts';
import { endSessionsOf } from './session.store.ts';
import * as store from './user.store.ts';

/** A login of one organisation. */
export type UserRef = { readonly orgId: number; readonly userId: number };

export type NewUser = {
  readonly orgId: number;
  readonly email: string;
  /** without one the user is invited and cannot sign in yet */
  readonly password?: string;
  /** in place of `password`, so that a seed of many users hashes once */
  readonly passwordHash?: string;
  readonly administrator?: boolean;
  /** may register applications; signs in to them in the sandbox (contracts/reapit.md §2.6) */
  readonly developer?: boolean;
  readonly memberId?: number;
  readonly given?: { readonly id?: number; readonly uuid?: string; readonly createdAt?: Date; readonly updatedAt?: Date };
};

// One @, no blanks, no control characters; whether mail arrives there is another question.
const ADDRESS = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,189}$/u;

export function userService(db: Db, clock: Clock) {
  return {
    hashPassword,

    /** @throws Fault invalid at `email` or `password`; conflict `user.email_taken`; not_found member (or one that has a login already) */
    async createUser(user: NewUser): Promise<UserRef & { readonly uuid: string }> {
      if (!ADDRESS.test(user.email)) throw invalidMember('email', 'form', 'This is not an e-mail address');
      const hash = user.passwordHash ?? (user.password === undefined ? null : await hashPassword(user.password));
      const { id = null, uuid = null, createdAt = clock.now(), updatedAt = createdAt } = user.given ?? {};
      const status = hash ? 'active' : 'invited';
      return db.tx(async (tx) => {
        const roles = [user.administrator ?? false, user.developer ?? false];
        const values = [user.orgId, id, uuid, user.email, hash, ...roles, status, createdAt, updatedAt];
        const made = await store.insertUser(tx, values);
        if (!made) throw conflict('user.email_taken', 'This e-mail address has a login in the organisation already', 'email');
        const { memberId } = user;
        if (memberId !== undefined && !(await store.linkMember(tx, user.orgId, memberId, made.id, updatedAt)))
          throw notFound('member');
        return { orgId: user.orgId, userId: made.id, uuid: made.uuid };
      });
    },

    /** Ends every web session of the user too. @throws Fault invalid at `password`; not_found user */
    async setPassword({ orgId, userId }: UserRef, password: string): Promise<void> {
      const hash = await hashPassword(password);
      await db.tx(async (tx) => {
        if (!(await store.savePassword(tx, orgId, userId, hash, clock.now()))) throw notFound('user');
        await endSessionsOf(tx, orgId, userId, clock.now());
      });
    },

    /** The login with that address, if it can be used; `memberId` is null for one without a member. */
    async findUser(orgId: number, email: string): Promise<(UserRef & { readonly memberId: number | null }) | undefined> {
      const row = await store.findByAddress(db, orgId, email);
      return row && { orgId, userId: row.id, memberId: row.member_id };
    },

    /** May this login be used at all: user active, member, if any, active (domain-people §3.3)? */
    isUsable: ({ orgId, userId }: UserRef): Promise<boolean> => store.isUsable(db, orgId, userId),
  };
}
export type UserService = ReturnType<typeof userService>;
