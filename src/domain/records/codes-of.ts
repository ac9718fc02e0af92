import { sql } from 'kysely';
import type { Actor } from '../../access/actor.ts';
import { build, type Querier } from '../../db/index.ts';

export type NamedRow = { readonly noun: string; readonly id: number };
/** `office 11` → what other nouns name the row by; `kind` where rows of the noun are of several. */
export type RowCodes = ReadonlyMap<string, { readonly code: string; readonly kind: string | null }>;

type Found = NamedRow & { readonly code: string; readonly kind: string | null };

const NOUN = /^[a-z_]+$/;

/** Codes of rows that a door knows by their ids, those that there are: one statement for all of them. */
export async function codesOf(q: Querier, { orgId }: Pick<Actor, 'orgId'>, asked: readonly NamedRow[]): Promise<RowCodes> {
  const nouns = [...Map.groupBy(asked, ({ noun }) => noun)].filter(([noun]) => NOUN.test(noun));
  const parts = nouns.map(([noun, rows]) => {
    const kind = noun === 'member' ? sql`kind::text` : sql`null::text`;
    const lead = noun === 'contact' ? sql` and lead_deleted_at is null` : sql``;
    const ids = [...new Set(rows.map(({ id }) => id))];
    return sql`select ${noun}::text as noun, id, code::text as code, ${kind} as kind from ${sql.table(noun)}
      where org_id = ${orgId} and id = any (${ids}::bigint[]) and deleted_at is null${lead}`;
  });
  const found = parts.length === 0 ? [] : await q.run(sql<Found>`${sql.join(parts, sql.raw(' union all '))}`.compile(build));
  return new Map(found.map(({ noun, id, code, kind }) => [`${noun} ${id}`, { code, kind }]));
}
