import { type RawBuilder, sql } from 'kysely';
import { build, type Catalogue, listRows, type Querier, statement } from '../../db/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { type Visibility, visibleSql } from '../property/index.ts';
import type { CartContents, CartRow, CartType } from './types.ts';

type Sql = RawBuilder<unknown>;

const OWNER = `coalesce(
  (select m.reso_key from member m where m.org_id = c.org_id and m.id = c.owner_member_id),
  (select k.reso_key from contact k where k.org_id = c.org_id and k.id = c.owner_contact_id))`;

/** What lists of carts may be filtered and sorted by. */
export const CARTS: Catalogue = {
  id: 'c.id',
  fields: {
    reso_key: { sql: 'c.reso_key', type: 'text', required: true },
    owner_key: { sql: OWNER, type: 'text', required: true },
    name: { sql: 'c.name', type: 'text', caseless: true, required: true },
    view_id: { sql: 'c.view_id', type: 'text' },
    type: { sql: 'c.type', type: 'text', caseless: true, required: true },
    changed_at: { sql: 'c.changed_at', type: 'datetime', required: true },
  },
};

const COLUMNS =
  sql.raw(`c.id, c.reso_key, c.owner_member_id, c.owner_contact_id, c.type, c.name, c.view_id, c.version, c.created_at,
  c.changed_at, ${OWNER} as owner_key`);

/** A page of the carts that `scope` names; what is in them is one more statement. */
export const listCarts = (q: Querier, orgId: number, scope: Sql, query: ListQuery): Promise<ListPage<CartRow>> =>
  listRows<CartRow>(
    q,
    {
      catalogue: CARTS,
      from: sql`listing_cart c`,
      where: sql`c.org_id = ${orgId} and c.deleted_at is null and ${scope}`,
      key: 'c.reso_key',
      columns: COLUMNS,
      rows: sql`listing_cart c on c.org_id = ${orgId} and c.id = page.id`,
    },
    query,
  );

export async function findCart(q: Querier, orgId: number, key: string, scope: Sql): Promise<CartRow | undefined> {
  const asked = sql<CartRow>`select ${COLUMNS} from listing_cart c
    where c.org_id = ${orgId} and c.reso_key = ${key} and c.deleted_at is null and ${scope}`;
  return (await q.run(asked.compile(build)))[0];
}

/** Of a scope, the carts with one of these listings in them. */
export const holding = (scope: Sql, orgId: number, listingKeys: readonly string[], seen: Visibility): Sql =>
  sql`${scope} and c.id = any (array(select i.cart_id from property p
    join listing_cart_item i on i.org_id = p.org_id and i.property_id = p.id and i.deleted_at is null
    where ${visibleSql(orgId, seen)} and p.reso_key = any (${[...listingKeys]}::text[])))`;

/** Of a scope, the portal's own carts, or one kind of them. */
export const ofPortal = (scope: Sql, type?: CartType): Sql =>
  type === undefined ? sql`${scope} and c.type <> 'Custom'` : sql`${scope} and c.type = ${type}`;

export const ofContact = (contactId: number): Sql => sql`c.owner_contact_id = ${contactId}`;

type Contents = CartContents & { readonly cart_id: number };

/** What the carts hold, as far as it is seen: cart id → contents. A cart without any is not in it. */
export async function contentsOf(
  q: Querier,
  orgId: number,
  cartIds: readonly number[],
  seen: Visibility,
): Promise<ReadonlyMap<number, CartContents>> {
  if (cartIds.length === 0) return new Map();
  const keys = (by: string, which: string) =>
    sql.raw(`coalesce(array_agg(p.reso_key::text order by ${by}, i.id) filter (where ${which}), '{}')`);
  const asked = sql<Contents>`select i.cart_id, ${keys('i.added_at', 'i.deleted_at is null')} as listing_keys,
      ${keys('i.added_at', 'i.deleted_at is null and i.by_contact')} as added,
      ${keys('i.deleted_at', 'i.removed_by_contact')} as removed
    from listing_cart_item i join property p on p.org_id = i.org_id and p.id = i.property_id
    where i.org_id = ${orgId} and i.cart_id = any (${[...cartIds]}::bigint[]) and (i.deleted_at is null or i.removed_by_contact)
      and ${visibleSql(orgId, seen)}
    group by i.cart_id`;
  const rows = await q.run(asked.compile(build));
  return new Map(rows.map(({ cart_id, ...content }) => [cart_id, content]));
}

const listingIds = statement<{ property_id: number }>(
  'listing_cart.listing_ids',
  `select property_id from listing_cart_item where org_id = $1 and cart_id = $2 and deleted_at is null and property_id is not null`,
);
/** Ids of the listings in a cart, also of those that not everybody sees: for conditions on lists that look after that themselves. */
export const listingIdsOf = async (q: Querier, orgId: number, cartId: number): Promise<number[]> =>
  (await q.rows(listingIds, [orgId, cartId])).map(({ property_id }) => property_id);

const lock = statement<{ id: number }>(
  'listing_cart.lock',
  'select id from listing_cart where org_id = $1 and reso_key = $2 and deleted_at is null for update',
);
/** Holds the row until the transaction ends; says nothing about who may see it. */
export const lockCart = (q: Querier, orgId: number, key: string): Promise<unknown> => q.rows(lock, [orgId, key]);

// Two that make a contact's Favorites at once: the second makes none.
const insert = statement<{ id: number; reso_key: string; name: string }>(
  'listing_cart.insert',
  `insert into listing_cart (org_id, id, reso_key, owner_member_id, owner_contact_id, type, name, view_id, created_at, updated_at, created_by,
                             created_door)
   select $1, coalesce(g.id, nextval('listing_cart_id_seq')), g.key, $2, $3, g.type, g.name, $4, $5, $6, $7, $8
   from unnest($9::bigint[], $10::text[], $11::text[], $12::text[]) as g(id, key, type, name)
   on conflict (org_id, owner_contact_id, type) where deleted_at is null and owner_contact_id is not null and type <> 'Custom' do nothing
   returning id, reso_key, name`,
);

export type MadeCart = { readonly id: number | null; readonly resoKey: string; readonly type: CartType; readonly name: string };
export type CartOwner = { readonly memberId: number | null; readonly contactId: number | null };
type More = {
  readonly viewId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly by: number | null;
  readonly door: string;
};

/** Answers those that were made. */
export const insertCarts = (q: Querier, orgId: number, owner: CartOwner, carts: readonly MadeCart[], more: More) =>
  q.rows(insert, [
    orgId,
    owner.memberId,
    owner.contactId,
    more.viewId,
    more.createdAt,
    more.updatedAt,
    more.by,
    more.door,
    carts.map(({ id }) => id),
    carts.map(({ resoKey }) => resoKey),
    carts.map(({ type }) => type),
    carts.map(({ name }) => name),
  ]);

const portalTypes = statement<{ type: CartType }>(
  'listing_cart.portal_types',
  `select type from listing_cart where org_id = $1 and owner_contact_id = $2 and type <> 'Custom' and deleted_at is null`,
);
export const portalTypesOf = async (q: Querier, orgId: number, contactId: number): Promise<CartType[]> =>
  (await q.rows(portalTypes, [orgId, contactId])).map(({ type }) => type);

const save = statement<never>(
  'listing_cart.save',
  'update listing_cart set name = $3, view_id = $4, updated_at = $5, version = version + 1 where org_id = $1 and id = $2',
);
export const saveCart = (q: Querier, orgId: number, id: number, values: { name: string; view_id: string | null }, at: Date) =>
  q.rows(save, [orgId, id, values.name, values.view_id, at]);

const remove = statement<never>(
  'listing_cart.delete',
  `with items as (update listing_cart_item set deleted_at = $3, updated_at = $3, version = version + 1
                  where org_id = $1 and cart_id = $2 and deleted_at is null)
   update listing_cart set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2`,
);
/** Leaves a tombstone, of its items too (domain-property §8.6). */
export const deleteCart = (q: Querier, orgId: number, id: number, at: Date): Promise<unknown> => q.rows(remove, [orgId, id, at]);
