import { type Querier, statement } from '../../db/index.ts';
import type { Document } from './types.ts';

const FROM = `select d.*, b.sha256, b.size, b.sniffed_type
  from document d
  join document_version v on v.org_id = d.org_id and v.document_id = d.id and v.n = d.version_no
  join blob b on b.org_id = v.org_id and b.id = v.blob_id`;

const ofFolders = statement<Document>(
  'document.of_folders',
  `${FROM} where d.org_id = $1 and d.folder_id = any ($2::bigint[]) and d.deleted_at is null and ($3 or d.archived_at is null) order by d.id`,
);

/** The documents of several folders in one statement. */
export async function listDocuments(
  q: Querier,
  orgId: number,
  folderIds: readonly number[],
  archived: boolean,
): Promise<Document[]> {
  return q.rows(ofFolders, [orgId, folderIds, archived]);
}

const byId = statement<Document>(
  'document.by_id',
  `${FROM} where d.org_id = $1 and d.folder_id = $2 and d.id = $3 and d.deleted_at is null`,
);

export async function findDocument(q: Querier, orgId: number, folderId: number, id: number): Promise<Document | undefined> {
  return (await q.rows(byId, [orgId, folderId, id]))[0];
}

const byDeal = statement<Document>(
  'document.by_deal',
  `${FROM} join folder f on f.org_id = d.org_id and f.id = d.folder_id and f.deleted_at is null
   where d.org_id = $1 and f.deal_id = $2 and d.id = $3 and d.deleted_at is null`,
);

export async function findDocumentOfDeal(q: Querier, orgId: number, dealId: number, id: number): Promise<Document | undefined> {
  return (await q.rows(byDeal, [orgId, dealId, id]))[0];
}

const insert = statement<{ id: number }>(
  'document.insert',
  `with d as (
     insert into document (org_id, id, code, reso_key, name, folder_id, subject_type, subject_id, added_by, created_at, updated_at, created_by, created_door)
     values ($1, coalesce($2::bigint, nextval('document_id_seq')), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id)
   insert into document_version (org_id, document_id, n, blob_id, file_name, added_by, created_at)
   select $1, d.id, 1, $14, $5, $9, $10 from d returning document_id as id`,
);

export type NewDocumentRow = {
  id?: number;
  code: string;
  reso_key: string;
  name: string;
  folder_id: number;
  property_id: number | null;
  added_by: number | null;
  created_at: Date;
  updated_at: Date;
  created_by: number | null;
  created_door: string;
  blob_id: number;
};

export async function insertDocument(q: Querier, orgId: number, row: NewDocumentRow): Promise<number> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.code,
    row.reso_key,
    row.name,
    row.folder_id,
    row.property_id === null ? null : 'property',
    row.property_id,
    row.added_by,
    row.created_at,
    row.updated_at,
    row.created_by,
    row.created_door,
    row.blob_id,
  ]);
  return (made as { id: number }).id;
}
