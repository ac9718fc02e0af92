import { Readable } from 'node:stream';
import { notFound, unavailable } from '../../kernel/fault.ts';
import { upsertBlob } from '../blobs.ts';
import type { Ports } from '../given.ts';
import { drawPicture } from '../picture.ts';
import { isPicture, isPictureSize, PICTURE_SIZES } from './media.ts';
import * as store from './picture.store.ts';

const KEY = /^[0-9a-f]{32}$/;
const TYPE = 'image/jpeg';

/** Pictures as the public sees them: by a key that nobody can guess, in one of a few sizes (domain-property §6.2). */
export function picturesService({ db, files }: Ports) {
  /** Several browsers ask for one picture at the same moment; it is drawn once. */
  const drawing = new Map<string, Promise<string | undefined>>();

  /** Draws, keeps and answers the hash; undefined when the bytes are no picture. */
  const draw = async (row: store.PictureRow): Promise<string | undefined> => {
    const original = await files.open(row.org_id, row.sha256);
    if (!original) throw unavailable(`The file of picture ${row.sha256} is not in the file store`);
    const bytes = await drawPicture(original, row.width);
    if (!bytes) return undefined;
    const file = await files.receive(row.org_id, Readable.from([bytes]), { limit: bytes.length });
    let keeping: Promise<void> | undefined;
    try {
      await db.tx(async (tx) => {
        const drawnId = await upsertBlob(tx, row.org_id, file);
        keeping ??= file.keep();
        await keeping;
        await store.saveRendition(tx, row, drawnId);
      });
    } catch (error) {
      if (!keeping) await file.discard();
      throw error;
    }
    return file.sha256;
  };

  const drawOnce = (row: store.PictureRow): Promise<string | undefined> => {
    const key = `${row.org_id}:${row.blob_id}:${row.width}`;
    const running = drawing.get(key) ?? draw(row).finally(() => drawing.delete(key));
    drawing.set(key, running);
    return running;
  };

  return {
    /**
     * A picture in one of the sizes, drawn when it is first asked for. `unless` is the hash that the caller has already: then nothing
     * is opened.
     * @throws Fault not_found, for every key and size that is none
     */
    async openPicture(publicKey: string, size: string, unless?: string) {
      const row =
        KEY.test(publicKey) && isPictureSize(size) ? await store.findPicture(db, publicKey, PICTURE_SIZES[size]) : undefined;
      if (!row || !isPicture(row.sniffed_type)) throw notFound('picture');
      const known = row.drawn_sha256 ?? undefined;
      if (known !== undefined && known === unless) return { sha256: known, type: TYPE, file: undefined };
      const there = known === undefined ? undefined : await files.open(row.org_id, known);
      if (known !== undefined && there) return { sha256: known, type: TYPE, file: there };
      // Not drawn yet, or its file was lost: what can be made again is.
      const sha256 = await drawOnce(row);
      const file = sha256 === undefined ? undefined : await files.open(row.org_id, sha256);
      if (sha256 === undefined || !file) throw notFound('picture');
      return { sha256, type: TYPE, file };
    },
  };
}
export type PicturesService = ReturnType<typeof picturesService>;
