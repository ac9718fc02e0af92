import { Worker } from 'node:worker_threads';
import { unavailable } from '../kernel/fault.ts';
import type { Dialect, Verdict } from './json-schema.ts';

/** A schema to be read, or a document to be judged by it; both as text. The dialect of a schema that names none is draft-07. */
export type Task = { readonly schema: string; readonly document?: string; readonly dialect?: Dialect };
export type Judged = Verdict | { readonly kind: 'refused'; readonly message: string };

/** json-schema.ts ends what takes too long by itself; this is for what it cannot end, and for a thread that ran out of memory. */
const MOST_MS = 5_000;
const MOST_WAITING = 200;
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 };

export type Judge = (task: Task) => Promise<Judged>;

/** One thread with one task at a time. */
function startThread() {
  const thread = new Worker(new URL('./judge.worker.ts', import.meta.url), { resourceLimits: LIMITS });
  thread.unref();
  const online = new Promise<void>((resolve) => thread.once('online', () => resolve()).once('exit', () => resolve()));
  // Without a listener an error of the thread would be one of the process.
  thread.on('error', () => {});

  return {
    /** undefined: the thread is done for */
    async work(task: Task): Promise<Judged | undefined> {
      thread.ref();
      await online;
      return new Promise((resolve) => {
        const done = (judged?: Judged) => {
          clearTimeout(timer);
          thread.unref();
          thread.off('message', done).off('exit', given).off('error', given);
          resolve(judged);
        };
        const given = () => done();
        const timer = setTimeout(given, MOST_MS);
        thread.on('message', done).on('exit', given).on('error', given);
        thread.postMessage(task);
      });
    },
    end: () => void thread.terminate(),
  };
}

/**
 * Strangers write the schemas, so another thread works through them: patterns that backtrack and references that multiply use up its
 * time and memory while the server goes on answering (0.1 ms a document, 0.3 s for a new thread; 2-core machine, 2026-11). It starts
 * with the first task and keeps no process alive.
 */
export function makeJudge(): Judge {
  const waiting: { readonly task: Task; resolve(judged: Judged): void }[] = [];
  let thread: ReturnType<typeof startThread> | undefined;
  let busy = false;

  const judge = async (task: Task): Promise<Judged> => {
    thread ??= startThread();
    const judged = await thread.work(task);
    if (judged) return judged;
    thread.end();
    thread = undefined;
    return { kind: 'slow' };
  };

  const workThrough = async () => {
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) next.resolve(await judge(next.task));
    busy = false;
  };

  return (task) => {
    if (waiting.length >= MOST_WAITING)
      return Promise.reject(unavailable('Too many documents wait to be judged by their schemas'));
    return new Promise((resolve) => {
      waiting.push({ task, resolve });
      void workThrough();
    });
  };
}
