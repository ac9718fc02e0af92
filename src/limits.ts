import { type Db, statement } from './db/index.ts';
import type { Limiter } from './wire/limits.ts';

const take = statement<{ n: number; ends_at: Date; now: Date }>(
  'rate_window.take',
  `insert into rate_window as w (key, ends_at, n) values ($1, now() + make_interval(secs => $2), 1)
   on conflict (key) do update set
     n = case when w.ends_at <= now() then 1 else w.n + 1 end,
     ends_at = case when w.ends_at <= now() then now() + make_interval(secs => $2) else w.ends_at end
   returning n, ends_at, now() as now`,
);
const forget = statement<never>('rate_window.forget', "delete from rate_window where ends_at < now() - interval '1 hour'");

/** Windows that all instances share: one small write a call. The table is unlogged; a crash starts every window anew. */
export const databaseLimiter = (db: Db): Limiter => ({
  async take(key, limit, windowSeconds) {
    const [row] = await db.rows(take, [key, windowSeconds]);
    if (!row) throw new Error('A rate window was not counted');
    return { remaining: limit - row.n, resetMs: Math.max(0, row.ends_at.getTime() - row.now.getTime()) };
  },
});

/** Windows long over are dropped by a job. */
export const forgetWindows = (db: Db) => db.rows(forget, []);
