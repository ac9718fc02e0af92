import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress, constants as zlib } from 'node:zlib';
import { extract, pack } from 'tar-stream';

/** A tar, so that people can look into it, compressed with zstd; its last entry says what all the others were. */
export type ArchiveWriter = {
  add(name: string, bytes: Buffer): Promise<void>;
  /** @param sha256 what the bytes must be; others end the archive with an error */
  addStream(name: string, size: number, source: Readable, sha256: string): Promise<void>;
  /** Closes it with the last entry and gives it its name. Answers its size in bytes. */
  finish(): Promise<number>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
};

export type Entry = { readonly name: string; readonly size: number; readonly bytes: AsyncIterable<Buffer> };

const LAST = 'end.json';
type Last = { readonly entries: number; readonly sha256: string };

/** What was read is not what was written. */
export class Damaged extends Error {
  constructor(why: string, cause?: unknown) {
    super(`The backup is damaged or incomplete: ${why}`, { cause });
  }
}

const damaged = (error: unknown) =>
  error instanceof Damaged ? error : new Damaged(error instanceof Error ? error.message : String(error), error);

/** One line an entry, hashed as they come: memory stays small, however many there are. */
function makeTally() {
  const lines = createHash('sha256');
  let entries = 0;
  return {
    count(name: string, size: number, hash: Hash): string {
      const sha256 = hash.digest('hex');
      lines.update(`${sha256} ${size} ${name}\n`);
      entries++;
      return sha256;
    },
    last: (): Last => ({ entries, sha256: lines.copy().digest('hex') }),
  };
}

/** Writes beside `path` and renames at the end, so that what bears the name is whole. Nobody but the owner may read it. */
export function writeArchive(path: string): ArchiveWriter {
  const draft = `${path}.partial`;
  const tar = pack();
  const file = createWriteStream(draft, { mode: 0o600 });
  const compress = createZstdCompress({ params: { [zlib.ZSTD_c_compressionLevel]: 3, [zlib.ZSTD_c_checksumFlag]: 1 } });
  const writing = pipeline(tar, compress, file);
  // Told by whoever waits for it below.
  writing.catch(() => {});
  const tally = makeTally();
  const put = async (name: string, size: number, source: Readable | Buffer): Promise<string> => {
    const hash = createHash('sha256');
    await Promise.race([
      writing.then(() => Promise.reject(new Error('The archive was closed'))),
      new Promise<void>((resolve, reject) => {
        const done = (error?: Error | null) => (error ? reject(error) : resolve());
        if (Buffer.isBuffer(source)) {
          hash.update(source);
          tar.entry({ name, size, mode: 0o600 }, source, done);
          return;
        }
        const sink = tar.entry({ name, size, mode: 0o600 }, done);
        source.on('data', (chunk: Buffer) => hash.update(chunk));
        source.once('error', reject);
        source.pipe(sink);
      }),
    ]);
    return tally.count(name, size, hash);
  };
  return {
    add: async (name, bytes) => void (await put(name, bytes.length, bytes)),
    async addStream(name, size, source, sha256) {
      if ((await put(name, size, source)) !== sha256)
        throw new Error(`${name} is not what its name says: its bytes were changed`);
    },
    async finish() {
      const last = Buffer.from(JSON.stringify(tally.last()));
      await put(LAST, last.length, last);
      tar.finalize();
      await writing;
      const handle = await open(draft, 'r+');
      await handle.sync();
      const { size } = await handle.stat();
      await handle.close();
      await rename(draft, path);
      if (process.platform !== 'win32') {
        const folder = await open(dirname(path), 'r');
        await folder.sync().finally(() => folder.close());
      }
      return size;
    },
    async discard() {
      tar.destroy();
      await writing.catch(() => {});
      await rm(draft, { force: true });
    },
  };
}

/**
 * Every entry in its order; the bytes of each must be read to their end before the next is asked for.
 * @param read told how many bytes of the file were read
 * @throws Damaged when it ends early, or is not what was written
 */
export async function* readArchive(path: string, read: (bytes: number) => void): AsyncGenerator<Entry> {
  const file = (await open(path, 'r')).createReadStream();
  file.on('data', (chunk) => read(chunk.length));
  const tar = extract();
  // A failure reaches whoever reads the tar.
  pipeline(file, createZstdDecompress(), tar).catch(() => {});
  const tally = makeTally();
  let last: Last | undefined;
  try {
    for await (const entry of tar) {
      const { name, size = 0 } = entry.header;
      const bytes = entry as AsyncIterable<Buffer>;
      if (last) throw new Damaged('something comes after its end');
      if (name === LAST) {
        last = JSON.parse((await readWhole(bytes)).toString()) as Last;
        const found = tally.last();
        if (last.entries !== found.entries || last.sha256 !== found.sha256)
          throw new Damaged('its parts are not those that were written');
        continue;
      }
      const hash = createHash('sha256');
      yield { name, size, bytes: hashed(bytes, hash) };
      tally.count(name, size, hash);
    }
  } catch (error) {
    throw damaged(error);
  } finally {
    file.destroy();
  }
  if (!last) throw new Damaged('its end is missing');
}

async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw damaged(error);
  }
}

export async function readWhole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
