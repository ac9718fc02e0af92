import type { Actor } from '../../access/actor.ts';
import { difference, emit, happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { type Breach, forbidden, invalid, invalidMember, notFound, unavailable } from '../../kernel/fault.ts';
import type { ColumnKind, Row, Write } from '../../kernel/record.ts';
import { type HookKey, readHookKey } from './hook-key.service.ts';
import * as store from './resthook.store.ts';
import { targetUrlBreach } from './target-url.ts';
import type { Message, Outcome } from './types.ts';
import { isUuid } from './uuid.ts';
import type { WebhookPorts } from './webhook.service.ts';
import { webhookStore } from './webhook.store.ts';

/** Every webhook is a message a change: nobody needs more of them than this for one customer. */
const MOST_WEBHOOKS = 200;
const MOST_DESCRIPTION = 2_000;

const COLUMNS: Readonly<Record<string, { readonly kind: ColumnKind; readonly readOnly: boolean }>> = {
  url: { kind: 'text', readOnly: false },
  description: { kind: 'text', readOnly: false },
  topics: { kind: 'texts', readOnly: false },
  enabled: { kind: 'boolean', readOnly: false },
  ignore_etag_only: { kind: 'boolean', readOnly: false },
};

/** What the log of events keeps of it: not its address, which may hold a key. */
const logged = ({ topics, enabled, ignore_etag_only }: store.ResthookValues) => ({ topics, enabled, ignore_etag_only });

/** What a write leaves out or clears is as in a new one (contracts/reapit.md §3.5: PUT replaces all members). */
function valuesOf(values: Write['values'], before: store.ResthookValues | null): store.ResthookValues {
  const all = { ...before, ...values } as Partial<Record<keyof store.ResthookValues, unknown>>;
  return {
    url: (all.url ?? '') as string,
    description: (all.description ?? null) as string | null,
    topics: [...new Set((all.topics ?? []) as readonly string[])],
    enabled: (all.enabled ?? true) as boolean,
    ignore_etag_only: (all.ignore_etag_only ?? true) as boolean,
  };
}

/** Webhooks that an application makes for a customer with the customer's token, served as rows of a declared resource. */
export function resthookService({ db, clock, secrets, send, allowPrivate = false }: WebhookPorts) {
  const missing = () => notFound('webhook');

  function check({ url, description }: store.ResthookValues, told: readonly Breach[]): void {
    const own: Breach[] = [];
    // An address that is missing or no text is told by the shape already.
    const breach = told.some(({ at }) => at === 'url') ? undefined : targetUrlBreach(url, { allowPrivate, httpsOnly: true });
    if (breach) own.push(breach);
    if ((description ?? '').length > MOST_DESCRIPTION)
      own.push({
        in: 'body',
        at: 'description',
        reason: 'length',
        message: `description has more than ${MOST_DESCRIPTION} characters`,
      });
    if (told.length + own.length > 0) throw invalid([...told, ...own]);
  }

  const byCodes = async (actor: Actor, codes: readonly string[]): Promise<store.Resthook[]> =>
    store.findResthooks(db, actor, codes.filter(isUuid));

  async function byCode(actor: Actor, code: string): Promise<store.Resthook> {
    const [row] = await byCodes(actor, [code]);
    if (!row) throw missing();
    return row;
  }

  return {
    noun: 'webhook',
    parent: null,
    columns: COLUMNS,
    metadataType: null,
    normalCode: (code: string) => code.toLowerCase(),

    list: (actor: Actor, query: ListQuery): Promise<ListPage<Row>> => store.listResthooks(db, actor, query),
    byCode,
    byCodes,

    /** The application's first one brings its signing key. @throws Fault invalid with every breach */
    async create(actor: Actor, { values, breaches = [] }: Write): Promise<Row> {
      const { clientId } = actor;
      if (clientId === null) throw forbidden('client.required', 'Webhooks belong to an application');
      const wanted = valuesOf(values, null);
      check(wanted, breaches);
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        if ((await store.countResthooks(tx, actor)) >= MOST_WEBHOOKS)
          throw invalidMember('url', 'value', `An application has up to ${MOST_WEBHOOKS} webhooks for a customer`);
        await readHookKey(tx, secrets, clientId, what.at);
        const made = await store.insertResthook(tx, actor, wanted, what.at);
        await emit(tx, what, { noun: 'webhook', row_id: made.id, verb: 'created', changed: logged(made) });
        return made;
      });
    },

    /** @throws Fault not_found; invalid with every breach */
    async update(actor: Actor, code: string, change: (row: Row) => Write): Promise<Row> {
      if (!isUuid(code)) throw missing();
      return db.tx(async (tx) => {
        const before = await store.lockResthook(tx, actor, code);
        if (!before) throw missing();
        const { values, breaches = [] } = change(before);
        const wanted = valuesOf(values, before);
        check(wanted, breaches);
        const what = happening(actor, clock.now());
        const saved = await store.saveResthook(tx, actor.orgId, before.id, wanted, what.at);
        const changed = difference(logged(before), logged(saved)) ?? {};
        await emit(tx, what, { noun: 'webhook', row_id: saved.id, verb: 'updated', changed });
        return saved;
      });
    },

    /** @throws Fault not_found */
    async remove(actor: Actor, code: string, guard?: (row: Row) => void): Promise<void> {
      if (!isUuid(code)) throw missing();
      await db.tx(async (tx) => {
        const row = await store.lockResthook(tx, actor, code);
        if (!row) throw missing();
        guard?.(row);
        const what = happening(actor, clock.now());
        await webhookStore.remove(tx, actor.orgId, row.id, what.at);
        await emit(tx, what, { noun: 'webhook', row_id: row.id, verb: 'deleted' });
      });
    },

    /**
     * Sends one message to its address now, whether it is on or off, and answers what came of it.
     * @throws Fault not_found; unavailable where nothing sends
     */
    async ping(actor: Actor, code: string, compose: (key: HookKey, at: Date) => Omit<Message, 'url'>): Promise<Outcome> {
      const { url, client_id } = await byCode(actor, code);
      if (!send) throw unavailable('Webhooks are not sent from here');
      const at = clock.now();
      return send({ url, ...compose(await readHookKey(db, secrets, client_id, at), at) });
    },
  };
}
export type Resthooks = ReturnType<typeof resthookService>;
