import { sql } from 'kysely';
import { build, type Querier } from '../../db/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import { NO_SUCH_REFERENCE, type Reference } from '../../kernel/record.ts';
import { DEFAULT_LISTS, type ListName } from '../lookup/index.ts';
import type { Column } from './column.ts';
import type { AnyNoun, Stored } from './noun.ts';

/** One code that is asked for, and where the caller put it. */
type Asked = {
  readonly at: string;
  readonly space: string;
  readonly code: string;
  /** one of several that it may be: the word for it, and the column that will say so */
  readonly perhaps?: { readonly column: string; readonly word: string };
};
type Found = { readonly space: string; readonly code: string; readonly key: string; readonly id: number | null };

/** Nouns and lists in one name: `office`, `list:taskTypes`. */
const listSpace = (list: string) => `list:${list}`;
const keyOf = (code: string) => code.toUpperCase();

async function findAll(q: Querier, orgId: number, asked: readonly Asked[]): Promise<ReadonlyMap<string, Found>> {
  const spaces = Map.groupBy(asked, ({ space }) => space);
  const parts = [...spaces].map(([space, all]) => {
    // Most codes are kept in capitals, some in small letters.
    const codes = [...new Set(all.flatMap(({ code }) => [keyOf(code), code.toLowerCase()]))];
    return space.startsWith('list:')
      ? sql`select ${space}::text as space, code, upper(code) as key, null::bigint as id from lookup
          where org_id = ${orgId} and list = ${space.slice(5)} and upper(code) = any (${codes}::text[]) and deleted_at is null`
      : sql`select ${space}::text as space, code, upper(code) as key, id from ${sql.raw(space)}
          where org_id = ${orgId} and code = any (${codes}::text[]) and deleted_at is null`;
  });
  const rows = parts.length === 0 ? [] : await q.run(sql<Found>`${sql.join(parts, sql.raw(' union all '))}`.compile(build));
  const found = new Map(rows.map((row) => [`${row.space} ${row.key}`, row]));
  // What the house ships of a list holds for a brokerage that keeps none of its own.
  for (const { space, code } of asked) {
    const key = `${space} ${keyOf(code)}`;
    if (!space.startsWith('list:') || found.has(key)) continue;
    const shipped = DEFAULT_LISTS[space.slice(5) as ListName]?.find((option) => keyOf(option.code) === keyOf(code));
    if (shipped) found.set(key, { space, code: shipped.code, key: keyOf(code), id: null });
  }
  return found;
}

const noSuch = (at: string): Breach => ({ in: 'body', at, reason: 'value', message: NO_SUCH_REFERENCE });

function askedOf(column: string, declared: Column, value: unknown, values: Readonly<Record<string, unknown>>): Asked[] {
  const { kind, noun = '', list = '', which } = declared;
  const each = (space: string) => (value as readonly string[]).map((code, i) => ({ at: `${column}/${i}`, space, code }));
  switch (kind) {
    case 'ref':
      return [{ at: column, space: noun, code: String(value) }];
    case 'refs':
      return each(noun);
    case 'option':
      return [{ at: column, space: listSpace(list), code: String(value) }];
    case 'options':
      return each(listSpace(list));
    case 'any_ref': {
      const nouns = which?.nouns ?? {};
      const said = which && values[which.column];
      const code = String(value);
      if (which && (said === null || said === undefined))
        return Object.entries(nouns).map(([word, space]) => ({
          at: column,
          space,
          code,
          perhaps: { column: which.column, word },
        }));
      return [{ at: column, space: nouns[String(said)] ?? '', code }];
    }
    default:
      return [];
  }
}

/**
 * Puts ids in the place of codes, and lists' own spelling in the place of the caller's: one statement for all of them.
 * Where nobody says which noun a reference is to, its nouns are tried in their order; `words` are the columns that say so then.
 * @param values columns that are written; @param context the row as it will be, for references whose noun another column says
 */
export async function resolveReferences(
  q: Querier,
  orgId: number,
  noun: AnyNoun,
  values: Stored,
  context: Stored,
  further: readonly Reference[] = [],
): Promise<{ stored: Stored; breaches: Breach[]; words: Stored }> {
  const own = Object.entries(values).flatMap(([column, value]) => {
    const declared = noun.columns[column];
    return !declared || value === null || value === undefined ? [] : askedOf(column, declared, value, context);
  });
  const asked = [
    ...own,
    ...further.map(({ at, to, code }) => ({ at, code, space: 'noun' in to ? to.noun : listSpace(to.list) })),
  ];
  const known = asked.filter(({ space }) => space !== '');
  const found = known.length === 0 ? new Map<string, Found>() : await findAll(q, orgId, known);
  const get = ({ space, code }: Asked) => found.get(`${space} ${keyOf(code)}`);
  const isFound = ({ at, perhaps }: Asked) => perhaps !== undefined && own.some((other) => other.at === at && get(other));
  const lost = asked.filter((one) => !get(one) && !isFound(one));
  const breaches = [...new Set(lost.map(({ at }) => at))].map(noSuch);
  const words: Record<string, unknown> = {};
  const stored: Record<string, unknown> = { ...values };
  for (const [column, mine] of Map.groupBy(own, ({ at }) => at.split('/')[0] ?? at)) {
    const kind = noun.columns[column]?.kind;
    const { perhaps } = mine.find((one) => one.perhaps && get(one)) ?? {};
    if (perhaps) words[perhaps.column] = perhaps.word;
    const kept = mine.flatMap((one) => {
      const row = get(one);
      return row ? [kind === 'option' || kind === 'options' ? row.code : row.id] : [];
    });
    stored[column] = kind === 'refs' || kind === 'options' ? [...new Set(kept)] : (kept[0] ?? null);
  }
  return { stored: { ...stored, ...words }, breaches, words };
}
