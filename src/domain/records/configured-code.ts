import { sql } from 'kysely';
import { build, type Querier } from '../../db/index.ts';
import { type AnyNoun, tableOf } from './noun.ts';

const TAILS = ['', ...'123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** First letters of what is wanted; taken: the last character runs 1–9, A–Z, then one is added (domain-people §1.2). */
export async function freeCode(q: Querier, orgId: number, noun: AnyNoun, wanted: string, length: number): Promise<string> {
  const base = wanted
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(length, 'X')
    .slice(0, length);
  const tried = TAILS.flatMap((more) => TAILS.map((tail) => (tail === '' ? base : base.slice(0, length - 1) + tail) + more));
  const query = sql<{
    code: string;
  }>`select code from ${sql.table(tableOf(noun))} where org_id = ${orgId} and code like ${`${base.slice(0, length - 1)}%`}`;
  const taken = new Set((await q.run(query.compile(build))).map(({ code }) => code));
  const free = tried.find((code) => !taken.has(code));
  if (free === undefined) throw new Error(`No code is left for ${wanted}`);
  return free;
}
