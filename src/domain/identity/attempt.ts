/** How failures of one kind of key are slowed down. */
export type Slowing = { readonly free: number; readonly longestSeconds: number };

/** One login from one network address: five free tries, then 1, 2, 4 … seconds, at most a quarter of an hour. */
export const byBoth: Slowing = { free: 5, longestSeconds: 900 };
/** One login from anywhere: who guesses from many places is slowed down too, but cannot lock its owner out for long. */
export const byLogin: Slowing = { free: 50, longestSeconds: 60 };
/** A network address may be a whole office behind one router: more tries, shorter waits. */
export const byNetwork: Slowing = { free: 50, longestSeconds: 60 };

/** After so long without a try, counting starts again. */
export const FORGET_MS = 60 * 60_000;
