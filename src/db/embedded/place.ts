import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canReach, type ServerUser } from './server-user.ts';

/** Where things are in a data folder. */
export type Place = {
  readonly dataDir: string;
  readonly cluster: string;
  readonly secret: string;
  readonly log: string;
  readonly lock: string;
  readonly pid: string;
};

export const placeIn = (dataDir: string): Place => ({
  dataDir,
  cluster: join(dataDir, 'postgres'),
  secret: join(dataDir, 'postgres.secret'),
  log: join(dataDir, 'postgres.log'),
  lock: join(dataDir, 'portico.lock'),
  pid: join(dataDir, 'portico.pid'),
});

/** Where the server listens: a private folder for its socket, or 127.0.0.1 where there are no sockets. */
export type Address = { readonly host: string; readonly port: number; clean(): Promise<void> };

/** A socket's address holds 107 bytes on Linux, 103 on macOS. */
const LONGEST = 103;
const PORT = 5432;
const socketIn = (folder: string) => join(folder, `.s.PGSQL.${PORT}`);

const listenOn = (at: string | { host: string; port: number }) =>
  new Promise<number>((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(at as string, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Some mounted file systems have no sockets: asked rather than guessed. */
async function hasSockets(folder: string): Promise<boolean> {
  const trial = join(folder, 'try');
  try {
    await rm(trial, { force: true });
    await listenOn(trial);
    return true;
  } catch {
    return false;
  }
}

/** Makes the folder, closed to all but `user`; false when somebody else's is in its place. */
async function makePrivate(folder: string, user: ServerUser): Promise<boolean> {
  const uid = user?.uid ?? process.getuid?.();
  try {
    await mkdir(folder, { mode: 0o700 });
    if (user) await chown(folder, user.uid, user.gid);
    return true;
  } catch {
    const found = await lstat(folder).catch(() => undefined);
    return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o077) === 0;
  }
}

async function socketFolder(place: Place, user: ServerUser): Promise<string> {
  const beside = join(await realpath(place.dataDir), 'postgres.run');
  if (Buffer.byteLength(socketIn(beside)) <= LONGEST && (await canReach(place.dataDir, user))) {
    if ((await makePrivate(beside, user)) && (await hasSockets(beside))) return beside;
  }
  const name = `portico-${createHash('sha256').update(beside).digest('hex').slice(0, 12)}`;
  const temporary = Buffer.byteLength(socketIn(join(tmpdir(), `${name}-123456`))) <= LONGEST ? tmpdir() : '/tmp';
  const short = join(temporary, name);
  if (await makePrivate(short, user)) return short;
  const other = await mkdtemp(`${short}-`);
  if (user) await chown(other, user.uid, user.gid);
  return other;
}

/** An address that is free: call it only when no server of this folder lives. */
export async function makeAddress(place: Place, user: ServerUser): Promise<Address> {
  if (process.platform === 'win32')
    return { host: '127.0.0.1', port: await listenOn({ host: '127.0.0.1', port: 0 }), clean: async () => {} };
  const folder = await socketFolder(place, user);
  const socket = socketIn(folder);
  // A lock file whose pid now belongs to another process would stop PostgreSQL; pids repeat in a container that starts again.
  for (const file of [socket, `${socket}.lock`]) await rm(file, { force: true });
  return { host: folder, port: PORT, clean: () => rm(folder, { recursive: true, force: true }) };
}
