import type { Condition, Literal, Scalar, ValueType } from '../../kernel/condition.ts';

/** Shorthand for what declarations of filters say. Names are those of the noun's catalogue. */
export const field = (name: string): Scalar => ({ kind: 'field', name });
export const literal = (type: ValueType, value: string | number | boolean): Literal => ({ kind: 'literal', type, value });

/** Whole numbers are compared as such: beside a decimal each row's number would be cast, which no index of whole numbers serves. */
const typeOf = (value: unknown): ValueType => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'decimal';
  return typeof value === 'boolean' ? 'boolean' : 'text';
};
const plain = (value: unknown): Literal => literal(typeOf(value), value as string | number | boolean);

export const all = (...of: readonly (Condition | undefined)[]): Condition => ({
  kind: 'and',
  of: of.filter((one) => one !== undefined),
});
export const anyOf = (...of: readonly Condition[]): Condition => ({ kind: 'or', of });
export const not = (of: Condition): Condition => ({ kind: 'not', of });
export const missing = (name: string): Condition => ({ kind: 'missing', left: field(name) });
export const present = (name: string): Condition => not(missing(name));

export const among = (name: string, values: readonly unknown[]): Condition => ({
  kind: 'among',
  left: field(name),
  values: values.map(plain),
});
export const equal = (name: string, value: unknown): Condition => among(name, [value]);
export const containsAny = (name: string, values: readonly unknown[]): Condition => ({
  kind: 'contains_any',
  field: name,
  values: values.map(String),
});
export const starts = (name: string, text: string): Condition => ({ kind: 'starts', left: field(name), text });
/** Rows one of whose `of` (a collection of the noun) meets the condition. */
export const some = (of: string, where: Condition): Condition => ({ kind: 'some', of, where });

/** Every blank-separated word occurs in the text, in any order (contracts/reapit.md §1.5). */
export const words = (name: string, text: string): Condition =>
  all(
    ...text
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word): Condition => ({ kind: 'contains', left: field(name), text: word })),
  );

const compare = (op: 'ge' | 'le' | 'lt', name: string, right: Literal): Condition => ({
  kind: 'compare',
  op,
  left: field(name),
  right,
});

export const atLeast = (name: string, value: number): Condition => compare('ge', name, plain(value));
export const atMost = (name: string, value: number): Condition => compare('le', name, plain(value));
export const since = (name: string, at: Date): Condition => compare('ge', name, literal('datetime', at.toISOString()));
/** Inclusive at whole seconds, which is all that a door shows (domain-people §1.1.5). */
export const until = (name: string, at: Date): Condition =>
  compare('lt', name, literal('datetime', new Date(at.getTime() + 1000).toISOString()));
export const sinceDay = (name: string, at: Date): Condition =>
  compare('ge', name, literal('date', at.toISOString().slice(0, 10)));
export const untilDay = (name: string, at: Date): Condition =>
  compare('le', name, literal('date', at.toISOString().slice(0, 10)));

/** Phones by their digits, everything else in lower case: how `facet_points` of the database keeps them. */
export const pointOf = (text: string): string => {
  const digits = text.replaceAll(/\D/g, '');
  return text.includes('@') || digits === '' ? text.trim().toLowerCase() : digits;
};
