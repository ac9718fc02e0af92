import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connected } from '../../db/connect.ts';
import { checkFences } from '../../db/fences.ts';
import { LOOP_IT } from '../writers.ts';

type Blob = { readonly org_id: number; readonly sha256: string; readonly size: number };

// Whether or not it was acknowledged: all of a loop-it is there, or nothing of it.
const HALF_LOOPS = `
  select d.name from deal d
  where d.details #>> '{property_address,street_name}' = $1
    and ((select count(*) from participant p where p.org_id = d.org_id and p.deal_id = d.id and p.full_name like d.name || ' _') <> $2
      or not exists (select from event e where e.org_id = d.org_id and e.noun = 'deal' and e.row_id = d.id and e.verb = 'created')
      or not exists (select from profile_deal l where l.org_id = d.org_id and l.deal_id = d.id))
  union all
  select p.full_name from participant p
  where p.full_name like 'k%loopit%' and not exists (select from deal d where d.org_id = p.org_id and d.id = p.deal_id)`;
const ALL_LOOPS = `select count(*) as n from deal where details #>> '{property_address,street_name}' = $1`;
const SILENT_ROWS = `
  select 'contact ' || c.email as what from contact c
  where c.email like 'k%@example.com'
    and not exists (select from event e where e.org_id = c.org_id and e.noun in ('contact', 'lead') and e.row_id = c.id and e.verb = 'created')
  union all
  select 'document ' || d.name from document d
  where not exists (select from document_version v where v.org_id = d.org_id and v.document_id = d.id)`;
const BLOBS = 'select org_id, sha256, size from blob where ($1::timestamptz is null or created_at >= $1) order by org_id, sha256';

export const filePath = (dataDir: string, { org_id, sha256 }: Pick<Blob, 'org_id' | 'sha256'>) =>
  join(dataDir, 'files', String(org_id), sha256.slice(0, 2), sha256);

/** What holds after any crash, whatever was going on. Files of rows made since then are read whole; null: all of them. */
export async function checkRecord({ pool, db }: Connected, dataDir: string, since: Date | null): Promise<string[]> {
  const half = (await pool.query<{ name: string }>(HALF_LOOPS, [LOOP_IT.street, LOOP_IT.participants])).rows;
  const silent = (await pool.query<{ what: string }>(SILENT_ROWS)).rows;
  const wrong = await checkFences(db);
  const files: string[] = [];
  for (const blob of (await pool.query<Blob>(BLOBS, [since])).rows) {
    const bytes = await readFile(filePath(dataDir, blob)).catch(() => undefined);
    const sha256 = bytes && createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== blob.sha256 || bytes?.length !== blob.size)
      files.push(`the row of file ${blob.org_id}/${blob.sha256} has ${bytes ? 'other bytes' : 'none'}`);
  }
  return [
    ...half.map(({ name }) => `loop-it ${name} is half made`),
    ...silent.map(({ what }) => `${what} has no trace of its making`),
    ...wrong.map(({ list, org, scope, kept, counted }) => `total ${list} ${org}/${scope}: ${kept} kept, ${counted} counted`),
    ...files,
  ];
}

/** How many loop-its there are, acknowledged or not: a check of none would prove nothing. */
export const countLoopIts = async ({ pool }: Connected): Promise<number> =>
  (await pool.query<{ n: number }>(ALL_LOOPS, [LOOP_IT.street])).rows[0]?.n ?? 0;
