import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Connected, type Connection, connect } from './db/connect.ts';
import { startEmbedded } from './db/embedded/index.ts';
import { migrate } from './db/migrate.ts';
import { buildDomain, type Domain, type Ports, type Send } from './domain/index.ts';
import { openFiles } from './files/index.ts';
import { migrateJobs } from './jobs/index.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { makeResoKeys } from './kernel/reso-key.ts';
import { makeSecrets } from './kernel/secrets.ts';
import { makeSender } from './webhooks/index.ts';

/** The record with everything that holds it: what the server and the command line both stand on. */
export type Stores = {
  readonly connected: Connected;
  readonly ports: Ports;
  readonly domain: Domain;
  /** migrations that ran just now */
  readonly migrated: readonly string[];
  close(): Promise<void>;
};

export type Cellar = Pick<Stores, 'connected' | 'close'> & Pick<Ports, 'files' | 'secrets'>;

async function openDatabase(config: Config, log: Logger): Promise<{ connection: Connection; stop(): Promise<void> }> {
  if (config.databaseUrl) return { connection: config.databaseUrl, stop: async () => {} };
  const server = await startEmbedded({ dataDir: config.dataDir, log: (line) => log.warn({ room: 'db' }, line) });
  return { connection: server.connection, stop: () => server.stop() };
}

/** The database and the files as they lie there, whatever schema they have. */
export async function openCellar(config: Config, log: Logger, running?: Connection): Promise<Cellar> {
  const database = running ? { connection: running, stop: async () => {} } : await openDatabase(config, log);
  const connected = connect(database.connection, { max: config.poolSize, statementTimeout: config.statementTimeoutMs });
  const close = async () => {
    await connected.close();
    await database.stop();
  };
  return { connected, files: openFiles(config.files), secrets: makeSecrets(config.secret), close };
}

/** config → database → schema → files → domain; `close` goes the same way back. */
export async function openStores(
  config: Config,
  log: Logger,
  more: { clock?: Clock; running?: Connection | undefined } = {},
): Promise<Stores> {
  const { clock = systemClock, running } = more;
  const { connected, files, secrets, close } = await openCellar(config, log, running);
  try {
    const migrated = await migrate(connected.pool);
    await migrateJobs(connected.pool);
    const ports: Ports & { allowPrivate: boolean; send: Send } = {
      db: connected.db,
      clock,
      files,
      secrets,
      mintResoKey: makeResoKeys(),
      allowPrivate: config.webhooksPrivate,
      send: makeSender({ allowPrivate: config.webhooksPrivate }),
    };
    return { connected, ports, domain: buildDomain(ports), migrated, close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}
