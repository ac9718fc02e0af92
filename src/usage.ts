import type { Logger } from 'pino';
import type { Identity, Usage } from './domain/index.ts';
import type { Clock } from './kernel/clock.ts';

/** How long calls wait to be written: a write a call would make every caller of an application wait for one row. */
const FLUSH_MS = 1_000;

export type UsageMeter = {
  count(calls: Omit<Usage, 'day'>): void;
  /** Writes what was counted so far. */
  flush(): Promise<void>;
  /** Ends after the last write. */
  stop(): Promise<void>;
};

/**
 * Counts what applications call (contracts/reapit.md §1.17). A process that is killed loses the counts of its last second, never an
 * answer; one that ends writes them.
 */
export function startUsageMeter(identity: Pick<Identity, 'addUsage'>, clock: Clock, log: Logger): UsageMeter {
  let waiting = new Map<string, Usage>();
  let running: Promise<void> = Promise.resolve();

  function add(usage: Usage): void {
    const key = `${usage.orgId} ${usage.clientId} ${usage.day} ${usage.resource}`;
    waiting.set(key, { ...usage, calls: usage.calls + (waiting.get(key)?.calls ?? 0) });
  }

  async function write(): Promise<void> {
    const batch = [...waiting.values()];
    waiting = new Map();
    await identity.addUsage(batch).catch((error: unknown) => {
      log.warn({ room: 'usage', err: error }, 'Calls were not written; they are kept for the next time');
      batch.forEach(add);
    });
  }

  const flush = () => {
    running = running.then(write);
    return running;
  };
  const timer = setInterval(() => void (waiting.size > 0 && flush()), FLUSH_MS).unref();
  return {
    count: (calls) => add({ ...calls, day: clock.now().toISOString().slice(0, 10) }),
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
