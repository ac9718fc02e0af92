import { setTimeout as wait } from 'node:timers/promises';

const PAUSE_MS = 20;

/** Waits for a fact. @throws Error that names it, when it does not come */
export async function until(what: string, fact: () => boolean | Promise<boolean>, patienceMs = 60_000): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await fact())) {
    if (performance.now() > end) throw new Error(`Not after ${patienceMs / 1000} s: ${what}`);
    await wait(PAUSE_MS);
  }
}
