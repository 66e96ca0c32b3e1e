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
  const bytes = roomFor(last - first + 1);
  let at = 0;
  // By hand and into one place: millions of short numbers, which toString and join would make millions of texts of.
  for (let day = first; day <= last; day += 1) {
    if (day > first) bytes[at++] = blank;
    if (amounts[day] !== 0) at = writeAmount(amounts[day]!, bytes, at);
  }
  return `${first}:${bytes.toString('latin1', 0, at)}`;
}

const bytesPerAmount = 13;
let room = Buffer.allocUnsafe(400 * bytesPerAmount);

function roomFor(amounts: number): Buffer {
  if (room.length < amounts * bytesPerAmount) room = Buffer.allocUnsafe(amounts * bytesPerAmount);
  return room;
}

/** Writes an amount in base 36 and returns where it ends. */
function writeAmount(amount: Units, bytes: Uint8Array, start: number): number {
  let left = Math.abs(amount);
  let end = start + 1;
  if (amount < 0) {
    bytes[start] = minus;
    end += 1;
  }
  for (let power = 36; left >= power; power *= 36) end += 1;
  for (let at = end - 1; at >= end - bytesPerAmount; at -= 1) {
    const digit = left % 36;
    bytes[at] = digit < 10 ? zero + digit : letterA - 10 + digit;
    left = (left - digit) / 36;
    if (left === 0) break;
  }
  return end;
}

/** The amounts of an encoded series, `length` long. Throws on a text that is none. */
export function decodeSeries(text: string, length: number): Float64Array {
  const amounts = new Float64Array(length);
  readSeries(text, amounts);
  return amounts;
}

/** Reads an encoded series into amounts that are all zero. Throws on a text that is none. */
export function readSeries(text: string, amounts: Float64Array): void {
  if (!text) return;
  const colon = text.indexOf(':');
  const length = amounts.length;
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
}

function digitOf(code: number): number {
  if (code >= letterA) return code - letterA + 10;
  return code <= nine ? code - zero : -1;
}

const [blank, minus, zero, nine, letterA] = [32, 45, 48, 57, 97];

function unreadable(text: string, length: number): Error {
  return new Error(`Unexpected series ${text.slice(0, 40)}, expected amounts of ${length} days`);
}
