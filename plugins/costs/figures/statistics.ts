/** Median of some values; 0 of none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  // Numbers of their own sort five times as fast as with a comparison, and this is asked millions of times.
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A deviation outliers do not move: the median distance from the median, scaled to the standard deviation. */
export function robustDeviation(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
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
    for (let day = from; day < end; day += 1)
      if ((day + firstWeekday) % 7 === weekday) same.push(values[day]!);
    if (same.length < 3 || usual <= 0) return 1;
    return Math.min(4, Math.max(0.1, median(same) / usual));
  });
}
