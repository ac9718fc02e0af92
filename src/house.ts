import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp, doors } from './app.ts';
import { databaseGate, forgetCalls } from './call-gate.ts';
import type { Config } from './config.ts';
import { foldFences } from './db/fences.ts';
import { pendingMigrations } from './db/migrate.ts';
import { sweepFiles } from './domain/index.ts';
import { webhookFace } from './doors/dotloop/webhook-face.ts';
import { makeSearchReader } from './doors/propertybase/resources/standing-search.ts';
import { openEngine } from './doors/reapit/engine.ts';
import { makeWebhookFace } from './doors/reapit/webhooks/face.ts';
import { makeTextReader } from './doors/spark/saved-filter.ts';
import { freePort } from './free-port.ts';
import { frontPage } from './front-page.ts';
import { joinTasks, startJobs, type Tasks } from './jobs/index.ts';
import type { Clock } from './kernel/clock.ts';
import { databaseLimiter, forgetWindows } from './limits.ts';
import { buildPost } from './mail/index.ts';
import { makeMeasures } from './measures.ts';
import { hasStory } from './sandbox/world.ts';
import { openStores, type Stores } from './stores.ts';
import { startUsageMeter } from './usage.ts';
import { version } from './version.ts';
import { buildDelivery } from './webhooks/index.ts';
import { memoryGate } from './wire/call-gate.ts';
import { memoryLimiter } from './wire/limits.ts';

/** A Portico that answers: where, and how it ends. */
export type House = {
  readonly app: FastifyInstance;
  readonly stores: Stores;
  readonly url: string;
  stop(): Promise<void>;
};

/** How often changed totals are folded into their fences: what a total adds up stays small (domain-property §9). */
const FOLD_MS = 1_000;

/** Whether requests can be served, asked of the things themselves. */
const makeReady =
  ({ connected, ports }: Stores) =>
  async () => {
    const said = (work: Promise<unknown>) =>
      work.then(
        () => 'ok',
        (error: unknown) => (error instanceof Error ? error.message : 'failed'),
      );
    const schema = async () => {
      const pending = await pendingMigrations(connected.pool);
      if (pending.length > 0) throw new Error(`migrations are missing: ${pending.join(', ')}`);
    };
    const [database, files] = await Promise.all([said(schema()), said(ports.files.probe())]);
    return { ok: database === 'ok' && files === 'ok', database, files };
  };

/** Folds on and on, one fold at a time, until stopped. */
function startFolding({ ports: { db } }: Stores, log: Logger): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = foldFences(db)
      .catch((error: unknown) => log.warn({ room: 'db', err: error }, 'Totals were not folded; trying again'))
      .finally(() => {
        busy = false;
      });
  }, FOLD_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

export type HouseOptions = {
  readonly clock?: Clock;
  /** off in tests that run the jobs themselves */
  readonly background?: boolean;
  /** makes the sandbox world, which is missing; a house without it serves what is there */
  readonly seed?: (publicUrl: string) => Promise<void>;
};

/** The composition root: config → database → domain → app → listen; `stop` goes the same way back, after requests have ended. */
export async function openHouse(config: Config, log: Logger, options: HouseOptions = {}): Promise<House> {
  const stores = await openStores(config, log, options.clock ? { clock: options.clock } : {});
  const closing: (() => Promise<unknown>)[] = [() => stores.close()];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const port = config.port || (await freePort(config.host));
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    const publicUrl = config.publicUrl ?? `http://${host}:${port}`;
    const { ports, domain, connected } = stores;
    const seeding = config.sandbox && !(await hasStory(ports.db)) ? options.seed?.(publicUrl) : undefined;
    const reapitFace = makeWebhookFace(domain, () => openEngine({ domain, base: `${publicUrl}/reapit` }));
    const faces = [webhookFace, reapitFace];
    const delivery = buildDelivery({ ...ports, faces, allowPrivate: config.webhooksPrivate, log });
    const ready = makeReady(stores);
    const usage = startUsageMeter(domain.identity, ports.clock, log);
    closing.push(() => usage.stop());
    const building = buildApp({
      config: { ...config, publicUrl },
      domain,
      files: ports.files,
      clock: ports.clock,
      callGate: config.sharedLimits
        ? databaseGate(ports.db, ports.clock, config.reapitLimits, log)
        : memoryGate(ports.clock, config.reapitLimits),
      limiter: config.sharedLimits ? databaseLimiter(ports.db) : memoryLimiter(ports.clock),
      log,
      measures: makeMeasures(() => ({
        total: connected.pool.totalCount,
        idle: connected.pool.idleCount,
        waiting: connected.pool.waitingCount,
      })),
      ready,
      countCalls: usage.count,
      afterWrite: () => delivery.feeder.wake(),
      front: frontPage({ config: { ...config, publicUrl }, version, doors, ready, startedAt: new Date() }),
    });
    const [app] = await Promise.all([building, seeding]);
    closing.push(() => app.close());
    if (options.background !== false) {
      const readSearch = makeSearchReader({ domain, readText: makeTextReader(domain) });
      const upkeep: Tasks = {
        'files.sweep': async () => void (await sweepFiles(ports.db, ports.files, ports.clock.now())),
        'identity.sweep': async () => void (await domain.identity.sweep()),
        'identity.keys': async () => void (await domain.identity.renewSigningKey()),
        'site.alerts': async () =>
          void (await domain.sendAlerts(readSearch, (error, search) =>
            log.warn({ room: 'mail', err: error, ...search }, 'Alerts of a search could not be looked for'),
          )),
        'site.reports': async () => void (await domain.sendReports()),
        'site.forget': async () => void (await domain.callAnswers.forget()),
        'limits.forget': async () => void (await Promise.all([forgetWindows(ports.db), forgetCalls(ports.db)])),
      };
      const { from = `no-reply@${new URL(publicUrl).hostname}`, ...to } = config.mail;
      const post = buildPost({ ...to, from, publicUrl, mails: domain.mails, log });
      const jobs = await startJobs({
        pool: connected.pool,
        tasks: joinTasks(delivery.tasks, post.tasks, upkeep),
        crontab: [
          ...delivery.crontab,
          ...post.crontab,
          { task: 'files.sweep', match: '41 4 * * *' },
          { task: 'identity.sweep', match: '23 3 * * *' },
          { task: 'identity.keys', match: '11 3 * * *' },
          { task: 'limits.forget', match: '7 * * * *' },
          { task: 'site.alerts', match: '*/5 * * * *' },
          { task: 'site.reports', match: '*/5 * * * *' },
          { task: 'site.forget', match: '29 5 * * *' },
        ],
        log,
      });
      closing.push(() => jobs.stop());
      delivery.feeder.start();
      closing.push(() => delivery.feeder.stop());
      const folding = startFolding(stores, log);
      closing.push(() => folding.stop());
    }
    await app.listen({ host: config.host, port });
    return { app, stores, url: publicUrl, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}
