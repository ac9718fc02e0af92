import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReceivedFile, TooLarge } from '../kernel/files.ts';
import { sniff } from './sniff.ts';
import { guarded, ifMissing } from './trouble.ts';

/** A complete file in the holding area, where bytes wait until their hash, and with it their place, is known. */
export type Held = { readonly path: string; readonly sha256: string; readonly size: number; readonly sniffedType: string };

const drop = (path: string) => rm(path, { force: true }).catch(() => {});

/** Reads a source into the holding area, one chunk at a time: a slow disk slows the sender down, memory stays small. */
export async function hold(folder: string, source: AsyncIterable<Uint8Array>, limit: number): Promise<Held> {
  const path = join(folder, randomUUID());
  const hash = createHash('sha256');
  let size = 0;
  const file = await guarded(() => open(path, 'wx', 0o600));
  try {
    try {
      for await (const chunk of source) {
        size += chunk.length;
        if (size > limit) throw new TooLarge(limit);
        hash.update(chunk);
        // writeFile on a handle goes on where it stands, and repeats short writes; `write` would leave that to us.
        await guarded(() => file.writeFile(chunk));
      }
    } finally {
      await guarded(() => file.close());
    }
    return { path, size, sha256: hash.digest('hex'), sniffedType: await guarded(() => sniff(path)) };
  } catch (error) {
    await drop(path);
    throw error;
  }
}

/** What the caller of `receive` gets: held bytes that go one way or the other, once. `moveOn` brings them to their place. */
export function received(held: Held, moveOn: () => Promise<void>): ReceivedFile {
  let kept: Promise<void> | undefined;
  let discarded = false;
  return {
    sha256: held.sha256,
    size: held.size,
    sniffedType: held.sniffedType,
    async keep() {
      if (discarded) throw new Error('These bytes were discarded');
      kept ??= guarded(moveOn).finally(() => drop(held.path));
      await kept;
    },
    async discard() {
      if (kept) return;
      discarded = true;
      await drop(held.path);
    },
  };
}

/** Drops what has lain in the holding area since before `olderThan`: its process is gone. */
export async function sweepHolding(folder: string, olderThan: Date): Promise<number> {
  let swept = 0;
  // Missing: nothing was ever received, or another process sweeps too.
  for (const name of (await readdir(folder).catch(ifMissing)) ?? []) {
    const path = join(folder, name);
    const entry = await stat(path).catch(ifMissing);
    if (!entry?.isFile() || entry.mtime >= olderThan) continue;
    await rm(path, { force: true });
    swept++;
  }
  return swept;
}

/** A few bytes there and back. */
export async function probeHolding(folder: string): Promise<void> {
  const path = join(folder, `probe-${randomUUID()}`);
  try {
    await writeFile(path, 'portico', { flag: 'wx', mode: 0o600 });
    if ((await readFile(path, 'utf8')) !== 'portico') throw new Error('The disk gave back other bytes than it was given');
  } finally {
    await drop(path);
  }
}
