import type { RawBuilder } from 'kysely';
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
  readonly refers?: {
    readonly id: string;
    readonly table: string;
    /** what rows of that table are named by; `reso_key` unless told otherwise */
    readonly by?: 'reso_key' | 'code';
    /** SQL that says the id is one of that table, where a column names rows of several */
    readonly when?: string;
  };
  /** the column is a list: how `contains_any` finds its values */
  readonly list?: ListField;
};

export type ListField =
  /** ids of rows that are asked for by code */
  | { readonly kind: 'ids'; readonly table: string }
  | { readonly kind: 'texts' }
  /** tokens `<org>:<kind>:<value>` of a column `facets`; with a table: its ids, asked for by code */
  | { readonly kind: 'facets'; readonly facet: string; readonly table?: string };

/** SQL that says whether a row answers; `values` are parameters. */
export type Question = (values: readonly RawBuilder<unknown>[], orgId: RawBuilder<unknown>) => RawBuilder<unknown>;

/** Rows that hang on a row, for `some`: `from` says with which they are joined and that they are live. */
export type Collection = { readonly from: string; readonly fields: Readonly<Record<string, Field>> };

/** What a service publishes: the names that its callers may use in conditions and orders. */
export type Catalogue = {
  /** needed where a field `refers` */
  readonly orgId?: number;
  readonly fields: Readonly<Record<string, Field>>;
  /** SQL of the row's id */
  readonly id: string;
  readonly collections?: Readonly<Record<string, Collection>>;
  readonly questions?: Readonly<Record<string, Question>>;
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
