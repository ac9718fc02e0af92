import type { Change, Row } from '../../kernel/record.ts';

/** Where a member of a model lies in the row. */
export type Mapping = ColumnMapping | ComputedMapping | MembersMapping | ExtraMapping;
export type Mappings = Readonly<Record<string, Mapping>>;

type ColumnMapping = { readonly kind: 'column'; readonly column: string };
type ComputedMapping = {
  readonly kind: 'computed';
  read(row: Row): unknown;
  /** new values of columns for a new value of the member; absent: read only. `row` is the row with what was written before. */
  write?(value: never, row: Row): Change;
  /** the columns it writes, so that their breaches are told under its name */
  readonly columns: readonly string[];
};
type MembersMapping = { readonly kind: 'members'; readonly of: Mappings; shown?(row: Row): boolean };
type ExtraMapping = { readonly kind: 'extra'; readonly to?: { readonly noun: string } | { readonly list: string } };

/** The member is that column. References go in and out as codes. */
export const column = (name: string): Mapping => ({ kind: 'column', column: name });

/** The member is made out of columns: `write` answers their new values, `row` being as written so far. */
export const computed = <V = unknown>(parts: {
  read(row: Row): unknown;
  write?(value: V, row: Row): Change;
  columns?: readonly string[];
}): Mapping => ({
  kind: 'computed',
  columns: [],
  ...(parts as { read(row: Row): unknown; write?(value: never, row: Row): Change }),
});

/** The member is an object some of whose members have columns; null where it is not shown. */
export const members = (of: Mappings, shown?: (row: Row) => boolean): Mapping => ({
  kind: 'members',
  of,
  ...(shown ? { shown } : {}),
});

/** Kept as it came, in extras under its own name (the default of what has no column of its name); `to` says what its codes must name. */
export const extra = (to?: { readonly noun: string } | { readonly list: string }): Mapping => ({
  kind: 'extra',
  ...(to ? { to } : {}),
});

/** `communicationPreferenceSMS` → communication_preference_sms */
export const snakeCase = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toLowerCase();
