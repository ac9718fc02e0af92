import type { Change, Row } from '../../kernel/record.ts';
import type { Model } from './desk.ts';
import type { TakeFile } from './files.ts';

export type FieldType =
  | 'int'
  | 'decimal'
  | 'bool'
  | 'string'
  | 'text'
  | 'timestamp'
  | 'date'
  | 'url'
  | 'file'
  | 'id'
  | 'ids'
  | 'ints'
  | 'strings'
  | 'object'
  | 'objects'
  /** a place by its name, or an object that has one */
  | 'place';

/** In answers; written by POST, PATCH and PUT, or by POST alone; w: never answered (contracts/propertybase.md §0). */
export type Access = 'r' | 'rw' | 'rc' | 'w' | 'wc';

export type Field = {
  readonly type: FieldType;
  readonly access: Access;
  /** only where one record is answered, or only when `includes` names it */
  readonly shown?: 'show' | 'include';
  readonly required?: boolean;
  /** of id and ids: whose ids they are */
  readonly of?: string;
  /** the only words it takes */
  readonly words?: readonly string[];
  readonly aliases?: readonly string[];
  /** most characters, in place of those of the type */
  readonly most?: number;
  /** where it is kept; the column of its own name unless told otherwise, else the door's extras */
  readonly column?: string;
  /** what is answered of a row that keeps nothing */
  readonly fallback?: unknown;
  read?(row: Row, kept: Model): unknown;
  /** what it means for columns */
  write?(value: never, row: Row, sent: Model): Change;
  /** what of it the door's extras hold; null takes a member out */
  keep?(value: never, kept: Model): Model;
  /** a value with files in it, once they are here; undefined when one of them cannot be had */
  take?(value: unknown, take: TakeFile, row: Row | null): Promise<unknown>;
};
export type Fields = Readonly<Record<string, Field>>;

export type More = Omit<Field, 'type' | 'access'>;

/** Several fields that differ in nothing but their names: `of('string', 'rw', 'city state')`. */
export const of = (type: FieldType, access: Access, names: string, more: More = {}): Fields =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, { type, access, ...more }]));

/** The same for fields that the row tells under their own names, though they are no columns of it. */
export const told = (type: FieldType, access: Access, names: string, more: More = {}): Fields =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, { type, access, read: (row: Row) => row[name], ...more }]));

/** A field whose value is no column: how it is read from the row and what it means for columns. */
export const computed = <T>(
  type: FieldType,
  access: Access,
  how: {
    read?(row: Row, kept: Model): unknown;
    write?(value: T, row: Row, sent: Model): Change;
    keep?(value: T, kept: Model): Model;
  },
  more: More = {},
): Field => ({ type, access, ...more, ...(how as Pick<Field, 'read' | 'write' | 'keep'>) });

/** A switch of POST that no row keeps. */
export const MOMENTARY = { write: () => ({}) } as const;
