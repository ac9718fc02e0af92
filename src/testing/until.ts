import { setTimeout as wait } from 'node:timers/promises';

const PAUSE_MS = 20;

/** Waits until something is there, and answers it. @throws Error that names it, when it does not come */
export async function untilFound<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
  patienceMs = 60_000,
): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Not after ${patienceMs / 1000} s: ${what}`);
    await wait(PAUSE_MS);
  }
}

/** Waits for a fact. @throws Error that names it, when it does not come */
export async function until(what: string, fact: () => boolean | Promise<boolean>, patienceMs?: number): Promise<void> {
  await untilFound(what, async () => (await fact()) || undefined, patienceMs);
}
