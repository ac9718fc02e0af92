/** Time comes in from outside, so that the sandbox story and the tests can say when something happened. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
