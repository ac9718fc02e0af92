import type { Clock } from '../kernel/clock.ts';

/** `remaining` calls are left until the window ends in `resetMs`; below zero: this call was one too many. */
export type Taken = { readonly remaining: number; readonly resetMs: number };

/**
 * Counts calls in fixed windows that start with the first call. One instance counts in its memory; several count in a store that they
 * share, handed in from outside (design §5).
 */
export type Limiter = {
  take(key: string, limit: number, windowSeconds: number): Promise<Taken> | Taken;
};

/** Windows in the memory of this process. Those that are over are dropped once a window, so it holds no more keys than are in use. */
export function memoryLimiter(clock: Clock): Limiter {
  const windows = new Map<string, { endsAt: number; taken: number }>();
  let sweepAt = 0;
  return {
    take(key, limit, windowSeconds) {
      const now = clock.now().getTime();
      if (now >= sweepAt) {
        for (const [old, { endsAt }] of windows) if (endsAt <= now) windows.delete(old);
        sweepAt = now + windowSeconds * 1000;
      }
      let window = windows.get(key);
      if (!window || window.endsAt <= now) {
        window = { endsAt: now + windowSeconds * 1000, taken: 0 };
        windows.set(key, window);
      }
      window.taken += 1;
      return { remaining: limit - window.taken, resetMs: window.endsAt - now };
    },
  };
}
