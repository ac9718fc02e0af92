import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** A way to a PostgreSQL that can be cut, or fall silent. */
export type DatabaseGate = {
  /** the database's URL by this way */
  readonly url: string;
  /** Every connection breaks and no new one is taken, as when the server is gone. */
  cut(): Promise<void>;
  /** Connections stay and nothing comes through, as when a network is lost. */
  silence(): void;
  open(): Promise<void>;
  close(): Promise<void>;
};

/** Where a PostgreSQL URL leads: a TCP port, or a socket's folder as its parameter `host`. */
function targetOf(url: URL): { host: string; port: number } | { path: string } {
  const folder = url.searchParams.get('host');
  const port = Number(url.searchParams.get('port') ?? (url.port || 5432));
  return folder ? { path: join(folder, `.s.PGSQL.${port}`) } : { host: url.hostname, port };
}

export async function openDatabaseGate(database: string): Promise<DatabaseGate> {
  // A URL needs a host to be read, and one that leads to a socket has none.
  const original = new URL(database.replace('@/', '@socket/'));
  const target = targetOf(original);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    // One that was let in while the gate was being cut.
    if (!server.listening) return near.destroy();
    const far = connect(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => void (silent || to.write(chunk)));
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return (server.address() as { port: number }).port;
  };
  const port = await listen(0);
  const { username, password, pathname } = original;
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `postgres://${username}:${password}@127.0.0.1:${port}${pathname}`,
    cut: stop,
    silence() {
      silent = true;
    },
    async open() {
      silent = false;
      if (!server.listening) await listen(port);
      // What was swallowed in the silence is lost: those connections are of no more use.
      else for (const socket of sockets) socket.destroy();
    },
    async close() {
      if (server.listening) await stop();
    },
  };
}
