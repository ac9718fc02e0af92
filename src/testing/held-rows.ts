import type { Lab } from './lab.ts';

/** Counted for the bill, whoever asks for whatever. */
const COUNTS = ['usage_day'];

/** What all tables hold of an organisation: table → a fingerprint of its rows. Two that are equal say that nothing was changed between them. */
export async function heldBy(lab: Pick<Lab, 'rows'>, orgId: number): Promise<Record<string, string>> {
  const tables = await lab.rows<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attname = 'org_id' and not a.attisdropped
       and c.relname <> all ($1)
     order by c.relname`,
    [COUNTS],
  );
  const sums = tables.map(
    ({ name }) => `select '${name}' as name, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as sum
                   from "${name}" t where org_id = $1`,
  );
  const rows = await lab.rows<{ name: string; sum: string }>(sums.join(' union all '), [orgId]);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
