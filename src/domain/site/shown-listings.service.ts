import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';
import { shownFacts } from '../shown-listing.ts';

export type ListingFacts = Readonly<Record<string, unknown>>;

const byIds = statement<{ id: number; facts: ListingFacts }>(
  'site.shown_listings',
  `select p.id, ${shownFacts('p')} as facts from property p where p.org_id = $1 and p.id = any ($2::bigint[]) and p.deleted_at is null`,
);

const mlsNamed = statement<{ id: number }>(
  'site.mls_named',
  'select id from mls where org_id = $1 and short_name_key = lower($2) and deleted_at is null',
);

export const shownListingsService = ({ db }: Pick<Ports, 'db'>) => ({
  /** The MLS of that short name. */
  async mlsIdNamed({ orgId }: Actor, name: string): Promise<number | null> {
    return (await db.rows(mlsNamed, [orgId, name]))[0]?.id ?? null;
  },

  /** What rows that point to listings show of them, by their ids: one statement. */
  async shownListings({ orgId }: Actor, ids: readonly number[]): Promise<ReadonlyMap<number, ListingFacts>> {
    const rows = ids.length === 0 ? [] : await db.rows(byIds, [orgId, [...new Set(ids)]]);
    return new Map(rows.map(({ id, facts }) => [id, facts]));
  },
});
