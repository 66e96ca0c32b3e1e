import { exactPerUnit, type ExactAmounts } from '../amounts.ts';

/** The numbers of an INTEGER vector, as they lie in memory. */
export function integers(vector: unknown, count: number): Int32Array {
  const { items } = vector as { items?: Int32Array };
  if (!(items instanceof Int32Array) || items.length < count)
    throw new Error('Unexpected vector of the SQL engine, expected integers');
  return items.subarray(0, count);
}

/**
 * The numbers of a DECIMAL(38,12) vector: 128 bits each, low word first. Read where they lie, and by plain arithmetic
 * where that is exact, because millions of objects would cost more than the query.
 */
export function decimals(vector: unknown, count: number): ExactAmounts {
  const { dataView } = vector as { dataView?: DataView };
  if (!(dataView instanceof DataView) || dataView.byteLength < count * 16)
    throw new Error('Unexpected vector of the SQL engine, expected decimals of 128 bits');
  const words = new Int32Array(dataView.buffer, dataView.byteOffset, count * 4);
  const units = new Float64Array(count);
  const rest = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const second = words[at * 4 + 1]!;
    const sign = second >> 31;
    if (second >> 20 === sign && words[at * 4 + 2] === sign && words[at * 4 + 3] === sign) {
      const exact = second * 4_294_967_296 + (words[at * 4]! >>> 0);
      units[at] = Math.floor(exact / exactPerUnit);
      rest[at] = exact - units[at]! * exactPerUnit;
      continue;
    }
    const high = dataView.getBigInt64(at * 16 + 8, true);
    const exact = (high << 64n) | dataView.getBigUint64(at * 16, true);
    const above = ((exact % 100_000_000n) + 100_000_000n) % 100_000_000n;
    units[at] = Number((exact - above) / 100_000_000n);
    rest[at] = Number(above);
  }
  return { units, rest };
}
