import type { Actor } from '../../access/actor.ts';
import { difference, emit, happening } from '../../events/index.ts';
import { forbidden, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import * as store from './lookup.store.ts';
import { DEFAULT_LISTS, type ListName, type Option } from './lookup.ts';

const optionOf = ({ code, name, reso_name, extras: { applies_to = [], ...more } }: store.LookupRow): Option => ({
  code,
  name,
  reso_name,
  applies_to,
  ...(Object.keys(more).length > 0 ? { more } : {}),
});

function allowLists(actor: Actor): void {
  if (actor.kind !== 'system' && !actor.administrator)
    throw forbidden('lookup.no_access', 'Only administrators change the option lists of a brokerage');
}

export type NewOption = Pick<Option, 'code' | 'name'> & Partial<Option> & { readonly id?: number };
export type OptionChange = {
  readonly name?: string;
  readonly position?: number;
  readonly active?: boolean;
  readonly reso_name?: string | null;
  readonly applies_to?: readonly string[];
};

/** The option lists of a brokerage: one table for all doors, which show codes, names or both (domain-property §3.5). */
export function lookupsService({ db, clock }: Ports) {
  return {
    /** The active options of several lists, in their order: one statement. A list that has no rows yet is the house's own. */
    async options<L extends ListName>(actor: Actor, lists: readonly L[]): Promise<Readonly<Record<L, readonly Option[]>>> {
      const rows = lists.length === 0 ? [] : await store.listLookups(db, actor.orgId, lists);
      const of = (list: L) => {
        const own = rows.filter((row) => row.list === list);
        return own.length === 0 ? DEFAULT_LISTS[list] : own.filter((row) => row.active).map(optionOf);
      };
      return Object.fromEntries(lists.map((list) => [list, of(list)])) as Record<L, readonly Option[]>;
    },

    /** Options go behind those that are there; a code that is there already is left as it is. */
    async addOptions(actor: Actor, list: ListName, options: readonly NewOption[]): Promise<void> {
      allowLists(actor);
      await db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const rows = options.map(({ applies_to, reso_name = null, more, ...option }) => ({
          ...option,
          reso_name,
          extras: { ...more, ...(applies_to && applies_to.length > 0 ? { applies_to } : {}) },
        }));
        const made = await store.insertLookups(tx, actor.orgId, list, rows, what.at);
        await emit(
          tx,
          what,
          ...made.map((row) => ({ noun: 'lookup', row_id: row.id, row_name: row.name, verb: 'created', changed: row }) as const),
        );
      });
    },

    /** Codes never change: rows of all nouns hold them. @throws Fault not_found */
    async changeOption(actor: Actor, list: ListName, code: string, change: OptionChange): Promise<void> {
      allowLists(actor);
      await db.tx(async (tx) => {
        const before = await store.lockLookup(tx, actor.orgId, list, code);
        if (!before) throw notFound('option');
        const { applies_to, ...values } = change;
        const after = { ...before, ...values, ...(applies_to ? { extras: { ...before.extras, applies_to } } : {}) };
        const changed = difference(before, after);
        if (!changed) return;
        const what = happening(actor, clock.now());
        await store.saveLookup(tx, actor.orgId, after, what.at);
        await emit(tx, what, { noun: 'lookup', row_id: before.id, row_name: after.name, verb: 'updated', changed });
      });
    },
  };
}
export type Lookups = ReturnType<typeof lookupsService>;
