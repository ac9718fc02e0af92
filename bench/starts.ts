import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { median } from './measure.ts';
import { memoryOf, startPortico } from './programs.ts';

export type Starts = {
  /** ms from the spawn of Node to the first 200 of /readyz; medians */
  readonly existing: number;
  readonly empty: number;
  /** MiB of the Node process when nobody asks anything */
  readonly memory: { readonly rss: number; readonly pss: number } | undefined;
};

const TIMES = 3;
const SETTLE_MS = 5_000;

/** Starts with its own PostgreSQL: three times on the folder that is full, three times on a new one in `folder` with the sandbox world. */
export async function measureStarts(fullDir: string, folder: string): Promise<Starts> {
  const existing: number[] = [];
  const memories: { rss: number; pss: number }[] = [];
  // The first one fills the cache of compiled modules, as the first start after an installation does.
  for (let time = 0; time <= TIMES; time++) {
    const portico = await startPortico({ PORTICO_DATA: fullDir, PORTICO_SANDBOX: 'off' });
    if (time > 0) existing.push(portico.readyMs);
    if (time === TIMES) {
      await wait(SETTLE_MS);
      const memory = memoryOf(portico.pid);
      if (memory) memories.push(memory);
    }
    await portico.stop();
  }
  const empty: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const portico = await startPortico({ PORTICO_DATA: join(folder, `empty-${time}`), PORTICO_SANDBOX: 'on' });
    empty.push(portico.readyMs);
    await portico.stop();
  }
  return { existing: median(existing), empty: median(empty), memory: memories[0] };
}
