import { existsSync } from 'node:fs';
import type { Login } from './ask.ts';
import { findClusterVersion, findSecret, listDrafts } from './cluster.ts';
import { findFolderOwner } from './folder-lock.ts';
import { placeIn } from './place.ts';
import { findPostmaster, isServing, type Postmaster } from './postmaster.ts';

/**
 * How to reach the server of a Portico that runs now on the folder: for a command beside it, which may not start its own. Undefined
 * when none runs, or it is not up yet.
 */
export async function findRunningServer(dataDir: string): Promise<(Login & { readonly database: string }) | undefined> {
  const { owner, server } = await readDataFolder(dataDir);
  const password = await findSecret(placeIn(dataDir));
  if (!owner || server?.status !== 'ready' || !password) return undefined;
  return { host: server.host, port: server.port, user: 'portico', password, database: 'portico' };
}

/** State of a data folder, read without changing or starting anything. */
export type DataFolder = {
  /** major version of the PostgreSQL cluster in it; undefined: none yet */
  readonly version: string | undefined;
  /** the Portico that uses it now */
  readonly owner: { readonly pid: number | undefined } | undefined;
  /** the PostgreSQL that runs on it, with or without a Portico */
  readonly server: Postmaster | undefined;
  /** a server died here without an orderly stop: the next start recovers */
  readonly crashed: boolean;
  readonly hasSecret: boolean;
  /** what interrupted first starts left; swept when a cluster is made */
  readonly drafts: readonly string[];
  readonly log: string;
};

export async function readDataFolder(dataDir: string): Promise<DataFolder> {
  const place = placeIn(dataDir);
  const recorded = await findPostmaster(place.cluster);
  const serving = recorded !== undefined && (await isServing(recorded.pid, place.cluster));
  return {
    version: await findClusterVersion(place.cluster),
    // Looking takes the lock for a moment, which would make the file.
    owner: existsSync(dataDir) && existsSync(place.lock) ? findFolderOwner(dataDir) : undefined,
    server: serving ? recorded : undefined,
    crashed: recorded !== undefined && !serving,
    hasSecret: existsSync(place.secret),
    drafts: await listDrafts(dataDir),
    log: place.log,
  };
}
