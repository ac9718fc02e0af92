import { type Querier, statement } from '../../db/index.ts';
import type { UploadPurpose } from '../given-file.ts';

export type UploadRow = { readonly org_id: number; readonly expires_at: Date; readonly used_at: Date | null };

const insert = statement<never>(
  'upload.insert',
  `insert into upload (org_id, uuid, client_id, purpose, expires_at, created_at)
   select $1, uuid, $3, $4, $5, $6 from unnest($2::uuid[]) as uuid`,
);

export async function insertUploads(
  q: Querier,
  orgId: number,
  uuids: readonly string[],
  row: { clientId: string; purpose: UploadPurpose; expiresAt: Date; createdAt: Date },
): Promise<void> {
  await q.rows(insert, [orgId, uuids, row.clientId, row.purpose, row.expiresAt, row.createdAt]);
}

const byUuid = statement<UploadRow>('upload.by_uuid', 'select org_id, expires_at, used_at from upload where uuid = $1::uuid');

/** The address is all that a sender has; it also says whose upload it is. */
export async function findUpload(q: Querier, uuid: string): Promise<UploadRow | undefined> {
  return (await q.rows(byUuid, [uuid]))[0];
}

const fill = statement<{ org_id: number }>(
  'upload.fill',
  `update upload set blob_id = $3 where org_id = $1 and uuid = $2::uuid and used_at is null and expires_at > $4 returning org_id`,
);

/** False when a record took the upload, or its time was up, meanwhile. */
export async function fillUpload(q: Querier, orgId: number, uuid: string, blobId: number | null, at: Date): Promise<boolean> {
  return (await q.rows(fill, [orgId, uuid, blobId, at])).length > 0;
}

const forget = statement<never>('upload.forget', 'delete from upload where created_at < $1');

/** What nobody took is let go, and so is what was taken: the record has it. */
export async function forgetUploads(q: Querier, before: Date): Promise<void> {
  await q.rows(forget, [before]);
}
