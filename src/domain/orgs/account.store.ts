import { sql } from 'kysely';
import { type Catalogue, listRows, type Querier, statement } from '../../db/index.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { ACCOUNT_KINDS, type Account, type AccountScope } from './account.ts';
import { ACCOUNTS } from './account-rows.ts';

const COLUMNS = `a.org_id, a.id, a.kind, a.reso_key, a.name, a.first_name, a.middle_name, a.last_name, a.access_level, a.email,
  a.contact_points, a.website_url, a.address, a.extras, a.office_id, a.office_name, a.office_key, a.company_name, a.company_key,
  a.mls_name, a.mls_key`;

const byKey = statement<Account>('account.by_key', `select ${COLUMNS} from ${ACCOUNTS} where a.org_id = $1 and a.reso_key = $2`);
export const findByKey = async (q: Querier, orgId: number, key: string): Promise<Account | undefined> =>
  (await q.rows(byKey, [orgId, key]))[0];

const text = (column: string) => ({ sql: column, type: 'text', caseless: true }) as const;
const keyOf = (column: string) => ({ sql: `${column}::text`, type: 'text' }) as const;

/** What accounts may be filtered and sorted by. */
const FIELDS: Catalogue['fields'] = {
  key: { ...keyOf('a.reso_key'), required: true },
  kind: { sql: 'a.kind', type: 'text', caseless: 'a.kind', required: true },
  name: { sql: 'a.name', type: 'text', caseless: 'a.name_key', required: true },
  first_name: text('a.first_name'),
  middle_name: text('a.middle_name'),
  last_name: text('a.last_name'),
  access_level: text('a.access_level'),
  email: { sql: 'a.email', type: 'text', caseless: 'a.email_key' },
  postal_code: text(`(a.address ->> 'postal_code')`),
  office_name: text('a.office_name'),
  office_key: { ...keyOf('a.office_key'), refers: { id: 'a.office_id', table: 'office' } },
  company_name: text('a.company_name'),
  company_key: keyOf('a.company_key'),
  mls_name: text('a.mls_name'),
  mls_key: keyOf('a.mls_key'),
};

/** The office's accounts and the office itself, or a member's own and those of that member's office. */
function within(orgId: number, { officeId, own }: AccountScope) {
  const parts = [sql`a.org_id = ${orgId}`];
  if (officeId !== undefined) parts.push(sql`a.office_id = ${officeId}`);
  if (own) parts.push(sql`(a.office_id = ${own.officeId} or (a.kind = 'member' and a.id = ${own.memberId}))`);
  return sql.join(parts, sql.raw(' and '));
}

/** A page of accounts. A row is found again by id and kind, the two parts of its number, because those have an index. */
export function listAccounts(q: Querier, orgId: number, scope: AccountScope, query: ListQuery): Promise<ListPage<Account>> {
  const kinds = sql.raw(String(ACCOUNT_KINDS.length));
  return listRows<Account>(
    q,
    {
      catalogue: { orgId, id: 'a.number', fields: FIELDS },
      from: sql.raw(ACCOUNTS),
      where: within(orgId, scope),
      key: 'a.reso_key',
      columns: sql.raw(COLUMNS),
      rows: sql`${sql.raw(ACCOUNTS)} on a.org_id = ${orgId} and a.id = page.id / ${kinds} and a.kind_place = page.id % ${kinds}`,
    },
    query,
  );
}
