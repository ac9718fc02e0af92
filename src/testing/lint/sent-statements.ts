import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentStatements } from '../../db/connect.ts';

const seen = new Set<string>();
let folder: string | undefined;

/** From now on this process keeps the text of every statement that the house sends, and leaves them in a file when it ends. */
export function keepStatements(where: string): void {
  if (folder) return;
  folder = where;
  sentStatements.subscribe((text) => void seen.add(String(text)));
  process.on('exit', () => leaveStatements());
}

/** What this process has sent since it began to keep them. */
export const statementsSeen = (): ReadonlySet<string> => seen;

/** What was seen until now goes into a file of its own. */
export function leaveStatements(): void {
  if (!folder || seen.size === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify([...seen]));
  seen.clear();
}

/** The statements of every process that left some. */
export function statementsIn(where: string): Set<string> {
  mkdirSync(where, { recursive: true });
  return new Set(readdirSync(where).flatMap((name) => JSON.parse(readFileSync(join(where, name), 'utf8')) as string[]));
}
