import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import { statement, type Tx } from '../db/index.ts';
import type { Happening } from '../events/index.ts';
import { notFound, unavailable } from '../kernel/fault.ts';
import type { Files } from '../kernel/files.ts';
import type { Ports } from './given.ts';
import { type GivenFile, type KeptFile, keepGivenFile } from './given-file.ts';
import { measurePicture } from './picture.ts';
import { isPicture, isWebAddress, type PictureSize } from './property/media.ts';

/** A file on its way into a field of a row, under the key that the field will hold: 128 random bits, and who knows them may read it. */
export type PublicFile = {
  readonly key: string;
  readonly name: string | null;
  /** what the bytes are, whatever was said of them */
  readonly type: string;
  readonly given: GivenFile;
};
/** What a write says of files, under `files` of what the noun takes; null: the field has none any more. */
export type PublicFiles = readonly { readonly field: string; readonly file: PublicFile | null }[];

/** Where a picture is shown whose key a field holds; what was kept before there were files here is an address, and stays one. */
export const pictureAddress = (publicUrl: string, kept: string, size: PictureSize): string =>
  isWebAddress(kept) ? kept : `${publicUrl}/media/${kept}/${size}.jpg`;

/** What a noun takes whose rows have files. */
export const FILES = 'files';
const KEY = /^[0-9a-f]{32}$/;
/** A name that is no path, fits, and can be kept. */
const plainName = (name: string | null): string | null =>
  name === null ? null : [...name.toWellFormed().replaceAll(/[/\\\p{Cc}]/gu, '_')].slice(0, 200).join('') || null;
const newKey = () => randomBytes(16).toString('hex');

const drop = statement<never>(
  'public_file.drop',
  `delete from public_file where org_id = $1 and noun = any ($2::text[]) and row_id = any ($3::bigint[])
     and ($4::text[] is null or field = any ($4::text[]))`,
);
const insert = statement<never>(
  'public_file.insert',
  `insert into public_file (org_id, public_key, blob_id, file_name, noun, row_id, field, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
type Found = { blob_id: number; sha256: string; size: number; sniffed_type: string; file_name: string | null };
const known = statement<Found>(
  'public_file.known',
  `select f.blob_id, b.sha256, b.size, b.sniffed_type, f.file_name
   from (select org_id, blob_id, file_name from public_file where org_id = $1 and public_key = $2
         union all
         select org_id, blob_id, file_name from media where org_id = $1 and public_key = $2 and deleted_at is null) f
   join blob b on b.org_id = f.org_id and b.id = f.blob_id`,
);
const byKey = statement<Found & { org_id: number }>(
  'public_file.by_key',
  `select f.org_id, f.blob_id, b.sha256, b.size, b.sniffed_type, f.file_name
   from public_file f join blob b on b.org_id = f.org_id and b.id = f.blob_id where f.public_key = $1`,
);

/** The files of these rows are gone for everybody who has their addresses; their bytes are swept when nothing else names them. */
export async function dropPublicFiles(
  tx: Tx,
  { actor }: Happening,
  nouns: readonly string[],
  rowIds: readonly number[],
): Promise<void> {
  if (rowIds.length > 0) await tx.rows(drop, [actor.orgId, nouns, rowIds, null]);
}

/** Keeps what a write says of the files of a row, in its transaction; those that are replaced go. */
export async function keepPublicFiles(
  tx: Tx,
  files: Files,
  what: Happening,
  { noun, id, written }: { readonly noun: string; readonly id: number; readonly written: PublicFiles },
): Promise<void> {
  const { orgId } = what.actor;
  await tx.rows(drop, [orgId, [noun], [id], written.map(({ field }) => field)]);
  for (const { field, file } of written) {
    if (!file) continue;
    const { blobId } = await keepGivenFile(tx, files, what, file.given);
    await tx.rows(insert, [orgId, file.key, blobId, file.name, noun, id, field, what.at]);
  }
}

export const publicFilesService = ({ db, files }: Pick<Ports, 'db' | 'files'>) => ({
  publicFiles: {
    /** Takes bytes in; undefined when they should be a picture and are none that can be shown. What no row keeps is to be discarded. */
    async receive(
      { orgId }: Actor,
      { bytes, name }: { readonly bytes: Uint8Array; readonly name: string | null },
      picture: boolean,
    ): Promise<PublicFile | undefined> {
      const file = await files.receive(orgId, Readable.from([bytes]), { limit: bytes.length });
      const type = file.sniffedType;
      const size = isPicture(type) ? await measurePicture({ stream: Readable.from([bytes]), size: bytes.length }) : undefined;
      if (picture && !size) {
        await file.discard();
        return undefined;
      }
      return { key: newKey(), name: plainName(name), type, given: { kind: 'received', file, ...size } };
    },

    /** The same bytes once more, under a key of their own; undefined when the organisation has no such file. */
    async again({ orgId }: Actor, key: string, picture: boolean): Promise<PublicFile | undefined> {
      const [found] = KEY.test(key) ? await db.rows(known, [orgId, key]) : [];
      if (!found || (picture && !isPicture(found.sniffed_type))) return undefined;
      const { blob_id, sha256, size, sniffed_type, file_name } = found;
      const blob: KeptFile = { blobId: blob_id, sha256, size, sniffedType: sniffed_type };
      return { key: newKey(), name: file_name, type: sniffed_type, given: { kind: 'blob', blob } };
    },

    /** Lets go of what no row kept. */
    async discard({ given }: PublicFile): Promise<void> {
      if (given.kind === 'received') await given.file.discard();
    },

    /** For whoever knows the key. @throws Fault not_found */
    async open(key: string) {
      const [row] = KEY.test(key) ? await db.rows(byKey, [key]) : [];
      if (!row) throw notFound('file');
      const opened = await files.open(row.org_id, row.sha256);
      if (!opened) throw unavailable(`The file ${row.sha256} is not in the file store`);
      return { name: row.file_name ?? 'file', type: row.sniffed_type, ...opened };
    },
  },
});
