/** Median of some values; 0 of none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.length <= short ? sortedShort(values) : Float64Array.from(values).sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const short = 64;
const sortedNow = new Float64Array(short);

/** By insertion, in one place: medians of some weeks are asked for millions of times. */
function sortedShort(values: readonly number[]): Float64Array {
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!;
    let to = at;
    for (; to > 0 && sortedNow[to - 1]! > value; to -= 1) sortedNow[to] = sortedNow[to - 1]!;
    sortedNow[to] = value;
  }
  return sortedNow;
}

/** Median distance from the median to standard deviation, of what is normally distributed. */
export const toDeviation = 1.4826;

/** A deviation outliers do not move: the median distance from the median, scaled to the standard deviation. */
export function robustDeviation(values: readonly number[]): number {
  const middle = median(values);
  return toDeviation * median(values.map((value) => Math.abs(value - middle)));
}
