import { type Querier, statement } from '../../db/index.ts';
import { NEWEST } from './thread.ts';

/** A contact that a note is shared with. */
export type Correspondent = { readonly id: number; readonly hasLogin: boolean };

const IN_BOOK = 'c.org_id = $1 and c.deleted_at is null and $2 = any (c.member_ids) and c.reso_key = $3';
const FACTS = 'c.id, exists (select from contact_login l where l.org_id = c.org_id and l.contact_id = c.id) as "hasLogin"';

const find = statement<Correspondent>('note.correspondent', `select ${FACTS} from contact c where ${IN_BOOK}`);

/** The contact of that key in a member's book, at any place of it. */
export async function findInBook(q: Querier, orgId: number, memberId: number, key: string): Promise<Correspondent | undefined> {
  return (await q.rows(find, [orgId, memberId, key]))[0];
}

const hold = statement<Correspondent>(
  'note.hold_correspondent',
  `select ${FACTS} from contact c where ${IN_BOOK} for key share of c`,
);

/** The same, and it stays until the transaction ends: a contact that is being deleted gets no new note. */
export async function holdInBook(q: Querier, orgId: number, memberId: number, key: string): Promise<Correspondent | undefined> {
  return (await q.rows(hold, [orgId, memberId, key]))[0];
}

const findOwn = statement<{ id: number }>(
  'note.consumer',
  'select id from contact where org_id = $1 and id = $2 and reso_key = $3 and deleted_at is null',
);

/** A consumer's own contact, if the key is that of it. */
export async function findConsumer(q: Querier, orgId: number, id: number, key: string): Promise<{ id: number } | undefined> {
  return (await q.rows(findOwn, [orgId, id, key]))[0];
}

const holdById = statement<{ id: number }>(
  'note.hold_contact',
  'select id from contact where org_id = $1 and id = $2 and deleted_at is null for key share',
);

/** Is the contact still there? Then it stays until the transaction ends. */
export async function holdContact(q: Querier, orgId: number, id: number): Promise<boolean> {
  return (await q.rows(holdById, [orgId, id])).length > 0;
}

const textWith = statement<{ text: string | null }>(
  'note.text_with',
  `select (select ${NEWEST} from note n
           where n.org_id = c.org_id and n.member_id = $2 and n.property_id = $4 and n.contact_id = c.id
             and n.kind = 'shared' and n.closed_at is null) as text
   from contact c where ${IN_BOOK}`,
);

/** What a member shares with that contact on a listing; undefined when the contact is not in the book. */
export async function findTextWith(
  q: Querier,
  orgId: number,
  memberId: number,
  key: string,
  listingId: number,
): Promise<{ readonly text: string | null } | undefined> {
  return (await q.rows(textWith, [orgId, memberId, key, listingId]))[0];
}
