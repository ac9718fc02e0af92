import { createHash } from 'node:crypto';
import { statement, type Tx } from '../../db/index.ts';

/** Column → value, as JSON says it. Every row of one call has the same columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Many rows of one table in one statement; columns that are not named get their defaults. */
export async function insertRows(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  const sql = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`;
  // Rows of one table come with different columns from different parts of the story; a name stands for one text.
  const name = `sandbox.insert.${table}.${createHash('md5').update(columns).digest('hex').slice(0, 8)}`;
  await tx.rows(statement<never>(name, sql), [JSON.stringify(rows)]);
}
