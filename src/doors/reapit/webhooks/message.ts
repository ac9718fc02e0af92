import { diffOf } from './diff.ts';

/** How long an answer is waited for (contracts/reapit.md §3.4). */
export const ANSWER_MS = 10_000;

type Model = Readonly<Record<string, unknown>>;

export type Told = {
  readonly eventId: string;
  readonly entityId: string | null;
  readonly customerId: string;
  /** with seven digits of a second */
  readonly eventTime: string;
  readonly topicId: string;
  readonly new: Model | null;
  readonly old: Model | null;
};

/** A message as it is kept: everything but the number of the attempt, which `stamp` puts in front (contracts/reapit.md §3.2). */
export const writeMessage = (told: Told): string => {
  const { old, new: now, ...head } = told;
  return JSON.stringify({ ...head, new: now, old, diff: old && now ? diffOf(old, now) : {} });
};

export const stamp = (body: string, attempts: number): string => `{"SendAttempts":${attempts + 1},${body.slice(1)}`;
