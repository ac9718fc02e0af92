import type { Actor } from '../../access/actor.ts';
import { difference, emit, happening } from '../../events/index.ts';
import { type Breach, invalid, notFound } from '../../kernel/fault.ts';
import { type Application, readOwnApplication, SANDBOX_CODE } from '../identity/index.ts';
import * as store from './application-hook.store.ts';
import { readHookKey } from './hook-key.service.ts';
import { targetUrlBreach } from './target-url.ts';
import type { DisabledReason } from './types.ts';
import { isUuid } from './uuid.ts';
import type { WebhookPorts } from './webhook.service.ts';
import { webhookStore } from './webhook.store.ts';

const MOST_HOOKS = 50;
const MOST_TEXT = 2_000;
/** Messages of one page of attempts. */
const PAGE = 50;

/** What a developer says about a webhook of an application (contracts/reapit.md §3.5). */
export type HookTerms = {
  readonly url: string;
  readonly description: string | null;
  readonly topics: readonly string[];
  /** codes of customers; none: all that have installed the application. The sandbox stands alone */
  readonly customers: readonly string[];
  readonly enabled: boolean;
  readonly ignoreEtagOnly: boolean;
  /** extra fields that are sent along; every customer of the webhook has to have granted them */
  readonly extrasFields: readonly string[];
};
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

/** The scope that a topic needs, null for none; undefined for what is no topic. The door says it. */
export type ScopeOfTopic = (topic: string) => string | null | undefined;

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

  function customerBreaches(terms: HookTerms, installed: readonly store.CustomerRow[]): Breach[] {
    const wrong = (at: string, message: string): Breach => ({ in: 'body', at, reason: 'value', message });
    const sandbox = terms.customers.includes(SANDBOX_CODE);
    if (sandbox && terms.customers.length > 1) return [wrong('customers', 'A webhook of the sandbox has no other customers')];
    const codes = new Set(installed.map(({ code }) => code));
    const stranger = terms.customers.find((code) => !sandbox && !codes.has(code));
    if (stranger !== undefined) return [wrong('customers', `${stranger} has not installed the application`)];
    // Nobody grants anything in the sandbox.
    const nothing = { code: SANDBOX_CODE, extras_fields: [] };
    const of = sandbox
      ? [nothing]
      : installed.filter(({ code }) => terms.customers.length === 0 || terms.customers.includes(code));
    const refused = terms.extrasFields.flatMap((name) =>
      of.filter((one) => !one.extras_fields.includes(name)).map(({ code }) => `${code} has not granted the extra field ${name}`),
    );
    return refused.slice(0, 1).map((message) => wrong('extrasFields', message));
  }

  function topicBreaches({ topics }: HookTerms, { scopes }: Application, scopeOf: ScopeOfTopic): Breach[] {
    return topics.flatMap((topic): Breach[] => {
      const scope = scopeOf(topic);
      const wrong = (message: string): Breach[] => [{ in: 'body', at: 'topics', reason: 'value', message }];
      if (scope === undefined) return wrong(`${topic} is no topic`);
      return scope === null || scopes.includes(scope) ? [] : wrong(`${topic} needs the scope ${scope}`);
    });
  }

  async function check(application: Application, given: HookTerms, scopeOf: ScopeOfTopic): Promise<HookTerms> {
    const unique = (list: readonly string[]) => [...new Set(list)];
    const terms: HookTerms = {
      ...given,
      description: given.description?.trim() || null,
      topics: unique(given.topics.map((topic) => topic.toLowerCase())),
      customers: unique(given.customers.map((code) => code.trim().toUpperCase())),
      extrasFields: unique(given.extrasFields),
    };
    const breaches: Breach[] = [];
    const url = targetUrlBreach(terms.url, { allowPrivate, httpsOnly: true });
    if (url) breaches.push(url);
    if ((terms.description ?? '').length > MOST_TEXT)
      breaches.push({
        in: 'body',
        at: 'description',
        reason: 'length',
        message: `A description has up to ${MOST_TEXT} characters`,
      });
    if (terms.topics.length === 0)
      breaches.push({ in: 'body', at: 'topics', reason: 'required', message: 'Choose at least one topic' });
    breaches.push(...topicBreaches(terms, application, scopeOf));
    breaches.push(...customerBreaches(terms, await store.customersOf(db, application.clientId)));
    if (breaches.length > 0) throw invalid(...breaches);
    return terms;
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
      const terms = await check(await readOwnApplication(db, actor, clientId), given, scopeOf);
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
      const terms = await check(await readOwnApplication(db, actor, clientId), given, scopeOf);
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
