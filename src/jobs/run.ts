import { Logger, parseCronItems, run, runMigrations, type TaskList } from 'graphile-worker';
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
  /** how many jobs run at once; they wait for other people's servers most of the time */
  readonly concurrency?: number;
};

// New jobs are announced by NOTIFY, so polling only finds those whose time has come. A retry may be that late.
const POLL_MS = 2_000;
// Longer than any task of ours waits for the network, shorter than what supervisors grant between SIGTERM and SIGKILL.
const GRACE_MS = 7_000;

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

/**
 * Starts to work off the queue, with a migration check before. `stop` takes no new jobs, waits for running ones, and gives those
 * back that do not end in time; they run again at the next start.
 */
export async function startJobs(options: JobsOptions): Promise<{ stop(): Promise<void> }> {
  const { pool, tasks, crontab = [], log, concurrency = 8 } = options;
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, (payload, { abortSignal }) => task(payload, { signal: abortSignal })]),
  );
  const runner = await run({
    pgPool: pool,
    schema: SCHEMA,
    logger: quiet(log),
    taskList,
    concurrency,
    pollInterval: POLL_MS,
    // Signals are the composition root's; a library that kills the process would cut off requests.
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: GRACE_MS,
    parsedCronItems: parseCronItems(crontab.map(({ task, match }) => ({ task, match, options: { backfillPeriod: 0 } }))),
  });
  runner.promise.catch((error: unknown) => log.error({ room: 'jobs', err: error }, 'The job runner ended'));
  return { stop: () => runner.stop() };
}
