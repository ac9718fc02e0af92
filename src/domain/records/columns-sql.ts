import type { Catalogue, Field } from '../../db/index.ts';
import type { Column } from './column.ts';
import { type AnyNoun, tableOf } from './noun.ts';

/** Names are ours, never a caller's; this says so where SQL is put together. */
const name = (text: string) => {
  if (!/^[a-z][a-z0-9_]*$/.test(text)) throw new Error(`${text} is no name of a table or column`);
  return text;
};

/** Where a row keeps the ids behind a column of codes. */
export const idKey = (column: string) => `${column}:id`;

const codeOf = (table: string, id: string) =>
  `(select r.code from ${name(table)} r where r.org_id = t.org_id and r.id = ${id} and r.deleted_at is null)`;

const oneOf = ({ column, nouns }: NonNullable<Column['which']>, id: string) =>
  `case t.${name(column)} ${Object.entries(nouns)
    .map(([word, noun]) => `when '${name(word.toLowerCase()) && word}' then ${codeOf(noun, id)}`)
    .join(' ')} end`;

function readSql(column: string, { kind, noun = '', which }: Column): string {
  const own = `t.${name(column)}`;
  switch (kind) {
    case 'ref':
      return `${codeOf(noun, own)} as ${column}, ${own} as "${idKey(column)}"`;
    case 'refs':
      return `array(select r.code from unnest(${own}) with ordinality as u(id, place)
        join ${name(noun)} r on r.org_id = t.org_id and r.id = u.id and r.deleted_at is null order by u.place) as ${column},
        ${own} as "${idKey(column)}"`;
    case 'any_ref':
      return `${which ? oneOf(which, own) : 'null'} as ${column}, ${own} as "${idKey(column)}"`;
    default:
      return `${own} as ${column}`;
  }
}

const SYSTEM = 'version, created_at, updated_at'.split(', ').map((column) => `t.${column}`);

const columns = new WeakMap<AnyNoun, string>();
/** The columns of a row as doors see it, put together once. */
export function readColumns(noun: AnyNoun): string {
  const text = columns.get(noun) ?? columnsOf(noun);
  columns.set(noun, text);
  return text;
}

const columnsOf = (noun: AnyNoun): string =>
  [
    't.id',
    noun.code === 'none' ? 't.id::text as code' : 't.code',
    ...SYSTEM,
    't.extras',
    ...Object.entries(noun.columns).map(([column, declared]) => readSql(column, declared)),
    ...Object.entries(noun.reads ?? {}).map(([as, sql]) => `${sql} as ${name(as)}`),
  ].join(', ');

const VALUE_TYPE = {
  text: 'text',
  option: 'text',
  integer: 'integer',
  number: 'decimal',
  boolean: 'boolean',
  date: 'date',
  instant: 'datetime',
} as const;

function fieldOf(column: string, declared: Column): Field | undefined {
  const sql = `t.${column}`;
  const { kind, noun = '', which, facet, required = false } = declared;
  switch (kind) {
    case 'json':
      return undefined;
    case 'ref':
      return { sql: codeOf(noun, sql), type: 'text', refers: { id: sql, table: noun, by: 'code' } };
    case 'any_ref':
      return { sql: which ? oneOf(which, sql) : 'null', type: 'text' };
    case 'refs':
      return facet
        ? { sql: 't.facets', type: 'text', list: { kind: 'facets', facet, table: noun } }
        : { sql, type: 'text', list: { kind: 'ids', table: noun } };
    case 'texts':
    case 'options':
      return facet
        ? { sql: 't.facets', type: 'text', list: { kind: 'facets', facet } }
        : { sql, type: 'text', list: { kind: 'texts' } };
    case 'text':
    case 'option':
      return { sql, type: 'text', caseless: true, required };
    default:
      return { sql, type: VALUE_TYPE[kind], required };
  }
}

/** `associated_id:contact`: an id of that noun, by which its rows are filtered with an index. */
const fieldsOfAny = (column: string, { which }: Column): [string, Field][] =>
  Object.entries(which?.nouns ?? {}).map(([word, noun]) => [
    `${column}:${word}`,
    {
      sql: codeOf(noun, `t.${column}`),
      type: 'text',
      refers: { id: `t.${column}`, table: noun, by: 'code', when: `t.${name(which?.column ?? '')} = '${word}'` },
    },
  ]);

/** The id itself, for doors that show ids in place of codes. */
function idField(column: string, { kind, facet }: Column): Record<string, Field> {
  if (kind === 'ref' || kind === 'any_ref') return { [idKey(column)]: { sql: `t.${column}`, type: 'integer' } };
  if (kind !== 'refs' || !facet) return {};
  return { [idKey(column)]: { sql: 't.facets', type: 'text', list: { kind: 'facets', facet } } };
}

const fields = new WeakMap<AnyNoun, Readonly<Record<string, Field>>>();
/** Put together once a noun: every list reads them. */
function fieldsOf(noun: AnyNoun): Readonly<Record<string, Field>> {
  const known = fields.get(noun);
  if (known) return known;
  const made: Record<string, Field> = {
    id: { sql: 't.id', type: 'integer', required: true },
    code: { sql: noun.code === 'none' ? 't.id::text' : 't.code', type: 'text', required: true },
    created_at: { sql: 't.created_at', type: 'datetime', required: true },
    updated_at: { sql: 't.updated_at', type: 'datetime', required: true },
  };
  for (const [column, declared] of Object.entries(noun.columns)) {
    const field = fieldOf(column, declared);
    if (field) made[column] = field;
    if (declared.kind === 'any_ref') Object.assign(made, Object.fromEntries(fieldsOfAny(column, declared)));
    Object.assign(made, idField(column, declared));
  }
  Object.assign(made, noun.fields);
  fields.set(noun, made);
  return made;
}

/** The names by which rows are filtered and sorted: id, code, times, every column that has an order, and what the noun adds. */
export function catalogueOf(noun: AnyNoun, orgId: number): Catalogue {
  const { collections, questions } = noun;
  return {
    orgId,
    fields: fieldsOf(noun),
    id: 't.id',
    ...(noun.place ? { place: noun.place } : {}),
    ...(collections ? { collections } : {}),
    ...(questions ? { questions } : {}),
  };
}

/** The same of a row whose column names rows of several nouns; what names none of them belongs to everybody. */
function inOfficesOfAny(
  which: NonNullable<Column['which']>,
  nouns: ReadonlyMap<string, AnyNoun>,
  offices: readonly number[],
  alias: string,
  own: string,
): string {
  const inner = `o${alias}`;
  const branches = Object.entries(which.nouns).flatMap(([word, table]) => {
    const target = nouns.get(table) ?? [...nouns.values()].find((one) => tableOf(one) === table);
    const inside = target && inOfficesSql(target, nouns, offices, inner);
    if (inside === undefined) return [];
    return `when '${word}' then exists (select from ${name(table)} ${inner}
      where ${inner}.org_id = ${alias}.org_id and ${inner}.id = ${own} and ${inside})`;
  });
  return branches.length === 0 ? 'true' : `coalesce(case ${alias}.${name(which.column)} ${branches.join(' ')} end, true)`;
}

/** SQL that a live row of the noun belongs to one of these offices; undefined where it belongs to none in particular. */
export function inOfficesSql(
  noun: AnyNoun,
  nouns: ReadonlyMap<string, AnyNoun>,
  offices: readonly number[],
  alias = 't',
): string | undefined {
  const columns = [noun.offices ?? []].flat();
  const inside = (column: string) => columnInOfficesSql(noun, column, nouns, offices, alias);
  if (columns.length === 1) return inside(columns[0] as string);
  const each = columns.flatMap((column) => {
    const condition = inside(column);
    return condition === undefined ? [] : [`(${alias}.${name(column)} is null or ${condition})`];
  });
  return each.length === 0 ? undefined : `(${each.join(' and ')})`;
}

/** The same by one column of the row, which has a value. */
function columnInOfficesSql(
  noun: AnyNoun,
  column: string,
  nouns: ReadonlyMap<string, AnyNoun>,
  offices: readonly number[],
  alias: string,
): string | undefined {
  const declared = noun.columns[column];
  if (!declared) return undefined;
  const ids = `array[${offices.map((id) => Math.trunc(id)).join(',')}]::bigint[]`;
  const own = `${alias}.${name(column)}`;
  if (declared.which) return inOfficesOfAny(declared.which, nouns, offices, alias, own);
  if (declared.noun === 'office') return declared.kind === 'refs' ? `${own} && ${ids}` : `${own} = any (${ids})`;
  const target = nouns.get(declared.noun ?? '');
  const inner = `o${alias}`;
  const inside = target && inOfficesSql(target, nouns, offices, inner);
  if (!target || inside === undefined) return undefined;
  const match = declared.kind === 'refs' ? `${inner}.id = any (${own})` : `${inner}.id = ${own}`;
  return `exists (select from ${tableOf(target)} ${inner} where ${inner}.org_id = ${alias}.org_id and ${match} and ${inside})`;
}
