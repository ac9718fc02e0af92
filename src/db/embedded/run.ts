import { type ChildProcess, spawn } from 'node:child_process';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { canReach, type ServerUser } from './server-user.ts';

/** Nothing of Portico's environment: no PGDATA, no LD_PRELOAD, no secrets for other users to read. */
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/** A folder as a program is told of it. */
type Named = { readonly name: string; readonly handle: FileHandle | undefined };

/**
 * A folder's path, or, where `user` may not walk there (/root is 700), the name of a descriptor that the program inherits: Linux asks
 * no permission of the folders above it then, so the data stays where its owner wants it.
 */
async function nameFolder(folder: string, user: ServerUser): Promise<Named> {
  if (await canReach(folder, user)) return { name: folder, handle: undefined };
  if (process.platform !== 'linux')
    throw new Error(
      `User ${user?.name}, as whom PostgreSQL must run here, cannot reach ${folder}. ` +
        `Set PORTICO_DATA to a folder below which every user may walk (chmod o+x), or start Portico as an ordinary user.`,
    );
  return { name: '/proc/self/fd/3', handle: await open(folder, constants.O_RDONLY | constants.O_DIRECTORY) };
}

type Output = 'pipe' | number;

/** Starts a program as `user`, apart from the terminal: its Ctrl-C is Portico's to handle. */
export async function startProgram(
  program: string,
  folder: string,
  user: ServerUser,
  args: (folder: string) => string[],
  output: Output,
): Promise<ChildProcess> {
  const { name, handle } = await nameFolder(folder, user);
  try {
    const child = spawn(program, args(name), {
      ...(user && { uid: user.uid, gid: user.gid }),
      cwd: '/',
      env: ENVIRONMENT,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', output, output, handle?.fd ?? 'ignore'],
    });
    await new Promise<void>((started, failed) => {
      child.once('spawn', started);
      child.once('error', (error) => failed(new Error(explain(program, user, error), { cause: error })));
    });
    return child;
  } finally {
    await handle?.close();
  }
}

function explain(program: string, user: ServerUser, error: Error): string {
  const hint =
    'code' in error && error.code === 'ENOENT'
      ? 'this system seems to have no glibc; set DATABASE_URL to a PostgreSQL of your own'
      : 'see that the user may run it, or set DATABASE_URL to a PostgreSQL of your own';
  return `${program} cannot be run${user ? ` as user ${user.name}` : ''} (${error.message}): ${hint}.`;
}

/**
 * Runs a program to its end.
 * @throws Error with what it said, when it fails
 */
export async function runProgram(
  program: string,
  folder: string,
  user: ServerUser,
  args: (folder: string) => string[],
  input = '',
): Promise<void> {
  const child = await startProgram(program, folder, user, args, 'pipe');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const code = await new Promise<number | string>((done) =>
    child.once('close', (status, signal) => done(status ?? signal ?? '')),
  );
  if (code !== 0) throw new Error(`${program} failed (${code}):\n${said.trim().slice(-2000)}`);
}
