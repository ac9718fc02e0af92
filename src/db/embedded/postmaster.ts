import { execFile } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What a PostgreSQL server writes about itself in its folder. */
export type Postmaster = {
  readonly pid: number;
  readonly port: number;
  /** the socket's folder, or the address it listens on */
  readonly host: string;
  readonly status: 'starting' | 'ready' | 'stopping';
};

const file = (cluster: string) => join(cluster, 'postmaster.pid');

/** The record, also when its server is long dead; undefined after an orderly stop. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(file(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  // The negative pid is that of a server in single-user mode.
  if (!Number.isInteger(pid) || pid === 0) return undefined;
  const status = lines[7] === 'ready' || lines[7] === 'stopping' ? lines[7] : 'starting';
  return { pid: Math.abs(pid), port: Number(lines[3]), host: lines[4] || lines[5] || '', status };
}

/** Tells the server's folder on its command line, which anybody may read, unlike its working directory. */
export async function folderMark(cluster: string): Promise<string> {
  const { dev, ino } = await stat(cluster, { bigint: true });
  return `portico.folder=${dev}:${ino}`;
}

/** Whether the process lives, is no zombie, and is the server of this very folder: pids are used again, and folders are copied. */
export async function isServing(pid: number, cluster: string): Promise<boolean> {
  try {
    if (process.platform === 'win32') return process.kill(pid, 0);
    const mark = await folderMark(cluster);
    // A zombie has no command line left.
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(mark);
    return (await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)])).stdout.includes(mark);
  } catch {
    return false;
  }
}

/**
 * Makes PostgreSQL see that the record is stale. It would take any living process with the old pid for its server and refuse; it never
 * does so for its own parent, which we are. The record must not be removed: its last lines let PostgreSQL find survivors of the old
 * server, with whom a new one would spoil the data.
 */
export async function disownRecord(cluster: string): Promise<void> {
  const text = await readFile(file(cluster), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  if (text.includes('\n')) await writeFile(file(cluster), text.replace(/^-?\d+/, String(process.pid)));
  // Cut off while it was written: the server had not begun then.
  else await rm(file(cluster), { force: true });
}

const STEPS = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;

/** Ends a server: fast, then at once (the next start recovers), then by force. Answers when it is gone. */
export async function haltServer(pid: number, cluster: string, pgCtl: string, patience = 60_000): Promise<void> {
  for (const signal of STEPS) {
    if (!(await isServing(pid, cluster))) return;
    if (process.platform === 'win32') await promisify(execFile)(pgCtl, ['kill', signal.slice(3), String(pid)]).catch(() => {});
    else if (!send(pid, signal)) return;
    for (const end = Date.now() + patience; Date.now() < end; ) {
      if (!(await isServing(pid, cluster))) return;
      await wait(process.platform === 'linux' ? 5 : 50);
    }
  }
  throw new Error(`PostgreSQL (pid ${pid}) on ${cluster} cannot be stopped. End that process, then start Portico again.`);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
