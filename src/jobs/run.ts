import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger, parseCronItems, run, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Connected } from '../db/connect.ts';
import type { Tasks } from './registry.ts';

type Pool = Connected['pool'];

/** The part of the house's log that this room uses. */
export type JobsLog = {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/** When a task runs by the clock: `{ task: 'x.sweep', match: '0 4 * * *' }`, in UTC. Missed runs are not made up for. */
export type CronEntry = { readonly task: string; readonly match: string };

export type JobsOptions = {
  readonly pool: Pool;
  readonly tasks: Tasks;
  readonly crontab?: readonly CronEntry[];
  readonly log: JobsLog;
  /** how many jobs run at once, by default 8 or what the pool has to spare; they wait for other people's servers most of the time */
  readonly concurrency?: number;
  /** how long after a runner gave up the next one is started */
  readonly restartMs?: number;
};

// New jobs are announced by NOTIFY, so polling only finds those whose time has come. A retry may be that late.
const POLL_MS = 2_000;
// Longer than any task of ours waits for the network, shorter than what supervisors grant between SIGTERM and SIGKILL.
const GRACE_MS = 7_000;
const RESTART_MS = 5_000;

/** graphile-worker tells of every job; the log gets what somebody must look at. Job errors are the words of tasks, never payloads. */
const quiet = (log: JobsLog) =>
  new Logger((scope) => (level, message) => {
    if (level === 'error') log.error({ room: 'jobs', task: scope.taskIdentifier, job: scope.jobId }, message);
    else if (level === 'warning') log.warn({ room: 'jobs', task: scope.taskIdentifier }, message);
  });

const silent: JobsLog = { warn() {}, error() {} };

/** Named here, so that no environment variable of the library moves the tables away from under `enqueue`. */
const SCHEMA = 'graphile_worker';

/** Brings the job tables up to date; one small query when they are. Needs the right to create a schema only then. */
export async function migrateJobs(pool: Pool, log: JobsLog = silent): Promise<void> {
  await runMigrations({ pgPool: pool, schema: SCHEMA, logger: quiet(log) });
}

/** Requests and the listening connection need some of the pool too. */
const concurrencyFor = (pool: Pool) => Math.max(1, Math.min(8, (pool.options.max ?? 10) - 2));

/** A runner, and the moment at which it is of no more use although nobody stopped it. */
type Running = { readonly stop: () => Promise<void>; readonly broken: Promise<unknown> };

async function open({ pool, tasks, crontab = [], log, concurrency = concurrencyFor(pool) }: JobsOptions): Promise<Running> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, (payload, { abortSignal }) => task(payload, { signal: abortSignal })]),
  );
  const events: WorkerEvents = new EventEmitter();
  const broken = new Promise<unknown>((resolve) => events.once('pool:fatalError', ({ error }) => resolve(error)));
  const runner = await run({
    pgPool: pool,
    schema: SCHEMA,
    logger: quiet(log),
    events,
    taskList,
    concurrency,
    pollInterval: POLL_MS,
    // Signals are the composition root's; a library that kills the process would cut off requests.
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: GRACE_MS,
    parsedCronItems: parseCronItems(crontab.map(({ task, match }) => ({ task, match }))),
    // Without a delay graphile-worker 0.18 lets go of the promise that takes a done job off the queue: a database that is away at
    // that moment would end the process by an unhandled rejection, and `stop` would not wait for it.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  const ended = runner.promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    broken: Promise.race([broken, ended]),
    stop: () =>
      runner
        .stop()
        .then(() => ended)
        .then(() => {}),
  };
}

/**
 * Starts to work off the queue, with a migration check before, and keeps at it: when the database has been away at a bad moment the
 * runner gives up, and a new one is started. `stop` takes no new jobs, waits for running ones, and gives those back that do not end
 * in time; they run again at the next start.
 */
export async function startJobs(options: JobsOptions): Promise<{ stop(): Promise<void> }> {
  const { log, restartMs = RESTART_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = () => wait(restartMs, undefined, { signal, ref: false }).catch(() => {});
  let current = await open(options);
  const kept = (async () => {
    for (;;) {
      const error = await Promise.race([current.broken, once(signal, 'abort')]);
      if (signal.aborted) return;
      log.error({ room: 'jobs', err: error }, 'The job runner gave up; starting another one');
      // What is left of it may wait for ever (graphile-worker 0.18 does not end a batch that has failed), so nothing waits for it.
      current.stop().catch(() => {});
      let next: Running | undefined;
      while (!next) {
        await pause();
        if (signal.aborted) return;
        next = await open(options).catch(() => undefined);
      }
      current = next;
      if (signal.aborted) return;
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await kept;
      await Promise.race([current.stop().catch(() => {}), wait(GRACE_MS + 1_000, undefined, { ref: false })]);
    },
  };
}
