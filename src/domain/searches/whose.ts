import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../../access/actor.ts';
import type { Visibility } from '../property/index.ts';

type Sql = RawBuilder<unknown>;

/**
 * Who asks for carts and searches, and which listings that one sees. A member who sees all is at work; one who sees what is listed stands
 * for a site whose visitors nobody knows, and is told nothing of contacts.
 */
export type Seeker = { readonly actor: Actor; readonly seen: Visibility };

export type Whose =
  | { readonly kind: 'member'; readonly memberId: number }
  | { readonly kind: 'visitor'; readonly memberId: number }
  | { readonly kind: 'contact'; readonly contactId: number }
  | { readonly kind: 'nobody' };

export function whoseOf({ actor, seen }: Seeker): Whose {
  if (actor.kind === 'contact' && actor.id !== null) return { kind: 'contact', contactId: actor.id };
  if (actor.memberId === null) return { kind: 'nobody' };
  return { kind: seen.all ? 'member' : 'visitor', memberId: actor.memberId };
}

/** Is the contact in the member's book? */
const inBook = (orgId: number, memberId: number, contact: Sql): Sql =>
  sql`exists (select from contact_agent a where a.org_id = ${orgId} and a.member_id = ${memberId} and a.contact_id = ${contact})`;

const NONE = sql`false`;

/** Carts that a seeker may open: the own ones, and an agent those of the book's contacts. */
export function cartsOf(orgId: number, whose: Whose): Sql {
  if (whose.kind === 'contact') return sql`c.owner_contact_id = ${whose.contactId}`;
  if (whose.kind !== 'member') return NONE;
  return sql`(c.owner_member_id = ${whose.memberId}
    or (c.owner_contact_id is not null and ${inBook(orgId, whose.memberId, sql`c.owner_contact_id`)}))`;
}

/** Carts that are the seeker's own. */
export function ownCarts(whose: Whose): Sql {
  if (whose.kind === 'contact') return sql`c.owner_contact_id = ${whose.contactId}`;
  return whose.kind === 'member' ? sql`c.owner_member_id = ${whose.memberId}` : NONE;
}

/** Is the search for that contact? An array, so that the searches of a contact are found by their ids. */
const isFor = (orgId: number, contactId: number): Sql => sql`s.id = any (array(select l.search_id from saved_search_contact l
  where l.org_id = ${orgId} and l.contact_id = ${contactId} and l.deleted_at is null))`;

/** The brokerage's own, provided to all its people. */
const HOUSE: Sql = sql`(s.owner_member_id is null and s.owner_contact_id is null and s.provided)`;

/** A contact's searches: its own, and those that an agent keeps for it without calling them provided. */
export const searchesOfContact = (orgId: number, contactId: number): Sql =>
  sql`(s.owner_contact_id = ${contactId} or (not s.provided and ${isFor(orgId, contactId)}))`;
/** What agents and the brokerage provide to a contact. */
export const providedTo = (orgId: number, contactId: number): Sql =>
  sql`(${HOUSE} or (s.provided and s.owner_contact_id is null and ${isFor(orgId, contactId)}))`;

export function ownSearches(orgId: number, whose: Whose): Sql {
  if (whose.kind === 'contact') return searchesOfContact(orgId, whose.contactId);
  return whose.kind === 'nobody' ? NONE : sql`s.owner_member_id = ${whose.memberId}`;
}

export const providedSearches = (orgId: number, whose: Whose): Sql =>
  whose.kind === 'contact' ? providedTo(orgId, whose.contactId) : HOUSE;

/** Searches that a seeker may open by their key. */
export function searchesOf(orgId: number, whose: Whose): Sql {
  if (whose.kind === 'contact')
    return sql`(s.owner_contact_id = ${whose.contactId} or ${isFor(orgId, whose.contactId)} or ${HOUSE})`;
  if (whose.kind === 'nobody') return HOUSE;
  const own = sql`s.owner_member_id = ${whose.memberId} or ${HOUSE}`;
  if (whose.kind === 'visitor') return sql`(${own})`;
  return sql`(${own} or (s.owner_contact_id is not null and ${inBook(orgId, whose.memberId, sql`s.owner_contact_id`)})
    or exists (select from saved_search_contact l where l.org_id = s.org_id and l.search_id = s.id and l.deleted_at is null
      and ${inBook(orgId, whose.memberId, sql`l.contact_id`)}))`;
}

/** Whose names among the contacts of a search the seeker learns: an agent all, a consumer the own one, a visitor none. */
export function contactsKnown(whose: Whose): Sql {
  if (whose.kind === 'member') return sql`true`;
  return whose.kind === 'contact' ? sql`l.contact_id = ${whose.contactId}` : NONE;
}
