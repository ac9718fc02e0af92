import type { Statement, Tx } from '../db/index.ts';
import type { Happening } from '../events/index.ts';
import type { Breach } from '../kernel/fault.ts';
import { holdKey } from './guard.ts';

export type Uniqueness = {
  /** of the guard: `office-name` */
  readonly kind: string;
  /** the column whose value is asked about */
  readonly at: string;
  readonly value: string | null;
  /** the row itself, 0 for a new one */
  readonly id: number;
  /** within what the value is unique, where that is less than the organisation */
  readonly within?: number;
  /** live rows with that value: $1 organisation, $2 the value in lower case, $3 `within` */
  readonly holders: Statement<{ id: number }>;
};

/**
 * What speaks against a value that the site's door promises to be unique, ignoring case; the other doors promise nothing (domain-people
 * §3.4). The key is held until the transaction ends, so of two that come at once one is refused.
 */
export async function uniqueBreaches(tx: Tx, what: Happening, asked: Uniqueness): Promise<Breach[]> {
  const { kind, at, value, id, within, holders } = asked;
  if (what.actor.door !== 'propertybase' || value === null || value === '') return [];
  const key = value.toLowerCase();
  const { orgId } = what.actor;
  await holdKey(tx, orgId, kind, within === undefined ? key : `${within} ${key}`);
  const found = await tx.rows(holders, within === undefined ? [orgId, key] : [orgId, key, within]);
  return found.some((row) => row.id !== id) ? [{ in: 'body', at, reason: 'value', message: 'must be unique' }] : [];
}
