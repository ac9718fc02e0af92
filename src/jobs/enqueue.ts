import { statement, type Tx } from '../db/index.ts';

export type JobOptions = {
  /** not before; default now */
  readonly runAt?: Date;
  /** A job of the same key that waits is replaced, so one key stands for at most one waiting job. */
  readonly key?: string;
  /** Jobs of one queue run one after the other. Few queues: each is a row that is locked. */
  readonly queue?: string;
  /** Smaller runs first; default 0. */
  readonly priority?: number;
};

const add = statement<never>(
  'jobs.add',
  `select graphile_worker.add_job($1, $2::json, queue_name := $3, run_at := $4, job_key := $5, priority := $6)`,
);

/**
 * Queues a job in the caller's transaction: it runs if and only if that commits (design §2, style H6).
 * The payload is data only; what the job needs besides, it reads when it runs.
 */
export async function enqueue(tx: Tx, name: string, payload: object, options: JobOptions = {}): Promise<void> {
  const { runAt = null, key = null, queue = null, priority = null } = options;
  await tx.rows(add, [name, JSON.stringify(payload), queue, runAt, key, priority]);
}

const addAll = statement<never>(
  'jobs.add_all',
  `select graphile_worker.add_job($1, j.payload::json, job_key := j.key)
   from unnest($2::text[], $3::text[]) as j (payload, key)`,
);

/** Queues many jobs of one task in one statement, each under its key, to run as soon as the transaction commits. */
export async function enqueueAll(tx: Tx, name: string, jobs: readonly { payload: object; key: string }[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.rows(addAll, [name, jobs.map((job) => JSON.stringify(job.payload)), jobs.map((job) => job.key)]);
}
