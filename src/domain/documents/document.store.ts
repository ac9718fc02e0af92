import { type Querier, statement } from '../../db/index.ts';
import { IN_PROPERTY_FOLDER } from './property-folder.store.ts';
import type { Document } from './types.ts';

const JOINS = `join document_version v on v.org_id = d.org_id and v.document_id = d.id and v.n = d.version_no
  join blob b on b.org_id = v.org_id and b.id = v.blob_id`;
const FROM = `select d.*, b.sha256, b.size, b.sniffed_type from document d ${JOINS}`;

const ofFolders = statement<PlacedDocument>(
  'document.of_folders',
  `select d.*, b.sha256, b.size, b.sniffed_type, placed.folder_id as in_folder
   from (
     select d.id, d.folder_id from document d where d.org_id = $1 and d.folder_id = any ($2::bigint[])
     union all
     select d.id, f.id from folder f join document d on d.org_id = f.org_id and ${IN_PROPERTY_FOLDER}
     where f.org_id = $1 and f.id = any ($2::bigint[]) and f.property_id is not null) placed
   join document d on d.org_id = $1 and d.id = placed.id ${JOINS}
   where d.deleted_at is null and ($3 or d.archived_at is null) order by d.id`,
);

/** A document in one of the folders that show it. */
export type PlacedDocument = Document & { readonly in_folder: number };

/** The documents of several folders in one statement; one of a property stands in each of its folders. */
export async function listDocuments(
  q: Querier,
  orgId: number,
  folderIds: readonly number[],
  archived: boolean,
): Promise<PlacedDocument[]> {
  return q.rows(ofFolders, [orgId, folderIds, archived]);
}

const byId = statement<Document>(
  'document.by_id',
  `${FROM} where d.org_id = $1 and d.id = $3 and d.deleted_at is null
     and (d.folder_id = $2 or exists (select from folder f where f.org_id = $1 and f.id = $2 and f.property_id is not null and ${IN_PROPERTY_FOLDER}))`,
);

export async function findDocument(q: Querier, orgId: number, folderId: number, id: number): Promise<Document | undefined> {
  return (await q.rows(byId, [orgId, folderId, id]))[0];
}

const byDeal = statement<Document>(
  'document.by_deal',
  `${FROM} where d.org_id = $1 and d.id = $3 and d.deleted_at is null and exists (select from folder f
     where f.org_id = $1 and f.deal_id = $2 and f.deleted_at is null
       and (f.id = d.folder_id or f.property_id is not null and ${IN_PROPERTY_FOLDER}))`,
);

export async function findDocumentOfDeal(q: Querier, orgId: number, dealId: number, id: number): Promise<Document | undefined> {
  return (await q.rows(byDeal, [orgId, dealId, id]))[0];
}

const insert = statement<{ id: number }>(
  'document.insert',
  `with d as (
     insert into document (org_id, id, code, reso_key, name, folder_id, subject_type, subject_id, subject_code,
       added_by, created_at, updated_at, created_by, created_door)
     values ($1, coalesce($2::bigint, nextval('document_id_seq')), $3, $4, $5, $6, $7, $8,
       (select p.code from property p where p.org_id = $1 and p.id = $8), $9, $10, $11, $12, $13) returning id)
   insert into document_version (org_id, document_id, n, blob_id, file_name, added_by, created_at)
   select $1, d.id, 1, $14, $5, $9, $10 from d returning document_id as id`,
);

export type NewDocumentRow = {
  id?: number;
  code: string;
  reso_key: string;
  name: string;
  /** null: it stands in the folders of its property */
  folder_id: number | null;
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

const bytesOf = statement<Pick<Document, 'id' | 'name' | 'sha256' | 'size' | 'sniffed_type'>>(
  'document.bytes_of',
  `select d.id, d.name, b.sha256, b.size, b.sniffed_type from document d ${JOINS} where d.org_id = $1 and d.id = $2 and d.deleted_at is null`,
);

/** What a document's newest version holds; undefined for one that has no file. */
export async function findBytes(q: Querier, orgId: number, id: number) {
  return (await q.rows(bytesOf, [orgId, id]))[0];
}
