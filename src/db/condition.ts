import { type RawBuilder, sql } from 'kysely';
import type { Condition, Literal, Scalar, ValueType } from '../kernel/condition.ts';
import { invalid } from '../kernel/fault.ts';
import { readPattern } from '../kernel/pattern.ts';
import { compileShape, type Place } from './shape.ts';

/** A field that lists may be filtered and sorted by. */
export type Field = {
  /** SQL of its value over the tables of the list, written by us: never anything of a caller's */
  readonly sql: string;
  readonly type: ValueType;
  /** text compares without case; an index that serves it is on `lower(sql)`. A string is that lower-case SQL where a column keeps it */
  readonly caseless?: boolean | string;
  /** its values are these words and no others: equality is asked of the word as it is kept, which has the index */
  readonly words?: readonly string[];
  /** the word that rows without a value have */
  readonly absent?: string;
  /** no row lacks it: sorting by it downwards takes one scan in place of two */
  readonly required?: boolean;
  /** the value is the key of a row of another table: equality is asked of the id, which has the index */
  readonly refers?: { readonly id: string; readonly table: string };
};

/** What a service publishes: the names that its callers may use in conditions and orders. */
export type Catalogue = {
  /** needed where a field `refers` */
  readonly orgId?: number;
  readonly fields: Readonly<Record<string, Field>>;
  /** SQL of the row's id */
  readonly id: string;
  /** where the row lies, for shapes */
  readonly place?: Place;
  /** time zone in which parts of moments are told (`date`, `hour` …); UTC unless told otherwise */
  readonly zone?: string;
};

type Sql = RawBuilder<unknown>;
type Typed = { readonly sql: Sql; readonly type: ValueType };

/** @throws Fault invalid for a name that the catalogue does not have: doors check names before */
export function fieldOf(catalogue: Catalogue, name: string): Field {
  const field = Object.hasOwn(catalogue.fields, name) ? catalogue.fields[name] : undefined;
  if (!field) throw invalid({ in: 'query', at: name, reason: 'value', message: `Unknown field ${name}` });
  return field;
}

const lowered = (field: Field) => (typeof field.caseless === 'string' ? field.caseless : `lower(${field.sql})`);
/** What a list is sorted by: text without case where it compares so. */
export const sortSql = (field: Field): string => (field.caseless && !field.words ? lowered(field) : field.sql);

const CAST: Record<ValueType, string> = {
  text: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
  time: 'time',
};

/** Numbers beyond bigint are compared as numeric. */
function literal({ type, value }: Literal): Typed {
  const fits = type !== 'integer' || Number.isSafeInteger(Number(value));
  return { sql: sql`${value}::${sql.raw(fits ? CAST[type] : 'numeric')}`, type };
}

const numeric = ({ sql: value, type }: Typed): Sql =>
  type === 'integer' || type === 'decimal' ? sql`(${value})::numeric` : value;
const ARITHMETIC = { add: '+', sub: '-', mul: '*', div: '/', mod: '%' } as const;

/** A moment as the clocks of the zone show it; a date as its midnight. */
function local({ sql: value, type }: Typed, zone: string): Sql {
  if (type === 'datetime') return sql`(${value} at time zone ${zone}::text)`;
  return type === 'date' ? sql`(${value})::timestamp` : value;
}

/** Text that is no number becomes no value, and no error of the database. */
const asNumber = (value: Sql): Sql =>
  sql`(case when ${value} ~ '^\\s*[-+]?\\d{1,30}(\\.\\d{1,30})?\\s*$' then (${value})::numeric end)`;
const asText = ({ sql: value, type }: Typed): Sql =>
  type === 'decimal' ? sql`trim_scale((${value})::numeric)::text` : type === 'text' ? value : sql`(${value})::text`;

type Call = Extract<Scalar, { kind: 'call' }>;

function call({ name, args }: Call, catalogue: Catalogue): Typed {
  const typed = args.map((arg) => scalar(arg, catalogue));
  const [first, second, third] = typed;
  if (!first) throw new Error(`${name} needs an argument`);
  const whole = (value: Sql): Typed => ({ sql: value, type: 'integer' });
  const text = (value: Sql): Typed => ({ sql: value, type: 'text' });
  const part = (what: string): Typed => whole(sql`extract(${sql.raw(what)} from ${local(first, catalogue.zone ?? 'UTC')})`);
  const at = () => sql`(${second?.sql ?? sql`0`})::int`;
  switch (name) {
    case 'lower':
    case 'upper':
      return text(sql`${sql.raw(name)}(${first.sql})`);
    case 'trim':
      return text(sql`btrim(${first.sql}, E' \\t\\r\\n')`);
    case 'substring':
      return text(third ? sql`substr(${first.sql}, 1 + ${at()}, (${third.sql})::int)` : sql`substr(${first.sql}, 1 + ${at()})`);
    case 'concat':
      return text(sql`(${first.sql} || ${second?.sql ?? sql`''`})`);
    case 'length':
      return whole(sql`length(${first.sql})`);
    case 'indexof':
      return whole(sql`(strpos(lower(${first.sql}), lower(${second?.sql ?? sql`''`})) - 1)`);
    case 'round':
    case 'floor':
      return whole(sql`${sql.raw(name)}(${numeric(first)})`);
    case 'ceiling':
      return whole(sql`ceil(${numeric(first)})`);
    case 'fractionalseconds':
      return { sql: sql`(extract(second from ${local(first, catalogue.zone ?? 'UTC')}) % 1)`, type: 'decimal' };
    case 'second':
      return whole(sql`floor(extract(second from ${local(first, catalogue.zone ?? 'UTC')}))`);
    case 'dayofweek':
      return part('dow');
    case 'dayofyear':
      return part('doy');
    case 'date':
      return { sql: sql`(${local(first, catalogue.zone ?? 'UTC')})::date`, type: 'date' };
    case 'time':
      return { sql: sql`(${local(first, catalogue.zone ?? 'UTC')})::time`, type: 'time' };
    case 'cast_text':
      return text(asText(first));
    case 'cast_decimal':
      return { sql: first.type === 'text' ? asNumber(first.sql) : numeric(first), type: 'decimal' };
    case 'cast_integer':
      return whole(sql`trunc(${first.type === 'text' ? asNumber(first.sql) : numeric(first)})`);
    default:
      return part(name);
  }
}

function scalar(value: Scalar, catalogue: Catalogue): Typed {
  switch (value.kind) {
    case 'field': {
      const field = fieldOf(catalogue, value.name);
      return { sql: sql.raw(field.sql), type: field.type };
    }
    case 'literal':
      return literal(value);
    case 'call':
      return call(value, catalogue);
    case 'negative':
      return { sql: sql`(- ${numeric(scalar(value.of, catalogue))})`, type: 'decimal' };
    case 'arithmetic': {
      const left = numeric(scalar(value.left, catalogue));
      const right = numeric(scalar(value.right, catalogue));
      // A row whose divisor is 0 has no value, as one that lacks the divisor.
      const divisor = value.op === 'div' || value.op === 'mod' ? sql`nullif(${right}, 0)` : right;
      return { sql: sql`(${left} ${sql.raw(ARITHMETIC[value.op])} ${divisor})`, type: 'decimal' };
    }
  }
}

/** The two sides of a text comparison ignore case unless the field is one of those that do not (keys, codes). */
function caselessOf(value: Scalar, catalogue: Catalogue): boolean {
  if (value.kind !== 'field') return value.kind !== 'call' || value.args.every((arg) => caselessOf(arg, catalogue));
  const field = fieldOf(catalogue, value.name);
  return field.type !== 'text' || !!field.caseless;
}

/** A value as it is compared. */
function comparable(value: Scalar, catalogue: Catalogue, caseless: boolean): Sql {
  const typed = scalar(value, catalogue);
  if (typed.type !== 'text' || !caseless) return typed.sql;
  return value.kind === 'field' ? sql.raw(lowered(fieldOf(catalogue, value.name))) : sql`lower(${typed.sql})`;
}

const isEquality = (condition: Condition): condition is Extract<Condition, { kind: 'compare' | 'among' }> =>
  condition.kind === 'among' || (condition.kind === 'compare' && (condition.op === 'eq' || condition.op === 'ne'));

/** Equality with keys of other rows, asked of their ids, which are looked up once; undefined where it is none. */
function compareReference(condition: Condition, catalogue: Catalogue): Sql | undefined {
  if (!isEquality(condition)) return undefined;
  const refers = condition.left.kind === 'field' ? fieldOf(catalogue, condition.left.name).refers : undefined;
  const values = condition.kind === 'among' ? condition.values : [condition.right];
  const keys = values.filter((value) => value.kind === 'literal');
  if (!refers || keys.length < values.length) return undefined;
  const asked = keys.map((key) => String(key.value));
  const found = sql`${sql.raw(refers.id)} = any (array(
    select r.id from ${sql.raw(refers.table)} r where r.org_id = ${catalogue.orgId} and r.reso_key = any (${asked}::bpchar[])))`;
  return condition.kind === 'compare' && condition.op === 'ne' ? sql`((${found}) is not true)` : found;
}

/** Equality with words of a closed list: without case, yet as they are kept; undefined where it is none. */
function compareWords(condition: Condition, catalogue: Catalogue): Sql | undefined {
  if (!isEquality(condition) || condition.left.kind !== 'field') return undefined;
  const field = fieldOf(catalogue, condition.left.name);
  const values = condition.kind === 'among' ? condition.values : [condition.right];
  const said = values.flatMap((value) => (value.kind === 'literal' ? [String(value.value).toLowerCase()] : []));
  if (!field.words || said.length < values.length) return undefined;
  const kept = field.words.filter((word) => said.includes(word.toLowerCase()));
  const column = sql.raw(field.sql);
  const equal = kept.length === 0 ? sql`false` : sql`${column} in (${sql.join(kept.map((word) => sql`${word}::text`))})`;
  const found = field.absent !== undefined && kept.includes(field.absent) ? sql`(${equal} or ${column} is null)` : equal;
  return condition.kind === 'compare' && condition.op === 'ne' ? sql`((${found}) is not true)` : found;
}

const OPERATOR = { eq: '=', ne: 'is distinct from', gt: '>', ge: '>=', lt: '<', le: '<=' } as const;
const likeText = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

function match(condition: Extract<Condition, { kind: 'contains' | 'starts' | 'ends' }>, catalogue: Catalogue): Sql {
  const caseless = caselessOf(condition.left, catalogue);
  const left = comparable(condition.left, catalogue, caseless);
  const text = likeText(condition.text);
  const form = condition.kind === 'contains' ? `%${text}%` : condition.kind === 'starts' ? `${text}%` : `%${text}`;
  return caseless ? sql`${left} like lower(${form}::text)` : sql`${left} like ${form}::text`;
}

function matchPattern(condition: Extract<Condition, { kind: 'pattern' }>, catalogue: Catalogue): Sql {
  const pattern = readPattern(condition.pattern);
  if ('fault' in pattern)
    throw invalid({ in: 'query', reason: 'value', message: `The regular expression cannot be run: ${pattern.fault}` });
  return sql`${scalar(condition.left, catalogue).sql} ${sql.raw(condition.ignoreCase ? '~*' : '~')} ${pattern.sql}::text`;
}

/**
 * A condition as SQL with parameters. It has two values, not three: a row that lacks a field meets no comparison of it but `ne`, and
 * `not` is every other row (what a person means by "everything but Fargo").
 */
export function compileCondition(condition: Condition, catalogue: Catalogue): Sql {
  const of = (value: Scalar, caseless: boolean) => comparable(value, catalogue, caseless);
  const special = compareReference(condition, catalogue) ?? compareWords(condition, catalogue);
  if (special) return special;
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.of.map((part) => compileCondition(part, catalogue));
      if (parts.length === 0) return condition.kind === 'and' ? sql`true` : sql`false`;
      return sql`(${sql.join(parts, sql.raw(` ${condition.kind} `))})`;
    }
    case 'not':
      return sql`((${compileCondition(condition.of, catalogue)}) is not true)`;
    case 'compare': {
      const caseless = caselessOf(condition.left, catalogue) && caselessOf(condition.right, catalogue);
      return sql`${of(condition.left, caseless)} ${sql.raw(OPERATOR[condition.op])} ${of(condition.right, caseless)}`;
    }
    case 'among': {
      const caseless = caselessOf(condition.left, catalogue);
      return sql`${of(condition.left, caseless)} in (${sql.join(condition.values.map((value) => of(value, caseless)))})`;
    }
    case 'between': {
      const caseless = caselessOf(condition.left, catalogue);
      return sql`${of(condition.left, caseless)} between ${of(condition.least, caseless)} and ${of(condition.most, caseless)}`;
    }
    case 'missing':
      if (condition.left.kind === 'field' && fieldOf(catalogue, condition.left.name).absent !== undefined) return sql`false`;
      return sql`${scalar(condition.left, catalogue).sql} is null`;
    case 'contains':
    case 'starts':
    case 'ends':
      return match(condition, catalogue);
    case 'pattern':
      return matchPattern(condition, catalogue);
    case 'inside':
      if (!catalogue.place) throw invalid({ in: 'query', reason: 'value', message: 'These rows have no place on the map' });
      return compileShape(condition.shape, catalogue.place);
    case 'ids':
      return sql`${sql.raw(catalogue.id)} = any (${[...condition.ids]}::bigint[])`;
    case 'never':
      return sql`false`;
  }
}

/** Does it look into texts or compute with every row? Then no index bounds its time, and the list gives it less (list.ts). */
export function isCostly(condition: Condition): boolean {
  const computed = (value: Scalar) => value.kind !== 'field' && value.kind !== 'literal';
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.some(isCostly);
    case 'not':
      return isCostly(condition.of);
    case 'contains':
    case 'ends':
    case 'pattern':
    case 'inside':
      return true;
    case 'compare':
    case 'among':
    case 'between':
      return computed(condition.left);
    default:
      return false;
  }
}
