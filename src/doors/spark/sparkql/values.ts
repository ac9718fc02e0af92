import type { Condition, Literal, Scalar, Shape, ValueType } from '../../../kernel/condition.ts';
import { FilterRefusal } from './faults.ts';
import { dateOf, startOfDay } from './moments.ts';
import type { Span, SparkType } from './tree.ts';

/** Types of values that have one. */
export type ScalarType = Exclude<SparkType, 'null' | 'shape'>;

/** What a part of a comparison comes to. A value is a constant when its scalar is a literal. */
export type Value = { readonly kind: 'value'; readonly type: ScalarType; readonly scalar: Scalar };
export type Result =
  | Value
  | { readonly kind: 'null' }
  /** a function that stands for many texts: contains('x') */
  | { readonly kind: 'matcher'; readonly test: (left: Scalar) => Condition }
  | { readonly kind: 'shape'; readonly test: Condition }
  /** the field Location; rows that lack `name` have no place */
  | { readonly kind: 'place'; readonly name: string };

/** What reading values needs to know. */
export type Setting = {
  readonly fields: FilterFields;
  readonly now: Date;
  /** the zone of moments that name none */
  readonly zone: string;
  /** places of listings that radius() names by their keys; found before values are read */
  readonly places: ReadonlyMap<string, Point | undefined>;
};
type Point = Extract<Shape, { kind: 'circle' }>['centre'];

/** A field as filters see it: its type, and its name in the catalogue of the service that is asked; of a shape, a field that every row on the map has. */
export type FilterField = { readonly name: string; readonly type: ScalarType | 'shape' };
/** Fields by the vendor's names; undefined for one that is unknown or hidden from the caller. */
export type FilterFields = (name: string) => FilterField | undefined;

const KERNEL: Record<ScalarType, ValueType> = {
  character: 'text',
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
};
const NAMES: Record<Result['kind'], string> = {
  value: 'a value',
  null: 'null',
  matcher: 'character',
  shape: 'shape',
  place: 'shape',
};
/** For "expected X but found Y". */
export const nameOf = (result: Result): string => (result.kind === 'value' ? result.type : NAMES[result.kind]);

export const constant = (type: ScalarType, value: string | number | boolean): Value => ({
  kind: 'value',
  type,
  scalar: { kind: 'literal', type: KERNEL[type], value },
});
export const constantOf = (value: Value): Literal | undefined => (value.scalar.kind === 'literal' ? value.scalar : undefined);
export const textOf = (value: Value): string | undefined => {
  const literal = constantOf(value);
  return literal && String(literal.value);
};

type CallName = Extract<Scalar, { kind: 'call' }>['name'];
export const called = (type: ScalarType, name: CallName, ...args: readonly Value[]): Value => ({
  kind: 'value',
  type,
  scalar: { kind: 'call', name, args: args.map((arg) => arg.scalar) },
});

export const mismatch = (expected: string, found: string, at: Span) =>
  new FilterRefusal(`Expected ${expected} but found ${found}`, at);

function toDatetime(value: Value, zone: string): Value | undefined {
  const text = textOf(value);
  const moment = text === undefined ? undefined : startOfDay(text, zone);
  return moment === undefined ? undefined : constant('datetime', moment);
}
function toDate(value: Value, zone: string): Value {
  const text = textOf(value);
  return text === undefined ? called('date', 'date', value) : constant('date', dateOf(text, zone));
}

/**
 * Two values of one type: integers become decimals, dates the moments at which they begin, and moments dates where the other side's field
 * is a date. @throws FilterRefusal for any other pair
 */
export function coerced(left: Value, right: Value, zone: string, at: Span): readonly [Value, Value] {
  const pair = `${left.type} ${right.type}`;
  if (left.type === right.type || pair === 'integer decimal' || pair === 'decimal integer') return [left, right];
  if (pair === 'datetime date') {
    const moment = toDatetime(right, zone);
    return moment ? [left, moment] : [toDate(left, zone), right];
  }
  if (pair === 'date datetime') return [left, toDate(right, zone)];
  throw mismatch(left.type, right.type, at);
}
