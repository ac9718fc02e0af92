import type { Db, Tx } from './querier.ts';

/** A Db whose transactions all are the given one: seeds and imports run many services as one commit. */
export const inside = (tx: Tx): Db => ({
  rows: tx.rows,
  run: tx.run,
  tx: (work) => work(tx),
  snapshot: (work) => work(tx),
});
