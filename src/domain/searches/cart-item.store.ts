import { sql } from 'kysely';
import { build, type Querier, statement } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';
import { type Visibility, visibleSql } from '../property/index.ts';

/** key → id of the listings that exist and are seen. */
export async function visibleListings(
  q: Querier,
  orgId: number,
  keys: readonly string[],
  seen: Visibility,
): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const asked = sql<{ id: number; reso_key: string }>`select p.id, p.reso_key from property p
    where ${visibleSql(orgId, seen)} and p.reso_key = any (${[...keys]}::text[])`;
  const rows = await q.run(asked.compile(build));
  return new Map(rows.map(({ id, reso_key }) => [reso_key, id]));
}

// $3 to $9 are what events share. The item keeps the listing as it was then: it may go, and the favourite stays (domain-property §8.6).
const add = statement<{ property_id: number }>(
  'cart_item.add',
  `with i as (
     insert into listing_cart_item (org_id, id, cart_id, contact_id, property_id, listing_number, mls_name, property_address, price, added_at,
                                    by_contact, created_at, updated_at, created_by, created_door)
     select $1, coalesce(g.id, nextval('listing_cart_item_id_seq')), c.id, c.owner_contact_id, p.id, p.listing_number, m.short_name,
            concat_ws(', ', nullif(p.first_line, ''), p.city, nullif(concat_ws(' ', p.state_or_province, p.postal_code), '')), p.list_price, $4,
            $6 = 'contact', $4, $4, $12, $5
     from unnest($10::bigint[], $11::bigint[]) with ordinality g(property_id, id, place)
     join property p on p.org_id = $1 and p.id = g.property_id
     join mls m on m.org_id = $1 and m.id = p.mls_id
     join listing_cart c on c.org_id = $1 and c.id = $2
     order by g.place
     on conflict (org_id, cart_id, property_id) where deleted_at is null and property_id is not null do nothing
     returning *),
   back as (
     update listing_cart_item o set removed_by_contact = false from i
     where o.org_id = $1 and o.cart_id = $2 and o.property_id = i.property_id and o.removed_by_contact),
   cart as (update listing_cart set items_changed_at = $4 where org_id = $1 and id = $2 and exists (select from i)),
   happened as (
     insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id, noun, row_id, row_name, verb, changed,
                        property_id, contact_id)
     select $1, $3, $4, $5, $6, $7, $8, $9, 'listing_cart_item', i.id, c.name, 'created', to_jsonb(i), i.property_id, i.contact_id
     from i join listing_cart c on c.org_id = $1 and c.id = $2)
   select property_id from i`,
);

/** Puts listings into a cart, in this order; one that is in it already stays where it is. */
export const addItems = (
  q: Querier,
  what: Happening,
  cartId: number,
  propertyIds: readonly number[],
  given: readonly number[] = [],
): Promise<unknown> =>
  propertyIds.length === 0
    ? Promise.resolve()
    : q.rows(add, [
        what.actor.orgId,
        cartId,
        ...shared(what),
        propertyIds,
        propertyIds.map((_, place) => given[place] ?? null),
        what.actor.kind === 'user' ? what.actor.id : null,
      ]);

const remove = statement<never>(
  'cart_item.remove',
  `with i as (
     update listing_cart_item set deleted_at = $4, updated_at = $4, version = version + 1, removed_by_contact = $6 = 'contact'
     where org_id = $1 and cart_id = $2 and deleted_at is null
       and property_id = any (array(select id from property where org_id = $1 and reso_key = any ($10::text[])))
     returning *),
   cart as (update listing_cart set items_changed_at = $4 where org_id = $1 and id = $2 and exists (select from i))
   insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id, noun, row_id, row_name, verb, changed,
                      property_id, contact_id)
   select $1, $3, $4, $5, $6, $7, $8, $9, 'listing_cart_item', i.id, c.name, 'deleted', to_jsonb(i), i.property_id, i.contact_id
   from i join listing_cart c on c.org_id = $1 and c.id = $2`,
);

/** Takes listings out of a cart, also those that nobody sees any more; what is not in it is no fault. */
export const removeItems = (q: Querier, what: Happening, cartId: number, listingKeys: readonly string[]): Promise<unknown> =>
  q.rows(remove, [what.actor.orgId, cartId, ...shared(what), listingKeys]);

const count = statement<{ n: number }>(
  'cart_item.count',
  'select count(*)::int as n from listing_cart_item where org_id = $1 and cart_id = $2 and deleted_at is null',
);
export const countItems = async (q: Querier, orgId: number, cartId: number): Promise<number> =>
  (await q.rows(count, [orgId, cartId]))[0]?.n ?? 0;
