import type { Person, Stage } from '../stage.ts';
import { eventRow } from './event-rows.ts';
import { insertTables, type Row } from './insert-rows.ts';

export type NewNounRow = {
  /** what its events are about, and what its codes are counted by; the table where nothing is said */
  readonly noun?: string;
  readonly series?: string;
  /** of the code; absent: rows that no path names */
  readonly width?: number;
  readonly code?: string;
  readonly id?: number;
  readonly officeId?: number | null;
  readonly by: Person;
  readonly at: Date;
  readonly label: string;
  /** the same columns for every row of a table */
  readonly values: Row;
  readonly extras?: Row;
};
export type MadeRow = { readonly id: number; readonly code: string };

/** Rows of declared nouns, written table by table with the events that their service would leave. */
export function nounRows(stage: Stage) {
  const tables = new Map<string, Row[]>();
  const events: Row[] = [];

  return {
    async add(table: string, row: NewNounRow): Promise<MadeRow> {
      const { noun = table, width, by, at, label, values, extras = {} } = row;
      const { orgId } = stage;
      const id = row.id ?? stage.nextId(table);
      const code =
        width === undefined
          ? String(id)
          : (row.code ?? (await stage.codes.mint(orgId, row.series ?? noun, row.officeId ?? by.officeId, at, width)));
      const kept = { ...values, extras: Object.keys(extras).length > 0 ? { reapit: extras } : {} };
      const times = { created_at: at, updated_at: at, created_by: by.userId, created_door: 'portico' };
      const named = width === undefined ? {} : { code };
      const rows = tables.get(table) ?? [];
      rows.push({ org_id: orgId, id, ...named, ...kept, ...times });
      tables.set(table, rows);
      const about = (name: string) => (typeof values[name] === 'number' ? (values[name] as number) : null);
      events.push(
        eventRow(orgId, by, at, {
          noun,
          row_id: id,
          row_name: label,
          verb: 'created',
          changed: { ...kept, ...named },
          contact_id: about('contact_id'),
          property_id: about('property_id'),
        }),
      );
      return { id, code };
    },

    /** Tables in the order in which they were first named; those that refer to many others come last. */
    async insert(last: readonly string[] = ['party']): Promise<void> {
      const first = [...tables.keys()].filter((table) => !last.includes(table));
      const ordered = [...first, ...last].map((table) => [table, tables.get(table) ?? []] as const);
      await insertTables(stage.tx, [...ordered, ['event', events]]);
    },
  };
}
export type NounRows = ReturnType<typeof nounRows>;
