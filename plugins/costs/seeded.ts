/** Random numbers that are the same on every run with the same seed. */
export interface Seeded {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number at least 0, below `below`. */
  whole(below: number): number;
  /** About normal, mean 0, deviation 1. */
  normal(): number;
  one<T>(values: readonly T[]): T;
  /** A random part of a list, order kept. */
  some<T>(values: readonly T[]): T[];
}

/** mulberry32: 32 bits of state, good enough for demo and test data. */
export function seeded(seed: number): Seeded {
  let state = seed | 0;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    next,
    whole: (below) => Math.floor(next() * below),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    one: (values) => values[Math.floor(next() * values.length)]!,
    some: (values) => values.filter(() => next() < 0.6),
  };
}
