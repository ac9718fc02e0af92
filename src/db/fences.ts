import type { Db } from './querier.ts';
import { statement } from './querier.ts';

/**
 * Exact totals and deep pages of whole lists (domain-property §9). A list's rows are counted between fences; a write adds a delta
 * (list, scope, key, ±1) in its own transaction, so no row is hot. Total = fences + deltas of one snapshot. A deep page starts at the
 * fence before it and skips at most the rows of one fence.
 */

/** Rows a fence may hold before it is split: the most that a deep page skips. */
export const FENCE_ROWS = 2_048;

/** A timestamp as a fence key: milliseconds, never below the first fence's 0. */
export const timeKey = (column: string) => `greatest(0, (extract(epoch from ${column}) * 1000)::bigint)`;

/** Fences and deltas in key order with the number of rows before each; $org, $scope are placeholders like `$1`. */
const counted = (list: string, org: string, scope: string) => `
  counted as materialized (
    select key, kind, v, coalesce(sum(v) over (order by key, kind rows between unbounded preceding and 1 preceding), 0) as before
    from (select lower_key as key, 0 as kind, n as v from list_fence where org_id = ${org} and list = '${list}' and scope = ${scope}
          union all
          select key, 1, sum(d) from list_fence_delta where org_id = ${org} and list = '${list}' and scope = ${scope} group by key) f),
  whole as materialized (select coalesce(sum(v), 0)::bigint as total from counted)`;

/** CTEs `whole(total)` and `start(key, skip)`: where an ascending scan starts, and how many rows it still skips. */
export const startAscending = (list: string, org: string, scope: string, offset: string) => `${counted(list, org, scope)},
  start as materialized (
    select key, greatest(0, ${offset}::bigint - before) as skip from counted
    where kind = 0 and before <= ${offset}::bigint order by key desc limit 1)`;

/** The same for a descending scan: it starts below `key`, null for the very end of the list. */
export const startDescending = (list: string, org: string, scope: string, offset: string) => `${counted(list, org, scope)},
  start as materialized (
    select key, greatest(0, ${offset}::bigint - (total - before)) as skip from counted, whole
    where kind = 0 and total - before <= ${offset}::bigint order by key limit 1)`;

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

/** How the store of a list finds the keys of its rows: `keys(lower, upper)` are bounds, upper null for no end. */
export type FencedList = {
  readonly list: string;
  /** SQL of all keys of a scope between two bounds, ascending: parameters $1 org, $2 scope, $3 lower, $4 upper or null */
  readonly keys: string;
};

/**
 * Folds the deltas into the fences and splits the full ones. One folder at a time over all instances; the snapshot makes what it
 * counts and what it deletes the same. Answers how many scopes it folded.
 */
export async function foldFences(db: Db, lists: readonly FencedList[]): Promise<number> {
  const todo = await db.rows(claim, []);
  if (todo.length === 0) return 0;
  let folded = 0;
  await db.snapshot(async (tx) => {
    folded = 0;
    if ((await tx.rows(lock, [])).length === 0) return;
    for (const { org_id, list, scope } of todo) {
      await tx.rows(fold, [org_id, list, scope]);
      const source = lists.find((fenced) => fenced.list === list);
      if (!source) continue;
      const keysBetween = statement<{ key: number; n: number }>(
        `fence.keys.${list}`,
        `select key, count(*) as n from (${source.keys}) k group by key order by key`,
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
      folded++;
    }
  });
  return folded;
}

/** Compares every kept total with a count, in one snapshot; answers those that differ. For `portico doctor`. */
export async function checkFences(db: Db, lists: readonly FencedList[]) {
  return db.snapshot(async (tx) => {
    const wrong: { list: string; org: number; scope: number; kept: number; counted: number }[] = [];
    for (const { list, keys } of lists) {
      const kept = statement<{ org: number; scope: number; kept: number }>(
        'fence.kept',
        `select org_id as org, scope, sum(v)::bigint as kept
         from (select org_id, scope, n as v from list_fence where list = $1
               union all select org_id, scope, d from list_fence_delta where list = $1) f
         group by org_id, scope`,
      );
      const count = statement<{ counted: number }>(`fence.count.${list}`, `select count(*) as counted from (${keys}) k`);
      for (const { org, scope, kept: n } of await tx.rows(kept, [list])) {
        const counted = (await tx.rows(count, [org, scope, 0, null]))[0]?.counted ?? 0;
        if (counted !== n) wrong.push({ list, org, scope, kept: n, counted });
      }
    }
    return wrong;
  });
}
