import type { Clock } from '../../kernel/clock.ts';

/** Calls that an application may make; null: any number (contracts/reapit.md §1.16). */
export type ReapitLimits = {
  readonly perSecond: number | null;
  readonly inFlight: number | null;
  readonly perDay: number | null;
};
export const VENDOR_LIMITS: ReapitLimits = { perSecond: 20, inFlight: 5, perDay: 250_000 };

/** Let in until `leave`, or refused for so many seconds, with what there was too much of. */
export type Passage = { readonly leave: () => void } | { readonly retryAfterSeconds: number; readonly limit: string };

const DAY_MS = 86_400_000;

type Counts = { readonly calls: number[]; day: number; spent: number };

/**
 * The vendor's three limits, in the memory of this process: a sliding second and a day of UTC for each application, calls in flight for
 * each application and customer. What is refused does not count. `spend` adds what embeds count as.
 */
export function makeGate(clock: Clock, { perSecond, inFlight, perDay }: ReapitLimits) {
  const counts = new Map<string, Counts>();
  const flying = new Map<string, number>();

  const countsOf = (application: string, now: number): Counts => {
    const day = Math.floor(now / DAY_MS);
    let own = counts.get(application);
    if (!own) {
      own = { calls: [], day, spent: 0 };
      counts.set(application, own);
    }
    if (own.day !== day) Object.assign(own, { day, spent: 0 });
    while (own.calls[0] !== undefined && own.calls[0] <= now - 1000) own.calls.shift();
    return own;
  };

  const refusal = (own: Counts, flight: number, now: number): Passage | undefined => {
    const [oldest = now] = own.calls;
    if (perSecond !== null && own.calls.length >= perSecond)
      return {
        retryAfterSeconds: Math.max(1, Math.ceil((oldest + 1000 - now) / 1000)),
        limit: `${perSecond} requests in a second`,
      };
    if (inFlight !== null && flight >= inFlight) return { retryAfterSeconds: 1, limit: `${inFlight} requests at a time` };
    if (perDay !== null && own.spent >= perDay)
      return { retryAfterSeconds: Math.ceil(((own.day + 1) * DAY_MS - now) / 1000), limit: `${perDay} requests in a day` };
    return undefined;
  };

  return {
    enter(application: string, customer: string): Passage {
      const now = clock.now().getTime();
      const own = countsOf(application, now);
      const key = `${application} ${customer}`;
      const flight = flying.get(key) ?? 0;
      const refused = refusal(own, flight, now);
      if (refused) return refused;
      own.calls.push(now);
      own.spent += 1;
      flying.set(key, flight + 1);
      let inside = true;
      return {
        leave() {
          if (!inside) return;
          inside = false;
          const left = (flying.get(key) ?? 1) - 1;
          if (left > 0) flying.set(key, left);
          else flying.delete(key);
        },
      };
    },

    /** Calls beyond the one that was let in: those that embeds count as. */
    spend(application: string, calls: number): void {
      countsOf(application, clock.now().getTime()).spent += calls;
    },
  };
}
export type Gate = ReturnType<typeof makeGate>;
