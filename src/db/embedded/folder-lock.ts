import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { placeIn } from './place.ts';

export type FolderLock = { release(): void };

/**
 * Takes the operating system's lock on `portico.lock`, or answers undefined when another process has it.
 *
 * Node has no flock, but an exclusive SQLite transaction is one: the kernel gives it to exactly one process and takes it back when
 * that process dies, however it dies. No stale file, no reused pid, no zombie can deceive it, and it holds between containers that
 * share a volume. Nothing in this process may open and close `portico.lock` by other means: POSIX would drop the lock with it.
 */
function tryLock(dataDir: string, patience: number): DatabaseSync | undefined {
  const file = placeIn(dataDir).lock;
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: patience });
    lock.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive');
    return lock;
  } catch (error) {
    lock?.close();
    // 5 is SQLITE_BUSY.
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return undefined;
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be locked (${why}). See that the user who runs Portico may write to that folder and file.`, {
      cause: error,
    });
  }
}

function readOwner(dataDir: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(placeIn(dataDir).pid, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

/** @throws Error when a living Portico uses the folder */
export function lockFolder(dataDir: string): FolderLock {
  // Half a second, for one that is just being killed to be gone.
  const lock = tryLock(dataDir, 500);
  if (!lock) {
    const pid = readOwner(dataDir);
    throw new Error(
      `The data folder ${dataDir} is in use by another Portico${pid ? ` (pid ${pid})` : ''}. ` +
        `Stop that one first, or give this one another folder with PORTICO_DATA.`,
    );
  }
  try {
    writeFileSync(placeIn(dataDir).pid, `${process.pid}\n`);
  } catch {
    // Only for people and messages: the lock is what counts.
  }
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      rmSync(placeIn(dataDir).pid, { force: true });
      lock.close();
    },
  };
}

/** The Portico that uses the folder, if one does; its pid is unknown for the moment between its lock and its note. */
export function findFolderOwner(dataDir: string): { pid: number | undefined } | undefined {
  const lock = tryLock(dataDir, 0);
  if (!lock) return { pid: readOwner(dataDir) };
  lock.close();
  return undefined;
}
