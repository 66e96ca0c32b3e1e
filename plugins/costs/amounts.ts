import { unitsFromExact, type Units } from './money.ts';

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
   * Rounds the amounts of some rows and columns to units so that they add up to their rounded sum: all are rounded down,
   * what is left goes to the largest remainders (compared to 16 bits, earlier rows first). Returns the exact sum.
   */
  round(rows: readonly number[], from: number, to: number): bigint {
    const pairs = this.#pairs;
    const columns = this.#columns;
    const counts = new Uint32Array(65_537);
    let [units, rest] = [0, 0];
    for (const row of rows) {
      const end = (row * columns + to) * 2;
      for (let at = (row * columns + from) * 2; at < end; at += 2) {
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
        counts[rank]! += 1;
      }
    }
    const exact = BigInt(units) * 100_000_000n + BigInt(rest);
    let left: Units = unitsFromExact(exact) - units;
    let threshold = 65_536;
    while (threshold > 0 && counts[threshold]! < left) {
      left -= counts[threshold]!;
      threshold -= 1;
    }
    for (const row of rows) {
      const end = (row * columns + to) * 2;
      for (let at = (row * columns + from) * 2; at < end; at += 2) {
        const rank = pairs[at + 1]!;
        if (rank === 0) continue;
        pairs[at + 1] = 0;
        if (rank < threshold || (rank === threshold && left <= 0)) continue;
        if (rank === threshold) left -= 1;
        pairs[at]! += 1;
      }
    }
    return exact;
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

/** Rank of a remainder among all, 1 to 65,536; 0 for none. */
function rankOf(rest: number): number {
  if (rest === 0) return 0;
  return 1 + Math.floor((rest / exactPerUnit) * 65_535);
}
