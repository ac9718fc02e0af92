import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { adoptServer } from './adopt.ts';
import { findClusterVersion, findSecret, makeCluster, makeSecret, resetSecret } from './cluster.ts';
import { lockFolder } from './folder-lock.ts';
import { keepRunning } from './keep-running.ts';
import { launchServer, loginTo, type Plan } from './launch.ts';
import { makeAddress, type Place, placeIn } from './place.ts';
import { disownRecord, findPostmaster, haltServer, isServing } from './postmaster.ts';
import { findPrograms, type Programs } from './programs.ts';
import { chooseServerUser, giveFolder, type ServerUser } from './server-user.ts';
import { buildSettings } from './settings.ts';

export { type DataFolder, findRunningServer, readDataFolder } from './data-folder.ts';

export type EmbeddedServer = {
  /** What `pg` needs to connect to database `portico` as superuser-owner. */
  readonly connection: { host: string; port: number; user: string; password: string; database: string };
  /** 'started' a new process, 'adopted' one that a killed Portico left */
  readonly how: 'started' | 'adopted';
  /** Stops the server in an orderly way and gives the folder back. Answers when it is down; may be called again. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** PORTICO_DATA; the cluster goes to `postgres` in it */
  readonly dataDir: string;
  /** false: nothing is forced to the disk, so a power cut loses or spoils data. For tests only. */
  readonly durable?: boolean;
  readonly log?: (line: string) => void;
  /** more PostgreSQL settings, on top of ours */
  readonly settings?: Record<string, string>;
};

/**
 * Starts the PostgreSQL that comes with Portico, or takes over the one that a killed Portico left. Signals are the caller's affair.
 * @throws Error whose message says what to change: folder in use, not ours, or made by another version; no binaries for this platform
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = placeIn(await openFolder(options.dataDir));
  const lock = lockFolder(place.dataDir);
  try {
    const plan = await prepare(place, options);
    const adopted = await adoptServer(plan);
    const address = adopted?.address ?? (await makeAddress(place, plan.user));
    const pid = adopted?.pid ?? (await launchServer(plan, address));
    const keeper = keepRunning(plan, pid, address);
    const stop = async () => {
      try {
        await keeper.stop();
        await address.clean();
      } finally {
        lock.release();
      }
    };
    let stopping: Promise<void> | undefined;
    return {
      connection: { ...loginTo(plan, address), database: 'portico' },
      how: adopted ? 'adopted' : 'started',
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await realpath(dataDir);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The data folder ${resolve(dataDir)} cannot be made or read (${why}). Set PORTICO_DATA to one that can.`, {
      cause: error,
    });
  }
}

/** Sees that there is a cluster of the right version, for the right user, whose password is known. */
async function prepare(place: Place, { durable = true, log = () => {}, settings = {} }: EmbeddedOptions): Promise<Plan> {
  const user = await chooseServerUser(place.cluster);
  const programs = await findPrograms(user);
  const version = await findClusterVersion(place.cluster);
  const major = programs.version.split('.')[0];
  if (version !== undefined && version !== major)
    throw new Error(
      `${place.cluster} was made by PostgreSQL ${version}, and this Portico brings ${major}. ` +
        `Make a backup with the Portico that made it, and restore that into a new data folder.`,
    );
  let secret = await findSecret(place);
  if (version === undefined) {
    secret ??= await makeSecret(place);
    await makeCluster(place, programs, user, secret, durable);
  } else {
    await giveFolder(place.cluster, user);
    secret ??= await recoverSecret(place, programs, user, log);
  }
  return { place, user, programs, settings: buildSettings(durable, settings), secret, log };
}

/** A cluster came without its secret, from an incomplete copy say: who can write the folder may set a new one. */
async function recoverSecret(place: Place, programs: Programs, user: ServerUser, log: (line: string) => void): Promise<string> {
  log(`${place.secret} is missing: setting a new password`);
  const left = await findPostmaster(place.cluster);
  if (left && (await isServing(left.pid, place.cluster))) await haltServer(left.pid, place.cluster, programs.pgCtl);
  await disownRecord(place.cluster);
  return resetSecret(place, programs, user);
}
