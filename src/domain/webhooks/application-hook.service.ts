import type { Actor } from '../../access/actor.ts';
import { difference, emit, happening } from '../../events/index.ts';
import { invalid, notFound } from '../../kernel/fault.ts';
import { readOwnApplication } from '../identity/index.ts';
import * as store from './application-hook.store.ts';
import { readHookKey } from './hook-key.service.ts';
import { checkHookTerms, type HookTerms, type ScopeOfTopic } from './hook-terms.ts';
import type { DisabledReason } from './types.ts';
import { isUuid } from './uuid.ts';
import type { WebhookPorts } from './webhook.service.ts';
import { webhookStore } from './webhook.store.ts';

const MOST_HOOKS = 50;
/** Messages of one page of attempts. */
const PAGE = 50;

export type ApplicationHook = HookTerms & {
  readonly uuid: string;
  readonly disabledReason: DisabledReason | null;
  /** the customer for whom the application made it itself; such a one is changed by the application alone */
  readonly madeFor: string | null;
  readonly createdAt: Date;
};

/** One attempt to deliver: the status that was answered, or in a few words why there was none. */
export type HookAttempt = {
  readonly at: string;
  readonly url: string;
  readonly topic: string;
  /** what the door calls the record; null where the message is about none */
  readonly entity: string | null;
  readonly customer: string | null;
  readonly status: number | null;
  readonly error: string | null;
};
export type HookAttempts = {
  readonly attempts: readonly HookAttempt[] /** where older ones begin */;
  readonly next: number | null;
};

const toHook = (row: store.ApplicationHookRow): ApplicationHook => ({
  uuid: row.uuid,
  url: row.url,
  description: row.description,
  topics: row.topics,
  customers: row.customers,
  enabled: row.enabled,
  disabledReason: row.disabled_reason,
  ignoreEtagOnly: row.ignore_etag_only,
  extrasFields: row.extras_fields,
  madeFor: row.target_kind === 'organisation' ? row.customer : null,
  createdAt: row.created_at,
});

const attemptsOf = (row: store.AttemptedRow): HookAttempt[] =>
  row.responses
    .map(({ at, status = null, error = null }) => ({
      at,
      url: row.url,
      topic: row.topic,
      entity: row.entity_code,
      customer: row.customer,
      status,
      error,
    }))
    .reverse();

/** The developer's side of webhooks: those that bring news of many customers, and what was sent by all of an application's. */
export function applicationHookService({ db, clock, secrets, allowPrivate = false }: WebhookPorts) {
  const missing = () => notFound('webhook');

  async function check(actor: Actor, clientId: string, given: HookTerms, scopeOf: ScopeOfTopic): Promise<HookTerms> {
    const { scopes } = await readOwnApplication(db, actor, clientId);
    const installed = await store.customersOf(db, clientId);
    return checkHookTerms(given, { allowPrivate, scopes, scopeOf, installed });
  }

  const valuesOf = ({ customers, url, description, topics, enabled, ignoreEtagOnly, extrasFields }: HookTerms) =>
    [customers, url, description, topics, enabled, ignoreEtagOnly, extrasFields] as const;
  const logged = ({ customers, topics, enabled, ignoreEtagOnly, extrasFields }: HookTerms) => ({
    customers,
    topics,
    enabled,
    ignore_etag_only: ignoreEtagOnly,
    extras_fields: extrasFields,
  });

  return {
    /** Every webhook of an application of the caller's organisation, those that it made itself included. @throws Fault not_found */
    async applicationHooks(actor: Actor, clientId: string): Promise<readonly ApplicationHook[]> {
      await readOwnApplication(db, actor, clientId);
      return (await store.listHooks(db, clientId)).map(toHook);
    },

    /** @throws Fault not_found application; invalid with every breach */
    async addApplicationHook(actor: Actor, clientId: string, given: HookTerms, scopeOf: ScopeOfTopic): Promise<string> {
      const terms = await check(actor, clientId, given, scopeOf);
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const own = (await store.listHooks(tx, clientId)).filter(({ target_kind }) => target_kind === 'application');
        if (own.length >= MOST_HOOKS)
          throw invalid({
            in: 'body',
            reason: 'value',
            message: `An application has up to ${MOST_HOOKS} webhooks of its developer`,
          });
        await readHookKey(tx, secrets, clientId, what.at);
        const by = actor.kind === 'user' ? actor.id : null;
        const made = await store.insertHook(tx, [actor.orgId, clientId, ...valuesOf(terms), what.at, by, actor.door]);
        await emit(tx, what, { noun: 'webhook', row_id: made.id, verb: 'created', changed: logged(terms) });
        return made.uuid;
      });
    },

    /** @throws Fault not_found, also for those that the application made itself; invalid with every breach */
    async changeApplicationHook(
      actor: Actor,
      clientId: string,
      uuid: string,
      given: HookTerms,
      scopeOf: ScopeOfTopic,
    ): Promise<void> {
      const terms = await check(actor, clientId, given, scopeOf);
      await db.tx(async (tx) => {
        const before = isUuid(uuid) ? await store.lockHook(tx, actor.orgId, clientId, uuid) : undefined;
        if (!before) throw missing();
        const what = happening(actor, clock.now());
        await store.saveHook(tx, [actor.orgId, before.id, ...valuesOf(terms), what.at]);
        const changed = difference(logged(toHook(before)), logged(terms)) ?? {};
        await emit(tx, what, { noun: 'webhook', row_id: before.id, verb: 'updated', changed });
      });
    },

    /** @throws Fault not_found, also for those that the application made itself */
    async removeApplicationHook(actor: Actor, clientId: string, uuid: string): Promise<void> {
      await readOwnApplication(db, actor, clientId);
      await db.tx(async (tx) => {
        const row = isUuid(uuid) ? await store.lockHook(tx, actor.orgId, clientId, uuid) : undefined;
        if (!row) throw missing();
        const what = happening(actor, clock.now());
        await webhookStore.remove(tx, actor.orgId, row.id, what.at);
        await emit(tx, what, { noun: 'webhook', row_id: row.id, verb: 'deleted' });
      });
    },

    /** What an application's webhooks were sent, newest messages first, each with its attempts. @throws Fault not_found application */
    async hookAttempts(actor: Actor, clientId: string, before?: number): Promise<HookAttempts> {
      await readOwnApplication(db, actor, clientId);
      const rows = await store.listAttempted(db, clientId, before ?? null, PAGE + 1);
      const page = rows.slice(0, PAGE);
      return { attempts: page.flatMap(attemptsOf), next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
    },
  };
}
