import { isWebAddress, type PictureSize, type PublicFile, pictureAddress } from '../../domain/index.ts';
import { FileAway } from '../../kernel/fetch-file.ts';
import { bodyLimitOf, type Caller, type Desk, type Model } from './desk.ts';
import { type Field, type More, of } from './fields.ts';

/** Bytes that came in a body. */
export type SentFile = { readonly bytes: Uint8Array; readonly name: string | null };
/** Takes in what a body says of a file: an address, which is copied, or its bytes; undefined when nothing comes of it. */
export type TakeFile = (sent: string | SentFile, picture: boolean) => Promise<PublicFile | undefined>;

/** Of one call; a page of a listing has fewer. */
const MOST_FILES = 60;
/** For all files of one call: whoever waits for the answer gives up some time. */
const TIMEOUT_MS = 60_000;

/** Where the pictures and files of the house are read (docs/decisions/0009-pictures.md). */
const OWN = /^\/media\/(?:files\/)?([0-9a-f]{32})\//;

/** Files of one call. `discard` lets go of those that no row has kept, and is called in any case. */
export function makeBasket({ domain, publicUrl, fetchFile }: Desk, caller: Caller) {
  const { actor } = caller;
  const taken: PublicFile[] = [];
  let left = MOST_FILES;
  let signal: AbortSignal | undefined;

  async function fetched(url: string): Promise<SentFile | undefined> {
    signal ??= AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await fetchFile(url, { limit: bodyLimitOf(caller), signal });
    } catch (error) {
      if (error instanceof FileAway) return undefined;
      throw error;
    }
  }

  const take: TakeFile = async (sent, picture) => {
    if (left-- <= 0) return undefined;
    // What lies here already is not read over the net.
    const key = typeof sent === 'string' && sent.startsWith(publicUrl) ? OWN.exec(sent.slice(publicUrl.length))?.[1] : undefined;
    if (key !== undefined) return domain.publicFiles.again(actor, key, picture);
    const given = typeof sent === 'string' ? await fetched(sent) : sent;
    const file = given && (await domain.publicFiles.receive(actor, given, picture));
    if (file) taken.push(file);
    return file;
  };
  return {
    take,
    async discard(): Promise<void> {
      for (const file of taken) await domain.publicFiles.discard(file);
    },
  };
}

/** A field holds the key of its file, and the name where it is downloaded under one; what is older holds an address. */
export const pictureUrl = ({ publicUrl }: Pick<Desk, 'publicUrl'>, kept: unknown, size: PictureSize = '1280'): string | null =>
  typeof kept !== 'string' || kept === '' ? null : pictureAddress(publicUrl, kept, size);
export const fileUrl = ({ publicUrl }: Pick<Desk, 'publicUrl'>, kept: unknown): string | null =>
  typeof kept !== 'string' || kept === '' ? null : isWebAddress(kept) ? kept : `${publicUrl}/media/files/${kept}`;
/** What is kept of a file that is downloaded. */
export const keptFile = ({ key, name }: PublicFile): string => `${key}/${encodeURIComponent(name ?? 'file')}`;

type Files = readonly { readonly field: string; readonly file: PublicFile | null }[];
/** Adds to what a write says of files. */
export const withFile = (row: Model, field: string, file: PublicFile | null) => ({
  files: [...((row.files ?? []) as Files), { field, file }],
});

/** A file of a row: an address goes in or bytes do, an address of the house comes out (contracts/propertybase.md §1.11). */
export function fileField(desk: Desk, name: string, { picture, column, ...more }: More & { readonly picture: boolean }): Field {
  const url = picture ? pictureUrl : fileUrl;
  const kept = (file: PublicFile | null) => file && (picture ? file.key : keptFile(file));
  const { file } = of('file', 'rw', 'file', {
    ...more,
    take: (sent, take) => take(sent as string | SentFile, picture),
    read: (row, own) => url(desk, column === undefined ? own[name] : row[column]),
    write: ((value: PublicFile | null, row: Model) => ({
      ...withFile(row, name, value),
      ...(column === undefined ? {} : { [column]: kept(value) }),
    })) as never,
    ...(column === undefined ? { keep: ((value: PublicFile | null) => ({ [name]: kept(value) })) as never } : {}),
  });
  return file as Field;
}
