import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

export type Progress = (done: number) => void;
export type Value = string | number | boolean | null | Date | readonly (string | number)[] | Readonly<Record<string, unknown>>;

/** Rows for one write of the stream: one by one they cost more than the database takes to store them. */
const CHUNK = 1_000;

const escaped = (text: string) =>
  text.replaceAll(/[\\\t\n\r]/g, (sign) => ({ '\t': '\\t', '\n': '\\n', '\r': '\\r' })[sign] ?? '\\\\');

function textOf(value: Value): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.join(',')}}`;
  return typeof value === 'object' ? escaped(JSON.stringify(value)) : escaped(String(value));
}

function* linesOf(count: number, row: (n: number) => readonly Value[], progress: Progress): Generator<string> {
  for (let from = 1; from <= count; from += CHUNK) {
    let lines = '';
    for (let n = from; n < from + CHUNK && n <= count; n++) lines += `${row(n).map(textOf).join('\t')}\n`;
    progress(Math.min(count, from + CHUNK - 1));
    yield lines;
  }
}

export type Copied = { readonly table: string; readonly columns: readonly string[]; readonly count: number };

/** `count` rows by COPY; `row(n)` has the values of the columns. */
async function copyRows(
  client: pg.PoolClient,
  { table, columns, count }: Copied,
  row: (n: number) => readonly Value[],
  progress: Progress,
): Promise<void> {
  await pipeline(
    Readable.from(linesOf(count, row, progress)),
    client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`)),
  );
}

/** The same with the table's indexes made afterwards, which takes a third of the time. Keys stay; nothing refers and nothing counts meanwhile. */
export async function loadTable(
  client: pg.PoolClient,
  copied: Copied,
  row: (n: number) => readonly Value[],
  progress: Progress,
): Promise<void> {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
     where i.indrelid = $1::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [copied.table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await copyRows(client, copied, row, progress);
  for (const { made } of rows) await client.query(made);
}
