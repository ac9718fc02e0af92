import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statement } from '../db/index.ts';
import type { PublicFile } from '../domain/index.ts';
import type { Files } from '../kernel/files.ts';
import { insertRows } from './bulk/insert-rows.ts';
import { PICTURE_PRINTS } from './data/picture-prints.ts';
import type { Stage } from './stage.ts';

export type PictureName = keyof typeof PICTURE_PRINTS;
export const PICTURE_NAMES = Object.keys(PICTURE_PRINTS) as PictureName[];
/** Of every one of them (scripts/pictures/shapes.ts). */
const SHEET = { width: 1280, height: 854 } as const;

async function* once(bytes: Uint8Array) {
  yield bytes;
}

/** Puts a picture into the store where it is missing: after the first telling nothing is read or written any more. */
async function ensure(files: Files, orgId: number, name: PictureName): Promise<void> {
  const print = PICTURE_PRINTS[name];
  const there = await files.open(orgId, print.sha256);
  there?.stream.destroy();
  if (there?.size === print.size) return;
  const bytes = await readFile(join(import.meta.dirname, 'pictures', `${name}.png`));
  const file = await files.receive(orgId, once(bytes), { limit: bytes.length });
  if (file.sha256 !== print.sha256)
    throw new Error(`Picture '${name}' has other bytes than data/picture-prints.ts says: draw them again`);
  await file.keep();
}

const blobs = statement<{ id: number; sha256: string }>(
  'sandbox.picture_blobs',
  'select id, sha256 from blob where org_id = $1 and sha256 = any ($2::text[])',
);

/** Keeps every picture and answers their blobs; call it once in a story. */
export async function keepPictures({ tx, orgId, files }: Stage): Promise<ReadonlyMap<PictureName, number>> {
  await Promise.all(PICTURE_NAMES.map((name) => ensure(files, orgId, name)));
  await insertRows(
    tx,
    'blob',
    PICTURE_NAMES.map((name) => ({ org_id: orgId, ...PICTURE_PRINTS[name], sniffed_type: 'image/png', ...SHEET })),
  );
  const rows = await tx.rows(blobs, [orgId, PICTURE_NAMES.map((name) => PICTURE_PRINTS[name].sha256)]);
  const ids = new Map(rows.map((row) => [row.sha256, row.id]));
  return new Map(PICTURE_NAMES.map((name) => [name, ids.get(PICTURE_PRINTS[name].sha256) as number]));
}

/** A kept picture as the file of a field, under the same key on every machine. */
export async function pictureFile({ tx, orgId }: Stage, name: PictureName, field: string): Promise<PublicFile> {
  const { sha256, size } = PICTURE_PRINTS[name];
  const [row] = await tx.rows(blobs, [orgId, [sha256]]);
  if (!row) throw new Error(`Picture '${name}' is not kept yet`);
  const key = createHash('sha256').update(`sandbox file ${orgId} ${field}`).digest('hex').slice(0, 32);
  const blob = { blobId: row.id, sha256, size, sniffedType: 'image/png' };
  return { key, name: `${name}.png`, type: 'image/png', given: { kind: 'blob', blob } };
}
