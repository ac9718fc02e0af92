import { systemActor } from '../../access/actor.ts';
import { statement, type Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { hashPassword, type UserRef } from '../identity/index.ts';
import { type Mail, type MailKey, mailTokens, queueMail } from '../mail/index.ts';
import { addFirstProfile } from './first-profile.ts';

const INVITED = 'member.invited';
const DAYS = 14;
const DAY_MS = 86_400_000;

type Invitee = { readonly brokerage: string; readonly name: string; readonly email: string };

const nameSql = (m: string) => `coalesce(${m}.display_name, trim(concat(${m}.first_name, ' ', ${m}.last_name)))`;
const waiting = statement<Invitee>(
  'invitation.waiting',
  `select g.name as brokerage, ${nameSql('m')} as name, u.email
   from member m join app_user u on u.org_id = m.org_id and u.id = m.user_id join organisation g on g.id = m.org_id
   where m.org_id = $1 and m.id = $2 and u.status = 'invited' and u.deleted_at is null`,
);

/** Asks a person of the brokerage who has a login without a password to choose one; nobody else (contracts/propertybase.md §3.2). */
export async function invite(tx: Tx, what: Happening, memberId: number): Promise<void> {
  const [invitee] = await tx.rows(waiting, [what.actor.orgId, memberId]);
  if (!invitee) return;
  const { brokerage, name, email } = invitee;
  await queueMail(tx, what, {
    kind: INVITED,
    to: email,
    subject: `Your login at ${brokerage}`,
    body: `Hello ${name},\n\n${brokerage} has made a login for you. Choose a password within ${DAYS} days, and sign in with ${email} from then on:`,
    memberId,
  });
}

type Known = Invitee & { readonly org_id: number; readonly user_id: number; readonly member_id: number };
// Whoever was given another address since, or is no longer there, was not invited by this mail.
const find = statement<Known>(
  'invitation.find',
  `select mail.org_id, g.name as brokerage, ${nameSql('m')} as name, u.email, u.id as user_id, m.id as member_id
   from mail join member m on m.org_id = mail.org_id and m.id = mail.member_id and m.deleted_at is null and m.active
   join app_user u on u.org_id = m.org_id and u.id = m.user_id and u.status = 'invited' and u.deleted_at is null
     and u.email_key = lower(mail.recipient)
   join organisation g on g.id = mail.org_id and g.deleted_at is null
   where mail.org_id = $1 and mail.id = $2 and mail.kind = '${INVITED}' and mail.created_at > $3`,
);
const activate = statement<{ id: number }>(
  'invitation.activate',
  `update app_user set password_hash = $3, status = 'active', last_login_at = $4, updated_at = $4, version = version + 1
   where org_id = $1 and id = $2 and status = 'invited' and deleted_at is null returning id`,
);

/** Logins that wait for a password: whoever has the mail chooses it, once. */
export function invitationsService({ db, clock, secrets }: Pick<Ports, 'db' | 'clock' | 'secrets'>) {
  const { tokenOf, keyIn } = mailTokens(secrets, 'invitation');

  async function read(token: string): Promise<Known> {
    const key = keyIn(token);
    const oldest = new Date(clock.now().getTime() - DAYS * DAY_MS);
    const [known] = key ? await db.rows(find, [key.org_id, key.id, oldest]) : [];
    if (!known) throw notFound('invitation');
    return known;
  }

  return {
    /** Where a mail leads whoever it invites; the address is made when the mail goes out, and kept nowhere. */
    invitationPath: (mail: MailKey & Pick<Mail, 'kind'>): string | undefined =>
      mail.kind === INVITED ? `/invitation/${tokenOf(mail)}` : undefined,

    /** Looking changes nothing. @throws Fault not_found for one that was accepted, is too old or was never ours */
    invitation: (token: string): Promise<Invitee> => read(token),

    /** The login has that password from now on, and its profile. @throws Fault not_found as above; invalid at `password` */
    async acceptInvitation(token: string, password: string): Promise<UserRef> {
      const { org_id: orgId, user_id: userId, member_id, email } = await read(token);
      const hash = await hashPassword(password);
      return db.tx(async (tx) => {
        const what = happening(systemActor(orgId), clock.now());
        const [taken] = await tx.rows(activate, [orgId, userId, hash, what.at]);
        if (!taken) throw notFound('invitation');
        await addFirstProfile(tx, what, member_id);
        const changed = { status: ['invited', 'active'] };
        await emit(tx, what, { noun: 'user', row_id: userId, row_name: email, verb: 'updated', changed });
        return { orgId, userId };
      });
    },
  };
}
