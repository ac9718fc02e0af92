import { type CompiledQuery, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { Tables } from './tables.ts';

export type { CompiledQuery };

/** A statement with a name: parsed and planned once a connection (1.4–1.7x an unnamed one, tech.md). R is the row. */
export type Statement<R> = { readonly name: string; readonly text: string; readonly row?: R };

const named = new Map<string, string>();

/**
 * Names a statement of a hot path: `deal.by_id`.
 * @throws Error when another text has that name: a connection would run the one that it saw first
 */
export function statement<R>(name: string, text: string): Statement<R> {
  if ((named.get(name) ?? text) !== text) throw new Error(`Two statements are named ${name}`);
  named.set(name, text);
  return { name, text };
}

/** Texts by name, of all statements that were named so far. */
export const namedStatements = (): ReadonlyMap<string, string> => named;

/** Puts a query together where its form depends on the request; run it with `Querier.run`. It never connects. */
export const build = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** What can run statements: the pool, or one transaction. */
export type Querier = {
  /** rows of a named statement */
  rows<R>(query: Statement<R>, values: readonly unknown[]): Promise<R[]>;
  /**
   * rows of a query made with `build`
   * @param within milliseconds after which it is given up
   * @throws Fault unavailable `database.slow`
   */
  run<R>(query: CompiledQuery<R>, within?: number): Promise<R[]>;
};

/** One transaction. Always the first argument where there is one. */
export type Tx = Querier & { readonly inTransaction: true };

export type Db = Querier & {
  /**
   * Runs `work` in one transaction and answers after COMMIT. Serialisation failures, deadlocks and references that went away (40001,
   * 40P01, 23503) are tried again, so `work` must touch nothing but the database.
   * @throws Fault unavailable when the database is away
   */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction that reads one snapshot (repeatable read). */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
};
