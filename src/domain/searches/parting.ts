import { type Querier, statement } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';

const leave = statement<{ noun: string; id: number; name: string }>(
  'searches.leave_contact',
  `with carts as (
     update listing_cart set deleted_at = $3, updated_at = $3, version = version + 1
     where org_id = $1 and owner_contact_id = $2 and deleted_at is null returning id, name),
   items as (
     update listing_cart_item i set deleted_at = $3, updated_at = $3, version = version + 1 from carts
     where i.org_id = $1 and i.cart_id = carts.id and i.deleted_at is null),
   searches as (
     update saved_search set deleted_at = $3, updated_at = $3, version = version + 1
     where org_id = $1 and owner_contact_id = $2 and deleted_at is null returning id, name),
   parts as (
     update saved_search_contact l set deleted_at = $3, updated_at = $3, version = version + 1
     where l.org_id = $1 and l.contact_id = $2 and l.deleted_at is null returning l.id, l.search_id)
   select 'listing_cart' as noun, id, name from carts
   union all select 'saved_search', id, name from searches
   union all select 'saved_search_contact', parts.id, s.name from parts join saved_search s on s.org_id = $1 and s.id = parts.search_id`,
);

/** With a contact go its carts and favourites, its own searches, and its part in those that others keep (domain-people §3.5). */
export async function partWithSearches(q: Querier, what: Happening, contactId: number): Promise<void> {
  const gone = await q.rows(leave, [what.actor.orgId, contactId, what.at]);
  await emit(
    q,
    what,
    ...gone.map(({ noun, id, name }) => ({
      noun,
      row_id: id,
      row_name: name,
      verb: 'deleted' as const,
      contact_id: contactId,
    })),
  );
}
