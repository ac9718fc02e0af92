import type { RawBuilder } from 'kysely';
import type { Querier, Tx } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import { type Breach, invalid } from '../../kernel/fault.ts';
import type { Files } from '../../kernel/files.ts';
import { holdsList, type Row, type Write } from '../../kernel/record.ts';
import type { MintResoKey } from '../../kernel/reso-key.ts';
import type { Codes } from '../codes.ts';
import type { Given } from '../given.ts';
import { dropPublicFiles, FILES, keepPublicFiles, type PublicFiles } from '../public-file.ts';
import type { Columns, RowOf } from './column.ts';
import { idKey } from './columns-sql.ts';
import { freeCode } from './configured-code.ts';
import { type AnyNoun, type Stored, tableOf, type WriteContext } from './noun.ts';
import { officeOf } from './office-of.ts';
import { deleteRecord, insertRecord, type Nouns, readById, updateRecord } from './record.store.ts';
import { resolveReferences } from './references.ts';
import { refused } from './refusal.ts';

/** What keeps applications' documents on rows; its rules are its own. */
export type MetadataKeeper = {
  /** SQL for the document of an application on a row `t` of that code, so that it is read with the row */
  documentSql(type: string, code: string, clientId: Sql): Sql;
  /** what speaks against the document */
  check(tx: Tx, what: Happening, type: string, document: Document): Promise<readonly Breach[]>;
  write(tx: Tx, what: Happening, type: string, code: string, document: Document): Promise<void>;
  /** the row is gone */
  forget(tx: Tx, what: Happening, type: string, code: string): Promise<void>;
};
type Sql = RawBuilder<unknown>;
type Document = Readonly<Record<string, unknown>> | null;

export type Room = {
  readonly codes: Codes;
  readonly mintResoKey: MintResoKey;
  readonly nouns: Nouns;
  readonly metadata: MetadataKeeper | undefined;
  readonly files: Files;
};

type AnyRow = RowOf<Columns>;
const asRow = (row: Row) => row as unknown as AnyRow;

/** A row that was never written: what columns hold when nobody says anything. */
function blankRow(noun: AnyNoun): Row {
  const empty = Object.entries(noun.columns).map(([column, { kind }]) => [column, holdsList(kind) ? [] : null]);
  return { id: 0, code: '', version: 0, extras: {}, ...Object.fromEntries(empty) };
}

/** A write with its references told, before anything is locked or minted. */
export type Prepared = {
  readonly after: Row;
  readonly stored: Stored;
  readonly breaches: readonly Breach[];
  readonly write: Write;
  readonly taken: Stored;
};

/** What no column keeps, and the rest. */
function splitTaken({ takes = [] }: AnyNoun, values: Stored): readonly [taken: Stored, kept: Stored] {
  const isTaken = ([name]: [string, unknown]) => takes.includes(name);
  const all = Object.entries(values);
  return [Object.fromEntries(all.filter(isTaken)), Object.fromEntries(all.filter((one) => !isTaken(one)))];
}

/** References whose noun changes and whose code does not: the same code may be nobody's there. */
function retold({ columns }: AnyNoun, before: Row | null, after: Stored): Stored {
  const moved = Object.entries(columns).filter(
    ([column, { which }]) => which && before && before[column] !== null && before[which.column] !== after[which.column],
  );
  return Object.fromEntries(moved.map(([column]) => [column, after[column]]));
}

/** Columns that are written: what the door says, then what follows from it. */
export async function prepare(q: Querier, orgId: number, noun: AnyNoun, before: Row | null, write: Write): Promise<Prepared> {
  const [taken, told] = splitTaken(noun, write.values);
  const base = { ...(before ?? blankRow(noun)), ...told };
  const derived = noun.derive?.(asRow(base), before && asRow(before)) ?? {};
  const values = { ...retold(noun, before, base), ...told, ...derived };
  const after = { ...base, ...derived } as Row;
  const { stored, breaches, words } = await resolveReferences(q, orgId, noun, values, after, write.references);
  return { after: { ...after, ...words }, stored, breaches: [...(write.breaches ?? []), ...breaches], write, taken };
}

const idsIn = (row: Stored, column: string): readonly number[] => {
  const value = row[column];
  return Array.isArray(value) ? value : typeof value === 'number' ? [value] : [];
};

type Writing = Pick<Prepared, 'after' | 'stored' | 'taken'> & { readonly before: Row | null };

function contextOf(room: Room, tx: Tx, what: Happening, { before, after, stored, taken }: Writing): WriteContext<Columns> {
  const idsOf = (column: string) => idsIn(column in stored ? stored : (before ?? {}), column in stored ? column : idKey(column));
  return {
    tx,
    what,
    before: before && asRow(before),
    after: asRow(after),
    idOf: (column) => idsOf(column)[0] ?? null,
    idsOf,
    taken,
    newKey: () => room.mintResoKey(what.at),
    nextId: (table) => room.codes.nextId?.(table),
    files: room.files,
    other: (name) => recordsIn(room, tx, what, name),
  };
}

async function checkAll(room: Room, noun: AnyNoun, context: WriteContext<Columns>, write: Write, breaches: readonly Breach[]) {
  const own = (await noun.check?.(context)) ?? [];
  const { tx, what } = context;
  const kept = noun.metadataType && write.metadata && (await room.metadata?.check(tx, what, noun.metadataType, write.metadata));
  const all = [...breaches, ...own, ...(kept || [])];
  if (all.length > 0) throw invalid(all);
}

/** The ids behind a column of a row that was read. */
const idsBehind = (row: Row, column: string) => idsIn(row, idKey(column) in row ? idKey(column) : column);

/** What the event says of the row's surroundings: activity feeds read it. */
function surroundings(noun: AnyNoun, id: number, ids: (column: string) => number | null) {
  const isThere = (column: string) => column in noun.columns || column in (noun.reads ?? {});
  const of = (name: 'contact' | 'property') => (noun.name === name ? id : isThere(`${name}_id`) ? ids(`${name}_id`) : null);
  return { contact_id: of('contact'), property_id: of('property'), ...(noun.deal ? { deal_id: ids(noun.deal) } : {}) };
}

/** @returns undefined where the noun makes the code itself, in the transaction */
export async function mintCode(
  q: Querier | Tx,
  room: Room,
  orgId: number,
  noun: AnyNoun,
  prepared: Prepared,
  at: Date,
): Promise<string | undefined> {
  const rule = noun.code;
  if (rule === 'none') return '';
  if ('made' in rule) return undefined;
  if ('configured' in rule) return freeCode(q, orgId, noun, rule.configured(asRow(prepared.after)), rule.length);
  const office = await officeOf(q, room.nouns, orgId, noun, prepared.stored);
  const asked = [orgId, rule.series ?? noun.name, office, at, rule.width] as const;
  return 'inTransaction' in q ? room.codes.mintIn(q, ...asked) : room.codes.mint(...asked);
}

/** Files that came with the row, before what else follows from it. */
async function keepFiles({ files }: Room, tx: Tx, what: Happening, { name }: AnyNoun, id: number, taken: Stored): Promise<void> {
  const written = taken[FILES] as PublicFiles | undefined;
  if (written) await keepPublicFiles(tx, files, what, { noun: name, id, written });
}

/** Makes the row, what follows from it, and its event. @throws Fault invalid with every breach */
export async function createIn(
  room: Room,
  tx: Tx,
  what: Happening,
  noun: AnyNoun,
  prepared: Prepared,
  given: Given,
): Promise<Row> {
  const { orgId } = what.actor;
  const { after, write } = prepared;
  const told = contextOf(room, tx, what, { ...prepared, before: null });
  await checkAll(room, noun, told, write, prepared.breaches);
  const stored = { ...prepared.stored, ...(await noun.settle?.(told)) };
  const context = (row: Row) => contextOf(room, tx, what, { ...prepared, before: null, after: row, stored });
  const rule = noun.code;
  const code = given.code ?? (rule !== 'none' && 'made' in rule ? await rule.made(context(after)) : '');
  const createdAt = given.createdAt ?? what.at;
  const ownId = given.id ?? room.codes.nextId?.(tableOf(noun));
  const row = {
    code,
    values: stored,
    createdAt,
    updatedAt: given.updatedAt ?? createdAt,
    ...(ownId === undefined ? {} : { id: ownId }),
    ...(noun.resoKey ? { resoKey: given.resoKey ?? room.mintResoKey(createdAt) } : {}),
  };
  const id = noun.writer ? await noun.writer.insert(tx, what, row).catch(refused) : await insertRecord(tx, noun, what, row);
  const made = await readById(tx, noun, orgId, id);
  if (!noun.writer)
    await emit(tx, what, {
      noun: noun.name,
      row_id: id,
      row_name: noun.label(asRow(made)),
      verb: 'created',
      changed: { ...stored, code },
      ...surroundings(noun, id, (column) => idsIn(stored, column)[0] ?? idsBehind(made, column)[0] ?? null),
    });
  if (write.metadata !== undefined && noun.metadataType)
    await room.metadata?.write(tx, what, noun.metadataType, made.code, write.metadata);
  await keepFiles(room, tx, what, noun, made.id, prepared.taken);
  await noun.after?.(context(made));
  return made;
}

/** {column: [old, new]} of what differs, ids in the place of codes. */
function changesOf(before: Row, stored: Stored, noun: AnyNoun): Record<string, [unknown, unknown]> {
  const old = (column: string) => (idKey(column) in before ? before[idKey(column)] : before[column]);
  const differs = ([column, value]: [string, unknown]) => JSON.stringify(old(column) ?? null) !== JSON.stringify(value ?? null);
  return Object.fromEntries(
    Object.entries(stored)
      .filter(([column]) => column === 'extras' || noun.columns[column])
      .filter(differs)
      .map(([column, value]) => [column, [old(column) ?? null, value ?? null]]),
  );
}

/** Writes a row that the transaction holds; the version moves even when nothing else does. @throws Fault invalid with every breach */
export async function updateIn(room: Room, tx: Tx, what: Happening, noun: AnyNoun, before: Row, write: Write): Promise<Row> {
  const { orgId } = what.actor;
  const prepared = await prepare(tx, orgId, noun, before, write);
  const { after, breaches } = prepared;
  const told = contextOf(room, tx, what, { ...prepared, before });
  await checkAll(room, noun, told, write, breaches);
  const stored = { ...prepared.stored, ...(await noun.settle?.(told)) };
  const changed = changesOf(before, stored, noun);
  const values = Object.fromEntries(Object.entries(changed).map(([column, [, value]]) => [column, value]));
  if (noun.writer) await noun.writer.update(tx, what, before.id, values).catch(refused);
  else {
    await updateRecord(tx, noun, orgId, before.id, values, what.at);
    const ids = (column: string) => idsIn(values, column)[0] ?? idsBehind(before, column)[0] ?? null;
    await emit(tx, what, {
      noun: noun.name,
      row_id: before.id,
      row_name: noun.label(asRow(after)),
      verb: 'updated',
      changed,
      ...surroundings(noun, before.id, ids),
    });
  }
  if (write.metadata !== undefined && noun.metadataType)
    await room.metadata?.write(tx, what, noun.metadataType, before.code, write.metadata);
  await keepFiles(room, tx, what, noun, before.id, prepared.taken);
  const written = await readById(tx, noun, orgId, before.id);
  await noun.after?.(contextOf(room, tx, what, { ...prepared, before, after: written, stored }));
  return written;
}

/** Deletes a row that the transaction holds, for every door. */
export async function removeIn(room: Room, tx: Tx, what: Happening, noun: AnyNoun, row: Row): Promise<void> {
  await deleteRecord(tx, noun, what.actor.orgId, row.id, what.at);
  await emit(tx, what, {
    noun: noun.name,
    row_id: row.id,
    row_name: noun.label(asRow(row)),
    verb: 'deleted',
    changed: row,
    ...surroundings(noun, row.id, (column) => idsBehind(row, column)[0] ?? null),
  });
  if (noun.metadataType) await room.metadata?.forget(tx, what, noun.metadataType, row.code);
  if (noun.takes?.includes(FILES)) await dropPublicFiles(tx, what, [noun.name], [row.id]);
  await noun.removed?.({ tx, what, row: asRow(row) });
}

/** Rows of another noun, written in the same transaction and group of events. */
export type RecordsIn = {
  find(id: number): Promise<Row>;
  create(values: Write['values'], given?: Given): Promise<Row>;
  update(id: number, values: Write['values']): Promise<Row>;
  remove(id: number): Promise<void>;
};

function recordsIn(room: Room, tx: Tx, what: Happening, name: string): RecordsIn {
  const noun = room.nouns.get(name);
  if (!noun) throw new Error(`${name} is no declared noun`);
  const { orgId } = what.actor;
  const find = (id: number) => readById(tx, noun, orgId, id);
  return {
    find,
    async create(values, given = {}) {
      const prepared = await prepare(tx, orgId, noun, null, { values });
      const code = given.code ?? (await mintCode(tx, room, orgId, noun, prepared, what.at));
      return createIn(room, tx, what, noun, prepared, { ...given, ...(code === undefined ? {} : { code }) });
    },
    async update(id, values) {
      return updateIn(room, tx, what, noun, await find(id), { values });
    },
    async remove(id) {
      await removeIn(room, tx, what, noun, await find(id));
    },
  };
}
