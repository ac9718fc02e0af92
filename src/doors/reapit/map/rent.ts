import { atLeast, atMost } from '../../../wire/resource/conditions.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';

const TIMES: Readonly<Record<string, number>> = { weekly: 52 / 12, fourWeekly: 13 / 12, monthly: 1, annually: 1 / 12 };

/** Both sides as amounts of a month, rounded as they are kept (contracts/reapit.md §1.5). */
const monthly = (rent: number, query: ReadQuery) =>
  Math.round(rent * (TIMES[String(query.rentFrequency?.[0] ?? 'monthly')] ?? 1) * 100) / 100;

export const rentFrom =
  (name: string) =>
  ([rent = 0]: readonly number[], query: ReadQuery) =>
    atLeast(name, monthly(rent, query));

export const rentTo =
  (name: string) =>
  ([rent = 0]: readonly number[], query: ReadQuery) =>
    atMost(name, monthly(rent, query));
