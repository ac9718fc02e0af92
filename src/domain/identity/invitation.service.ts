import type { Querier, Tx } from '../../db/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { type Mail, type MailKey, mailTokens } from '../mail/index.ts';
import { hashPassword } from './password.ts';
import type { UserRef } from './user.service.ts';

/** Long enough for somebody who is away, short enough for a mailbox that changes hands. */
export const INVITED_DAYS = 14;
const DAY_MS = 86_400_000;

/** Somebody who was invited, as a page names them; `login` is what they sign in with. */
export type Invitee = { readonly brokerage: string; readonly name: string; readonly login: string };

/** Somebody whose login has no password yet. */
type Waiting = {
  readonly invitee: Invitee;
  /** whom a browser is signed in as afterwards; null: they sign in where an application asks them to */
  readonly user: UserRef | null;
  /** gives the login its first password; false when it has one by now */
  accept(tx: Tx, hash: string, at: Date): Promise<boolean>;
};

/** Those who are invited by one kind of mail. */
export type InvitationKind = {
  readonly mailKind: string;
  /** whom that mail invited, if it was sent after `since` to the address they have, and they still wait */
  find(q: Querier, mail: MailKey, since: Date): Promise<Waiting | undefined>;
};

export type Accepted = Pick<Waiting, 'invitee' | 'user'>;

/** Logins that wait for a password: whoever has the mail chooses it, once (docs/decisions/0023-invitations.md). */
export function invitationsService(
  { db, clock, secrets }: Pick<Ports, 'db' | 'clock' | 'secrets'>,
  kinds: readonly InvitationKind[],
) {
  const { tokenOf, keyIn } = mailTokens(secrets, 'invitation');

  async function read(token: string): Promise<Waiting> {
    const key = keyIn(token);
    if (!key) throw notFound('invitation');
    const since = new Date(clock.now().getTime() - INVITED_DAYS * DAY_MS);
    for (const kind of kinds) {
      const found = await kind.find(db, key, since);
      if (found) return found;
    }
    throw notFound('invitation');
  }

  return {
    /** Where a mail leads whoever it invites; the address is made when the mail goes out, and kept nowhere. */
    invitationPath: (mail: MailKey & Pick<Mail, 'kind'>): string | undefined =>
      kinds.some(({ mailKind }) => mailKind === mail.kind) ? `/invitation/${tokenOf(mail)}` : undefined,

    /** Looking changes nothing. @throws Fault not_found for one that was accepted, is too old or was never ours */
    async invitation(token: string): Promise<Accepted> {
      const { invitee, user } = await read(token);
      return { invitee, user };
    },

    /** The login has that password from now on. @throws Fault not_found as above; invalid at `password` */
    async acceptInvitation(token: string, password: string): Promise<Accepted> {
      const { invitee, user, accept } = await read(token);
      const hash = await hashPassword(password);
      await db.tx(async (tx) => {
        if (!(await accept(tx, hash, clock.now()))) throw notFound('invitation');
      });
      return { invitee, user };
    },
  };
}
