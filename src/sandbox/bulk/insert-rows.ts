import { createHash } from 'node:crypto';
import { statement, type Tx } from '../../db/index.ts';

/** Column → value, as JSON says it. Every row of one call has the same columns. */
export type Row = Readonly<Record<string, unknown>>;

type Insert = { readonly name: string; readonly sql: string; readonly json: string };

function insertOf(table: string, rows: readonly Row[]): Insert | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const columns = Object.keys(first).join(', ');
  // Rows of one table come with different columns from different parts of the story; a name stands for one text.
  const name = `sandbox.insert.${table}.${createHash('md5').update(columns).digest('hex').slice(0, 8)}`;
  const sql = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`;
  return { name, sql, json: JSON.stringify(rows) };
}

/** Many rows of one table after the other, each in one statement; columns that are not named get their defaults. */
export async function insertTables(tx: Tx, tables: Iterable<readonly [table: string, rows: readonly Row[]]>): Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  for (const [table, rows] of tables) {
    // Put into words while the database still stores the rows before.
    const insert = insertOf(table, rows);
    await sent;
    if (insert) sent = tx.rows(statement<never>(insert.name, insert.sql), [insert.json]);
  }
  await sent;
}

/** The same for one table. */
export const insertRows = (tx: Tx, table: string, rows: readonly Row[]): Promise<void> => insertTables(tx, [[table, rows]]);
