import { sql } from 'kysely';
import { type Catalogue, type List, listRows, type Querier, statement } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import type { Author } from './author.ts';
import type { Comment, GivenNote } from './types.ts';

/** A comment has one entry: it is not changed. */
const ENTRY = `join note_entry e on e.org_id = n.org_id and e.note_id = n.id`;
const AUTHOR = `case e.author_kind
  when 'member' then (select m.reso_key from member m where m.org_id = n.org_id and m.id = e.author_id)
  else (select a.reso_key from contact a where a.org_id = n.org_id and a.id = e.author_id) end`;
const COLUMNS = `n.id, n.reso_key, c.reso_key as contact_key, e.text, e.author_kind, e.author_id, ${AUTHOR} as author_key,
  n.created_at, n.updated_at`;
const CONTACT = `join contact c on c.org_id = n.org_id and c.id = n.contact_id`;
const LIVE = `n.org_id = $1 and n.contact_id = $2 and n.kind = 'comment' and n.deleted_at is null`;

/** The fields that lists of comments are filtered and sorted by. */
export const COMMENT_FIELDS = {
  reso_key: { sql: 'n.reso_key', type: 'text', required: true },
  text: { sql: 'e.text', type: 'text', caseless: true, required: true },
  created_at: { sql: 'n.created_at', type: 'datetime', required: true },
  updated_at: { sql: 'n.updated_at', type: 'datetime', required: true },
} as const satisfies Catalogue['fields'];

/** What was said about a contact, oldest first unless asked otherwise. */
export function listComments(q: Querier, orgId: number, contactId: number, query: ListQuery): Promise<ListPage<Comment>> {
  const list: List = {
    catalogue: { orgId, fields: COMMENT_FIELDS, id: 'n.id' },
    from: sql.raw(`note n ${ENTRY}`),
    where: sql`n.org_id = ${orgId} and n.contact_id = ${contactId} and n.kind = 'comment' and n.deleted_at is null`,
    key: 'n.reso_key',
    columns: sql.raw(COLUMNS),
    rows: sql`note n on n.org_id = ${orgId} and n.id = page.id ${sql.raw(`${ENTRY} ${CONTACT}`)}`,
  };
  return listRows<Comment>(q, list, query);
}

const byKey = statement<Comment>(
  'comment.by_key',
  `select ${COLUMNS} from note n ${ENTRY} ${CONTACT} where ${LIVE} and n.reso_key = $3`,
);

export async function findComment(q: Querier, orgId: number, contactId: number, key: string): Promise<Comment | undefined> {
  return (await q.rows(byKey, [orgId, contactId, key]))[0];
}

const insert = statement<{ id: number }>(
  'comment.insert',
  `with n as (
     insert into note (org_id, kind, contact_id, id, reso_key, created_at, updated_at, created_by, created_door)
     values ($1, 'comment', $9, coalesce($10::bigint, nextval('note_id_seq')), $11, $12, $12, $13, $4) returning *),
   e as (
     insert into note_entry (org_id, id, note_id, author_kind, author_id, at, text)
     select $1, coalesce($14::bigint, nextval('note_entry_id_seq')), n.id, $15, $16, $12, $17 from n),
   happened as (
     insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id, noun, row_id, verb, changed, contact_id)
     select $1, $2, $3, $4, $5, $6, $7, $8, 'comment', n.id, 'created', to_jsonb(n) || jsonb_build_object('text', $17::text), n.contact_id from n)
   select id from n`,
);

export type NewComment = { readonly text: string; readonly author: Author; readonly resoKey: string; readonly given: GivenNote };

export async function insertComment(q: Querier, what: Happening, contactId: number, comment: NewComment): Promise<void> {
  const { actor } = what;
  const { text, author, resoKey, given } = comment;
  await q.rows(insert, [
    actor.orgId,
    ...shared(what),
    contactId,
    given.id ?? null,
    resoKey,
    given.createdAt ?? what.at,
    actor.kind === 'user' ? actor.id : null,
    given.entryId ?? null,
    author.kind,
    author.id,
    text,
  ]);
}

const remove = statement<{ id: number }>(
  'comment.delete',
  `with n as (
     update note n set deleted_at = $3, updated_at = $3, version = version + 1
     where n.org_id = $1 and n.id = $9 and n.kind = 'comment' and n.deleted_at is null returning *),
   happened as (
     insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id, noun, row_id, verb, changed, contact_id)
     select $1, $2, $3, $4, $5, $6, $7, $8, 'comment', n.id, 'deleted', to_jsonb(n), n.contact_id from n)
   select id from n`,
);

/** Answers whether it was there. */
export async function deleteComment(q: Querier, what: Happening, id: number): Promise<boolean> {
  return (await q.rows(remove, [what.actor.orgId, ...shared(what), id])).length > 0;
}
