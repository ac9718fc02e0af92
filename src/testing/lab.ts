import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { type House, openHouse } from '../house.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Clients, openClients } from './clients.ts';
import { copyDatabase, TEST_SECRET, testServer } from './server.ts';

export type { Answer, Call, ReapitCall } from './clients.ts';

export type LabOptions = {
  /** the sandbox world (default), or nothing but the schema */
  readonly world?: 'sandbox' | 'empty';
  /** environment variables of the house */
  readonly env?: Record<string, string>;
  readonly clock?: Clock;
  /** silent, if nobody listens */
  readonly log?: Logger;
  /** jobs, webhooks and folding run; off by default, so that a test decides when */
  readonly background?: boolean;
  /** done to the database and the data folder before the house is opened; gets the house's environment */
  readonly prepare?: (env: Record<string, string>) => Promise<unknown>;
};

export type Lab = Clients & {
  readonly house: House;
  readonly config: Config;
  readonly url: string;
  /** rows straight from the database, for what no door shows */
  rows<R>(sql: string, values?: unknown[]): Promise<R[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The shipped house on a copy of the database, listening on a port of its own. `await using` takes everything down again. */
export async function openLab(options: LabOptions = {}): Promise<Lab> {
  const { world = 'sandbox', env = {}, background = false, prepare } = options;
  const database = await copyDatabase(world);
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-lab-'));
  // The story's documents; hard links would do, but the folder may lie on another disk.
  if (world === 'sandbox') await cp(testServer().files, join(dataDir, 'files'), { recursive: true });
  const settings = {
    PORT: '0',
    DATABASE_URL: database.url,
    PORTICO_DATA: dataDir,
    PORTICO_SECRET: TEST_SECRET,
    PORTICO_LOG: 'silent',
    PORTICO_SHARED_LIMITS: 'off',
    PORTICO_DOTLOOP_RATE: '0',
    PORTICO_SPARK_RATE: '0',
    PORTICO_REAPIT_PER_SECOND: '0',
    PORTICO_REAPIT_IN_FLIGHT: '0',
    PORTICO_REAPIT_PER_DAY: '0',
    PORTICO_SANDBOX: world === 'sandbox' ? 'on' : 'off',
    PORTICO_POOL: '5',
    ...env,
  };
  const end = async () => {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const opening = async () => {
    await prepare?.(settings);
    const config = readConfig(settings);
    const house = await openHouse(config, options.log ?? pino({ level: config.logLevel }), {
      background,
      ...(options.clock ? { clock: options.clock } : {}),
    });
    return { config, house };
  };
  const { config, house } = await opening().catch(async (error: unknown) => {
    await end();
    throw error;
  });

  return {
    house,
    config,
    url: house.url,
    ...openClients(house.url),
    rows: async <R>(sql: string, values: unknown[] = []) => (await house.stores.connected.pool.query(sql, values)).rows as R[],
    async [Symbol.asyncDispose]() {
      await house.stop();
      await end();
    },
  };
}
