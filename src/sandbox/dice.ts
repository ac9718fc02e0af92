/** Chance that falls the same way on every machine. */
export type Dice = {
  /** a whole number from `least` to `most`, both included */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** true so many times in a hundred */
  chance(percent: number): boolean;
};

/** mulberry32: thirty-two bits of state are plenty for a story. */
export function makeDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(roll() * (most - least + 1));
  return {
    between,
    pick: <T>(from: readonly T[]) => from[between(0, from.length - 1)] as T,
    chance: (percent) => between(1, 100) <= percent,
  };
}
