/**
 * Money is counted in whole units of 1/10,000 of its currency, so sums are exact (integers up to 900 billion of a
 * currency). Fractions occur in one place only, while lines are added up, and there they are decimals with twelve places.
 */
export type Units = number;

/** Units in one of a currency. */
export const unitsPerCurrency = 10_000;

/** Decimal places kept while the lines of a bill are added up. */
export const exactPlaces = 12;
const exactPerUnit = 10n ** BigInt(exactPlaces - 4);

const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A decimal number as text (`-0.0000008`, `1.5e-7`) in whole 10^-places, rounded half away from zero; undefined if it is none. */
export function parseDecimal(text: string, places = exactPlaces): bigint | undefined {
  const match = decimalText.exec(text.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (!whole && !fraction) return undefined;
  const digits = BigInt(whole + fraction);
  const shift = places - fraction.length + Number(exponent);
  const size =
    shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -size : size;
}

/** An amount as text in units; undefined if it is no number or beyond what can be counted exactly. */
export function parseUnits(text: string): Units | undefined {
  const units = parseDecimal(text, 4);
  if (units === undefined || units > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return units < -BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(units);
}

/** An exact sum in units, rounded half away from zero. */
export function unitsFromExact(exact: bigint): Units {
  return safe(
    Number(exact < 0n ? -divideRounded(-exact, exactPerUnit) : divideRounded(exact, exactPerUnit)),
  );
}

/** An exact sum as plain decimal text without trailing zeros. */
export function exactText(exact: bigint): string {
  const digits = (exact < 0n ? -exact : exact).toString().padStart(exactPlaces + 1, '0');
  const fraction = digits.slice(-exactPlaces).replace(/0+$/, '');
  return `${exact < 0n ? '-' : ''}${digits.slice(0, -exactPlaces)}${fraction && `.${fraction}`}`;
}

/** Adds units; throws where integers stop being exact. */
export function sum(amounts: Iterable<Units>): Units {
  let total = 0;
  for (const amount of amounts) total += amount;
  return safe(total);
}

/** Adds the units of some positions; throws where integers stop being exact. */
export function sumOf(amounts: ArrayLike<Units>, from: number, to: number): Units {
  let total = 0;
  for (let at = from; at < to; at += 1) total += amounts[at]!;
  return safe(total);
}

/**
 * Splits an amount by weights so that the parts add up to it exactly: every part is rounded towards zero, what is left
 * goes one unit each to the largest remainders, earlier parts first on a tie. Without any weight the split is even;
 * negative weights count as none.
 */
export function apportion(total: Units, weights: readonly number[]): Units[] {
  if (weights.length === 0) return [];
  const scale = weights.every(Number.isInteger) ? 1 : 1e6;
  const whole = weights.map((weight) => (weight > 0 ? BigInt(Math.round(weight * scale)) : 0n));
  const known = whole.some((weight) => weight > 0n) ? whole : whole.map(() => 1n);
  let all = 0n;
  for (const weight of known) all += weight;
  const size = BigInt(Math.abs(safe(total)));
  const parts = known.map((weight) => (size * weight) / all);
  const remainders = known.map((weight) => (size * weight) % all);
  let left = Number(size - parts.reduce((a, b) => a + b, 0n));
  const order = known.map((_, index) => index);
  order.sort((a, b) => compareDown(remainders[a]!, remainders[b]!) || a - b);
  for (const index of order) {
    if (left === 0) break;
    parts[index]! += 1n;
    left -= 1;
  }
  return parts.map((part) => (total < 0 ? -Number(part) : Number(part)));
}

/**
 * Rounds amounts to `places` decimals for showing, together: what is shown adds up to the rounded total. Amounts come
 * back in units.
 */
export function roundTogether(amounts: readonly Units[], places = 2): Units[] {
  const step = 10 ** (4 - places);
  const total = roundUnits(sum(amounts), places) / step;
  const floors = amounts.map((amount) => Math.floor(amount / step));
  let left = total - sum(floors);
  const order = amounts.map((_, index) => index);
  order.sort(
    (a, b) => amounts[b]! - floors[b]! * step - (amounts[a]! - floors[a]! * step) || a - b,
  );
  for (const index of order) {
    if (left <= 0) break;
    floors[index]! += 1;
    left -= 1;
  }
  return floors.map((floor) => floor * step);
}

/** One amount rounded to `places` decimals, half away from zero, in units. */
export function roundUnits(amount: Units, places = 2): Units {
  const step = 10 ** (4 - places);
  return Math.sign(amount) * Math.floor((Math.abs(amount) + step / 2) / step) * step;
}

/** Units as plain decimal text with four places, for files and messages. */
export function unitsText(amount: Units, places = 4): string {
  const rounded = roundUnits(amount, places);
  const digits = Math.abs(rounded).toString().padStart(5, '0');
  const fraction = digits.slice(-4).slice(0, places);
  return `${rounded < 0 ? '-' : ''}${digits.slice(0, -4)}${fraction && `.${fraction}`}`;
}

function divideRounded(value: bigint, by: bigint): bigint {
  return (value * 2n + by) / (by * 2n);
}

function compareDown(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}

function safe(amount: number): number {
  if (Number.isSafeInteger(amount)) return amount === 0 ? 0 : amount;
  throw new RangeError(`Amount ${amount} is too large to be counted exactly`);
}
