import type { Clock } from '../kernel/clock.ts';

/** Calls that an application may make; null: any number (contracts/reapit.md §1.16). */
export type CallLimits = {
  readonly perSecond: number | null;
  readonly inFlight: number | null;
  readonly perDay: number | null;
};

export type Refusal = { readonly retryAfterSeconds: number; readonly reached: keyof CallLimits; readonly limit: number };
/** Let in until `leave`, or refused. */
export type Passage = { readonly leave: () => void } | Refusal;

/** Lets calls in while an application stays below its limits. What is refused does not count. */
export type CallGate = {
  /** @param customer for whom the call is: calls in flight are counted for each */
  enter(application: string, customer: string): Passage | Promise<Passage>;
  /** Calls beyond the one that was let in: those that embeds count as. They count toward the day alone. */
  spend(application: string, calls: number): void;
};

/** What one application called of late. Moments are milliseconds; flights are told apart by a name. */
export type Called = {
  readonly hits: readonly number[];
  readonly day: number;
  readonly spent: number;
  readonly flights: Readonly<Record<string, { readonly customer: string; readonly since: number }>>;
};
export const NOTHING_CALLED: Called = { hits: [], day: 0, spent: 0, flights: {} };

const DAY_MS = 86_400_000;
/** A call that never left, because its process died, holds its place this long. */
const LOST_MS = 120_000;

/** What still counts at that moment. */
function current({ hits, day, spent, flights }: Called, now: number): Called {
  const today = Math.floor(now / DAY_MS);
  return {
    hits: hits.filter((at) => at > now - 1000),
    day: today,
    spent: day === today ? spent : 0,
    flights: Object.fromEntries(Object.entries(flights).filter(([, { since }]) => since > now - LOST_MS)),
  };
}

/** One call more, or why not. */
export function takeOff(
  before: Called,
  limits: CallLimits,
  { flight, customer, now }: { readonly flight: string; readonly customer: string; readonly now: number },
): Called | Refusal {
  const { perSecond, inFlight, perDay } = limits;
  const called = current(before, now);
  const [oldest = now] = called.hits;
  const flying = Object.values(called.flights).filter((one) => one.customer === customer).length;
  if (perSecond !== null && called.hits.length >= perSecond)
    return { retryAfterSeconds: Math.max(1, Math.ceil((oldest + 1000 - now) / 1000)), reached: 'perSecond', limit: perSecond };
  if (inFlight !== null && flying >= inFlight) return { retryAfterSeconds: 1, reached: 'inFlight', limit: inFlight };
  if (perDay !== null && called.spent >= perDay)
    return { retryAfterSeconds: Math.ceil((DAY_MS - (now % DAY_MS)) / 1000), reached: 'perDay', limit: perDay };
  return {
    hits: perSecond === null ? [] : [...called.hits, now],
    day: called.day,
    spent: called.spent + 1,
    flights: inFlight === null ? {} : { ...called.flights, [flight]: { customer, since: now } },
  };
}

export const land = (called: Called, flight: string): Called => {
  const { [flight]: _, ...flights } = called.flights;
  return { ...called, flights };
};

export const isRefusal = (taken: Called | Refusal): taken is Refusal => 'reached' in taken;

/** The limits in the memory of this process. */
export function memoryGate(clock: Clock, limits: CallLimits): CallGate {
  const applications = new Map<string, Called>();
  let flights = 0;
  const of = (application: string) => applications.get(application) ?? NOTHING_CALLED;
  return {
    enter(application, customer) {
      const flight = String(++flights);
      const taken = takeOff(of(application), limits, { flight, customer, now: clock.now().getTime() });
      if (isRefusal(taken)) return taken;
      applications.set(application, taken);
      return { leave: () => void applications.set(application, land(of(application), flight)) };
    },
    spend(application, calls) {
      const called = current(of(application), clock.now().getTime());
      applications.set(application, { ...called, spent: called.spent + calls });
    },
  };
}
