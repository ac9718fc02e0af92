import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';
import { runProgram } from './run.ts';
import type { ServerUser } from './server-user.ts';

const DRAFT = 'postgres.new-';

/** The builtin provider sorts alike on every system; the libc name is only for what it does not cover. macOS has no C.UTF-8 of its own. */
const LOCALE =
  process.platform === 'darwin' ? ['--builtin-locale=C.UTF-8', '--locale=en_US.UTF-8', '--lc-messages=C'] : ['--locale=C.UTF-8'];

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Major version of the cluster in the folder; undefined when there is none. */
export async function findClusterVersion(cluster: string): Promise<string | undefined> {
  return (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined))?.trim();
}

/** What an interrupted initdb left behind. */
export async function listDrafts(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir).catch(() => []);
  return names.filter((name) => name.startsWith(DRAFT)).map((name) => join(dataDir, name));
}

/** The superuser's password, kept in a file for nobody else. */
export async function findSecret(place: Place): Promise<string | undefined> {
  const secret = (await readFile(place.secret, 'utf8').catch(() => '')).trim();
  if (!secret) return undefined;
  if (process.platform !== 'win32') await chmod(place.secret, 0o600);
  return secret;
}

/** Makes a password, has it `applied`, and only then puts it in its place: what is there is always the one that holds. */
export async function makeSecret(place: Place, applied: (secret: string) => Promise<void> = async () => {}): Promise<string> {
  const secret = randomBytes(24).toString('base64url');
  const draft = `${place.secret}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
  await applied(secret);
  await rename(draft, place.secret);
  await syncFolder(place.dataDir);
  return secret;
}

/**
 * Makes the cluster under another name and renames it when it is whole, so that a kill in the middle leaves only a draft to sweep.
 * The secret is older than the cluster for the same reason.
 */
export async function makeCluster(
  place: Place,
  programs: Programs,
  user: ServerUser,
  secret: string,
  durable: boolean,
): Promise<void> {
  if ((await readdir(place.cluster).catch(() => [])).length > 0)
    throw new Error(
      `${place.cluster} is there but is no PostgreSQL cluster. Move it away, or set PORTICO_DATA to another folder.`,
    );
  // An orphaned initdb may still write there; what cannot be removed now is removed the next time.
  for (const draft of await listDrafts(place.dataDir))
    await rm(draft, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  const draft = join(place.dataDir, DRAFT + randomBytes(4).toString('hex'));
  const passwordFile = join(draft, 'password');
  await mkdir(draft, { mode: 0o700 });
  try {
    await writeFile(passwordFile, secret, { mode: 0o600 });
    if (user) for (const path of [passwordFile, draft]) await chown(path, user.uid, user.gid);
    await runProgram(programs.initdb, draft, user, (folder) => [
      ...['-D', join(folder, 'cluster'), '-U', 'portico', `--pwfile=${join(folder, 'password')}`, '--auth=scram-sha-256'],
      ...['-E', 'UTF8', '--locale-provider=builtin', ...LOCALE, '--no-instructions', ...(durable ? [] : ['--no-sync'])],
    ]);
    await rmdir(place.cluster).catch(() => {});
    await rename(join(draft, 'cluster'), place.cluster);
    await syncFolder(place.dataDir);
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
}

/** Gives the superuser a new password, without a server: for a cluster whose secret was lost. */
export const resetSecret = (place: Place, programs: Programs, user: ServerUser): Promise<string> =>
  makeSecret(place, (secret) =>
    runProgram(
      programs.postgres,
      place.cluster,
      user,
      (folder) => ['--single', '-j', '-D', folder, 'postgres'],
      `alter role portico password '${secret}';\n\n`,
    ),
  );
