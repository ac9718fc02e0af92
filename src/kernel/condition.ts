import type { JsonTest } from './json-search.ts';

/**
 * A question about rows in the domain's words: what a door makes of its filter language, and `db/` turns into SQL with parameters.
 * Field names are those of a catalogue that the asked service publishes; a door has checked types and limits before.
 */
export type ValueType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'time';

/** `date` is YYYY-MM-DD, `datetime` an ISO 8601 moment in UTC, `time` HH:MM:SS. */
export type Literal = { readonly kind: 'literal'; readonly type: ValueType; readonly value: string | number | boolean };

/** Functions that doors may ask for, by what they answer. */
export type TextFunction = 'lower' | 'upper' | 'trim' | 'substring' | 'concat';
export type NumberFunction =
  | 'length'
  | 'indexof'
  | 'round'
  | 'floor'
  | 'ceiling'
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fractionalseconds'
  | 'dayofweek'
  | 'dayofyear';
export type TimeFunction = 'date' | 'time';
export type CastFunction = 'cast_text' | 'cast_decimal' | 'cast_integer';

export type Scalar =
  | { readonly kind: 'field'; readonly name: string }
  | Literal
  | {
      readonly kind: 'call';
      readonly name: TextFunction | NumberFunction | TimeFunction | CastFunction;
      readonly args: readonly Scalar[];
    }
  | {
      readonly kind: 'arithmetic';
      readonly op: 'add' | 'sub' | 'mul' | 'div' | 'mod';
      readonly left: Scalar;
      readonly right: Scalar;
    }
  | { readonly kind: 'negative'; readonly of: Scalar };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** A place on the map in degrees. */
export type Point = { readonly latitude: number; readonly longitude: number };
export type Shape =
  | { readonly kind: 'polygon'; readonly points: readonly Point[] }
  | { readonly kind: 'rectangle'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'line'; readonly points: readonly Point[] }
  | { readonly kind: 'circle'; readonly centre: Point; readonly miles: number };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** Text compares without case where the service's catalogue says so. */
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Scalar; readonly right: Scalar }
  | { readonly kind: 'among'; readonly left: Scalar; readonly values: readonly Scalar[] }
  | { readonly kind: 'between'; readonly left: Scalar; readonly least: Scalar; readonly most: Scalar }
  | { readonly kind: 'missing'; readonly left: Scalar }
  | { readonly kind: 'contains' | 'starts' | 'ends'; readonly left: Scalar; readonly text: string }
  | { readonly kind: 'pattern'; readonly left: Scalar; readonly pattern: string; readonly ignoreCase: boolean }
  | { readonly kind: 'inside'; readonly shape: Shape }
  /** the row's list shares a value with these; a field that the catalogue calls a list */
  | { readonly kind: 'contains_any'; readonly field: string; readonly values: readonly string[] }
  /** one of what the catalogue calls a collection meets the condition, whose fields are the collection's */
  | { readonly kind: 'some'; readonly of: string; readonly where: Condition }
  /** the row is one of these ids: carts, shared listings */
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  /** the application keeps a document on the row that answers all of these; `type` is the word for such rows in its documents */
  | { readonly kind: 'metadata'; readonly type: string; readonly clientId: string; readonly tests: readonly JsonTest[] }
  /** the row answers what the catalogue knows under that name, asked with these values */
  | { readonly kind: 'question'; readonly name: string; readonly values: readonly Literal[] }
  | { readonly kind: 'never' };

const valuesIn = (value: Scalar): number => {
  if (value.kind === 'literal') return 1;
  if (value.kind === 'call') return value.args.reduce((sum, arg) => sum + valuesIn(arg), 0);
  if (value.kind === 'arithmetic') return valuesIn(value.left) + valuesIn(value.right);
  return value.kind === 'negative' ? valuesIn(value.of) : 0;
};

/** How many values a condition brings into its statement, about. */
export function countValues(condition: Condition): number {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.reduce((sum, part) => sum + countValues(part), 0);
    case 'not':
      return countValues(condition.of);
    case 'compare':
      return valuesIn(condition.left) + valuesIn(condition.right);
    case 'among':
      return condition.values.reduce((sum, value) => sum + valuesIn(value), valuesIn(condition.left));
    case 'between':
      return valuesIn(condition.left) + valuesIn(condition.least) + valuesIn(condition.most);
    case 'inside':
      return 'points' in condition.shape ? condition.shape.points.length * 4 : 8;
    default:
      return 1;
  }
}

export type Order = { readonly field: string; readonly descending: boolean };

/** A page of a list, as a door asks for it. */
export type ListQuery = {
  readonly where?: Condition;
  /** the zone in which parts of moments are told (`date`, `hour` …); UTC when absent */
  readonly zone?: string;
  /** nulls come last, ties go by id; `random` for a shuffled page */
  readonly order: readonly Order[] | 'random';
  readonly limit: number;
  readonly offset: number;
  /** only rows with a greater key: paging by token, in the order of keys */
  readonly after?: string;
  /** whether the exact total is wanted */
  readonly total: boolean;
};
/** `total` is there when it was wanted. */
export type ListPage<T> = { readonly rows: readonly T[]; readonly total?: number };
