import type { Lab } from './lab.ts';

/** Counted for the bill, whoever asks for whatever. */
const COUNTS = ['usage_day'];

/**
 * What all tables hold of an organisation: table → a fingerprint of its rows. Two that are equal say that nothing was changed between them,
 * but for when somebody's own session was last used.
 */
export async function heldBy(lab: Pick<Lab, 'rows'>, orgId: number): Promise<Record<string, string>> {
  const tables = await lab.rows<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attname = 'org_id' and not a.attisdropped
       and c.relname <> all ($1)
     order by c.relname`,
    [COUNTS],
  );
  const sums = tables.map(
    ({ name }) => `select '${name}' as name, md5(coalesce(string_agg(line, E'\\n' order by line), '')) as sum
                   from (select (to_jsonb(t) - 'last_used_at')::text as line from "${name}" t where org_id = $1) held`,
  );
  const rows = await lab.rows<{ name: string; sum: string }>(sums.join(' union all '), [orgId]);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
