import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';
import { shownFacts } from '../shown-listing.ts';

export type ListingFacts = Readonly<Record<string, unknown>>;

const byIds = statement<{ id: number; facts: ListingFacts }>(
  'site.shown_listings',
  `select p.id, ${shownFacts('p')} as facts from property p where p.org_id = $1 and p.id = any ($2::bigint[]) and p.deleted_at is null`,
);

const byNumber = statement<{ code: string }>(
  'site.code_of_number',
  `select p.code from property p join mls on mls.org_id = p.org_id and mls.id = p.mls_id
   where p.org_id = $1 and p.listing_number_key = lower($2) and p.deleted_at is null and ($3::text is null or mls.short_name_key = lower($3))
   order by p.id limit 2`,
);

const mlsNamed = statement<{ id: number }>(
  'site.mls_named',
  'select id from mls where org_id = $1 and short_name_key = lower($2) and deleted_at is null',
);

export const shownListingsService = ({ db }: Pick<Ports, 'db'>) => ({
  /** The code of the listing with that number; undefined when nobody has it, or several have. */
  async listingOfNumber({ orgId }: Actor, number: string, mlsName: string | null): Promise<string | undefined> {
    const rows = number === '' ? [] : await db.rows(byNumber, [orgId, number, mlsName]);
    return rows.length === 1 ? rows[0]?.code : undefined;
  },

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
