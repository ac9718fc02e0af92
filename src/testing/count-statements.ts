import type { Lab } from './lab.ts';

/** How many statements the pool is sent while this runs, those of sessions and of time limits included. */
export async function countStatements(lab: Lab, work: () => Promise<unknown>): Promise<number> {
  const { pool } = lab.house.stores.connected;
  const original = pool.query;
  let statements = 0;
  Object.assign(pool, {
    query: (...args: unknown[]) => {
      statements++;
      return Reflect.apply(original, pool, args);
    },
  });
  try {
    await work();
  } finally {
    pool.query = original;
  }
  return statements;
}
