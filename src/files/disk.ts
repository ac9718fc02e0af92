import { open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ByteRange, Files, KeptFile, OpenFile } from '../kernel/files.ts';
import { folderMaker, moveDurably } from './durable.ts';
import { hold, probeHolding, received, sweepHolding } from './holding.ts';
import { checkOrg, checkRange, fromPlace, placeOf } from './place.ts';
import { guarded, guardedStream, ifMissing } from './trouble.ts';

export type DiskOptions = { readonly directory: string };

/** Bytes in a folder of the local disk. The holding area lies inside it, so that keeping is a rename on one file system. */
export function diskFiles(options: DiskOptions): Files {
  const root = resolve(options.directory);
  const holding = join(root, 'tmp');
  const makeFolder = folderMaker(root);
  const pathOf = (orgId: number, sha256: string) => join(root, placeOf(orgId, sha256));

  return {
    async receive(orgId, source, { limit }) {
      checkOrg(orgId);
      await guarded(() => makeFolder(holding));
      const held = await hold(holding, source, limit);
      const path = pathOf(orgId, held.sha256);
      return received(held, async () => {
        await makeFolder(dirname(path));
        // Also over the same bytes from earlier: their age starts again, and whoever reads the old file keeps reading it.
        await moveDurably(held.path, path);
      });
    },

    async open(orgId, sha256, range) {
      const path = pathOf(orgId, sha256);
      return openAt(path, range);
    },

    async remove(orgId, sha256) {
      const path = pathOf(orgId, sha256);
      // Not flushed: a file that comes back after a power loss is swept again.
      await guarded(() => rm(path, { force: true }));
    },

    list: () => walk(root),
    sweepTemporary: (olderThan) => guarded(() => sweepHolding(holding, olderThan)),
    probe: () =>
      guarded(async () => {
        await makeFolder(holding);
        await probeHolding(holding);
      }),
  };
}

async function openAt(path: string, range: ByteRange | undefined): Promise<OpenFile | undefined> {
  const file = await guarded(() => open(path, 'r').catch(ifMissing));
  if (file === undefined) return undefined;
  try {
    const { size } = await guarded(() => file.stat());
    if (range) checkRange(range, size);
    const part = range ? { start: range.start, end: range.end } : {};
    return { size, stream: guardedStream(file.createReadStream(part)) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** One folder of names at a time, 256 to an organisation: a million files are some 4,000 names in memory. */
async function* walk(root: string): AsyncGenerator<KeptFile> {
  const names = async (...at: string[]) => (await guarded(() => readdir(join(root, ...at)).catch(ifMissing))) ?? [];
  for (const org of await names()) {
    if (!/^\d+$/.test(org)) continue;
    for (const folder of await names(org)) {
      for (const name of await names(org, folder)) {
        const file = fromPlace(`${org}/${folder}/${name}`);
        if (!file) continue;
        const entry = await guarded(() => stat(join(root, org, folder, name)).catch(ifMissing));
        if (entry) yield { ...file, modifiedAt: entry.mtime };
      }
    }
  }
}
