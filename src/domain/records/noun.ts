import type { Collection, Field, KeptList, Question, Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import type { Files } from '../../kernel/files.ts';
import type { Row } from '../../kernel/record.ts';
import type { ChangeOf, Columns, RowOf } from './column.ts';
import type { RecordsIn } from './writing.ts';

/** What hooks of a noun get: everything happens in the transaction of the write. */
export type WriteContext<C extends Columns> = {
  readonly tx: Tx;
  readonly what: Happening;
  /** null when the row is being made */
  readonly before: RowOf<C> | null;
  /** as the row will be; its id and code are 0 and '' until it is made */
  readonly after: RowOf<C>;
  /** the id behind a reference of `after` */
  idOf(column: keyof C & string): number | null;
  idsOf(column: keyof C & string): readonly number[];
  /** what was written of the noun's `takes` */
  readonly taken: Stored;
  /** 26 digits for a row that a hook makes */
  newKey(): string;
  /** the story's next id of a table that a hook writes itself; elsewhere the table's own sequence gives it */
  nextId(table: string): number | undefined;
  /** where bytes go that came with a row */
  readonly files: Files;
  /** rows of another noun, in the same transaction: what a write brings about elsewhere */
  other(noun: string): RecordsIn;
};

/** Writes rows of a noun that had services of its own before it was declared, so that there is one way to write them. */
export type Writer = {
  /** `values` are columns with ids in the place of codes; answers the new id. Events and what hangs on the row are its own business. */
  insert(tx: Tx, what: Happening, row: NewRow): Promise<number>;
  update(tx: Tx, what: Happening, id: number, values: Stored): Promise<void>;
};
export type Stored = Readonly<Record<string, unknown>>;
export type NewRow = {
  readonly code: string;
  readonly id?: number;
  readonly resoKey?: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly values: Stored;
};

/** Where the code of a new row comes from (domain-people §1.2). */
export type CodeRule<C extends Columns = Columns> =
  /** office, year, sequence in so many characters; the office is that of the first of these columns that leads to one; nouns of one series count together */
  | { readonly width: 9 | 10 | 11; readonly office?: readonly (keyof C & string)[]; readonly series?: string }
  /** chosen by people, or made out of these words where nobody chose */
  | { configured(after: RowOf<C>): string; readonly length: number }
  /** the same as that of another row, or counted: made by the noun itself, inside the transaction */
  | { made(context: WriteContext<C>): Promise<string> }
  /** rows that no path names */
  | 'none';

export type Noun<C extends Columns = Columns> = {
  /** also the name of the table, unless that is given */
  readonly name: string;
  readonly table?: string;
  readonly columns: C;
  readonly code: CodeRule<C>;
  /** codes are kept in upper case unless told otherwise; `any` compares without case and needs an index on lower(code) */
  readonly codeCase?: 'upper' | 'lower' | 'any';
  /** rows have the 26 digits of RESO doors too */
  readonly resoKey?: boolean;
  /** what people call the row, for lines about what happened */
  label(row: RowOf<C>): string;
  /** the column whose row this one is a part of: it lives and dies with that */
  readonly parent?: keyof C & string;
  /**
   * the offices a row belongs to, for callers of an office group: a column of offices, or a reference to a noun that has them; several where
   * each row has one of them
   */
  readonly offices?: (keyof C & string) | readonly (keyof C & string)[];
  /** what rows tell besides their columns, by name; `t` is the row */
  readonly reads?: Readonly<Record<string, string>>;
  /** names of values that hooks get and no column keeps: rows of other nouns are made of them; `files` are kept with the row (../public-file.ts) */
  readonly takes?: readonly string[];
  /** further names for conditions and orders; `t` is the row */
  readonly fields?: Readonly<Record<string, Field>>;
  /** what hangs on a row and is asked for by `some`; `from` says which rows are the row's (`t`) and live, as `party p where …` */
  readonly collections?: Readonly<Record<string, Collection>>;
  /** what conditions of the kind `question` ask of a row (`t`) */
  readonly questions?: Readonly<Record<string, Question>>;
  /** where rows lie on the map, for conditions about shapes */
  readonly place?: { readonly latitude: string; readonly longitude: string };
  /** the column, or what of `reads`, is the deal whose activity its events belong to */
  readonly deal?: string;
  /** rows that lists and paths show at all, besides live ones; `t` is the row */
  readonly shown?: string;
  /** the list of all rows, and parts of it, that the database keeps (decision 11) */
  readonly kept?: readonly KeptList[];
  /** rows that are gone besides deleted ones, for whoever asks for what is gone; `t` is the row */
  readonly gone?: string;
  /** what the database computes from other columns, told of a row as it was */
  generated?(row: Row): Readonly<Record<string, unknown>>;
  /** columns that follow from others, computed before every write */
  derive?(after: RowOf<C>, before: RowOf<C> | null): ChangeOf<C>;
  /** rules: answers breaches (`at` in column names), or throws */
  check?(context: WriteContext<C>): Promise<readonly Breach[] | undefined> | readonly Breach[] | undefined;
  /** columns that follow from other rows, looked up once nothing speaks against the write; ids in the place of codes */
  settle?(context: WriteContext<C>): Promise<Stored>;
  /** rows that follow from this one, and further events */
  after?(context: WriteContext<C>): Promise<void>;
  /** rows that go with this one; it is gone already */
  removed?(context: { readonly tx: Tx; readonly what: Happening; readonly row: RowOf<C> }): Promise<void>;
  readonly writer?: Writer;
  /** the type of the documents that applications keep on its rows (contracts/reapit.md §1.19) */
  readonly metadataType?: string;
};

/** Keys of lists that are kept by when rows were made and written. */
export const TIMES = ['created_at', 'updated_at'] as const;

/** Keeps the types of the columns for the hooks. */
export const noun = <const C extends Columns>(declaration: Noun<C>): Noun<C> => declaration;

export const tableOf = ({ name, table }: Pick<Noun, 'name' | 'table'>): string => table ?? name;

/** The widest noun: hooks are methods, so every noun is one. */
export type AnyNoun = Omit<Noun, 'code' | 'label'> & { readonly code: AnyCodeRule; label(row: RowOf<Columns>): string };
type AnyCodeRule =
  | { readonly width: 9 | 10 | 11; readonly office?: readonly string[]; readonly series?: string }
  | { configured(after: RowOf<Columns>): string; readonly length: number }
  | { made(context: WriteContext<Columns>): Promise<string> }
  | 'none';
