import { type RawBuilder, sql } from 'kysely';
import { FENCE_ROWS, type Fenced, fromStart, type Range, rangeSql, startSql, wholeSql } from '../../db/fences.ts';
import { build, type Querier, statement } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';
import type { Listed, Page } from '../../kernel/page.ts';
import { NEW_CONTACT, ownEntries } from '../journal/index.ts';
import type { Contact, ContactChange, ContactQuery, ContactRef } from './types.ts';

export const COLUMNS = `c.org_id, c.id, c.code, c.reso_key, c.title, c.first_name, c.middle_name, c.last_name, c.display_name, c.company_name,
  c.email, c.contact_points, c.primary_address, c.secondary_address, c.work_address, c.member_ids, c.office_ids, c.tags, c.pref_email,
  c.extras, c.version, c.created_at, c.updated_at, c.created_by, c.created_door`;

/** A new contact, its places in the books of its members, the event and the journal's line: one statement, so one round trip and one commit. */
const insert = statement<Contact>(
  'contact.insert',
  `with c as (
     insert into contact (org_id, id, code, reso_key, first_name, last_name, display_name, company_name, email, contact_points,
                          primary_address, secondary_address, work_address, member_ids, office_ids, extras, tags,
                          created_at, updated_at, created_by, created_door)
     values ($1, coalesce($9::bigint, nextval('contact_id_seq')), $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
             $25, $26, $27, $4)
     returning *),
   books as (
     insert into contact_agent (org_id, member_id, contact_id, updated_at, display_key)
     select c.org_id, member_id, c.id, c.updated_at, c.display_key from c, unnest(c.member_ids) as member_id),
   happened as (
     insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id,
                        noun, row_id, row_name, verb, changed, contact_id)
     select $1, $2, $3, $4, $5, $6, $7, $8, 'contact', c.id, $28, 'created', to_jsonb(c), c.id from c),
   ${ownEntries(`select $29::bigint as entry_id, 'contact' as kind, c.id, null::bigint as property_id,
       (select m.id from member m where m.org_id = $1 and m.user_id = $27 and m.deleted_at is null limit 1) as member_id,
       $27::bigint as created_by, '${NEW_CONTACT}' as description from c`)}
   select ${COLUMNS} from c`,
);

export type NewContact = {
  given: { id?: number; createdAt: Date; updatedAt: Date };
  code: string;
  resoKey: string;
  memberIds: readonly number[];
  officeIds: readonly number[];
  values: ContactChange;
  shownName: string;
  /** of the line in the journal */
  entryId: number | undefined;
};

export async function insertContact(q: Querier, what: Happening, contact: NewContact): Promise<Contact> {
  const { given, values } = contact;
  const [row] = await q.rows(insert, [
    what.actor.orgId,
    ...shared(what),
    given.id ?? null,
    contact.code,
    contact.resoKey,
    values.first_name ?? null,
    values.last_name ?? null,
    values.display_name ?? null,
    values.company_name ?? null,
    values.email ?? null,
    JSON.stringify(values.contact_points ?? []),
    JSON.stringify(values.primary_address ?? {}),
    JSON.stringify(values.secondary_address ?? {}),
    JSON.stringify(values.work_address ?? {}),
    contact.memberIds,
    contact.officeIds,
    JSON.stringify(values.extras ?? {}),
    values.tags ?? [],
    given.createdAt,
    given.updatedAt,
    what.actor.kind === 'user' ? what.actor.id : null,
    contact.shownName,
    contact.entryId ?? null,
  ]);
  return row as Contact;
}

const MINE = 'a.org_id = $1 and a.member_id = $2';
const fenced = (key: string): Fenced => ({ list: `contact_agent.${key}`, org: sql.raw('$1'), scope: sql.raw('$2') });
const rangeOf = (key: string): Range => ({
  key,
  column: sql.raw(`a.${key}`),
  from: sql.raw('contact_agent a'),
  where: sql.raw(MINE),
});

type Counted = Contact & { total: number };
/** A page by id; `whole` are CTEs with the total. The values are placeholders: organisation, member, size, offset. */
const bookPage = (name: string, whole: RawBuilder<unknown>, where: RawBuilder<unknown>, skip: RawBuilder<unknown>) =>
  statement<Counted>(
    name,
    sql`with ${whole}, page as (
       select a.contact_id from contact_agent a where ${where} order by a.contact_id limit $3 offset ${skip})
     select whole.total, ${sql.raw(COLUMNS)}
     from whole left join (page join contact c on c.org_id = $1 and c.id = page.contact_id) on true
     order by c.id`.compile(build).sql,
  );
const mine = sql.raw(MINE);
const offset = sql.raw('$4');
const book = bookPage('contact.book', wholeSql(fenced('contact_id')), mine, offset);
const down = fromStart(rangeOf('contact_id'), offset, false);
const bookDeep = bookPage(
  'contact.book_deep',
  sql`${rangeSql(fenced('contact_id'), rangeOf('contact_id'))}, ${startSql(offset, false)}`,
  sql`${mine} and ${down.where}`,
  down.skip,
);
const since = { value: sql.raw('$5::timestamptz'), before: sql.raw('a.updated_at < $5::timestamptz') };
const bookSince = bookPage(
  'contact.book_since',
  rangeSql(fenced('updated_at'), { ...rangeOf('updated_at'), least: since }),
  sql`${mine} and a.updated_at >= $5::timestamptz`,
  offset,
);

/** A page of a member's book by id, with its exact total. */
export async function listBook(
  q: Querier,
  orgId: number,
  memberId: number,
  { size, number }: Page,
  { updatedMin }: ContactQuery,
): Promise<Listed<Contact>> {
  const skipped = (number - 1) * size;
  const values: unknown[] = [orgId, memberId, size, skipped];
  const rows = updatedMin
    ? await q.rows(bookSince, [...values, updatedMin])
    : await q.rows(skipped > FENCE_ROWS ? bookDeep : book, values);
  return { total: rows[0]?.total ?? 0, rows: rows.filter((row) => row.id !== null) };
}

const byId = statement<Contact>(
  'contact.in_book',
  `select ${COLUMNS} from contact_agent a join contact c on c.org_id = a.org_id and c.id = a.contact_id
   where a.org_id = $1 and a.member_id = $2 and a.contact_id = $3`,
);

export async function findInBook(q: Querier, orgId: number, memberId: number, id: number): Promise<Contact | undefined> {
  return (await q.rows(byId, [orgId, memberId, id]))[0];
}

const lockBy = (name: string, column: 'id' | 'reso_key') =>
  statement<Contact>(
    name,
    `select ${COLUMNS} from contact c
     where c.org_id = $1 and c.${column} = $3 and c.deleted_at is null and $2::bigint = any (c.member_ids) for update`,
  );
const lockById = lockBy('contact.lock', 'id');
const lockByKey = lockBy('contact.lock_by_key', 'reso_key');

export async function lockInBook(q: Querier, orgId: number, memberId: number, ref: ContactRef): Promise<Contact | undefined> {
  return (await q.rows(typeof ref === 'number' ? lockById : lockByKey, [orgId, memberId, ref]))[0];
}

const lockAny = statement<Contact>(
  'contact.lock_own',
  `select ${COLUMNS} from contact c where c.org_id = $1 and c.id = $2 and c.deleted_at is null for update`,
);

/** A consumer's own contact, whoever has it in the book. */
export async function lockOwn(q: Querier, orgId: number, id: number): Promise<Contact | undefined> {
  return (await q.rows(lockAny, [orgId, id]))[0];
}

const save = statement<Contact>(
  'contact.save',
  `with c as (
     update contact c set first_name = $3, last_name = $4, display_name = $5, company_name = $6, email = $7, contact_points = $8,
            primary_address = $9, secondary_address = $10, work_address = $11, extras = $12, tags = $13, member_ids = $14,
            updated_at = $15, pref_email = $16, version = version + 1
     where org_id = $1 and id = $2 returning ${COLUMNS}, c.display_key),
   books as (
     update contact_agent a set updated_at = $15, display_key = c.display_key from c where a.org_id = $1 and a.contact_id = $2)
   select ${COLUMNS} from c`,
);

/** Writes the whole contact as it now is. */
export async function saveContact(q: Querier, contact: Contact, at: Date): Promise<Contact> {
  const [row] = await q.rows(save, [
    contact.org_id,
    contact.id,
    contact.first_name,
    contact.last_name,
    contact.display_name,
    contact.company_name,
    contact.email,
    JSON.stringify(contact.contact_points),
    JSON.stringify(contact.primary_address),
    JSON.stringify(contact.secondary_address),
    JSON.stringify(contact.work_address),
    JSON.stringify(contact.extras),
    contact.tags,
    contact.member_ids,
    at,
    contact.pref_email,
  ]);
  return row as Contact;
}

const leave = statement<never>(
  'contact.leave_book',
  'delete from contact_agent where org_id = $1 and contact_id = $2 and member_id = $3',
);

export async function leaveBook(q: Querier, orgId: number, id: number, memberId: number): Promise<void> {
  await q.rows(leave, [orgId, id, memberId]);
}

const sync = statement<never>(
  'contact.sync_books',
  `with c as (select org_id, id, member_ids, updated_at, display_key from contact where org_id = $1 and id = $2),
   gone as (delete from contact_agent a using c where a.org_id = $1 and a.contact_id = $2 and a.member_id <> all (c.member_ids))
   insert into contact_agent (org_id, member_id, contact_id, updated_at, display_key)
   select distinct c.org_id, member_id, c.id, c.updated_at, c.display_key from c, unnest(c.member_ids) as member_id
   on conflict (org_id, member_id, contact_id) do update set updated_at = excluded.updated_at, display_key = excluded.display_key`,
);

/** Puts the contact into the books of its members, and takes it out of those of others. */
export async function syncBooks(q: Querier, orgId: number, id: number): Promise<void> {
  await q.rows(sync, [orgId, id]);
}

const remove = statement<never>(
  'contact.delete',
  `with books as (delete from contact_agent where org_id = $1 and contact_id = $2),
   participants as (update participant set contact_id = null where org_id = $1 and contact_id = $2)
   update contact set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2`,
);

/** Leaves a tombstone; participants keep their text and lose the link (domain-people §3.5). */
export async function deleteContact(q: Querier, orgId: number, id: number, at: Date): Promise<void> {
  await q.rows(remove, [orgId, id, at]);
}

const needed = statement<{ needed: boolean }>(
  'contact.needed',
  `select exists (select from party where org_id = $1 and contact_id = $2 and deleted_at is null)
     or exists (select from identity_check where org_id = $1 and contact_kind = 'contact' and contact_id = $2 and deleted_at is null)
     or exists (select from document where org_id = $1 and subject_type = 'contact' and subject_id = $2 and deleted_at is null) as needed`,
);

/** Does the contact stand in a role, or hang a check or a document on it (domain-people §3.5)? */
export async function isNeeded(q: Querier, orgId: number, id: number): Promise<boolean> {
  return (await q.rows(needed, [orgId, id]))[0]?.needed ?? false;
}

const byEmail = statement<Contact>(
  'contact.by_email_in_book',
  `select ${COLUMNS} from contact c join contact_agent a on a.org_id = c.org_id and a.contact_id = c.id and a.member_id = $2
   where c.org_id = $1 and c.email_key = lower($3) and c.deleted_at is null order by c.id limit 1`,
);

/** The oldest contact of the book with that address, ignoring case. */
export async function findByEmail(q: Querier, orgId: number, memberId: number, email: string): Promise<Contact | undefined> {
  return (await q.rows(byEmail, [orgId, memberId, email]))[0];
}

const sameEmail = statement<{ taken: boolean }>(
  'contact.email_in_book',
  `select exists (select from contact c join contact_agent a on a.org_id = c.org_id and a.contact_id = c.id and a.member_id = $2
   where c.org_id = $1 and c.email_key = lower($3) and c.deleted_at is null and c.id is distinct from $4) as taken`,
);

/** Has another contact of the book that address? */
export async function isEmailTaken(
  q: Querier,
  orgId: number,
  memberId: number,
  email: string,
  id: number | null,
): Promise<boolean> {
  return (await q.rows(sameEmail, [orgId, memberId, email, id]))[0]?.taken ?? false;
}
