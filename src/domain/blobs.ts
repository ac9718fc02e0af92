import { type Querier, statement } from '../db/index.ts';

const upsert = statement<{ id: number }>(
  'blob.upsert',
  `insert into blob (org_id, sha256, size, sniffed_type, width, height) values ($1, $2, $3, $4, $5, $6)
   on conflict (org_id, sha256) do update set size = excluded.size, width = coalesce(excluded.width, blob.width),
     height = coalesce(excluded.height, blob.height) returning id`,
);

export type BlobFacts = {
  readonly sha256: string;
  readonly size: number;
  readonly sniffedType: string;
  /** of a picture, in pixels as it is shown */
  readonly width?: number;
  readonly height?: number;
};

/** The row of those bytes; holds its key until the transaction ends, so that no sweeper takes the file meanwhile. */
export async function upsertBlob(q: Querier, orgId: number, file: BlobFacts): Promise<number> {
  const { sha256, size, sniffedType, width = null, height = null } = file;
  return ((await q.rows(upsert, [orgId, sha256, size, sniffedType, width, height]))[0] as { id: number }).id;
}
