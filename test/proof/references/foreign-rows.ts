import { ok } from 'node:assert/strict';
import type { Lab } from '../../../src/testing/lab.ts';

/** How the doors name a row, and by which words of its own another may be found. */
export type ForeignRow = Readonly<Record<string, string>>;

/** Nouns that bodies and filters of some door refer to. */
const TABLES = [
  'app_user',
  'applicant',
  'appointment',
  'area',
  'company',
  'contact',
  'deal',
  'deal_template',
  'department',
  'development',
  'development_category',
  'document',
  'dynamic_form',
  'identity_check',
  'invoice',
  'key_set',
  'landlord',
  'listing_cart',
  'market_report',
  'member',
  'message',
  'mls',
  'nominal_account',
  'offer',
  'office',
  'profile',
  'property',
  'saved_search',
  'source',
  'task',
  'team',
  'tenancy',
  'works_order',
] as const;
export type ForeignTable = (typeof TABLES)[number] | 'lookup';

/** Of the width of those that are stored, and of no row of the first brokerage. */
const codeLike = (code: string) => (code.length > 4 ? `ZQX${code.slice(3)}` : 'ZQX'.slice(-Math.min(code.length, 3)));

/**
 * Gives the second brokerage a row of each noun, a copy of one of the first's under names that only the second has. What a row says does not
 * matter: nobody may find it.
 */
export async function addForeignRows(lab: Pick<Lab, 'rows'>): Promise<ReadonlyMap<ForeignTable, ForeignRow>> {
  const columns = await lab.rows<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relname = any ($1) and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = ''
     group by 1`,
    [[...TABLES, 'lookup']],
  );
  let turn = 0;
  type Row = Record<string, unknown>;
  const copy = async (table: ForeignTable, own: (row: Row) => Row, where = 'true', values: unknown[] = []) => {
    const names = columns.find(({ name }) => name === table)?.columns ?? [];
    const [row] = await lab.rows<{ row: Row }>(
      `select to_jsonb(t) as row from "${table}" t where org_id = 1 and ${where} order by id limit 1`,
      values,
    );
    ok(row, `${table}: the first brokerage has none`);
    const id = 8_000_000_000 + ++turn;
    const made = { ...row.row, org_id: 2, id, ...own(row.row) };
    const list = names.map((name) => `"${name}"`).join(', ');
    // References of a copy lead nowhere, and its kept totals are nobody's: nothing is asked of the second brokerage but its ids.
    await lab.rows(
      `with free as (select set_config('session_replication_role', 'replica', true))
       insert into "${table}" (${list}) select ${list} from jsonb_populate_record(null::"${table}", $1), free`,
      [JSON.stringify(made)],
    );
    return Object.fromEntries(Object.entries(made).map(([name, value]) => [name, String(value)]));
  };
  const found = new Map<ForeignTable, ForeignRow>();
  for (const table of TABLES)
    found.set(
      table,
      await copy(table, (row) => ({
        ...(typeof row.code === 'string' ? { code: codeLike(row.code) } : {}),
        ...(row.reso_key ? { reso_key: `20010203040506${String(turn).padStart(12, '0')}` } : {}),
        ...(row.uuid ? { uuid: crypto.randomUUID() } : {}),
        ...(row.email ? { email: `zqx.${table}@example.com` } : {}),
        ...(row.short_name ? { short_name: 'ZQX', short_name_key: 'zqx' } : {}),
        ...(row.listing_number ? { listing_number: 'ZQX-1', listing_number_key: 'zqx-1', mls_id: found.get('mls')?.id } : {}),
        // A login has one member.
        ...(table === 'member' ? { user_id: null } : {}),
      })),
    );
  const lists = await lab.rows<{ list: string }>('select distinct list from lookup where org_id = 1');
  for (const { list } of lists)
    found.set('lookup', await copy('lookup', () => ({ code: 'ZQX', name: 'Foreign' }), 'list = $1', [list]));
  return found;
}
