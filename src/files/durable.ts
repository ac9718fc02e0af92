import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { isErrno } from './trouble.ts';

/**
 * Windows cannot flush a folder, nor can some network file systems; there the rename is as durable as it gets. PostgreSQL lets
 * the same errors pass (src/common/file_utils.c, fsync_fname).
 */
const CANNOT_FLUSH_FOLDERS = new Set(['EBADF', 'EINVAL', 'EISDIR', 'EACCES', 'EPERM']);

async function flushFolder(path: string): Promise<void> {
  try {
    await flush(path, 'r');
  } catch (error) {
    if (!isErrno(error) || !CANNOT_FLUSH_FOLDERS.has(error.code ?? '')) throw error;
  }
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes folders that survive a power loss. A new folder is an entry of its parent, so the parents up to `root` are flushed (and
 * up to the one that was there before, when root itself is new): once per folder and process even if the folder exists, because
 * another process may have made it a moment ago and not have flushed it yet.
 */
export function folderMaker(root: string): (folder: string) => Promise<void> {
  const flushed = new Set<string>();
  return async (folder) => {
    const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (firstMade === undefined && flushed.has(folder)) return;
    const top = firstMade !== undefined && !firstMade.startsWith(root + sep) ? dirname(firstMade) : root;
    for (let at = folder; at !== top && at !== dirname(at); at = dirname(at)) await flushFolder(dirname(at));
    flushed.add(folder);
  };
}

/** Flush the bytes, rename, flush the folder: in this order no crash leaves a name without all of its bytes. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await flush(from, 'r+');
  await rename(from, to);
  await flushFolder(dirname(to));
}
