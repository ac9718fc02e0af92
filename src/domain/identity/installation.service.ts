import type { Actor } from '../../access/actor.ts';
import type { Db, Tx } from '../../db/index.ts';
import { difference, emit, happening } from '../../events/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { conflict, invalidMember, notFound } from '../../kernel/fault.ts';
import { allowAdministrator } from './administrator.ts';
import { findApplication } from './application.store.ts';
import * as store from './installation.store.ts';
import { readOwnApplication } from './own-application.ts';
import { isOpenSandbox } from './sandbox-customer.ts';

export type Installation = {
  readonly id: number;
  readonly clientId: string;
  readonly name: string;
  /** name of the developer's organisation */
  readonly developer: string;
  readonly customer: string;
  readonly customerName: string;
  /** the group of offices it is for; null: the whole organisation */
  readonly officeGroup: { readonly code: string; readonly name: string } | null;
  readonly scopes: readonly string[];
  /** what the application has registered since, and waits for */
  readonly newScopes: readonly string[];
  readonly extrasFields: readonly string[];
  readonly installedAt: Date;
};

export type NewInstallation = {
  readonly clientId: string;
  /** code of a group of offices; absent: the whole organisation */
  readonly officeGroup?: string;
  readonly extrasFields?: readonly string[];
};

const toInstallation = (row: store.InstallationRow): Installation => ({
  id: row.id,
  clientId: row.client_id,
  name: row.name,
  developer: row.developer,
  customer: row.customer,
  customerName: row.customer_name,
  officeGroup: row.group_code === null ? null : { code: row.group_code, name: row.group_name ?? row.group_code },
  scopes: row.scopes,
  newScopes: row.registered.filter((scope) => !row.scopes.includes(scope)),
  extrasFields: row.extras_fields,
  installedAt: row.installed_at,
});

/** Names of extra fields as customers make them up: `pDirections`. */
const EXTRA = /^[A-Za-z]\w{0,63}$/;

const checkExtras = (fields: readonly string[]): string[] => {
  const wrong = fields.find((field) => !EXTRA.test(field));
  if (wrong !== undefined) throw invalidMember('extrasFields', 'form', `${wrong} is no name of an extra field`);
  return [...new Set(fields)];
};

const checkAdministrator = (actor: Actor): void =>
  allowAdministrator(actor, 'installation.not_administrator', 'Only an administrator installs and uninstalls applications');

/**
 * The customer's side of the Reapit door: an administrator's installation is the consent of the whole organisation (contracts/reapit.md
 * §2.6).
 */
export function installationService(db: Db, clock: Clock) {
  const lock = async (tx: Tx, actor: Actor, id: number) => {
    const row = await store.lockInstallation(tx, actor.orgId, id);
    if (!row) throw notFound('installation');
    return row;
  };

  const eventOf = (id: number, name: string, verb: 'created' | 'updated' | 'deleted', changed: object) => ({
    noun: 'installation',
    row_id: id,
    row_name: name,
    verb,
    changed,
  });

  return {
    /** What the caller's organisation has installed, by name. */
    async installations(actor: Actor): Promise<readonly Installation[]> {
      checkAdministrator(actor);
      return (await store.installationsOf(db, actor.orgId)).map(toInstallation);
    },

    /** Who has installed an application of the caller's organisation. @throws Fault not_found application */
    async installationsOfApplication(actor: Actor, clientId: string): Promise<readonly Installation[]> {
      await readOwnApplication(db, actor, clientId);
      return (await store.installationsOfApplication(db, clientId)).map(toInstallation);
    },

    /**
     * Lets an application in with every scope that it has registered. The event is what its webhooks are told of.
     * @throws Fault forbidden `installation.not_administrator`; not_found application, office group; invalid at `extrasFields`;
     *   conflict `installation.exists`, `installation.sandbox`
     */
    async install(actor: Actor, { clientId, officeGroup, extrasFields = [] }: NewInstallation): Promise<number> {
      checkAdministrator(actor);
      const extras = checkExtras(extrasFields);
      return db.tx(async (tx) => {
        const application = await findApplication(tx, clientId);
        const customer = await store.findCustomer(tx, actor.orgId);
        if (!application || !customer) throw notFound('application');
        if (isOpenSandbox(customer))
          throw conflict('installation.sandbox', 'The sandbox is open to every application; nothing has to be installed there');
        // Its secret is published (design §1).
        if (application.is_sandbox && !customer.is_sandbox)
          throw conflict('installation.sandbox', `${application.name} belongs to the sandbox and works nowhere else`);
        const group = officeGroup === undefined ? undefined : await store.findGroup(tx, actor.orgId, officeGroup.toUpperCase());
        if (officeGroup !== undefined && !group) throw notFound('office group');
        const what = happening(actor, clock.now());
        const where = [actor.orgId, clientId, group?.id ?? null];
        const values = [...where, application.scopes, extras, what.at, actor.id, actor.door];
        const made = await store.insertInstallation(tx, values);
        if (!made) throw conflict('installation.exists', `${application.name} is installed already`);
        const { code, name, email, address } = customer;
        const facts = { client_id: clientId, name: application.name, customer: { code, name, email, address } };
        const row = { ...facts, office_group: group?.code ?? null, scopes: application.scopes, extras_fields: extras };
        await emit(tx, what, eventOf(made.id, application.name, 'created', row));
        return made.id;
      });
    },

    /** Grants what the application has registered since, and no more what it has given up. @throws Fault not_found installation */
    async acceptScopes(actor: Actor, id: number): Promise<void> {
      checkAdministrator(actor);
      await db.tx(async (tx) => {
        const row = await lock(tx, actor, id);
        const changed = difference({ scopes: row.scopes }, { scopes: row.registered });
        if (!changed) return;
        const what = happening(actor, clock.now());
        await store.saveInstallation(tx, [actor.orgId, id, row.registered, row.extras_fields, what.at]);
        await emit(tx, what, eventOf(id, row.name, 'updated', changed));
      });
    },

    /** Which extra fields it may read (contracts/reapit.md §1.14). @throws Fault not_found installation; invalid at `extrasFields` */
    async grantExtras(actor: Actor, id: number, extrasFields: readonly string[]): Promise<void> {
      checkAdministrator(actor);
      const extras = checkExtras(extrasFields);
      await db.tx(async (tx) => {
        const row = await lock(tx, actor, id);
        const changed = difference({ extras_fields: row.extras_fields }, { extras_fields: extras });
        if (!changed) return;
        const what = happening(actor, clock.now());
        await store.saveInstallation(tx, [actor.orgId, id, row.scopes, extras, what.at]);
        await emit(tx, what, eventOf(id, row.name, 'updated', changed));
      });
    },

    /** Ends the application's access at once: its next call is refused, and so is every refresh. @throws Fault not_found installation */
    async uninstall(actor: Actor, id: number): Promise<void> {
      checkAdministrator(actor);
      await db.tx(async (tx) => {
        const row = await lock(tx, actor, id);
        const customer = await store.findCustomer(tx, actor.orgId);
        const what = happening(actor, clock.now());
        await store.endInstallation(tx, actor.orgId, id, what.at);
        const { code = row.customer, name = row.customer_name, email = null, address = null } = customer ?? {};
        const facts = { client_id: row.client_id, name: row.name, customer: { code, name, email, address } };
        const gone = { ...facts, office_group: row.group_code, scopes: row.scopes, extras_fields: row.extras_fields };
        await emit(tx, what, eventOf(id, row.name, 'deleted', gone));
      });
    },
  };
}
