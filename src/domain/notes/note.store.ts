import { type Querier, type Statement, statement } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';
import { eventOf, kindOf, NEWEST, THREADS, type ThreadKind } from './thread.ts';
import type { Between, GivenNote, SharedNote } from './types.ts';

/** One statement for each kind of thread: its key is a literal, or the planner could not use the key's index. */
const forEach = <R>(make: (kind: ThreadKind) => Statement<R>): Readonly<Record<ThreadKind, Statement<R>>> => ({
  private_member: make('private_member'),
  private_contact: make('private_contact'),
  shared: make('shared'),
});

const find = forEach((kind) =>
  statement<{ text: string }>(`note.find_${kind}`, `select ${NEWEST} as text from note n where ${THREADS[kind].open}`),
);

/** The text of the open note. */
export async function findText(q: Querier, orgId: number, listingId: number, between: Between): Promise<string | undefined> {
  const [row] = await q.rows(find[kindOf(between)], [orgId, listingId, between.memberId, between.contactId]);
  return row?.text;
}

/**
 * Thread, entry and event in one statement. Who comes second waits at the unique index and adds an entry to the thread that is there
 * then, so nothing written is lost and there is never a second thread. A text that is the newest already is not written (echo).
 */
const put = forEach((kind) =>
  statement<{ created: boolean }>(
    `note.put_${kind}`,
    `with thread as (
       insert into note as n (org_id, property_id, member_id, contact_id, kind, created_door, id, reso_key, created_at, updated_at, created_by)
       values ($1, $2, $3::bigint, $4::bigint, '${THREADS[kind].kind}', $7, coalesce($12::bigint, nextval('note_id_seq')), $13, $14, $14, $15)
       on conflict ${THREADS[kind].index} do update set version = n.version + 1, updated_at = excluded.updated_at
       where ${NEWEST} is distinct from $16
       returning n.*),
     entry as (
       insert into note_entry (org_id, id, note_id, author_kind, author_id, at, text)
       select $1, coalesce($17::bigint, nextval('note_entry_id_seq')), n.id, $18, $19, $14, $16 from thread n),
     happened as (${eventOf(
       THREADS[kind],
       `case n.version when 1 then 'created' else 'updated' end`,
       `case n.version when 1 then to_jsonb(n) || jsonb_build_object('text', $16::text)
                       else jsonb_build_object('text', jsonb_build_array(${NEWEST}, $16::text)) end`,
       '$20',
     )})
     select n.version = 1 as created from thread n`,
  ),
);

export type Entry = {
  readonly text: string;
  readonly author: { readonly kind: 'member' | 'contact'; readonly id: number };
  readonly resoKey: string;
  /** of the listing, for the event of a shared note */
  readonly listingName: string | null;
  readonly given: GivenNote;
};

/** Answers whether there was no note before. */
export async function putEntry(
  q: Querier,
  what: Happening,
  listingId: number,
  between: Between,
  { text, author, resoKey, listingName, given }: Entry,
): Promise<boolean> {
  const { actor } = what;
  const [row] = await q.rows(put[kindOf(between)], [
    actor.orgId,
    listingId,
    between.memberId,
    between.contactId,
    ...shared(what),
    given.id ?? null,
    resoKey,
    given.createdAt ?? what.at,
    actor.kind === 'user' ? actor.id : null,
    text,
    given.entryId ?? null,
    author.kind,
    author.id,
    between.kind === 'shared' ? listingName : null,
  ]);
  return row?.created ?? false;
}

const close = forEach((kind) =>
  statement<never>(
    `note.close_${kind}`,
    `with thread as (
       update note n set closed_at = $6, updated_at = $6, version = n.version + 1 where ${THREADS[kind].open} returning n.*),
     happened as (${eventOf(THREADS[kind], `'deleted'`, 'to_jsonb(n)', '$12')})
     select from thread`,
  ),
);

/** Ends the open thread, if there is one: its entries are kept and shown nowhere. */
export async function closeThread(
  q: Querier,
  what: Happening,
  listingId: number,
  between: Between,
  listingName: string | null,
): Promise<void> {
  const values = [between.memberId, between.contactId, ...shared(what), between.kind === 'shared' ? listingName : null];
  await q.rows(close[kindOf(between)], [what.actor.orgId, listingId, ...values]);
}

const sharedByMember = statement<SharedNote>(
  'note.shared_by_member',
  `select c.reso_key as "contactKey", e.text
   from note n
   join contact c on c.org_id = n.org_id and c.id = n.contact_id and c.deleted_at is null and n.member_id = any (c.member_ids)
   cross join lateral (
     select e.id, e.at, e.text from note_entry e where e.org_id = n.org_id and e.note_id = n.id order by e.id desc limit 1) e
   where n.org_id = $1 and n.member_id = $2 and n.property_id = $3 and n.kind = 'shared' and n.closed_at is null
   order by e.at desc, e.id desc`,
);

/** A member's notes on a listing with the contacts of the member's book, latest change first. */
export async function listShared(q: Querier, orgId: number, memberId: number, listingId: number): Promise<SharedNote[]> {
  return q.rows(sharedByMember, [orgId, memberId, listingId]);
}
