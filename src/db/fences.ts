import { type RawBuilder, sql } from 'kysely';
import { type Db, statement } from './querier.ts';

type Sql = RawBuilder<unknown>;

/**
 * Exact totals and deep pages of whole lists (decisions 3 and 11). The database counts the rows of a list between fences; what a statement
 * changes is a delta (list, scope, key, ±n) in its own transaction, so no row is hot. Total = fences + deltas of one snapshot. A deep page
 * starts at the fence before it and skips at most the rows of one fence. Which lists there are is a table: `fenced_list`.
 */

/** Rows a fence may hold before it is split: the most that a deep page skips. */
export const FENCE_ROWS = 4_096;

/** One list in the order of one of its keys. All three are SQL of ours. */
export type Fenced = { readonly list: string; readonly org: Sql; readonly scope: Sql };

/** A list's key is its column; by the house's names those that end so are times. */
const isTime = (key: string) => key.endsWith('_at');
/** The value of the key column at a fence; everything before the second fence, however old, belongs to the first, whose key is 0. */
const valueAt = (key: string, fence: Sql): Sql => (isTime(key) ? sql`fence_time(${fence})` : fence);

const ofList = ({ list, org, scope }: Fenced) => sql`org_id = ${org} and list = ${sql.lit(list)} and scope = ${scope}`;

/** CTE `whole(total)` of a list, whatever its keys. */
export const wholeSql = (list: Fenced): Sql => sql`whole as materialized (
  select ((select coalesce(sum(n), 0) from list_fence where ${ofList(list)})
        + (select coalesce(sum(d), 0) from list_fence_delta where ${ofList(list)}))::bigint as total)`;

/** One end of a range of keys: rows count as before it where `before` holds (`t.updated_at < $1`). */
export type Bound = { readonly value: Sql; readonly before: Sql };
/** What of a list is asked for: a range of its keys, rows being found by `from` and `where`. */
export type Range = {
  /** name and SQL of the key column */
  readonly key: string;
  readonly column: Sql;
  readonly from: Sql;
  readonly where: Sql;
  readonly least?: Bound | undefined;
  readonly most?: Bound | undefined;
};

/** Fences and deltas in key order with the number of rows before each. */
const countedSql = (list: Fenced) => sql`counted as materialized (
  select key, kind, v, coalesce(sum(v) over (order by key, kind rows between unbounded preceding and 1 preceding), 0)::bigint as before
  from (select lower_key as key, 0 as kind, n as v from list_fence where ${ofList(list)}
        union all
        select key, 1, sum(d) from list_fence_delta where ${ofList(list)} group by key) f)`;

/** CTE `name(n)`: the rows before a bound. The last stretch, at most the rows of one fence, is counted over its index. */
const rankSql = (name: string, { key, column, from, where }: Range, { value, before }: Bound): Sql => sql`
  ${sql.raw(name)} as materialized (
    select coalesce(f.before, 0) + (
      select count(*) from ${from} where ${where} and ${column} >= ${valueAt(key, sql`coalesce(f.key, 0)`)} and ${before}) as n
    from (select fence_key(${value}) as key) bound left join lateral (
      select c.key, c.before from counted c where c.kind = 0 and c.key <= bound.key order by c.key desc limit 1) f on true)`;

/**
 * CTEs `counted`, `below(n)` and `upto(n)`, the rows before the range and before its end, and `whole(total)`, those in it.
 */
export function rangeSql(list: Fenced, range: Range): Sql {
  const { least, most } = range;
  const below = least ? rankSql('below', range, least) : sql`below as materialized (select 0::bigint as n)`;
  const upto = most
    ? rankSql('upto', range, most)
    : sql`upto as materialized (select coalesce(sum(v), 0)::bigint as n from counted)`;
  return sql`${countedSql(list)}, ${below}, ${upto}, whole as materialized (select greatest(0, upto.n - below.n) as total from below, upto)`;
}

/**
 * CTE `start(key, skip)` behind those of `rangeSql`: where a scan up or down starts that skips `offset` rows of the range, and how many it
 * still skips. No row where it starts at the end of the range.
 */
export const startSql = (offset: Sql, descending: boolean): Sql =>
  descending
    ? sql`start as materialized (
        select key, ${offset}::bigint - greatest(0, upto.n - before) as skip from counted, upto
        where kind = 0 and upto.n - before <= ${offset}::bigint order by key limit 1)`
    : sql`start as materialized (
        select key, below.n + ${offset}::bigint - before as skip from counted, below
        where kind = 0 and before between below.n and below.n + ${offset}::bigint order by key desc limit 1)`;

/** What rows of the scan meet, besides the range, and how many of them are skipped. */
export const fromStart = ({ key, column }: Pick<Range, 'key' | 'column'>, offset: Sql, descending: boolean) => {
  const at = valueAt(key, sql`(select key from start)`);
  const [end, sign] = descending
    ? [isTime(key) ? `'infinity'` : String(2n ** 63n - 1n), '<']
    : [isTime(key) ? `'-infinity'` : '0', '>='];
  return {
    where: sql`${column} ${sql.raw(sign)} coalesce(${at}, ${sql.raw(end)})`,
    skip: sql`coalesce((select skip from start), ${offset}::bigint)`,
  };
};

type Declared = {
  readonly list: string;
  readonly relation: string;
  readonly key: string;
  readonly condition: string;
  readonly scope: string;
};
const declared = statement<Declared>(
  'fence.lists',
  'select list, relation, key, condition, scope from fenced_list order by list',
);

const rowsOf = ({ relation, condition, scope, key }: Declared) => {
  const at = (fence: string) => (isTime(key) ? `fence_time(${fence})` : fence);
  return `select fence_key(${key}) as key from ${relation}
    where org_id = $1 and (${scope})::bigint = $2 and (${condition}) and ${key} >= ${at('$3::bigint')} and ($4::bigint is null or ${key} < ${at('$4::bigint')})`;
};

const claim = statement<{ org_id: number; list: string; scope: number }>(
  'fence.claim',
  `select distinct org_id, list, scope from (select org_id, list, scope from list_fence_delta order by org_id, list, scope limit 5000) d`,
);

const lock = statement<{ locked: boolean }>('fence.lock', `select true as locked from fence_folding for update skip locked`);

const fold = statement<never>(
  'fence.fold',
  `with gone as (delete from list_fence_delta where org_id = $1 and list = $2 and scope = $3 returning key, d),
   sums as (
     select coalesce((select max(lower_key) from list_fence f
                      where f.org_id = $1 and f.list = $2 and f.scope = $3 and f.lower_key <= gone.key), 0) as lower_key, sum(d) as d
     from gone group by 1)
   insert into list_fence (org_id, list, scope, lower_key, n)
   select $1, $2, $3, lower_key, d from sums
   on conflict (org_id, list, scope, lower_key) do update set n = list_fence.n + excluded.n`,
);

const tooFull = statement<{ lower_key: number; upper_key: number | null; n: number }>(
  'fence.too_full',
  `select * from (
     select lower_key, lead(lower_key) over (order by lower_key) as upper_key, n
     from list_fence where org_id = $1 and list = $2 and scope = $3) f
   where n > ${FENCE_ROWS}`,
);

const split = statement<never>(
  'fence.split',
  `with upper as (insert into list_fence (org_id, list, scope, lower_key, n) values ($1, $2, $3, $5, $6))
   update list_fence set n = n - $6 where org_id = $1 and list = $2 and scope = $3 and lower_key = $4`,
);

/**
 * Folds the deltas into the fences and splits the full ones. One folder at a time over all instances; the snapshot makes what it
 * counts and what it deletes the same. Answers how many scopes it folded.
 */
export async function foldFences(db: Db): Promise<number> {
  const todo = await db.rows(claim, []);
  if (todo.length === 0) return 0;
  const lists = new Map((await db.rows(declared, [])).map((one) => [one.list, one]));
  let folded = 0;
  await db.snapshot(async (tx) => {
    folded = 0;
    if ((await tx.rows(lock, [])).length === 0) return;
    for (const { org_id, list, scope } of todo) {
      await tx.rows(fold, [org_id, list, scope]);
      folded++;
      const source = lists.get(list);
      if (!source) continue;
      const keysBetween = statement<{ key: number; n: number }>(
        `fence.keys.${list}`,
        `select key, count(*) as n from (${rowsOf(source)}) k group by key order by key`,
      );
      for (const full of await tx.rows(tooFull, [org_id, list, scope])) {
        const keys = await tx.rows(keysBetween, [org_id, scope, full.lower_key, full.upper_key]);
        // Whole keys only: rows of one key always stand behind one fence.
        let lower = full.lower_key;
        let left = keys.reduce((sum, { n }) => sum + n, 0);
        let inFence = 0;
        for (const { key, n } of keys) {
          if (inFence >= FENCE_ROWS / 2 && key > lower) {
            await tx.rows(split, [org_id, list, scope, lower, key, left]);
            lower = key;
            inFence = 0;
          }
          inFence += n;
          left -= n;
        }
      }
    }
  });
  return folded;
}

const kept = statement<{ org: number; scope: number; kept: number }>(
  'fence.kept',
  `select org_id as org, scope, sum(v)::bigint as kept
   from (select org_id, scope, n as v from list_fence where list = $1
         union all select org_id, scope, d from list_fence_delta where list = $1) f
   group by org_id, scope`,
);

export type WrongTotal = {
  readonly list: string;
  readonly org: number;
  readonly scope: number;
  readonly kept: number;
  readonly counted: number;
};

/** Compares every kept total with a count, in one snapshot; answers those that differ. For `portico doctor`. */
export async function checkFences(db: Db): Promise<readonly WrongTotal[]> {
  return db.snapshot(async (tx) => {
    const wrong: WrongTotal[] = [];
    for (const source of await tx.rows(declared, [])) {
      const { list, relation, condition, scope } = source;
      const counts = statement<{ org: number; scope: number; counted: number }>(
        `fence.counts.${list}`,
        `select org_id as org, (${scope})::bigint as scope, count(*) as counted from ${relation} where ${condition} group by 1, 2`,
      );
      const all = new Map<string, WrongTotal>();
      const add = (found: { org: number; scope: number }, n: Partial<WrongTotal>) => {
        const name = `${found.org} ${found.scope}`;
        all.set(name, { list, org: found.org, scope: found.scope, kept: 0, counted: 0, ...all.get(name), ...n });
      };
      for (const found of await tx.rows(kept, [list])) add(found, { kept: found.kept });
      for (const found of await tx.rows(counts, [])) add(found, { counted: found.counted });
      wrong.push(...[...all.values()].filter((one) => one.kept !== one.counted));
    }
    return wrong;
  });
}
