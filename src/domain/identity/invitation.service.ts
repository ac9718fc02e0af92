import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { type MailKey, queueMail, wayBack } from '../mail/index.ts';
import { HIDDEN, ofLogin } from './consumer-event.ts';
import * as store from './invitation.store.ts';
import { hashPassword } from './password.ts';

/** Long enough for somebody who is away, short enough for a mailbox that changes hands. */
const LASTS_MS = 14 * 24 * 60 * 60_000;

export type Invitation = { readonly brokerage: string; readonly name: string; readonly loginName: string };

type Invitee = { readonly contactId: number; readonly name: string; readonly email: string | null; readonly loginName: string };

/** Writes to a contact whose portal account has no password yet; one without an address gets its password from the agent. */
export async function mailInvitation(tx: Tx, what: Happening, { contactId, name, email, loginName }: Invitee): Promise<void> {
  if (!email) return;
  const { orgId, memberId } = what.actor;
  const { brokerage, agent } = await store.findInviter(tx, orgId, memberId);
  const opened = `${agent ?? brokerage} has opened an account for you at ${brokerage}, where you see listings, keep notes and searches.`;
  await queueMail(tx, what, {
    kind: store.INVITATION,
    to: email,
    subject: `Your account at ${brokerage}`,
    body: `Hello ${name},\n\n${opened} Your login name is ${loginName}. Choose a password with the link below; it works once, for 14 days.`,
    contactId,
  });
}

/** What the link of an invitation opens: whoever has the mail chooses the first password of that contact's account, and nobody a second. */
export function invitationService({ db, clock, secrets }: Pick<Ports, 'db' | 'clock' | 'secrets'>) {
  const link = wayBack(secrets, 'invitation');

  async function find(token: string): Promise<store.Invited> {
    const { org_id, id } = link.read(token);
    const found = await store.findInvited(db, org_id, id, new Date(clock.now().getTime() - LASTS_MS));
    if (!found) throw notFound('invitation');
    return found;
  }

  const actorOf = ({ org_id, contact_id, name }: store.Invited): Actor => ({
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

  return {
    /** The link of a mail that invites; of no other. */
    invitationToken: ({ kind, ...key }: MailKey & { readonly kind: string }): string | undefined =>
      kind === store.INVITATION ? link.write(key) : undefined,

    /** @throws Fault not_found for what we did not sign, and for an invitation that is accepted, withdrawn or 14 days old */
    async invitation(token: string): Promise<Invitation> {
      const { brokerage, name, login_name: loginName } = await find(token);
      return { brokerage, name, loginName };
    },

    /** @throws Fault as invitation; invalid at `password` for one too short or too long */
    async acceptInvitation(token: string, password: string): Promise<Invitation> {
      const found = await find(token);
      const hash = await hashPassword(password);
      const what = happening(actorOf(found), clock.now());
      await db.tx(async (tx) => {
        if (!(await store.saveFirstPassword(tx, found, hash, what.at))) throw notFound('invitation');
        const login = ofLogin(found.contact_id, found.login_name);
        await emit(tx, what, { ...login, verb: 'updated', changed: { password: HIDDEN } });
      });
      return { brokerage: found.brokerage, name: found.name, loginName: found.login_name };
    },
  };
}
