import { toDeviation } from './statistics.ts';

/**
 * The latest values of a sequence, kept in order of size as they come and go: their median is at hand, where sorting
 * them anew for every day of thousands of series would cost more than all else.
 */
export class Latest {
  readonly #byTime: Float64Array;
  readonly #bySize: Float64Array;
  #count = 0;
  /** Where the next value goes, once there is no room the place of the oldest. */
  #next = 0;

  constructor(size: number) {
    this.#byTime = new Float64Array(size);
    this.#bySize = new Float64Array(size);
  }

  clear(): void {
    this.#count = 0;
    this.#next = 0;
  }

  add(value: number): void {
    const sorted = this.#bySize;
    let at = this.#count;
    if (at < sorted.length) this.#count += 1;
    else at = sorted.indexOf(this.#byTime[this.#next]!);
    // The new value takes the place of the oldest and moves from there to its own.
    for (; at > 0 && sorted[at - 1]! > value; at -= 1) sorted[at] = sorted[at - 1]!;
    for (; at + 1 < this.#count && sorted[at + 1]! < value; at += 1) sorted[at] = sorted[at + 1]!;
    sorted[at] = value;
    this.#byTime[this.#next] = value;
    this.#next = (this.#next + 1) % sorted.length;
  }

  /** Multiplies all by a positive factor. */
  scale(factor: number): void {
    for (let at = 0; at < this.#count; at += 1) {
      this.#byTime[at]! *= factor;
      this.#bySize[at]! *= factor;
    }
  }

  /** How many there are, at most as many as it keeps. */
  get count(): number {
    return this.#count;
  }

  /** 0 of none. */
  get median(): number {
    const middle = this.#count >> 1;
    if (this.#count === 0) return 0;
    const above = this.#bySize[middle]!;
    return this.#count % 2 === 1 ? above : (this.#bySize[middle - 1]! + above) / 2;
  }

  /**
   * A deviation outliers do not move: the median distance from the median, scaled to the standard deviation. Distances
   * grow to both sides of the middle, so half a walk outwards meets the middle one.
   */
  get deviation(): number {
    const sorted = this.#bySize;
    const [count, middle] = [this.#count, this.median];
    if (count === 0) return 0;
    let below = (count >> 1) - 1;
    let above = count >> 1;
    let [before, distance] = [0, 0];
    for (let met = 0; met <= count >> 1; met += 1) {
      before = distance;
      const toBelow = below < 0 ? Infinity : Math.abs(sorted[below]! - middle);
      const toAbove = above < count ? Math.abs(sorted[above]! - middle) : Infinity;
      distance = Math.min(toBelow, toAbove);
      if (toBelow < toAbove) below -= 1;
      else above += 1;
    }
    return toDeviation * (count % 2 === 1 ? distance : (before + distance) / 2);
  }
}
