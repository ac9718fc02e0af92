import { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import { type Querier, statement, type Tx } from '../db/index.ts';
import type { Happening } from '../events/index.ts';
import { type Breach, invalid } from '../kernel/fault.ts';
import type { Files } from '../kernel/files.ts';
import { upsertBlob } from './blobs.ts';

/** What files are uploaded for; an upload serves no other purpose (domain-property §6.2). */
export const UPLOAD_PURPOSES = ['documents', 'propertyImages', 'identityChecks'] as const;
export type UploadPurpose = (typeof UPLOAD_PURPOSES)[number];

/** A file that comes with a record: its bytes, or the upload that holds them. */
export type GivenFile =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'upload'; readonly uuid: string; readonly purpose: UploadPurpose };

/** A file that a record now has. */
export type KeptFile = { readonly blobId: number; readonly sha256: string; readonly size: number; readonly sniffedType: string };

type UploadRow = { blob_id: number; sha256: string; size: number; sniffed_type: string };

const READY = `u.org_id = $1 and u.uuid = $2::uuid and u.client_id = $3 and u.purpose = $4 and u.used_at is null and u.blob_id is not null`;
const ready = statement<{ there: boolean }>('upload.ready', `select true as there from upload u where ${READY}`);
const use = statement<UploadRow>(
  'upload.use',
  `with used as (update upload u set used_at = $5 where ${READY} returning u.org_id, u.blob_id)
   select b.id as blob_id, b.sha256, b.size, b.sniffed_type from used join blob b on b.org_id = used.org_id and b.id = used.blob_id`,
);

const NO_FILE = 'The value provided is no address of an upload of this application that holds a file and was not used before';
const noFile = (at: string): Breach => ({ in: 'body', at, reason: 'upload', message: NO_FILE });

/** What speaks against taking the file: the upload is not there, is somebody else's, holds nothing, or was used. */
export async function givenFileBreaches(q: Querier, actor: Actor, file: GivenFile, at: string): Promise<Breach[]> {
  if (file.kind === 'bytes') return [];
  const rows = await q.rows(ready, [actor.orgId, file.uuid, actor.clientId, file.purpose]);
  return rows.length > 0 ? [] : [noFile(at)];
}

async function keepBytes(tx: Tx, files: Files, orgId: number, bytes: Uint8Array): Promise<KeptFile> {
  const received = await files.receive(orgId, Readable.from([bytes]), { limit: bytes.length });
  try {
    const blobId = await upsertBlob(tx, orgId, received);
    // On disk before the row that names it is committed (domain-property §6.2).
    await received.keep();
    const { sha256, size, sniffedType } = received;
    return { blobId, sha256, size, sniffedType };
  } finally {
    await received.discard();
  }
}

/**
 * The file as bytes that a row may name, in the transaction of that row; an upload is used up with it.
 * @throws Fault invalid when the upload was used meanwhile
 */
export async function keepGivenFile(tx: Tx, files: Files, { actor, at }: Happening, file: GivenFile): Promise<KeptFile> {
  const { orgId, clientId } = actor;
  if (file.kind === 'bytes') return keepBytes(tx, files, orgId, file.bytes);
  const [row] = await tx.rows(use, [orgId, file.uuid, clientId, file.purpose, at]);
  if (!row) throw invalid(noFile('file_upload'));
  return { blobId: row.blob_id, sha256: row.sha256, size: row.size, sniffedType: row.sniffed_type };
}
