import { type RawBuilder, sql } from 'kysely';
import type { Literal, Scalar, ValueType } from '../kernel/condition.ts';
import { type Catalogue, fieldOf, lowered } from './catalogue.ts';

type Sql = RawBuilder<unknown>;
type Typed = { readonly sql: Sql; readonly type: ValueType };

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
export function literal({ type, value }: Literal): Typed {
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

/** SQL of a value, and its type. */
export function scalar(value: Scalar, catalogue: Catalogue): Typed {
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
export function caselessOf(value: Scalar, catalogue: Catalogue): boolean {
  if (value.kind !== 'field') return value.kind !== 'call' || value.args.every((arg) => caselessOf(arg, catalogue));
  const field = fieldOf(catalogue, value.name);
  return field.type !== 'text' || !!field.caseless;
}

/** A value as it is compared. */
export function comparable(value: Scalar, catalogue: Catalogue, caseless: boolean): Sql {
  const typed = scalar(value, catalogue);
  if (typed.type !== 'text' || !caseless) return typed.sql;
  return value.kind === 'field' ? sql.raw(lowered(fieldOf(catalogue, value.name))) : sql`lower(${typed.sql})`;
}
