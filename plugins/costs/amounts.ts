import { unitsFromExact } from './money.ts';

/** Parts of 10^-12 in a unit. */
export const exactPerUnit = 100_000_000;

/** Exact amounts in two numbers each: whole units, rounded down, and what is above them in whole 10^-12. */
export interface ExactAmounts {
  units: Float64Array;
  rest: Float64Array;
}

/** Exact amounts by series and day while they are added up, and how they are rounded to units. */
export class Amounts {
  /**
   * Units, and behind each what is above them in whole 10^-12 (below 10^8 for each amount added): side by side, because
   * amounts come in any order and every second place to look at costs more than adding.
   */
  readonly #pairs: Float64Array;
  readonly #columns: number;

  constructor(rows: number, columns: number) {
    this.#pairs = new Float64Array(rows * columns * 2);
    this.#columns = columns;
  }

  /** Adds amounts, each to its row and column. */
  add(rows: Int32Array, columns: Int32Array, { units, rest }: ExactAmounts): void {
    const [pairs, width] = [this.#pairs, this.#columns];
    for (let index = 0; index < rows.length; index += 1) {
      const at = (rows[index]! * width + columns[index]!) * 2;
      pairs[at]! += units[index]!;
      pairs[at + 1]! += rest[index]!;
    }
  }

  /**
   * Rounds the amounts of some rows to units, span by span: `starts` has the first column of each, and the end of the
   * last. Each adds up to its rounded sum then: all amounts are rounded down, what is left goes to the largest remainders
   * (compared to 16 bits, earlier rows first). Returns the exact sums. All spans at once, so that memory is gone through
   * in its order.
   */
  round(rows: readonly number[], starts: readonly number[]): bigint[] {
    const spans = starts.slice(1).map(() => new Span());
    for (const row of rows) {
      const first = row * this.#columns;
      for (const [index, span] of spans.entries())
        span.count(this.#pairs, (first + starts[index]!) * 2, (first + starts[index + 1]!) * 2);
    }
    const sums = spans.map((span) => span.close());
    for (const row of rows) {
      const first = row * this.#columns;
      for (const [index, span] of spans.entries())
        span.raise(this.#pairs, (first + starts[index]!) * 2, (first + starts[index + 1]!) * 2);
    }
    return sums;
  }

  /** Units of a row, after rounding. */
  row(row: number): Float64Array {
    const units = new Float64Array(this.#columns);
    const from = row * this.#columns * 2;
    for (let column = 0; column < units.length; column += 1)
      units[column] = this.#pairs[from + column * 2]!;
    return units;
  }
}

/** What is rounded together: first all amounts are counted, then the largest remainders are raised. */
class Span {
  readonly #counts = new Uint32Array(65_537);
  #units = 0;
  #rest = 0;
  #left = 0;
  #threshold = 65_536;

  /** Rounds down, and puts in place of each remainder its rank. */
  count(pairs: Float64Array, from: number, to: number): void {
    let [units, rest] = [0, 0];
    for (let at = from; at < to; at += 2) {
      let above = pairs[at + 1]!;
      // Most things cost nothing on most days.
      if (above === 0) {
        units += pairs[at]!;
        continue;
      }
      if (above >= exactPerUnit) {
        const carried = Math.floor(above / exactPerUnit);
        above -= carried * exactPerUnit;
        pairs[at]! += carried;
      }
      units += pairs[at]!;
      rest += above;
      const rank = rankOf(above);
      pairs[at + 1] = rank;
      this.#counts[rank]! += 1;
    }
    this.#units += units;
    this.#rest += rest;
  }

  /** The exact sum; from here on it is known which ranks are raised. */
  close(): bigint {
    const exact = BigInt(this.#units) * BigInt(exactPerUnit) + BigInt(this.#rest);
    this.#left = unitsFromExact(exact) - this.#units;
    while (this.#threshold > 0 && this.#counts[this.#threshold]! < this.#left) {
      this.#left -= this.#counts[this.#threshold]!;
      this.#threshold -= 1;
    }
    return exact;
  }

  /** Raises the ranks above the threshold by a unit, and of those on it as many as are left. */
  raise(pairs: Float64Array, from: number, to: number): void {
    for (let at = from; at < to; at += 2) {
      const rank = pairs[at + 1]!;
      if (rank === 0) continue;
      pairs[at + 1] = 0;
      if (rank < this.#threshold || (rank === this.#threshold && this.#left <= 0)) continue;
      if (rank === this.#threshold) this.#left -= 1;
      pairs[at]! += 1;
    }
  }
}

/** Rank of a remainder among all, 1 to 65,536; 0 for none. */
function rankOf(rest: number): number {
  if (rest === 0) return 0;
  return 1 + Math.floor((rest / exactPerUnit) * 65_535);
}
