import { type RawBuilder, sql } from 'kysely';
import { build, type List, listRows, type Querier, type Statement, statement } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import type { Row } from '../../kernel/record.ts';
import { catalogueOf, inOfficesSql, readColumns } from './columns-sql.ts';
import { type AnyNoun, type NewRow, type Stored, tableOf } from './noun.ts';
import { refused } from './refusal.ts';

export type Nouns = ReadonlyMap<string, AnyNoun>;
/** Whose rows: one organisation's, and of a caller that is let in for some offices only theirs. */
export type Whose = { readonly orgId: number; readonly officeIds?: readonly number[] | undefined };

const shownSql = (noun: AnyNoun) => `t.deleted_at is null${noun.shown === undefined ? '' : ` and (${noun.shown})`}`;

/** What every row that the caller may know of meets, behind the organisation. */
function visibleSql(noun: AnyNoun, nouns: Nouns, officeIds: readonly number[] | undefined): string {
  const inside = officeIds === undefined ? undefined : inOfficesSql(noun, nouns, officeIds);
  return inside === undefined ? shownSql(noun) : `${shownSql(noun)} and ${inside}`;
}

/** SQL that says whether the row of that code, in that organisation, is there for the caller; both are SQL of ours. */
export const seenSql = (
  noun: AnyNoun,
  nouns: Nouns,
  officeIds: readonly number[] | undefined,
  org: string,
  code: string,
): string =>
  `exists (select from ${tableOf(noun)} t where t.org_id = ${org} and ${codeSql(noun)} = ${noun.codeCase === 'any' ? `lower(${code})` : code}
    and ${visibleSql(noun, nouns, officeIds)})`;

const goneSql = ({ gone }: AnyNoun) => `(t.deleted_at is not null${gone === undefined ? '' : ` or ${gone}`})`;

/** The document that an application keeps on a row, as a column of it. */
export type Documented = { readonly clientId: string | null; sqlFor(clientId: RawBuilder<unknown>): RawBuilder<unknown> };

const columnsWith = (noun: AnyNoun, documented: Documented | undefined, clientId = sql`${documented?.clientId}`) =>
  documented ? sql`${sql.raw(readColumns(noun))}, ${documented.sqlFor(clientId)} as metadata` : sql.raw(readColumns(noun));

/** A page of rows, by the names of `catalogueOf`: of those that are there, or of tombstones. */
export function listRecords(
  q: Querier,
  noun: AnyNoun,
  nouns: Nouns,
  { orgId, officeIds }: Whose,
  query: ListQuery,
  { documented, gone = false }: { readonly documented?: Documented | undefined; readonly gone?: boolean } = {},
): Promise<ListPage<Row>> {
  const table = tableOf(noun);
  const shown = gone ? goneSql(noun) : visibleSql(noun, nouns, officeIds);
  const list: List = {
    catalogue: catalogueOf(noun, orgId),
    from: sql.raw(`${table} t`),
    where: sql`t.org_id = ${orgId} and ${sql.raw(shown)}`,
    key: 't.id',
    columns: columnsWith(noun, documented),
    rows: sql`${sql.raw(table)} t on t.org_id = ${orgId} and t.id = page.id`,
    ...(noun.kept && officeIds === undefined && !gone ? { kept: noun.kept } : {}),
  };
  return listRows<Row>(q, list, query);
}

const codeSql = ({ code, codeCase }: AnyNoun) =>
  code === 'none' ? 't.id::text' : codeCase === 'any' ? 'lower(t.code)' : 't.code';

/** Codes are compared without case; most are kept in upper case, so that the unique key serves it. */
export const normalCode = ({ codeCase = 'upper' }: AnyNoun, code: string) =>
  codeCase === 'upper' ? code.toUpperCase() : code.toLowerCase();

const texts = new WeakMap<AnyNoun, string>();
/** Built once a noun: it is read on every request. */
function selectText(noun: AnyNoun): string {
  let text = texts.get(noun);
  if (text === undefined) {
    text = `select ${readColumns(noun)} from ${tableOf(noun)} t where t.org_id = $1`;
    texts.set(noun, text);
  }
  return text;
}

const byCodes = new WeakMap<AnyNoun, Statement<Row>>();
const byCodesDocumented = new WeakMap<AnyNoun, Statement<Row>>();
/** `$1` the organisation, `$2` the codes, `$3` the application whose documents come along. */
function byCodesOf(noun: AnyNoun, documented: Documented | undefined): Statement<Row> {
  const kept = documented ? byCodesDocumented : byCodes;
  let named = kept.get(noun);
  if (named === undefined) {
    const columns = columnsWith(noun, documented, sql.raw('$3')).compile(build).sql;
    named = statement<Row>(
      `record.${noun.name}.by_codes${documented ? '.documented' : ''}`,
      `select ${columns} from ${tableOf(noun)} t
       where t.org_id = $1 and ${codeSql(noun)} = any ($2::text[]) and ${shownSql(noun)}`,
    );
    kept.set(noun, named);
  }
  return named;
}

/** Rows by their codes, in no order. */
export async function findByCodes(
  q: Querier,
  noun: AnyNoun,
  nouns: Nouns,
  { orgId, officeIds }: Whose,
  codes: readonly string[],
  documented?: Documented,
): Promise<Row[]> {
  if (codes.length === 0) return [];
  const wanted = codes.map((code) => normalCode(noun, code));
  if (officeIds === undefined)
    return q.rows(byCodesOf(noun, documented), [orgId, wanted, ...(documented ? [documented.clientId] : [])]);
  return q.run(
    sql<Row>`select ${columnsWith(noun, documented)} from ${sql.raw(tableOf(noun))} t
      where t.org_id = ${orgId} and ${sql.raw(codeSql(noun))} = any (${wanted}::text[])
        and ${sql.raw(visibleSql(noun, nouns, officeIds))}`.compile(build),
  );
}

/** The same row, which nobody else writes until the transaction ends. */
export async function lockByCode(q: Querier, noun: AnyNoun, nouns: Nouns, whose: Whose, code: string): Promise<Row | undefined> {
  const where = visibleSql(noun, nouns, whose.officeIds);
  const query = sql<Row>`select ${sql.raw(readColumns(noun))} from ${sql.raw(tableOf(noun))} t
    where t.org_id = ${whose.orgId} and ${sql.raw(codeSql(noun))} = ${normalCode(noun, code)} and ${sql.raw(where)} for update of t`;
  return (await q.run(query.compile(build)))[0];
}

export async function readById(q: Querier, noun: AnyNoun, orgId: number, id: number): Promise<Row> {
  const named = statement<Row>(`record.${noun.name}.by_id`, `${selectText(noun)} and t.id = $2`);
  const [row] = await q.rows(named, [orgId, id]);
  if (!row) throw new Error(`${noun.name} ${id} went away while it was written`);
  return row;
}

/** jsonb takes text, everything else goes as it is. */
function parameter(noun: AnyNoun, column: string, value: unknown): RawBuilder<unknown> {
  const kind = column === 'extras' ? 'json' : noun.columns[column]?.kind;
  // What no row lacks goes back to what rows have when nobody says anything.
  if (value === null || value === undefined) return noun.columns[column]?.required ? sql`default` : sql`null`;
  switch (kind) {
    case 'json':
      return sql`${JSON.stringify(value)}::jsonb`;
    case 'refs':
      return sql`${value}::bigint[]`;
    case 'texts':
    case 'options':
      return sql`${value}::text[]`;
    default:
      return sql`${value}`;
  }
}

/** @returns the new row's id */
export async function insertRecord(q: Querier, noun: AnyNoun, what: Happening, row: NewRow): Promise<number> {
  const { actor } = what;
  const entries: [string, RawBuilder<unknown>][] = [
    ['org_id', sql`${actor.orgId}`],
    ['id', sql`coalesce(${row.id ?? null}::bigint, nextval(${`${tableOf(noun)}_id_seq`}))`],
    ...(noun.code === 'none' ? [] : [['code', sql`${row.code}`] as [string, RawBuilder<unknown>]]),
    ...(row.resoKey === undefined ? [] : [['reso_key', sql`${row.resoKey}`] as [string, RawBuilder<unknown>]]),
    ['created_at', sql`${row.createdAt}`],
    ['updated_at', sql`${row.updatedAt}`],
    ['created_by', sql`${actor.kind === 'user' ? actor.id : null}`],
    ['created_door', sql`${actor.door}`],
    ...Object.entries(row.values)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([column, value]): [string, RawBuilder<unknown>] => [column, parameter(noun, column, value)]),
  ];
  const columns = sql.join(entries.map(([column]) => sql.ref(column)));
  const values = sql.join(entries.map(([, value]) => value));
  const query = sql<{ id: number }>`insert into ${sql.table(tableOf(noun))} (${columns}) values (${values}) returning id`;
  const [made] = await q.run(query.compile(build)).catch(refused);
  if (!made) throw new Error(`${noun.name} was not made`);
  return made.id;
}

/** Writes columns; the version moves in any case (domain-people §1.1.4). */
export async function updateRecord(
  q: Querier,
  noun: AnyNoun,
  orgId: number,
  id: number,
  values: Stored,
  at: Date,
): Promise<void> {
  const sets = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${parameter(noun, column, value)}`);
  const all = sql.join([...sets, sql`version = version + 1`, sql`updated_at = ${at}`]);
  const query = sql`update ${sql.table(tableOf(noun))} set ${all} where org_id = ${orgId} and id = ${id}`;
  await q.run(query.compile(build)).catch(refused);
}

/** Leaves a tombstone that no door shows. */
export async function deleteRecord(q: Querier, noun: AnyNoun, orgId: number, id: number, at: Date): Promise<void> {
  await q.run(
    sql`update ${sql.table(tableOf(noun))} set deleted_at = ${at}, updated_at = ${at}, version = version + 1
      where org_id = ${orgId} and id = ${id}`.compile(build),
  );
}
