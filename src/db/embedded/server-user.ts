import { chmod, lchown, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** Whom PostgreSQL runs as; undefined: the user who runs Portico. */
export type ServerUser = { readonly uid: number; readonly gid: number; readonly name: string } | undefined;

const isRoot = () => process.getuid?.() === 0;

async function readPasswd() {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').map((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return { name, uid: Number(uid), gid: Number(gid) };
  });
}

/**
 * PostgreSQL refuses root, so root lends it a user: the one who owns the cluster already, else `postgres`, else `nobody`.
 * @throws Error when an ordinary user meets a cluster of somebody else
 */
export async function chooseServerUser(cluster: string): Promise<ServerUser> {
  if (process.getuid === undefined) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (!isRoot()) {
    if (owner && owner.uid !== process.getuid())
      throw new Error(
        `${cluster} belongs to user ${owner.uid}, but Portico runs as ${userInfo().username} (${process.getuid()}). ` +
          `Start Portico as its owner (or as root), or change the owner with chown -R.`,
      );
    return undefined;
  }
  const users = await readPasswd();
  if (owner && owner.uid !== 0) {
    return { uid: owner.uid, gid: owner.gid, name: users.find((user) => user.uid === owner.uid)?.name ?? String(owner.uid) };
  }
  for (const name of ['postgres', 'nobody']) {
    const user = users.find((entry) => entry.name === name);
    if (user) return user;
  }
  throw new Error(
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". ' +
      'Add one, start Portico as an ordinary user, or set DATABASE_URL to a server of your own.',
  );
}

/** Whether `user` may walk down to `folder`. It reads modes only: access lists are not considered. */
export async function canReach(folder: string, user: ServerUser): Promise<boolean> {
  if (!user) return true;
  for (let at = await realpath(folder); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** Hands a folder with all that is in it to `user`, closed to everybody else. Cheap when it is so already. */
export async function giveFolder(folder: string, user: ServerUser): Promise<void> {
  const before = await stat(folder);
  // PostgreSQL refuses a folder that others can read, as `cp -r` leaves it.
  if (process.platform !== 'win32' && (before.mode & 0o077) !== 0) await chmod(folder, 0o700);
  if (!user || before.uid === user.uid) return;
  for (const name of await readdir(folder, { recursive: true })) await lchown(join(folder, name), user.uid, user.gid);
  // The folder itself comes last: until then an interrupted change is seen and done again.
  await lchown(folder, user.uid, user.gid);
}
