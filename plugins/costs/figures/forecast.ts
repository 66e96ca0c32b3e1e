import { sum, type Units } from '../money.ts';
import { robustDeviation, median } from './statistics.ts';
import { Weekdays } from './weekdays.ts';

/** A month's expected end. Nine of ten months should end inside the range. */
export interface Forecast {
  low: Units;
  expected: Units;
  high: Units;
}

/**
 * What the days so far come to, plus the days to come at the level of the last two weeks, each with the weight of its
 * weekday. The range grows with the spread of the last four weeks. Undefined with less than two weeks to go by.
 */
export function forecastMonth(
  daily: readonly Units[],
  month: { from: number; through: number; length: number },
  firstWeekday: number,
): Forecast | undefined {
  const end = month.through + 1;
  const known = firstNonZero(daily);
  if (known < 0 || end - known < 14) return undefined;
  const soFar = sum(daily.slice(month.from, end));
  const weekdays = new Weekdays();
  for (let day = 0; day < end; day += 1) weekdays.add((day + firstWeekday) % 7, daily[day]!);
  const factors = weekdays.factors();
  function level(from: number): number[] {
    const values: number[] = [];
    for (let day = Math.max(known, end - from); day < end; day += 1)
      values.push(daily[day]! / factors[(day + firstWeekday) % 7]!);
    return values;
  }
  const usual = median(level(14));
  const spread = robustDeviation(level(28));
  let rest = 0;
  const days = month.from + month.length - end;
  for (let day = end; day < end + days; day += 1)
    rest += usual * factors[(day + firstWeekday) % 7]!;
  // Single days vary, and the level itself is known from two weeks only.
  const doubt = 1.64 * spread * Math.sqrt(days + (days * days) / 14);
  return {
    low: Math.round(soFar + Math.max(0, rest - doubt)),
    expected: Math.round(soFar + rest),
    high: Math.round(soFar + rest + doubt),
  };
}

function firstNonZero(daily: readonly Units[]): number {
  return daily.findIndex((amount) => amount !== 0);
}
