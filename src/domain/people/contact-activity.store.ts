import { sql } from 'kysely';
import { type Catalogue, type List, listRows, type Querier } from '../../db/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';

/** What happened around a contact: a row of the event log, with the key of what it happened to. */
export type ContactActivity = {
  /** 26 digits made of the moment and the event's id: events have no key of their own */
  readonly key: string;
  readonly noun: 'contact' | 'contact_login' | 'comment' | 'note' | 'listing_cart' | 'listing_cart_item' | 'saved_search';
  readonly subject_key: string | null;
  /** of a note: the listing it is on */
  readonly property_key: string | null;
  readonly at: Date;
};

const KEY = `to_char(e.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || lpad((e.id % 1000000)::text, 6, '0')`;
const FIELDS = {
  reso_key: { sql: `(${KEY})`, type: 'text', required: true },
  at: { sql: 'e.at', type: 'datetime', required: true },
} as const satisfies Catalogue['fields'];

/** `memberId`: the agent who reads, or through whose portal the contact does. */
export type ActivityReader = {
  readonly contactId: number;
  readonly memberId: number | null;
};

/**
 * A page of it for one reader: a note belongs to the agent who shares it, a search to whoever owns it; the rest is of all who have the
 * contact in the book.
 */
export async function listActivity(
  q: Querier,
  orgId: number,
  { contactId, memberId }: ActivityReader,
  query: ListQuery,
): Promise<ListPage<ContactActivity>> {
  const list: List = {
    catalogue: { orgId, fields: FIELDS, id: 'e.id' },
    from: sql`event e
      left join note n on e.noun = 'note' and n.org_id = ${orgId} and n.id = e.row_id
      left join saved_search s on e.noun = 'saved_search' and s.org_id = ${orgId} and s.id = e.row_id`,
    where: sql`e.org_id = ${orgId} and e.contact_id = ${contactId}
      and e.noun in ('contact', 'contact_login', 'comment', 'note', 'listing_cart', 'listing_cart_item', 'saved_search')
      and (e.noun <> 'note' or n.member_id = ${memberId})
      and (e.noun <> 'saved_search' or s.owner_member_id = ${memberId} or s.owner_contact_id = ${contactId})`,
    key: `(${KEY})`,
    columns: sql`${sql.raw(KEY)} as key, e.noun, e.at, p.reso_key as property_key,
      coalesce(n.reso_key, s.reso_key, k.reso_key, l.reso_key, c.reso_key) as subject_key`,
    rows: sql`event e on e.org_id = ${orgId} and e.id = page.id
      left join note n on e.noun in ('note', 'comment') and n.org_id = ${orgId} and n.id = e.row_id
      left join property p on e.noun = 'note' and p.org_id = ${orgId} and p.id = n.property_id
      left join saved_search s on e.noun = 'saved_search' and s.org_id = ${orgId} and s.id = e.row_id
      left join listing_cart_item i on e.noun = 'listing_cart_item' and i.org_id = ${orgId} and i.id = e.row_id
      left join listing_cart k on e.noun in ('listing_cart', 'listing_cart_item') and k.org_id = ${orgId}
        and k.id = coalesce(i.cart_id, e.row_id)
      left join contact_login l on e.noun = 'contact_login' and l.org_id = ${orgId} and l.contact_id = e.row_id
      left join contact c on e.noun = 'contact' and c.org_id = ${orgId} and c.id = e.row_id`,
  };
  return listRows(q, list, query);
}
