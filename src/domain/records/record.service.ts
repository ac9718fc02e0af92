import type { Actor } from '../../access/actor.ts';
import { happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { type Breach, Fault, invalid, notFound } from '../../kernel/fault.ts';
import type { Along, ColumnKind, Row, Write } from '../../kernel/record.ts';
import type { Given, Ports } from '../given.ts';
import { type Around, type EventRun, idsInOffices, rowsAround } from './history.ts';
import type { AnyNoun } from './noun.ts';
import * as store from './record.store.ts';
import { isTaken } from './refusal.ts';
import { createIn, mintCode, prepare, type Room, removeIn, updateIn } from './writing.ts';

/** What a door may know of a noun's columns. */
export type RecordColumn = { readonly kind: ColumnKind; readonly readOnly: boolean; readonly which?: string };

/** How often a code is made anew that somebody else took meanwhile. */
const TRIES = 20;

/** One noun: read by code and in lists, written in one transaction each. The nouns' declarations say what is particular. */
export function recordService({ db, clock }: Ports, room: Room, noun: AnyNoun) {
  const { nouns } = room;
  const whose = ({ orgId, officeIds }: Actor): store.Whose => ({ orgId, officeIds });
  const missing = () => notFound(noun.name);
  const { metadataType } = noun;
  const documentOf = ({ clientId }: Actor, along: Along | undefined): store.Documented | undefined =>
    along?.metadata && metadataType && room.metadata
      ? { clientId, sqlFor: room.metadata.documentSql.bind(null, metadataType, noun.code === 'none' ? 't.id::text' : 't.code') }
      : undefined;

  return {
    noun: noun.name,
    /** the column whose row this one is a part of */
    parent: noun.parent ?? null,
    columns: Object.fromEntries(
      Object.entries(noun.columns).map(([name, { kind, readOnly = false, which }]) => [
        name,
        { kind, readOnly, ...(which ? { which: which.column } : {}) },
      ]),
    ) as Readonly<Record<string, RecordColumn>>,
    metadataType: metadataType ?? null,
    normalCode: (code: string) => store.normalCode(noun, code),

    /** Fields of conditions and orders: those of `catalogueOf` (columns-sql.ts). */
    list: (actor: Actor, query: ListQuery, along?: Along): Promise<ListPage<Row>> =>
      store.listRecords(db, noun, nouns, whose(actor), query, { documented: documentOf(actor, along) }),

    /** The same of rows that were deleted, for doors that show these to a caller who asks for them. */
    listGone: (actor: Actor, query: ListQuery): Promise<ListPage<Row>> =>
      store.listRecords(db, noun, nouns, whose(actor), query, { gone: true }),

    /** @throws Fault not_found */
    async byCode(actor: Actor, code: string, along?: Along): Promise<Row> {
      const [row] = await store.findByCodes(db, noun, nouns, whose(actor), [code], documentOf(actor, along));
      if (!row) throw missing();
      return row;
    },

    /** SQL that says whether the row of a code is there for the caller, for statements over other tables. */
    seenSql: ({ officeIds }: Actor, org: string, code: string): string => store.seenSql(noun, nouns, officeIds, org, code),

    /** Those that there are, in no order. */
    byCodes: (actor: Actor, codes: readonly string[], along?: Along): Promise<Row[]> =>
      store.findByCodes(db, noun, nouns, whose(actor), [...new Set(codes)], documentOf(actor, along)),

    /** The rows before and after runs of events, in the order of the question; for those who tell of changes. */
    around: (actor: Actor, changes: readonly EventRun[]): Promise<readonly Around[]> =>
      db.snapshot((tx) => rowsAround(tx, noun, actor.orgId, changes)),

    /** Which of these rows are of the caller's offices, deleted ones included. */
    idsSeen: async (actor: Actor, ids: readonly number[]): Promise<ReadonlySet<number>> =>
      actor.officeIds === undefined ? new Set(ids) : idsInOffices(db, noun, nouns, actor.orgId, actor.officeIds, ids),

    /** @throws Fault invalid with every breach */
    async create(actor: Actor, write: Write, given: Given = {}): Promise<Row> {
      const prepared = await prepare(db, actor.orgId, noun, null, write);
      const at = clock.now();
      const make = async () => {
        const code =
          given.code ?? (prepared.breaches.length > 0 ? '' : await mintCode(db, room, actor.orgId, noun, prepared, at));
        const more = { ...given, ...(code === undefined ? {} : { code }) };
        return db.tx((tx) => createIn(room, tx, happening(actor, at), noun, prepared, more));
      };
      for (let tried = 1; ; tried++) {
        try {
          return await make();
        } catch (error) {
          // A code made out of words may be taken by whoever makes one out of the same words at this moment.
          const again = noun.code !== 'none' && 'configured' in noun.code && given.code === undefined;
          if (!again || !isTaken(error) || tried === TRIES) throw error;
        }
      }
    },

    /** Several rows at once: all of them are made, or none. @throws Fault invalid with every breach; `at` says where one of the n-th stands */
    async createAll(actor: Actor, writes: readonly Write[], at: (n: number, place: string) => string): Promise<void> {
      await db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const breaches: Breach[] = [];
        for (const [n, write] of writes.entries()) {
          const prepared = await prepare(tx, actor.orgId, noun, null, write);
          const bad = prepared.breaches.length > 0;
          const code = bad ? '' : await mintCode(tx, room, actor.orgId, noun, prepared, what.at);
          await createIn(room, tx, what, noun, prepared, code === undefined ? {} : { code }).catch((error: unknown) => {
            if (!(error instanceof Fault) || error.breaches.length === 0) throw error;
            for (const one of error.breaches) breaches.push(one.at === undefined ? one : { ...one, at: at(n, one.at) });
          });
        }
        if (breaches.length > 0) throw invalid(breaches);
      });
    },

    /**
     * `change` computes new values from the row as it stands, under lock, and throws what speaks against it: a stale tag, say.
     * @throws Fault not_found; invalid with every breach
     */
    async update(actor: Actor, code: string, change: (row: Row) => Write): Promise<Row> {
      return db.tx(async (tx) => {
        const before = await store.lockByCode(tx, noun, nouns, whose(actor), code);
        if (!before) throw missing();
        return updateIn(room, tx, happening(actor, clock.now()), noun, before, change(before));
      });
    },

    /** Several rows at once: all of them are written, or none. @throws Fault not_found; invalid with every breach of the first that has any */
    async updateAll(actor: Actor, codes: readonly string[], change: (row: Row) => Write): Promise<void> {
      await db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        // In one order for everybody, so that two such writes wait for each other and do not lock each other out.
        for (const code of codes.toSorted()) {
          const before = await store.lockByCode(tx, noun, nouns, whose(actor), code);
          if (!before) throw missing();
          await updateIn(room, tx, what, noun, before, change(before));
        }
      });
    },

    /** `guard` throws what speaks against it. @throws Fault not_found */
    async remove(actor: Actor, code: string, guard?: (row: Row) => void): Promise<void> {
      await db.tx(async (tx) => {
        const row = await store.lockByCode(tx, noun, nouns, whose(actor), code);
        if (!row) throw missing();
        guard?.(row);
        await removeIn(room, tx, happening(actor, clock.now()), noun, row);
      });
    },
  };
}
export type RecordService = ReturnType<typeof recordService>;
