import { type Querier, statement } from '../../db/index.ts';
import type { Folder } from './types.ts';

const ofDeal = statement<Folder>(
  'folder.of_deal',
  'select * from folder where org_id = $1 and deal_id = $2 and deleted_at is null and ($3 or archived_at is null) order by id',
);

export async function listFolders(q: Querier, orgId: number, dealId: number, archived: boolean): Promise<Folder[]> {
  return q.rows(ofDeal, [orgId, dealId, archived]);
}

const byId = statement<Folder>(
  'folder.by_id',
  'select * from folder where org_id = $1 and deal_id = $2 and id = $3 and deleted_at is null',
);

export async function findFolder(q: Querier, orgId: number, dealId: number, id: number): Promise<Folder | undefined> {
  return (await q.rows(byId, [orgId, dealId, id]))[0];
}

const insert = statement<Folder>(
  'folder.insert',
  `insert into folder (org_id, id, deal_id, name, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('folder_id_seq')), $3, $4, $5, $6, $7, $8) returning *`,
);

export async function insertFolder(
  q: Querier,
  orgId: number,
  row: {
    id?: number;
    deal_id: number;
    name: string;
    created_at: Date;
    updated_at: Date;
    created_by: number | null;
    created_door: string;
  },
): Promise<Folder> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.deal_id,
    row.name,
    row.created_at,
    row.updated_at,
    row.created_by,
    row.created_door,
  ]);
  return made as Folder;
}

const rename = statement<Folder>(
  'folder.rename',
  'update folder set name = $3, updated_at = $4, version = version + 1 where org_id = $1 and id = $2 returning *',
);

export async function renameFolder(q: Querier, orgId: number, id: number, name: string, at: Date): Promise<Folder> {
  return (await q.rows(rename, [orgId, id, name, at]))[0] as Folder;
}

const touch = statement<never>(
  'folder.touch',
  'update folder set updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);

export async function touchFolder(q: Querier, orgId: number, id: number, at: Date): Promise<void> {
  await q.rows(touch, [orgId, id, at]);
}

const move = statement<never>(
  'folder.move',
  'update folder set deal_id = $3 where org_id = $1 and deal_id = $2 and property_id is null',
);

/** A merge moves folders, not documents. Folders of properties stay behind: they follow the deal's link. */
export async function moveFolders(q: Querier, orgId: number, from: number, to: number): Promise<void> {
  await q.rows(move, [orgId, from, to]);
}
