import type { Change, Reference, Row } from '../../kernel/record.ts';

/** Where a member of a model lies in the row. */
export type Mapping = ColumnMapping | ComputedMapping | MembersMapping | ExtraMapping;
export type Mappings = Readonly<Record<string, Mapping>>;

type ColumnMapping = { readonly kind: 'column'; readonly column: string };
type ComputedMapping = {
  readonly kind: 'computed';
  read(row: Row): unknown;
  /** new values of columns for a new value of the member; absent: read only. `row` is the row with what was written before. */
  write?(value: never, row: Row): Change;
  /** codes in the new value that have to name something; `at` is the member's path */
  refers?(value: never, at: string): readonly Reference[];
  /** the columns it writes, so that their breaches are told under its name */
  readonly columns: readonly string[];
};
type MembersMapping = {
  readonly kind: 'members';
  readonly of: Mappings;
  shown?(row: Row): boolean;
  /** columns that follow when the object is sent at all */
  appears?(row: Row): Change;
};
type ExtraMapping = {
  readonly kind: 'extra';
  readonly to?: { readonly noun: string } | { readonly list: string };
  /** path inside the door's extras; absent: where the member itself stands */
  readonly at?: string;
  /** codes inside a list of objects that have to name something */
  refers?(value: never, at: string): readonly Reference[];
};

/** The member is that column. References go in and out as codes. */
export const column = (name: string): Mapping => ({ kind: 'column', column: name });

/** The member is made out of columns: `write` answers their new values, `row` being as written so far. */
export const computed = <V = unknown>(parts: {
  read(row: Row): unknown;
  write?(value: V, row: Row): Change;
  refers?(value: V, at: string): readonly Reference[];
  columns?: readonly string[];
}): Mapping => ({
  kind: 'computed',
  columns: [],
  ...(parts as Omit<ComputedMapping, 'kind' | 'columns'>),
});

/** The member is an object some of whose members have columns; null where it is not shown. */
export const members = (of: Mappings, shown?: (row: Row) => boolean, appears?: (row: Row) => Change): Mapping => ({
  kind: 'members',
  of,
  ...(shown ? { shown } : {}),
  ...(appears ? { appears } : {}),
});

/**
 * Kept as it came, in extras under its own name (the default of what has no column of its name); `to` says what its codes must name,
 * `at` where two groups show one fact (`utilities.gas.hasGas`).
 */
export const extra = (to?: { readonly noun: string } | { readonly list: string }, at?: string): Mapping => ({
  kind: 'extra',
  ...(to ? { to } : {}),
  ...(at === undefined ? {} : { at }),
});

/** `communicationPreferenceSMS` → communication_preference_sms */
export const snakeCase = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toLowerCase();

/** The same of a list of objects, whose codes `refers` tells. */
export const extraList = <V>(refers: (value: V, at: string) => readonly Reference[]): Mapping => ({
  kind: 'extra',
  refers: refers as (value: never, at: string) => readonly Reference[],
});
