import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { conflict, forbidden, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { holdKey } from '../guard.ts';
import { HIDDEN, ofLogin } from './consumer-event.ts';
import * as store from './consumer-login.store.ts';
import { inviteConsumer } from './invited-consumer.ts';
import { hashPassword } from './password.ts';

export type { ConsumerLogin } from './consumer-login.store.ts';

export type LoginChange = {
  readonly loginName?: string | undefined;
  readonly password?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly language?: string | null | undefined;
};
/** What a story brings along; one hash for many. */
export type GivenLogin = { readonly resoKey?: string; readonly passwordHash?: string };

const seerOf = ({ kind, id, memberId, agentId }: Actor): store.Seer => [
  memberId,
  kind === 'contact' ? id : null,
  memberId ?? agentId ?? null,
];

async function claimName(tx: Tx, orgId: number, loginName: string, contactId: number): Promise<void> {
  await holdKey(tx, orgId, 'login', loginName.toLowerCase());
  if (await store.isNameTaken(tx, orgId, loginName, contactId))
    throw conflict('login.name_taken', `The login name ${loginName} is taken already`, 'login_name');
}

/**
 * Whether a contact may use its login. Whoever may not is signed out everywhere.
 * @throws Fault forbidden `contact.no_portal_account` when there is none to allow
 */
export async function enableLogin(tx: Tx, what: Happening, contactId: number, enabled: boolean): Promise<void> {
  const { orgId } = what.actor;
  const saved = await store.saveEnabled(tx, orgId, contactId, enabled, what.at);
  if (!saved && enabled) throw forbidden('contact.no_portal_account', 'The contact has no portal account yet');
  if (!saved || saved.was === enabled) return;
  if (!enabled) await store.endConsumerGrants(tx, orgId, contactId, what.at);
  await emit(tx, what, { ...ofLogin(contactId, saved.login_name), verb: 'updated', changed: { enabled: [saved.was, enabled] } });
  if (enabled) await inviteConsumer(tx, what, contactId);
}

/** With a deleted contact goes its login, and every sign-in of it (domain-people §3.5). */
export async function endConsumer(tx: Tx, what: Happening, contactId: number): Promise<void> {
  const { orgId } = what.actor;
  await store.endConsumerGrants(tx, orgId, contactId, what.at);
  const name = await store.deleteLogin(tx, orgId, contactId);
  if (name !== undefined) await emit(tx, what, { ...ofLogin(contactId, name), verb: 'deleted', changed: { login_name: name } });
}

/** Logins of contacts at agents' portals: what the agents who have the contact in the book see and do, and what the contact sees. */
export function consumerLoginService({ db, clock, mintResoKey }: Pick<Ports, 'db' | 'clock' | 'mintResoKey'>) {
  return {
    /** Undefined: there is none yet. @throws Fault not_found for a contact that is neither in the book nor the caller */
    async consumerLogin(actor: Actor, contactKey: string): Promise<store.ConsumerLogin | undefined> {
      const found = await store.findLogin(db, actor.orgId, seerOf(actor), contactKey);
      if (!found) throw notFound('contact');
      return found.reso_key === null ? undefined : found;
    },

    /**
     * Without a login name it is the contact's e-mail address; without a password the contact is invited to choose one, and cannot sign
     * in before.
     * @throws Fault not_found; conflict `login.exists`, `login.name_taken`; invalid at `login_name`, `password`
     */
    async createConsumerLogin(actor: Actor, contactKey: string, values: LoginChange, given: GivenLogin = {}): Promise<void> {
      const { orgId, door } = actor;
      const hash = given.passwordHash ?? (values.password === undefined ? null : await hashPassword(values.password));
      const { enabled = true, language = null } = values;
      await db.tx(async (tx) => {
        const contact = await store.lockLogin(tx, orgId, seerOf(actor), contactKey);
        if (!contact) throw notFound('contact');
        if (contact.reso_key !== null) throw conflict('login.exists', 'The contact has a portal account already');
        const loginName = values.loginName || contact.email;
        if (!loginName)
          throw invalidMember('login_name', 'required', 'A login name is needed: the contact has no e-mail address');
        const id = contact.contact_id;
        await claimName(tx, orgId, loginName, id);
        const what = happening(actor, clock.now());
        const resoKey = given.resoKey ?? mintResoKey(what.at);
        await store.insertLogin(tx, [orgId, id, resoKey, loginName, hash, enabled, language, what.at, door]);
        const changed = { login_name: loginName, enabled, language, invited: hash === null };
        await emit(tx, what, { ...ofLogin(id, loginName), verb: 'created', changed });
        await inviteConsumer(tx, what, id);
      });
    },

    /** Nothing that differs: nothing is written. @throws Fault as createConsumerLogin; not_found also when there is no login */
    async changeConsumerLogin(actor: Actor, contactKey: string, change: LoginChange): Promise<void> {
      const { orgId } = actor;
      const hash = change.password === undefined ? undefined : await hashPassword(change.password);
      await db.tx(async (tx) => {
        const before = await store.lockLogin(tx, orgId, seerOf(actor), contactKey);
        if (!before) throw notFound('contact');
        if (before.reso_key === null) throw notFound('login');
        const id = before.contact_id;
        const after = {
          ...before,
          login_name: change.loginName ?? before.login_name,
          enabled: change.enabled ?? before.enabled,
          language: change.language === undefined ? before.language : change.language,
        };
        const changed: Record<string, readonly [unknown, unknown]> = {};
        for (const column of ['login_name', 'enabled', 'language'] as const)
          if (before[column] !== after[column]) changed[column] = [before[column], after[column]];
        const what = happening(actor, clock.now());
        if (changed.login_name) await claimName(tx, orgId, after.login_name, id);
        if (Object.keys(changed).length > 0) await store.saveLogin(tx, orgId, id, after, what.at);
        if (hash !== undefined) {
          await store.savePassword(tx, orgId, id, hash, what.at);
          changed.password = HIDDEN;
        }
        if (Object.keys(changed).length === 0) return;
        if (hash !== undefined || (changed.enabled && !after.enabled)) await store.endConsumerGrants(tx, orgId, id, what.at);
        await emit(tx, what, { ...ofLogin(id, after.login_name), verb: 'updated', changed });
        if (changed.enabled && after.enabled) await inviteConsumer(tx, what, id);
      });
    },
  };
}
