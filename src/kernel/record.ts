import type { Breach } from './fault.ts';

/**
 * A row of a declared noun as doors see it: columns by name, references as the codes of what they name (null or left out where that is
 * deleted), days as YYYY-MM-DD, moments as Date.
 */
export type Row = {
  readonly id: number;
  readonly code: string;
  readonly version: number;
  readonly [column: string]: unknown;
};

/** What rows bring along, where it is asked for: the document that the caller's application keeps on each, as `metadata`. */
export type Along = { readonly metadata: boolean };

/** New values of columns; absent leaves a column as it is. */
export type Change = Readonly<Record<string, unknown>>;

/** A code that is kept outside of the columns, in extras or a list of objects, and has to name something all the same. */
export type Reference = {
  /** where it stands, in the words of the caller's wire */
  readonly at: string;
  /** a noun, or a list of options */
  readonly to: { readonly noun: string } | { readonly list: string };
  readonly code: string;
};

/** What a door wants written. Its own breaches come along, so that a caller hears of all of them at once. */
export type Write = {
  readonly values: Change;
  readonly breaches?: readonly Breach[];
  readonly references?: readonly Reference[];
  /** the application's own document on this row; null empties it, absent leaves it */
  readonly metadata?: Readonly<Record<string, unknown>> | null;
};

/** What a door may know of a column. */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'json'
  | 'texts'
  | 'ref'
  | 'refs'
  | 'option'
  | 'options'
  | 'any_ref';

/** Columns that hold lists, which are never null. */
export const holdsList = (kind: ColumnKind | undefined): boolean => kind === 'refs' || kind === 'texts' || kind === 'options';

/** A reference to no such thing, as the doors that list breaches word it. */
export const NO_SUCH_REFERENCE = 'The resource referenced by the value provided could not be found';
