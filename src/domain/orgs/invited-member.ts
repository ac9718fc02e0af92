import { systemActor } from '../../access/actor.ts';
import { statement, type Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { INVITED_DAYS, type InvitationKind } from '../identity/index.ts';
import { queueMail } from '../mail/index.ts';
import { addFirstProfile } from './first-profile.ts';

const INVITED = 'member.invited';

type Invited = { readonly brokerage: string; readonly name: string; readonly email: string };

const nameSql = (m: string) => `coalesce(${m}.display_name, trim(concat(${m}.first_name, ' ', ${m}.last_name)))`;
const waiting = statement<Invited>(
  'invitation.waiting',
  `select g.name as brokerage, ${nameSql('m')} as name, u.email
   from member m join app_user u on u.org_id = m.org_id and u.id = m.user_id join organisation g on g.id = m.org_id
   where m.org_id = $1 and m.id = $2 and m.active and u.status = 'invited' and u.deleted_at is null`,
);

/** Asks who is with the brokerage and has a login without a password to choose one; nobody else (contracts/propertybase.md §3.2). */
export async function inviteMember(tx: Tx, what: Happening, memberId: number): Promise<void> {
  const [invited] = await tx.rows(waiting, [what.actor.orgId, memberId]);
  if (!invited) return;
  const { brokerage, name, email } = invited;
  await queueMail(tx, what, {
    kind: INVITED,
    to: email,
    subject: `Your login at ${brokerage}`,
    body: `Hello ${name},\n\n${brokerage} has made a login for you. Choose a password within ${INVITED_DAYS} days, and sign in with ${email} from then on:`,
    memberId,
  });
}

type Known = Invited & { readonly user_id: number; readonly member_id: number };
// Whoever was given another address since, or is no longer there, was not invited by this mail.
const find = statement<Known>(
  'invitation.find_member',
  `select g.name as brokerage, ${nameSql('m')} as name, u.email, u.id as user_id, m.id as member_id
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

/** People of the brokerage: with the first password they have their profile, and are signed in. */
export const INVITED_MEMBERS: InvitationKind = {
  mailKind: INVITED,
  async find(q, { org_id: orgId, id }, since) {
    const [known] = await q.rows(find, [orgId, id, since]);
    if (!known) return undefined;
    const { brokerage, name, email, user_id: userId, member_id } = known;
    return {
      invitee: { brokerage, name, login: email },
      user: { orgId, userId },
      async accept(tx, hash, at) {
        const what = happening(systemActor(orgId), at);
        const [taken] = await tx.rows(activate, [orgId, userId, hash, at]);
        if (!taken) return false;
        await addFirstProfile(tx, what, member_id);
        const changed = { status: ['invited', 'active'] };
        await emit(tx, what, { noun: 'user', row_id: userId, row_name: email, verb: 'updated', changed });
        return true;
      },
    };
  },
};
