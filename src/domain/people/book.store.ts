import { sql } from 'kysely';
import { type Catalogue, type List, listRows, type Querier, statement } from '../../db/index.ts';
import type { Condition, ListPage, ListQuery, Scalar } from '../../kernel/condition.ts';
import { COLUMNS } from './contact.store.ts';
import { primaryPhoneSql } from './primary-phone.ts';
import type { BookEntry } from './types.ts';

const text = (value: string) => ({ sql: value, type: 'text', caseless: true }) as const;
const member = (address: string, name: string) => `nullif(c.${address} ->> '${name}', '')`;
/** One line, as `streetLine` of address.ts makes it. */
const street = (address: string) =>
  `nullif(concat_ws(' ', ${['street_number', 'street_name', 'unit_number', 'building_name'].map((name) => member(address, name)).join(', ')}), '')`;
const region = (address: string) => `coalesce(${member(address, 'state_or_province')}, ${member(address, 'county')})`;
/** `shownName` of names.ts. */
const SHOWN = `coalesce(nullif(c.display_name, ''), nullif(concat_ws(' ', nullif(c.first_name, ''), nullif(c.last_name, '')), ''),
  nullif(c.company_name, ''), nullif(c.email, ''),
  (select p.point ->> 'value' from jsonb_array_elements(c.contact_points) with ordinality as p(point, place)
   where p.point ->> 'via' = 'phone' order by p.place limit 1), '')`;

/** The names by which a book is filtered and sorted. Those in `NARROW` need the book alone. */
const FIELDS = {
  reso_key: { sql: 'c.reso_key', type: 'text', required: true },
  owner_key: { sql: '(select m.reso_key from member m where m.org_id = a.org_id and m.id = a.member_id)', type: 'text' },
  display_name: { ...text(SHOWN), required: true },
  /** for orders, in place of display_name: the shown name as far as an index keeps it */
  display_key: { sql: 'a.display_key', type: 'text', required: true },
  first_name: text('c.first_name'),
  last_name: text('c.last_name'),
  email: { sql: 'c.email', type: 'text', caseless: 'c.email_key' },
  primary_phone: text(primaryPhoneSql('c.contact_points')),
  home_street: text(street('primary_address')),
  home_city: text(member('primary_address', 'city')),
  home_region: text(region('primary_address')),
  home_postal_code: text(member('primary_address', 'postal_code')),
  work_street: text(street('work_address')),
  work_city: text(member('work_address', 'city')),
  work_region: text(region('work_address')),
  work_postal_code: text(member('work_address', 'postal_code')),
  portal_enabled: {
    sql: 'coalesce((select l.enabled from contact_login l where l.org_id = c.org_id and l.contact_id = c.id), false)',
    type: 'boolean',
    required: true,
  },
  created_at: { sql: 'c.created_at', type: 'datetime', required: true },
  updated_at: { sql: 'a.updated_at', type: 'datetime', required: true },
} as const satisfies Catalogue['fields'];
const NARROW: ReadonlySet<string> = new Set(['display_key', 'updated_at']);

const ENTRY = `${COLUMNS}, coalesce(l.enabled, false) as portal_enabled, m.reso_key as owner_key`;

/** Does reading the ids of a page need nothing but the book, whose indexes are then the whole cost? */
function isNarrow({ where, order, after }: ListQuery): boolean {
  const scalar = (value: Scalar): boolean =>
    value.kind === 'literal' ||
    (value.kind === 'field' && NARROW.has(value.name)) ||
    (value.kind === 'negative' && scalar(value.of));
  const condition = (of: Condition): boolean => {
    if (of.kind === 'and' || of.kind === 'or') return of.of.every(condition);
    if (of.kind === 'compare') return scalar(of.left) && scalar(of.right);
    return of.kind === 'between' && scalar(of.left) && scalar(of.least) && scalar(of.most);
  };
  if (after !== undefined || order === 'random') return false;
  return order.every(({ field }) => NARROW.has(field)) && (where === undefined || condition(where));
}

const BOOK = 'contact_agent a join contact c on c.org_id = a.org_id and c.id = a.contact_id';

function bookList(orgId: number, memberId: number, query: ListQuery, tag: string | undefined): List {
  const mine = sql`a.org_id = ${orgId} and a.member_id = ${memberId}`;
  return {
    catalogue: { orgId, fields: FIELDS, id: 'a.contact_id' },
    from: sql.raw(tag === undefined && isNarrow(query) ? 'contact_agent a' : BOOK),
    where: tag === undefined ? mine : sql`${mine} and c.tags @> array[${tag}]::text[]`,
    key: 'c.reso_key',
    columns: sql.raw(ENTRY),
    kept: tag === undefined ? [{ name: 'contact_agent', scope: memberId, keys: ['updated_at'] }] : [],
    rows: sql`contact c on c.org_id = ${orgId} and c.id = page.id
      left join contact_login l on l.org_id = ${orgId} and l.contact_id = c.id
      left join member m on m.org_id = ${orgId} and m.id = ${memberId}`,
  };
}

/** A page of a member's book; the names of FIELDS may stand in conditions and orders. */
export const listEntries = (q: Querier, orgId: number, memberId: number, query: ListQuery, tag?: string) =>
  listRows<BookEntry>(q, bookList(orgId, memberId, query, tag), query);

const byKey = statement<BookEntry>(
  'contact.entry',
  `select ${ENTRY} from contact_agent a
   join contact c on c.org_id = a.org_id and c.id = a.contact_id and c.reso_key = $3
   join member m on m.org_id = a.org_id and m.id = a.member_id
   left join contact_login l on l.org_id = c.org_id and l.contact_id = c.id
   where a.org_id = $1 and a.member_id = $2`,
);
export const findEntry = async (q: Querier, orgId: number, memberId: number, key: string): Promise<BookEntry | undefined> =>
  (await q.rows(byKey, [orgId, memberId, key]))[0];

const own = statement<BookEntry>(
  'contact.own_entry',
  `select ${ENTRY} from contact c
   left join contact_login l on l.org_id = c.org_id and l.contact_id = c.id
   left join member m on m.org_id = c.org_id and m.id = case when $3 = any (c.member_ids) then $3 else c.member_ids[1] end
   where c.org_id = $1 and c.id = $2 and c.deleted_at is null`,
);
/** A consumer's own contact, owned by the agent of the portal as long as that one has it. */
export const findOwn = async (q: Querier, orgId: number, id: number, agentId: number | null): Promise<BookEntry | undefined> =>
  (await q.rows(own, [orgId, id, agentId]))[0];

/** The different tags in a book, each with a number that pages it. */
export async function listTags(
  q: Querier,
  orgId: number,
  memberId: number,
  query: ListQuery,
): Promise<ListPage<{ tag: string }>> {
  const tags = sql`(select tag, row_number() over (order by lower(tag) collate "C", tag) as id
    from (select distinct unnest(c.tags) as tag from ${sql.raw(BOOK)} where a.org_id = ${orgId} and a.member_id = ${memberId}) used)`;
  const list: List = {
    catalogue: { orgId, fields: { tag: { ...text('t.tag'), required: true } }, id: 't.id' },
    from: sql`${tags} t`,
    where: sql`true`,
    key: 't.tag',
    columns: sql.raw('t.tag'),
    rows: sql`${tags} t on t.id = page.id`,
  };
  return listRows(q, list, query);
}
