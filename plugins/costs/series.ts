import type { Units } from './money.ts';

/**
 * Daily amounts as one short text: the first day's position, a colon, then units in base 36 separated by blanks, with
 * nothing for zero: `31:2s 2t  -1`. Thousands of series over 13 months stay small, and diffs readable.
 */
export function encodeSeries(amounts: ArrayLike<Units>): string {
  let first = 0;
  let last = amounts.length - 1;
  while (last >= 0 && amounts[last] === 0) last -= 1;
  if (last < 0) return '';
  while (amounts[first] === 0) first += 1;
  const parts: string[] = [];
  for (let at = first; at <= last; at += 1)
    parts.push(amounts[at] === 0 ? '' : amounts[at]!.toString(36));
  return `${first}:${parts.join(' ')}`;
}

/** The amounts of an encoded series, `length` long. Throws on a text that is none. */
export function decodeSeries(text: string, length: number): Units[] {
  const amounts = zeros(length);
  if (!text) return amounts;
  const colon = text.indexOf(':');
  let at = Number(text.slice(0, colon));
  let amount = 0;
  let sign = 1;
  // By hand: millions of short numbers, which splitting would make millions of texts of.
  for (let index = colon + 1; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : blank;
    const digit = digitOf(code);
    if (code === blank) {
      if (!Number.isSafeInteger(amount) || !(at >= 0 && at < length))
        throw unreadable(text, length);
      if (amount !== 0) amounts[at] = sign * amount;
      at += 1;
      amount = 0;
      sign = 1;
    } else if (code === minus && amount === 0) sign = -1;
    else if (digit >= 0 && digit < 36) amount = amount * 36 + digit;
    else throw unreadable(text, length);
  }
  return amounts;
}

function zeros(length: number): Units[] {
  const amounts: Units[] = [];
  for (let at = 0; at < length; at += 1) amounts.push(0);
  return amounts;
}

function digitOf(code: number): number {
  if (code >= letterA) return code - letterA + 10;
  return code <= nine ? code - zero : -1;
}

const [blank, minus, zero, nine, letterA] = [32, 45, 48, 57, 97];

function unreadable(text: string, length: number): Error {
  return new Error(`Unexpected series ${text.slice(0, 40)}, expected amounts of ${length} days`);
}

const exactPerUnit = 100_000_000;

/** Exact amounts by series and day while they are added up, and how they are rounded to units. */
export class Amounts {
  readonly #units: Float64Array;
  /** What is above the units, in whole 10^-12; below 10^8 for each amount added. */
  readonly #rest: Float64Array;
  readonly #columns: number;

  constructor(rows: number, columns: number) {
    this.#units = new Float64Array(rows * columns);
    this.#rest = new Float64Array(rows * columns);
    this.#columns = columns;
  }

  /** Adds an exact amount, given in whole 10^-12; as a number only where that is a safe integer. */
  add(row: number, column: number, exact: number | bigint): void {
    const at = row * this.#columns + column;
    if (typeof exact === 'number') {
      const units = Math.floor(exact / exactPerUnit);
      this.#units[at]! += units;
      this.#rest[at]! += exact - units * exactPerUnit;
      return;
    }
    const rest = ((exact % 100_000_000n) + 100_000_000n) % 100_000_000n;
    this.#units[at]! += Number((exact - rest) / 100_000_000n);
    this.#rest[at]! += Number(rest);
  }

  /** The exact sum over the given rows and columns. */
  exactSum(rows: readonly number[], from: number, to: number): bigint {
    let units = 0;
    let rest = 0;
    for (const row of rows) {
      for (let at = row * this.#columns + from; at < row * this.#columns + to; at += 1) {
        units += this.#units[at]!;
        rest += this.#rest[at]!;
      }
    }
    return BigInt(units) * 100_000_000n + BigInt(rest);
  }

  /**
   * Rounds the amounts of some rows and columns to units so that they add up to `total`: all are rounded down, what is
   * left goes to the largest remainders (compared to 16 bits, earlier rows first).
   */
  round(rows: readonly number[], from: number, to: number, total: Units): void {
    const counts = new Uint32Array(65_537);
    let left = total;
    for (const row of rows) {
      for (let at = row * this.#columns + from; at < row * this.#columns + to; at += 1) {
        const rest = this.#rest[at]!;
        if (rest >= exactPerUnit) {
          const carried = Math.floor(rest / exactPerUnit);
          this.#units[at]! += carried;
          this.#rest[at] = rest - carried * exactPerUnit;
        }
        left -= this.#units[at]!;
        if (this.#rest[at]! > 0) counts[remainder(this.#rest[at]!)]! += 1;
      }
    }
    let threshold = 65_536;
    while (threshold > 0 && counts[threshold]! < left) {
      left -= counts[threshold]!;
      threshold -= 1;
    }
    for (const row of rows) {
      for (let at = row * this.#columns + from; at < row * this.#columns + to; at += 1) {
        const rest = this.#rest[at]!;
        if (rest === 0) continue;
        this.#rest[at] = 0;
        const rank = remainder(rest);
        if (rank < threshold || (rank === threshold && left <= 0)) continue;
        if (rank === threshold) left -= 1;
        this.#units[at]! += 1;
      }
    }
  }

  /** Units of a row, after rounding. */
  row(row: number): Float64Array {
    return this.#units.subarray(row * this.#columns, (row + 1) * this.#columns);
  }
}

function remainder(rest: number): number {
  return 1 + Math.floor((rest / exactPerUnit) * 65_535);
}
