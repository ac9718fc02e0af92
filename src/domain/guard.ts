import { type Querier, statement } from '../db/index.ts';

const hold = statement<never>(
  'guard.hold',
  `insert into unique_guard (org_id, kind, key) values ($1, $2, $3)
   on conflict (org_id, kind, key) do update set key = excluded.key`,
);

/**
 * Locks one key until the transaction ends, for what a door promises to be unique and the table does not (domain-people §1.1.7): whoever
 * holds it looks, then writes.
 */
export async function holdKey(tx: Querier, orgId: number, kind: string, key: string): Promise<void> {
  await tx.rows(hold, [orgId, kind, key]);
}
