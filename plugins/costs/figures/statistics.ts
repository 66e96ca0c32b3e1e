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

const toDeviation = 1.4826;

/** A deviation outliers do not move: the median distance from the median, scaled to the standard deviation. */
export function robustDeviation(values: readonly number[]): number {
  const middle = median(values);
  return toDeviation * median(values.map((value) => Math.abs(value - middle)));
}

/** Whether the robust deviation is larger than this: by counting, which costs half of working it out. */
export function isBeyond(values: readonly number[], deviation: number): boolean {
  const middle = median(values);
  const distance = deviation / toDeviation;
  let further = 0;
  for (const value of values) if (Math.abs(value - middle) > distance) further += 1;
  return further * 2 > values.length;
}

/** How much each weekday costs against the usual day, from the last eight weeks before `end`; 1 where too little is known. */
export function weekdayFactors(
  values: readonly number[],
  end: number,
  firstWeekday: number,
): number[] {
  const from = Math.max(0, end - 56);
  const usual = median(values.slice(from, end));
  return Array.from({ length: 7 }, (_, weekday) => {
    const same: number[] = [];
    const first = from + ((weekday - ((from + firstWeekday) % 7) + 7) % 7);
    for (let day = first; day < end; day += 7) same.push(values[day]!);
    if (same.length < 3 || usual <= 0) return 1;
    return Math.min(4, Math.max(0.1, median(same) / usual));
  });
}
