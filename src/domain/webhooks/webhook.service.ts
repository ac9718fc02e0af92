import type { Actor } from '../../access/actor.ts';
import type { Db, Tx } from '../../db/index.ts';
import { difference, emit, happening } from '../../events/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { forbidden, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { deliveryLog } from './delivery-log.store.ts';
import { checkTarget } from './target.ts';
import { checkTargetUrl } from './target-url.ts';
import type { CursorPage, Delivery, NewWebhook, OpenWebhook, Send, Webhook, WebhookChange, WebhookRow } from './types.ts';
import { isUuid } from './uuid.ts';
import { webhookStore as store } from './webhook.store.ts';

/** Rows of a page, of webhooks and of their events (contracts/dotloop.md §5.14). */
export const CURSOR_PAGE = 100;

export type WebhookPorts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** whether the operator lets webhooks reach private addresses; off unless said */
  readonly allowPrivate?: boolean;
  /** what posts to addresses that other people gave us; for messages that somebody waits for */
  readonly send?: Send;
};

/** What the log of events keeps of a webhook: never its key, and not its address, which may hold one. */
const logged = ({ target_kind, target_id, topics, enabled, external_id }: Webhook) => ({
  target_kind,
  target_id,
  topics,
  enabled,
  external_id,
});

function pageOf<T extends { id: number }>(rows: readonly T[], total: number): CursorPage<T> {
  const page = rows.slice(0, CURSOR_PAGE);
  return rows.length > CURSOR_PAGE ? { rows: page, total, next: page.at(-1)!.id } : { rows: page, total };
}

function checkTopics(topics: readonly string[]): void {
  if (topics.length === 0) throw invalidMember('topics', 'required', 'At least one topic is required');
}

/** Subscriptions of applications to news, and the log of what was sent to them. */
export function webhookService({ db, clock, secrets, allowPrivate = false }: WebhookPorts) {
  const opened = ({ secret, ...row }: WebhookRow): OpenWebhook => ({
    ...row,
    signingKey: secret === null ? null : secrets.open(secret),
  });
  const lock = async (tx: Tx, actor: Actor, uuid: string) => {
    const row = isUuid(uuid) ? await store.lock(tx, actor, uuid) : undefined;
    if (!row) throw notFound('subscription');
    return row;
  };
  const read = async (actor: Actor, uuid: string) => {
    const row = isUuid(uuid) ? await store.find(db, actor, uuid) : undefined;
    if (!row) throw notFound('subscription');
    return row;
  };

  return {
    async list(actor: Actor, query: { enabled?: boolean; after?: number } = {}): Promise<CursorPage<OpenWebhook>> {
      const [rows, total] = await Promise.all([
        store.list(db, actor, query.enabled, query.after ?? 0, CURSOR_PAGE + 1),
        store.count(db, actor, query.enabled),
      ]);
      return pageOf(rows.map(opened), total);
    },

    read: async (actor: Actor, uuid: string): Promise<OpenWebhook> => opened(await read(actor, uuid)),

    /** @throws Fault invalid (url, topics); not_found or forbidden for a target that the caller may not see */
    async create(actor: Actor, given: NewWebhook): Promise<OpenWebhook> {
      if (actor.clientId === null) throw forbidden('client.required', 'Subscriptions belong to an application');
      checkTopics(given.topics);
      checkTargetUrl(given.url, { allowPrivate });
      return db.tx(async (tx) => {
        await checkTarget(tx, actor, given);
        const row = {
          ...given,
          topics: [...new Set(given.topics)],
          enabled: given.enabled ?? true,
          secret: given.signingKey === undefined ? null : secrets.seal(given.signingKey),
          external_id: given.external_id ?? null,
        };
        const made = await store.insert(tx, actor, row, clock.now());
        await emit(tx, happening(actor, made.created_at), {
          noun: 'webhook',
          row_id: made.id,
          verb: 'created',
          changed: logged(made),
        });
        return opened(made);
      });
    },

    /** Turning it on again forgets its failures, and what happened while it was off. @throws Fault invalid, not_found */
    async update(actor: Actor, uuid: string, change: WebhookChange): Promise<OpenWebhook> {
      if (change.topics) checkTopics(change.topics);
      if (change.url !== undefined) checkTargetUrl(change.url, { allowPrivate });
      return db.tx(async (tx) => {
        const before = await lock(tx, actor, uuid);
        const was = opened(before);
        const wanted: OpenWebhook = {
          ...was,
          ...change,
          topics: change.topics ? [...new Set(change.topics)] : was.topics,
        };
        if (!difference(was, wanted)) return was;
        const secret =
          wanted.signingKey === was.signingKey
            ? before.secret
            : wanted.signingKey === null
              ? null
              : secrets.seal(wanted.signingKey);
        const { signingKey: _, ...row } = wanted;
        const saved = await store.save(tx, actor, { ...row, secret }, clock.now());
        const changed = difference(logged(before), logged(saved)) ?? {};
        await emit(tx, happening(actor, saved.updated_at), { noun: 'webhook', row_id: saved.id, verb: 'updated', changed });
        return opened(saved);
      });
    },

    /** Its receiver gets one last message; the row stays as long as the log of what was sent. @throws Fault not_found */
    async remove(actor: Actor, uuid: string): Promise<void> {
      await db.tx(async (tx) => {
        const row = await lock(tx, actor, uuid);
        const at = clock.now();
        await store.remove(tx, actor.orgId, row.id, at);
        await emit(tx, happening(actor, at), { noun: 'webhook', row_id: row.id, verb: 'deleted' });
      });
    },

    /** What was sent to it, newest first: every event that was tried at least once. @throws Fault not_found */
    async deliveries(
      actor: Actor,
      uuid: string,
      query: { succeeded?: boolean; after?: number } = {},
    ): Promise<CursorPage<Delivery>> {
      const { id } = await read(actor, uuid);
      const [rows, total] = await Promise.all([
        deliveryLog.list(db, actor.orgId, id, query.succeeded, query.after, CURSOR_PAGE + 1),
        deliveryLog.count(db, actor.orgId, id, query.succeeded),
      ]);
      return pageOf(rows, total);
    },

    /** @throws Fault not_found */
    async delivery(actor: Actor, uuid: string, eventUuid: string): Promise<Delivery> {
      const { id } = await read(actor, uuid);
      const row = isUuid(eventUuid) ? await deliveryLog.find(db, actor.orgId, id, eventUuid) : undefined;
      if (!row) throw notFound('event');
      return row;
    },
  };
}
export type WebhookService = ReturnType<typeof webhookService>;
