import type { ValueType } from '../kernel/condition.ts';
import { invalid } from '../kernel/fault.ts';
import type { Place } from './shape.ts';

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

/** @throws Fault invalid for a name that the catalogue does not have: doors check names before */
export function fieldOf(catalogue: Catalogue, name: string): Field {
  const field = Object.hasOwn(catalogue.fields, name) ? catalogue.fields[name] : undefined;
  if (!field) throw invalid({ in: 'query', at: name, reason: 'value', message: `Unknown field ${name}` });
  return field;
}

/** SQL of its lower-case value. */
export const lowered = (field: Field) => (typeof field.caseless === 'string' ? field.caseless : `lower(${field.sql})`);
/** What a list is sorted by: text without case where it compares so. */
export const sortSql = (field: Field): string => (field.caseless && !field.words ? lowered(field) : field.sql);
