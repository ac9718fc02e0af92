import { type RawBuilder, sql } from 'kysely';
import { build, type Catalogue, listRows, type Querier, statement } from '../../db/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import type { SavedSearch, SearchFilter } from './types.ts';
import { contactsKnown, type Whose } from './whose.ts';

type Sql = RawBuilder<unknown>;

const OWNER = `coalesce(
  (select m.reso_key from member m where m.org_id = s.org_id and m.id = s.owner_member_id),
  (select k.reso_key from contact k where k.org_id = s.org_id and k.id = s.owner_contact_id),
  (select g.company_key from organisation g where g.id = s.org_id))`;

/** What lists of searches may be filtered and sorted by. */
export const SEARCHES: Catalogue = {
  id: 's.id',
  fields: {
    reso_key: { sql: 's.reso_key', type: 'text', required: true },
    owner_key: { sql: OWNER, type: 'text', required: true },
    name: { sql: 's.name', type: 'text', caseless: true, required: true },
    description: { sql: 's.description', type: 'text', caseless: true },
    filter_text: { sql: 's.filter_text', type: 'text', caseless: true },
    provided: { sql: 's.provided', type: 'boolean', required: true },
    updated_at: { sql: 's.updated_at', type: 'datetime', required: true },
  },
};

const columns = (
  whose: Whose,
): Sql => sql`s.id, s.reso_key, s.owner_member_id, s.owner_contact_id, s.name, s.description, s.side, s.tags,
  s.criteria, s.filter_text, s.fits, s.provided, s.version, s.created_at, s.updated_at, ${sql.raw(OWNER)} as owner_key,
  array(select k.reso_key::text from saved_search_contact l join contact k on k.org_id = l.org_id and k.id = l.contact_id
    where l.org_id = s.org_id and l.search_id = s.id and l.deleted_at is null and k.deleted_at is null and ${contactsKnown(whose)}
    order by l.id) as contact_keys`;

/** A page of the searches that `scope` names, with what of their contacts the seeker knows. */
export const listSearches = (
  q: Querier,
  orgId: number,
  scope: Sql,
  whose: Whose,
  query: ListQuery,
): Promise<ListPage<SavedSearch>> =>
  listRows<SavedSearch>(
    q,
    {
      catalogue: SEARCHES,
      from: sql`saved_search s`,
      where: sql`s.org_id = ${orgId} and s.deleted_at is null and ${scope}`,
      key: 's.reso_key',
      columns: columns(whose),
      rows: sql`saved_search s on s.org_id = ${orgId} and s.id = page.id`,
    },
    query,
  );

export async function findSearch(
  q: Querier,
  orgId: number,
  key: string,
  scope: Sql,
  whose: Whose,
): Promise<SavedSearch | undefined> {
  const asked = sql<SavedSearch>`select ${columns(whose)} from saved_search s
    where s.org_id = ${orgId} and s.reso_key = ${key} and s.deleted_at is null and ${scope}`;
  return (await q.run(asked.compile(build)))[0];
}

const lock = statement<{ id: number }>(
  'saved_search.lock',
  'select id from saved_search where org_id = $1 and reso_key = $2 and deleted_at is null for update',
);
/** Holds the row until the transaction ends; says nothing about who may see it. */
export const lockSearch = (q: Querier, orgId: number, key: string): Promise<unknown> => q.rows(lock, [orgId, key]);

const insert = statement<{ id: number }>(
  'saved_search.insert',
  `insert into saved_search (org_id, id, reso_key, owner_member_id, owner_contact_id, name, description, side, tags, criteria, filter_text,
                             fits, provided, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('saved_search_id_seq')), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
   returning id`,
);

export type SearchValues = {
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly filter: SearchFilter;
  readonly provided: boolean;
};
type Made = {
  readonly id: number | null;
  readonly resoKey: string;
  readonly ownerMemberId: number | null;
  readonly ownerContactId: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly by: number | null;
  readonly door: string;
};

export async function insertSearch(q: Querier, orgId: number, made: Made, values: SearchValues): Promise<number> {
  const { name, description, tags, filter, provided } = values;
  const [row] = await q.rows(insert, [
    orgId,
    made.id,
    made.resoKey,
    made.ownerMemberId,
    made.ownerContactId,
    name,
    description,
    filter.criteria.side ?? null,
    tags,
    JSON.stringify(filter.criteria),
    filter.text,
    filter.fits,
    provided,
    made.createdAt,
    made.updatedAt,
    made.by,
    made.door,
  ]);
  return row!.id;
}

const save = statement<never>(
  'saved_search.save',
  `update saved_search set name = $3, description = $4, side = $5, tags = $6, criteria = $7, filter_text = $8, fits = $9, provided = $10,
          updated_at = $11, version = version + 1
   where org_id = $1 and id = $2`,
);

export async function saveSearch(q: Querier, orgId: number, id: number, values: SearchValues, at: Date): Promise<void> {
  const { name, description, tags, filter, provided } = values;
  const { criteria, text, fits } = filter;
  const side = criteria.side ?? null;
  await q.rows(save, [orgId, id, name, description, side, tags, JSON.stringify(criteria), text, fits, provided, at]);
}

const remove = statement<never>(
  'saved_search.delete',
  `with parts as (update saved_search_contact set deleted_at = $3, updated_at = $3, version = version + 1
                  where org_id = $1 and search_id = $2 and deleted_at is null)
   update saved_search set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2`,
);
/** Leaves a tombstone, of its parts too (domain-property §8.6). */
export const deleteSearch = (q: Querier, orgId: number, id: number, at: Date): Promise<unknown> =>
  q.rows(remove, [orgId, id, at]);

/** Of a scope, the searches that carry that tag. No text of the database has U+0000. */
export const tagged = (scope: Sql, tag: string): Sql =>
  tag.includes('\u0000') ? sql`false` : sql`${scope} and s.tags @> array[${tag}::text]`;

const linked = statement<{ contact_id: number }>(
  'saved_search.linked_contacts',
  `select l.contact_id from saved_search_contact l join contact k on k.org_id = l.org_id and k.id = l.contact_id
   where l.org_id = $1 and l.search_id = $2 and l.deleted_at is null and k.reso_key = any ($3::text[])`,
);
/** Ids of those of the contacts with these keys that the search is for. */
export async function contactIdsOf(q: Querier, orgId: number, searchId: number, keys: readonly string[]): Promise<number[]> {
  return keys.length === 0 ? [] : (await q.rows(linked, [orgId, searchId, keys])).map(({ contact_id }) => contact_id);
}
