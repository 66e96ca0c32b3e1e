import { Latest } from './latest.ts';

/** How much each weekday costs against the usual day, by the last eight weeks. */
export class Weekdays {
  readonly #all = new Latest(weeks * 7);
  readonly #each = Array.from({ length: 7 }, () => new Latest(weeks));

  clear(): void {
    this.#all.clear();
    for (const same of this.#each) same.clear();
  }

  /** Adds the next day. */
  add(weekday: number, amount: number): void {
    this.#all.add(amount);
    this.#each[weekday]!.add(amount);
  }

  /** One factor per weekday, Sunday first; 1 where too little is known. */
  factors(): number[] {
    const usual = this.#all.median;
    return this.#each.map((same) => {
      if (same.count < 3 || usual <= 0) return 1;
      return Math.min(4, Math.max(0.1, same.median / usual));
    });
  }
}

const weeks = 8;
