import { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import { type Querier, statement, type Tx } from '../db/index.ts';
import type { Happening } from '../events/index.ts';
import { type Breach, invalid } from '../kernel/fault.ts';
import type { Files, ReceivedFile } from '../kernel/files.ts';
import { type BlobFacts, upsertBlob } from './blobs.ts';

/** What files are uploaded for; an upload serves no other purpose (domain-property §6.2). */
export const UPLOAD_PURPOSES = ['documents', 'propertyImages', 'identityChecks'] as const;
export type UploadPurpose = (typeof UPLOAD_PURPOSES)[number];

/** A file that comes with a record: its bytes, those that were received already, the upload that holds them, or a blob that is kept. */
export type GivenFile =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'received'; readonly file: ReceivedFile; readonly width?: number; readonly height?: number }
  | { readonly kind: 'upload'; readonly uuid: string; readonly purpose: UploadPurpose }
  | { readonly kind: 'blob'; readonly blob: KeptFile };

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
  if (file.kind !== 'upload') return [];
  const rows = await q.rows(ready, [actor.orgId, file.uuid, actor.clientId, file.purpose]);
  return rows.length > 0 ? [] : [noFile(at)];
}

async function keepReceived(
  tx: Tx,
  orgId: number,
  file: ReceivedFile,
  size: Pick<BlobFacts, 'width' | 'height'> = {},
): Promise<KeptFile> {
  const { sha256, size: bytes, sniffedType } = file;
  const blobId = await upsertBlob(tx, orgId, { sha256, size: bytes, sniffedType, ...size });
  // On disk before the row that names it is committed (domain-property §6.2).
  await file.keep();
  return { blobId, sha256, size: bytes, sniffedType };
}

async function keepBytes(tx: Tx, files: Files, orgId: number, bytes: Uint8Array): Promise<KeptFile> {
  const received = await files.receive(orgId, Readable.from([bytes]), { limit: bytes.length });
  try {
    return await keepReceived(tx, orgId, received);
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
  if (file.kind === 'blob') return file.blob;
  if (file.kind === 'received') {
    const { width, height } = file;
    return keepReceived(tx, orgId, file.file, width === undefined || height === undefined ? {} : { width, height });
  }
  const [row] = await tx.rows(use, [orgId, file.uuid, clientId, file.purpose, at]);
  if (!row) throw invalid(noFile('file_upload'));
  return { blobId: row.blob_id, sha256: row.sha256, size: row.size, sniffedType: row.sniffed_type };
}
