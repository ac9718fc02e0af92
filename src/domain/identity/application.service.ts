import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '../../access/actor.ts';
import type { Db, Tx } from '../../db/index.ts';
import { type DomainEvent, emit, happening } from '../../events/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { conflict, notFound } from '../../kernel/fault.ts';
import * as store from './application.store.ts';
import { type Application, type ApplicationTerms, checkTerms, termsChanged, toApplication } from './application.ts';
import { insertSecret } from './client.store.ts';
import { HIDDEN } from './consumer-event.ts';
import { checkDeveloper, readOwnApplication } from './own-application.ts';
import { hashOf } from './random.ts';

export type NewApplication = ApplicationTerms & { readonly given?: { readonly clientId: string; readonly secret?: string } };

/** Shown once; only its hash is kept. */
export type ApplicationCredentials = { readonly clientId: string; readonly clientSecret: string | null };

const newSecret = () => randomBytes(32).toString('base64url');

/** Applications have no number; the client id says which one it is. */
const eventOf = (clientId: string, name: string, verb: DomainEvent['verb'], changed: object): DomainEvent => ({
  noun: 'application',
  row_id: 0,
  row_name: name,
  verb,
  changed: { client_id: clientId, ...changed },
});

/** The developer's side of the Reapit door (contracts/reapit.md §2.6): what is registered, under which credentials. */
export function applicationService(db: Db, clock: Clock) {
  const lockOwn = async (tx: Tx, actor: Actor, clientId: string): Promise<Application> => {
    const row = await store.lockApplication(tx, actor.orgId, clientId);
    if (!row) throw notFound('application');
    return toApplication(row);
  };

  return {
    /**
     * Registers an application for the caller's organisation; without a secret when it is public.
     * @throws Fault invalid at the terms; forbidden `developer.only`; conflict `application.id_taken`
     */
    async registerApplication(actor: Actor, { given, ...terms }: NewApplication): Promise<ApplicationCredentials> {
      checkTerms(terms);
      const clientId = given?.clientId ?? randomUUID();
      const clientSecret = terms.isPublic ? null : (given?.secret ?? newSecret());
      const { name, redirectUris, signOutUris, grants, scopes, isPublic, requirePkce, rotateRefresh } = terms;
      await db.tx(async (tx) => {
        await checkDeveloper(tx, actor);
        const what = happening(actor, clock.now());
        const facts = [name, redirectUris, signOutUris, grants, scopes, isPublic, requirePkce, rotateRefresh];
        const made = await store.insertApplication(tx, [clientId, actor.orgId, ...facts, what.at]);
        if (!made) throw conflict('application.id_taken', 'This client id is taken', 'clientId');
        if (clientSecret !== null) await insertSecret(tx, clientId, hashOf(clientSecret), what.at);
        await emit(tx, what, eventOf(clientId, name, 'created', terms));
      });
      return { clientId, clientSecret };
    },

    /** The applications of the caller's organisation, by name, with how many customers have installed each. */
    async applications(actor: Actor): Promise<readonly (Application & { readonly installations: number })[]> {
      await checkDeveloper(db, actor);
      const rows = await store.listApplications(db, actor.orgId);
      return rows.map((row) => ({ ...toApplication(row), installations: row.installations }));
    },

    /** @throws Fault not_found application, also for those of other organisations */
    application: (actor: Actor, clientId: string): Promise<Application> => readOwnApplication(db, actor, clientId),

    /**
     * New terms hold at once; scopes that are new wait, customer by customer, until its administrator accepts them. An application that
     * becomes public loses its secrets, one that is public no more gets a first one with `renewSecret`.
     * @throws Fault invalid at the terms; not_found application
     */
    async changeApplication(actor: Actor, clientId: string, terms: ApplicationTerms): Promise<void> {
      checkTerms(terms);
      await db.tx(async (tx) => {
        await checkDeveloper(tx, actor);
        const before = await lockOwn(tx, actor, clientId);
        const changed = termsChanged(before, terms);
        if (!changed) return;
        const what = happening(actor, clock.now());
        const { name, redirectUris, signOutUris, grants, scopes, isPublic, requirePkce, rotateRefresh } = terms;
        const facts = [name, redirectUris, signOutUris, grants, scopes, isPublic, requirePkce, rotateRefresh];
        await store.saveApplication(tx, [clientId, ...facts, what.at]);
        if (isPublic) await store.endSecrets(tx, clientId, what.at);
        await emit(tx, what, eventOf(clientId, name, 'updated', changed));
      });
    },

    /** A new secret; the old one ends at once. @throws Fault not_found application; conflict `application.public` */
    async renewSecret(actor: Actor, clientId: string): Promise<string> {
      const secret = newSecret();
      await db.tx(async (tx) => {
        await checkDeveloper(tx, actor);
        const { name, isPublic } = await lockOwn(tx, actor, clientId);
        if (isPublic) throw conflict('application.public', `${name} is a public application and has no secret`);
        const what = happening(actor, clock.now());
        await store.endSecrets(tx, clientId, what.at);
        await insertSecret(tx, clientId, hashOf(secret), what.at);
        await emit(tx, what, eventOf(clientId, name, 'updated', { secret: HIDDEN }));
      });
      return secret;
    },

    /** For the authorization pages: any application of the door, by its public half. */
    async findApplication(clientId: string): Promise<Application | undefined> {
      const row = await store.findApplication(db, clientId);
      return row && toApplication(row);
    },
  };
}
