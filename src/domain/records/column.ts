import type { ColumnKind } from '../../kernel/record.ts';

/** One column of a declared noun. T is what hooks see in it. */
export type Column<T = unknown> = {
  readonly kind: ColumnKind;
  /** of ref and refs: whose code a door shows; the table of that name has `code` and `deleted_at` */
  readonly noun?: string;
  /** of option and options: the list whose codes stand here (domain-people §1.3.5) */
  readonly list?: string;
  /** of any_ref: the column that says which noun, and which noun each of its words is */
  readonly which?: { readonly column: string; readonly nouns: Readonly<Record<string, string>> };
  /** the database computes it, or another noun's rules keep it: read, filtered and sorted by, never written */
  readonly readOnly?: boolean;
  /** no row lacks it: sorting downwards is one scan */
  readonly required?: boolean;
  /** its values lie in `facets` too, as tokens of this kind, and lists filter by those */
  readonly facet?: string;
  readonly type?: T;
};
export type Columns = Readonly<Record<string, Column>>;

type More = Partial<Pick<Column, 'readOnly' | 'required' | 'facet'>>;

export const text = (more: More = {}): Column<string | null> => ({ kind: 'text', ...more });
export const integer = (more: More = {}): Column<number | null> => ({ kind: 'integer', ...more });
export const number = (more: More = {}): Column<number | null> => ({ kind: 'number', ...more });
export const boolean = (more: More = {}): Column<boolean | null> => ({ kind: 'boolean', ...more });
/** a day, YYYY-MM-DD */
export const date = (more: More = {}): Column<string | null> => ({ kind: 'date', ...more });
export const instant = (more: More = {}): Column<Date | null> => ({ kind: 'instant', ...more });
export const json = <T>(more: More = {}): Column<T> => ({ kind: 'json', ...more });
export const texts = (more: More = {}): Column<readonly string[]> => ({ kind: 'texts', ...more });
/** the id of one row, shown as its code */
export const ref = (noun: string, more: More = {}): Column<string | null> => ({ kind: 'ref', noun, ...more });
/** an ordered list of ids, the first is the primary one (domain-people §1.3.2) */
export const refs = (noun: string, more: More = {}): Column<readonly string[]> => ({ kind: 'refs', noun, ...more });
/** a code of an option list */
export const option = (list: string, more: More = {}): Column<string | null> => ({ kind: 'option', list, ...more });
export const options = (list: string, more: More = {}): Column<readonly string[]> => ({ kind: 'options', list, ...more });
/** the id of a row of one of several nouns: `anyRef('associated_kind', { contact: 'contact', company: 'company' })` */
export const anyRef = (column: string, nouns: Readonly<Record<string, string>>, more: More = {}): Column<string | null> => ({
  kind: 'any_ref',
  which: { column, nouns },
  ...more,
});

type TypeOf<C> = C extends Column<infer T> ? T : never;

/** What every row has besides its own columns (domain-people §1.1.3). */
export type SystemColumns = {
  readonly id: number;
  readonly code: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly extras: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** A row of a noun as its hooks see it; `idOf` tells the ids behind its references. */
export type RowOf<C extends Columns> = SystemColumns & { readonly [K in keyof C]: TypeOf<C[K]> };
export type ChangeOf<C extends Columns> = { readonly [K in keyof C]?: TypeOf<C[K]> } & {
  readonly extras?: SystemColumns['extras'];
};
