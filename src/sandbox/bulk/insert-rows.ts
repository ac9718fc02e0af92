import { statement, type Tx } from '../../db/index.ts';

/** Column → value, as JSON says it. Every row of one call has the same columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Many rows of one table in one statement; columns that are not named get their defaults. */
export async function insertRows(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  const sql = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`;
  await tx.rows(statement<never>(`sandbox.insert.${table}`, sql), [JSON.stringify(rows)]);
}
