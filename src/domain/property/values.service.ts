import type { Actor } from '../../access/actor.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { findMls, type ListingValue, listValues, type ValueField } from './values.store.ts';

export type ValuesOf = {
  /** every listing of the organisation; false: those that the public sees */
  readonly all: boolean;
  /** of one MLS only */
  readonly mlsId?: number;
};

/** What stands in fields that have no option list of their own. */
export const valuesService = ({ db }: Ports) => ({
  /** An MLS that the organisation works in, by its key. @throws Fault not_found */
  async mls(actor: Actor, key: string): Promise<number> {
    const id = await findMls(db, actor.orgId, key);
    if (id === undefined) throw notFound('MLS');
    return id;
  },

  /** The different values of several fields, by field and value: one statement. */
  async listingValues(actor: Actor, fields: readonly ValueField[], { all, mlsId }: ValuesOf): Promise<ListingValue[]> {
    return fields.length === 0 ? [] : listValues(db, actor.orgId, fields, { all, mlsId: mlsId ?? null });
  },
});
