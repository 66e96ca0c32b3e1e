import type { Bucket } from '../attribution/line.ts';
import { sumOf, type Units } from '../money.ts';
import { monthsOf } from '../opencost/split.ts';
import type { CostOptions } from '../options.ts';
import type { CostSnapshot } from '../schema.ts';
import { readSeries } from '../series.ts';

/** Days and months all figures are about. */
export interface Calendar {
  /** First day, ISO. */
  start: string;
  days: number;
  /** Month of each day, counted from 0. */
  monthOf: readonly number[];
  /** Day of the month, 1 to 31, of each day. */
  dayOfMonth: readonly number[];
  /** Names of the months, `2026-03`. */
  months: readonly string[];
  /** Last day that is complete in every bill, as a position. */
  through: number;
}

/** One series, decoded. Costs of `direct` rows belong to `target`. */
export interface Row {
  bill: string;
  currency: string;
  bucket: Bucket;
  target: string;
  provider: string;
  service: string;
  account: string;
  rule: string;
  isTagged: boolean;
  lines: number;
  effective: Float64Array;
  /** The same by month. */
  monthly: Float64Array;
  billed: Float64Array;
}

/** The calendar of a snapshot. */
export function calendarOf({ start, days, bills }: CostSnapshot): Calendar {
  const monthOf = monthsOf(start, days);
  const count = (monthOf.at(-1) ?? -1) + 1;
  const begin = new Date(start);
  const months = Array.from({ length: count }, (_, month) =>
    new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + month, 1))
      .toISOString()
      .slice(0, 7),
  );
  const dayOfMonth = monthOf.map((_, day) =>
    new Date(begin.getTime() + day * 86_400_000).getUTCDate(),
  );
  const ends = bills.map(
    ({ completeThrough }) => (Date.parse(completeThrough) - begin.getTime()) / 86_400_000,
  );
  return { start, days, monthOf, dayOfMonth, months, through: Math.min(days - 1, ...ends) };
}

/** ISO date of a position. */
export function dateAt(calendar: Calendar, day: number): string {
  return new Date(Date.parse(calendar.start) + day * 86_400_000).toISOString().slice(0, 10);
}

/** First position of a month and the one after its last, as far as the calendar goes. */
export function monthSpan(calendar: Calendar, month: number): [number, number] {
  const from = calendar.monthOf.indexOf(month);
  return from < 0 ? [0, 0] : [from, calendar.monthOf.lastIndexOf(month) + 1];
}

/** Days of a month, whether or not the calendar reaches its end. */
export function monthLength(name: string): number {
  return new Date(Date.UTC(Number(name.slice(0, 4)), Number(name.slice(5, 7)), 0)).getUTCDate();
}

/** All series decoded, in the currencies of the bills. */
export function rowsOf(data: CostSnapshot, calendar: Calendar): Row[] {
  const spans = monthSpans(calendar);
  const width = data.days + spans.length;
  const amounts = new Float64Array(data.series.length * width);
  return data.series.map((series, index) => {
    const from = index * width;
    const effective = amounts.subarray(from, from + data.days);
    const billed = amounts.subarray(from + data.days, from + width);
    readSeries(series.effective, effective);
    readSeries(series.billed, billed);
    return { ...series, effective, monthly: sumsOf(effective, spans), billed };
  });
}

/** Rows converted where the configuration has a rate, and only there. */
export function convertRows(
  rows: readonly Row[],
  rates: CostOptions['rates'],
  calendar: Calendar,
): readonly Row[] {
  if (!rates) return rows;
  const spans = monthSpans(calendar);
  return rows.map((row) => {
    const rate = rates.to === row.currency ? undefined : rates.from[row.currency];
    if (rate === undefined) return row;
    const converted = convert.bind(undefined, rate);
    const effective = row.effective.map(converted);
    return {
      ...row,
      currency: rates.to,
      effective,
      monthly: sumsOf(effective, spans),
      billed: row.billed.map(converted),
    };
  });
}

function monthSpans(calendar: Calendar): [number, number][] {
  return calendar.months.map((_, month) => monthSpan(calendar, month));
}

function sumsOf(daily: Float64Array, spans: readonly [number, number][]): Float64Array {
  const sums = new Float64Array(spans.length);
  for (const [index, [from, to]] of spans.entries()) sums[index] = sumOf(daily, from, to);
  return sums;
}

function convert(rate: number, amount: Units): Units {
  return Math.round(amount * rate);
}
