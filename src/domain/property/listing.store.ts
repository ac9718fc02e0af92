import { type RawBuilder, sql } from 'kysely';
import { type Catalogue, type List, listRows, type Querier, statement } from '../../db/index.ts';
import type { Condition, ListPage, ListQuery, Point } from '../../kernel/condition.ts';
import { comingOpenHouses, listingCatalogue, milesSql } from './listing-catalogue.ts';
import { LISTING_COLUMNS, type Listing, type ListingRef, type Property } from './types.ts';
import { keptListings, type Visibility, visibleSql } from './visibility.ts';

type Sql = RawBuilder<unknown>;

/** Which listings of those that are seen: a member's own, those of the member's office, the brokerage's; all when absent. */
export type ListingScope = { readonly kind: 'member' | 'office'; readonly memberId: number } | { readonly kind: 'company' };

/** What a list of listings asks besides its page. */
export type ListingQuery = ListQuery & {
  readonly scope?: ListingScope;
  /** only listings with an open house within so many days */
  readonly openHouseDays?: number;
  /** only listings with a place on the map; the field `distance` is measured from here */
  readonly near?: Point;
};
const DAY = 86_400_000;

function scopeSql(orgId: number, scope: ListingScope | undefined): Sql {
  switch (scope?.kind) {
    case 'member':
      return sql` and p.is_external is not true and (p.list_member_id = ${scope.memberId} or p.co_list_member_id = ${scope.memberId})`;
    case 'office': {
      const office = sql`(select m.office_id from member m where m.org_id = ${orgId} and m.id = ${scope.memberId})`;
      return sql` and p.is_external is not true and (p.list_office_id = ${office} or p.co_list_office_id = ${office})`;
    }
    case 'company':
      return sql` and p.is_external is not true`;
    default:
      return sql``;
  }
}

function openHouseSql(days: number | undefined, now: Date): Sql {
  if (days === undefined) return sql``;
  const until = new Date(now.getTime() + days * DAY).toISOString();
  return sql` and exists (select ${sql.raw(comingOpenHouses(now))} and o.starts_at <= ${until}::timestamptz)`;
}

const COLUMNS = LISTING_COLUMNS.map((name) => `p.${name}`).join(', ');

export function listListings(
  q: Querier,
  orgId: number,
  visibility: Visibility,
  query: ListingQuery,
  now: Date,
): Promise<ListPage<Listing>> {
  const plain = listingCatalogue(orgId, now);
  const catalogue: Catalogue = query.near
    ? { ...plain, fields: { ...plain.fields, distance: { sql: milesSql(query.near), type: 'decimal', required: true } } }
    : plain;
  const located = query.near ? sql` and p.latitude is not null and p.longitude is not null` : sql``;
  const list: List = {
    catalogue,
    from: sql`property p`,
    where: sql`${visibleSql(orgId, visibility)}${scopeSql(orgId, query.scope)}${openHouseSql(query.openHouseDays, now)}${located}`,
    key: 'p.reso_key',
    columns: sql.raw(COLUMNS),
    rows: sql`property p on p.org_id = ${orgId} and p.id = page.id`,
    kept: query.scope || query.openHouseDays !== undefined || query.near ? [] : keptListings(visibility),
  };
  return listRows<Listing>(q, list, query);
}

// The rule of visibleSql as a named statement: one plan for every caller, since the key finds the row.
const SEEN = `p.org_id = $1 and p.reso_key = $2 and p.deleted_at is null and ($3 or p.listed)
  and ($4::bigint is null or p.list_member_id = $4 or p.co_list_member_id = $4 or p.list_office_id = $5)`;
const byKey = statement<Listing>('property.listing_by_key', `select ${COLUMNS} from property p where ${SEEN}`);
// Six of 130 columns: describing the others took half of the time of a note (measured on 100,000 listings).
const visibleByKey = statement<ListingRef>(
  'property.visible_by_key',
  `select p.id, p.reso_key, p.first_line, p.latitude, p.longitude, p.extras from property p where ${SEEN}`,
);
const seenBy = (orgId: number, { all, own }: Visibility, resoKey: string) =>
  [orgId, resoKey, all, own?.memberId ?? null, own?.officeId ?? null] as const;

/** A listing that is seen, by its key. */
export const findListing = async (q: Querier, orgId: number, seen: Visibility, resoKey: string): Promise<Listing | undefined> =>
  (await q.rows(byKey, seenBy(orgId, seen, resoKey)))[0];

/** Enough of it to point to it. */
export const findVisible = async (
  q: Querier,
  orgId: number,
  seen: Visibility,
  resoKey: string,
): Promise<ListingRef | undefined> => (await q.rows(visibleByKey, seenBy(orgId, seen, resoKey)))[0];

const managed = statement<{ id: number }>(
  'office.managed_by',
  'select id from office where org_id = $1 and manager_id = $2 and deleted_at is null',
);
export const listManagedOffices = async (q: Querier, orgId: number, memberId: number): Promise<ReadonlySet<number>> =>
  new Set((await q.rows(managed, [orgId, memberId])).map((row) => row.id));

const lock = statement<Property>(
  'property.lock',
  'select * from property where org_id = $1 and reso_key = $2 and deleted_at is null for update',
);
export const lockListing = async (q: Querier, orgId: number, resoKey: string): Promise<Property | undefined> =>
  (await q.rows(lock, [orgId, resoKey]))[0];

/** Growing circles, so that the nearest few are found by the index on places; the last has no edge. */
const CIRCLES = [2, 10, 50, 250, undefined] as const;

/** Nearest first; listings without a place are left out. The total counts all that have one. */
export async function listNearby(
  q: Querier,
  orgId: number,
  visibility: Visibility,
  query: ListingQuery & { readonly near: Point },
  now: Date,
): Promise<ListPage<Listing>> {
  const { total, where, ...page } = query;
  const order = [{ field: 'distance', descending: false }];
  const whole = total ? await listListings(q, orgId, visibility, { ...query, limit: 0, order: [] }, now) : undefined;
  let rows: readonly Listing[] = [];
  for (const miles of CIRCLES) {
    const inside: Condition[] =
      miles === undefined ? [] : [{ kind: 'inside', shape: { kind: 'circle', centre: query.near, miles } }];
    const of = [...inside, ...(where ? [where] : [])];
    const asked = { ...page, order, total: false, ...(of.length > 0 ? { where: { kind: 'and', of } as const } : {}) };
    ({ rows } = await listListings(q, orgId, visibility, asked, now));
    if (rows.length === query.limit) break;
  }
  return { rows, ...(whole?.total === undefined ? {} : { total: whole.total }) };
}
