import { sql } from 'kysely';
import { type Catalogue, type Field, type List, listRows, type Querier, statement } from '../../db/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { ACCOUNT_KINDS, type Account, type AccountKind, type AccountScope, splitKind } from './account.ts';
import { ACCOUNTS, type AccountColumns, ALL, columnsOf, ROWS } from './account-rows.ts';

const COLUMNS = `a.kind, ${Object.values(ALL).join(', ')}`;

const byKey = statement<Account>('account.by_key', `select ${COLUMNS} from ${ACCOUNTS} where a.org_id = $1 and a.reso_key = $2`);
export const findByKey = async (q: Querier, orgId: number, key: string): Promise<Account | undefined> =>
  (await q.rows(byKey, [orgId, key]))[0];

/** What accounts may be filtered and sorted by, over the columns of a list; `kind` is SQL too. */
function fieldsOf(kind: string, columns: AccountColumns) {
  const text = (column: keyof AccountColumns) => ({ sql: columns[column], type: 'text', caseless: true }) as const;
  const key = (column: keyof AccountColumns) => ({ sql: `${columns[column]}::text`, type: 'text' }) as const;
  return {
    key: { ...key('reso_key'), required: true },
    kind: { sql: kind, type: 'text', caseless: kind, required: true },
    name: { sql: columns.name, type: 'text', caseless: columns.name_key, required: true },
    first_name: text('first_name'),
    middle_name: text('middle_name'),
    last_name: text('last_name'),
    access_level: text('access_level'),
    email: { sql: columns.email, type: 'text', caseless: columns.email_key },
    postal_code: { sql: `(${columns.address} ->> 'postal_code')`, type: 'text', caseless: true },
    office_name: text('office_name'),
    office_key: { ...key('office_key'), refers: { id: columns.office_id, table: 'office' } },
    company_name: text('company_name'),
    company_key: key('company_key'),
    mls_name: text('mls_name'),
    mls_key: key('mls_key'),
  } satisfies Catalogue['fields'];
}

/** The office's accounts and the office itself, or a member's own and those of that member's office. */
function within(orgId: number, { officeId, own }: AccountScope, columns: AccountColumns, kind: string) {
  const [org, id, office] = [sql.raw(columns.org_id), sql.raw(columns.id), sql.raw(columns.office_id)];
  const parts = [sql`${org} = ${orgId}`];
  if (officeId !== undefined) parts.push(sql`${office} = ${officeId}`);
  if (own) parts.push(sql`(${office} = ${own.officeId} or (${sql.raw(kind)} = 'member' and ${id} = ${own.memberId}))`);
  return sql.join(parts, sql.raw(' and '));
}

/** One kind: its table alone is read as far as nothing else is asked for, and has the index of the order. */
function listOfKind(kind: AccountKind, orgId: number, scope: AccountScope): List {
  const { columns, table, joins, live } = ROWS[kind];
  const word = `'${kind}'::text`;
  const fields = fieldsOf(word, columns);
  // the company's key is the organisation's own; the others have theirs in the table of their name
  const key: Field = { ...fields.key, ...(kind === 'company' ? {} : { refers: { id: columns.id, table: kind } }) };
  return {
    catalogue: { orgId, id: columns.id, fields: { ...fields, key } },
    from: sql.raw(`${table} ${joins}`),
    where: sql`${within(orgId, scope, columns, word)} and ${sql.raw(live)}`,
    key: columns.reso_key,
    columns: sql.raw(columnsOf(kind)),
    rows: sql`${sql.raw(table)} on ${sql.raw(columns.org_id)} = ${orgId} and ${sql.raw(columns.id)} = page.id ${sql.raw(joins)}`,
  };
}

/** All kinds. A row is found again by id and kind, the two parts of its number. 20 ms for 20,000 members (2026-11): seldom asked for. */
function listOfAll(orgId: number, scope: AccountScope): List {
  const kinds = sql.raw(String(ACCOUNT_KINDS.length));
  return {
    catalogue: { orgId, id: 'a.number', fields: fieldsOf('a.kind', ALL) },
    from: sql.raw(ACCOUNTS),
    where: within(orgId, scope, ALL, 'a.kind'),
    key: 'a.reso_key',
    columns: sql.raw(COLUMNS),
    rows: sql`${sql.raw(ACCOUNTS)} on a.org_id = ${orgId} and a.id = page.id / ${kinds} and a.kind_place = page.id % ${kinds}`,
  };
}

/** A page of accounts; of one kind where the question says which. */
export function listAccounts(q: Querier, orgId: number, scope: AccountScope, query: ListQuery): Promise<ListPage<Account>> {
  const { kind, where, ...rest } = splitKind(query);
  const list = kind ? listOfKind(kind, orgId, scope) : listOfAll(orgId, scope);
  return listRows<Account>(q, list, { ...rest, ...(where ? { where } : {}) });
}
