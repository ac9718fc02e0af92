import { sql } from 'kysely';
import { build, type Querier } from '../../db/index.ts';
import { type AnyNoun, type Stored, tableOf } from './noun.ts';
import type { Nouns } from './record.store.ts';

const first = (value: unknown): number | null => {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === 'number' ? one : null;
};

/** The columns through which a row comes to an office. */
const waysOf = (noun: AnyNoun): readonly string[] => {
  const named = noun.code !== 'none' && 'width' in noun.code ? (noun.code.office ?? []) : [];
  return [...new Set([...named, ...[noun.offices ?? [], noun.parent ?? []].flat()])];
};

/** The office of a row of another noun: its own, or its parent's. Members have one column for it. */
async function officeOfRow(
  q: Querier,
  nouns: Nouns,
  orgId: number,
  name: string,
  id: number,
  depth: number,
): Promise<number | null> {
  if (name === 'office') return id;
  const noun = nouns.get(name);
  if (!noun || depth > 3) return null;
  for (const column of waysOf(noun)) {
    const target = noun.columns[column]?.noun;
    if (!target) continue;
    const query = sql<{ value: unknown }>`select ${sql.ref(column)} as value from ${sql.table(tableOf(noun))}
      where org_id = ${orgId} and id = ${id}`;
    const next = first((await q.run(query.compile(build)))[0]?.value);
    const office = next === null ? null : await officeOfRow(q, nouns, orgId, target, next, depth + 1);
    if (office !== null) return office;
  }
  return null;
}

/** Whose letters a new code begins with: the row's first office, else its parent's, else its first member's (domain-people §1.2). */
export async function officeOf(q: Querier, nouns: Nouns, orgId: number, noun: AnyNoun, stored: Stored): Promise<number | null> {
  for (const column of waysOf(noun)) {
    const { noun: named, which } = noun.columns[column] ?? {};
    const target = named ?? which?.nouns[String(stored[which.column])];
    const id = first(stored[column]);
    const office = target && id !== null ? await officeOfRow(q, nouns, orgId, target, id, 0) : null;
    if (office !== null) return office;
  }
  return null;
}
