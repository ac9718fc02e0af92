import type { Actor } from '../../access/actor.ts';
import { statement, type Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { queueMail } from '../mail/index.ts';
import { HIDDEN, ofLogin } from './consumer-event.ts';
import { CONTACT_NAME } from './consumer-login.store.ts';
import { INVITED_DAYS, type InvitationKind } from './invitation.service.ts';

const INVITED = 'consumer.invited';

type Invited = {
  readonly brokerage: string;
  readonly agent: string | null;
  readonly name: string;
  readonly email: string;
  readonly login: string;
};
const waiting = statement<Invited>(
  'invitation.waiting_consumer',
  `select g.name as brokerage, coalesce(m.display_name, nullif(concat_ws(' ', m.first_name, m.last_name), '')) as agent, ${CONTACT_NAME} as name,
     c.email, l.login_name as login
   from contact_login l join contact c on c.org_id = l.org_id and c.id = l.contact_id join organisation g on g.id = l.org_id
   left join member m on m.org_id = l.org_id and m.id = $3
   where l.org_id = $1 and l.contact_id = $2 and l.enabled and l.password_hash is null and c.email is not null`,
);

/** Asks a contact whose portal account is open and has no password to choose one; without an address the agent gives it one. */
export async function inviteConsumer(tx: Tx, what: Happening, contactId: number): Promise<void> {
  const [invited] = await tx.rows(waiting, [what.actor.orgId, contactId, what.actor.memberId]);
  if (!invited) return;
  const { brokerage, agent, name, email, login } = invited;
  const opened = `${agent ?? brokerage} has opened an account for you at ${brokerage}, where you see listings, keep notes and searches.`;
  await queueMail(tx, what, {
    kind: INVITED,
    to: email,
    subject: `Your account at ${brokerage}`,
    body: `Hello ${name},\n\n${opened} Choose a password within ${INVITED_DAYS} days, and sign in as ${login} from then on:`,
    contactId,
  });
}

type Known = {
  readonly org_id: number;
  readonly contact_id: number;
  readonly brokerage: string;
  readonly name: string;
  readonly login: string;
};
const find = statement<Known>(
  'invitation.find_consumer',
  `select mail.org_id, c.id as contact_id, l.login_name as login, g.name as brokerage,
     ${CONTACT_NAME} as name
   from mail join contact c on c.org_id = mail.org_id and c.id = mail.contact_id and c.deleted_at is null
     and c.email_key = lower(mail.recipient)
   join contact_login l on l.org_id = c.org_id and l.contact_id = c.id and l.enabled and l.password_hash is null
   join organisation g on g.id = mail.org_id and g.deleted_at is null
   where mail.org_id = $1 and mail.id = $2 and mail.kind = '${INVITED}' and mail.created_at > $3`,
);
const accept = statement<{ contact_id: number }>(
  'invitation.accept_consumer',
  `update contact_login set password_hash = $3, updated_at = $4, version = version + 1
   where org_id = $1 and contact_id = $2 and enabled and password_hash is null returning contact_id`,
);

const actorOf = ({ org_id, contact_id, name }: Known): Actor => ({
  orgId: org_id,
  kind: 'contact',
  id: contact_id,
  name,
  door: 'portico',
  clientId: null,
  memberId: null,
  officeId: null,
  administrator: false,
  scopes: new Set(),
});

/** Contacts with an account at an agent's portal (contracts/spark.md §10.5). */
export const INVITED_CONSUMERS: InvitationKind = {
  mailKind: INVITED,
  async find(q, { org_id, id }, since) {
    const [known] = await q.rows(find, [org_id, id, since]);
    if (!known) return undefined;
    const { contact_id, brokerage, name, login } = known;
    return {
      invitee: { brokerage, name, login },
      user: null,
      async accept(tx, hash, at) {
        const [taken] = await tx.rows(accept, [org_id, contact_id, hash, at]);
        if (!taken) return false;
        const event = { ...ofLogin(contact_id, login), verb: 'updated' as const, changed: { password: HIDDEN } };
        await emit(tx, happening(actorOf(known), at), event);
        return true;
      },
    };
  },
};
