import type { Actor } from '../../access/actor.ts';
import { emit, happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { type Breach, invalid, invalidMember, notFound } from '../../kernel/fault.ts';
import type { ColumnKind, Row, Write } from '../../kernel/record.ts';
import type { Judge, Judged } from '../judge.ts';
import * as store from './filter.store.ts';
import { lockResthook } from './resthook.store.ts';
import { isUuid } from './uuid.ts';
import type { WebhookPorts } from './webhook.service.ts';

/** All of a topic's are asked before every message. */
const MOST_FILTERS = 20;

const COLUMNS: Readonly<Record<string, { readonly kind: ColumnKind; readonly readOnly: boolean }>> = {
  webhook: { kind: 'text', readOnly: true },
  topic: { kind: 'text', readOnly: false },
  schema: { kind: 'text', readOnly: false },
};

type Values = { readonly topic: string; readonly schema: string };

const valuesOf = (values: Write['values'], before: Values | null): Values => {
  const all = { ...before, ...values };
  return { topic: String(all.topic ?? ''), schema: String(all.schema ?? '') };
};

/** Of filters that name none (contracts/reapit.md §3.5). */
const DIALECT = '2019-09';
const SLOW = 'The schema takes too long to be worked through';

/** Conditions under which a webhook's messages are sent at all, served as rows of a declared resource below webhooks. */
export function filterService({ db, clock }: WebhookPorts, judge: Judge) {
  const judged = (schema: string, message?: string): Promise<Judged> =>
    judge({ schema, dialect: DIALECT, ...(message === undefined ? {} : { document: message }) });

  async function check({ schema }: Values, told: readonly Breach[]): Promise<void> {
    const found: Judged = told.some(({ at }) => at === 'schema') ? { kind: 'valid' } : await judged(schema);
    const own = (message: string): Breach[] => [{ in: 'body', at: 'schema', reason: 'value', message }];
    const all = [...told, ...(found.kind === 'refused' ? own(found.message) : found.kind === 'slow' ? own(SLOW) : [])];
    if (all.length > 0) throw invalid(all);
  }

  const missing = () => notFound('filter');
  const byCodes = (actor: Actor, codes: readonly string[]): Promise<store.FilterRow[]> =>
    store.findFilters(db, actor, codes.filter(isUuid));

  async function byCode(actor: Actor, code: string): Promise<store.FilterRow> {
    const [row] = await byCodes(actor, [code]);
    if (!row) throw missing();
    return row;
  }

  return {
    noun: 'webhook_filter',
    /** the column that says which webhook it belongs to */
    parent: 'webhook',
    columns: COLUMNS,
    metadataType: null,
    normalCode: (code: string) => code.toLowerCase(),

    list: (actor: Actor, query: ListQuery): Promise<ListPage<Row>> => store.listFilters(db, actor, query),
    byCode,
    byCodes,

    /** @throws Fault invalid with every breach; not_found webhook */
    async create(actor: Actor, { values, breaches = [] }: Write): Promise<Row> {
      const wanted = valuesOf(values, null);
      await check(wanted, breaches);
      const code = await db.tx(async (tx) => {
        const webhook = await lockResthook(tx, actor, String(values.webhook));
        if (!webhook) throw notFound('webhook');
        if ((await store.countFilters(tx, actor.orgId, webhook.id)) >= MOST_FILTERS)
          throw invalidMember('schema', 'value', `A webhook has up to ${MOST_FILTERS} filters`);
        const what = happening(actor, clock.now());
        const made = await store.insertFilter(tx, [actor.orgId, webhook.id, wanted.topic, wanted.schema, what.at, actor.door]);
        const changed = { webhook_id: webhook.id, topic: wanted.topic };
        await emit(tx, what, { noun: 'webhook_filter', row_id: made.id, verb: 'created', changed });
        return made.code;
      });
      return byCode(actor, code);
    },

    /** The new values are judged before the row is held: that takes its time. @throws Fault not_found; invalid with every breach */
    async update(actor: Actor, code: string, change: (row: Row) => Write): Promise<Row> {
      const seen = await byCode(actor, code);
      const { values, breaches = [] } = change(seen);
      const wanted = valuesOf(values, seen);
      await check(wanted, breaches);
      await db.tx(async (tx) => {
        const before = await store.lockFilter(tx, actor, code);
        if (!before) throw missing();
        const what = happening(actor, clock.now());
        await store.saveFilter(tx, [actor.orgId, before.id, wanted.topic, wanted.schema, what.at]);
        const changed = wanted.topic === before.topic ? {} : { topic: [before.topic, wanted.topic] };
        await emit(tx, what, { noun: 'webhook_filter', row_id: before.id, verb: 'updated', changed });
      });
      return byCode(actor, code);
    },

    /** @throws Fault not_found */
    async remove(actor: Actor, code: string, guard?: (row: Row) => void): Promise<void> {
      if (!isUuid(code)) throw missing();
      await db.tx(async (tx) => {
        const row = await store.lockFilter(tx, actor, code);
        if (!row) throw missing();
        guard?.(row);
        const what = happening(actor, clock.now());
        await store.removeFilter(tx, actor.orgId, row.id, what.at);
        await emit(tx, what, { noun: 'webhook_filter', row_id: row.id, verb: 'deleted' });
      });
    },

    /** What the filter says about a message, as text. @throws Fault not_found */
    async test(actor: Actor, webhook: string, code: string, message: string): Promise<Judged> {
      const row = await byCode(actor, code);
      if (row.webhook !== webhook.toLowerCase()) throw missing();
      return judged(row.schema, message);
    },

    /** What a filter's schema says about a message, as text, before it is sent. */
    judge: judged,
  };
}
export type HookFilters = ReturnType<typeof filterService>;
