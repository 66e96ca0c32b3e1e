import type { Bucket } from '../attribution/line.ts';
import type { Units } from '../money.ts';
import { monthsOf } from '../opencost/split.ts';
import type { CostOptions } from '../options.ts';
import type { CostSnapshot } from '../schema.ts';
import { decodeSeries } from '../series.ts';

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
  effective: readonly Units[];
  billed: readonly Units[];
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
export function rowsOf(data: CostSnapshot, { months }: Calendar): Row[] {
  return data.series.map((series) => ({
    ...series,
    effective: decodeSeries(series.effective, data.days),
    billed: decodeSeries(series.billed, months.length),
  }));
}

/** Rows converted where the configuration has a rate, and only there. */
export function convertRows(rows: readonly Row[], rates: CostOptions['rates']): readonly Row[] {
  if (!rates) return rows;
  return rows.map((row) => {
    const rate = rates.to === row.currency ? undefined : rates.from[row.currency];
    if (rate === undefined) return row;
    const converted = convert.bind(undefined, rate);
    return {
      ...row,
      currency: rates.to,
      effective: row.effective.map(converted),
      billed: row.billed.map(converted),
    };
  });
}

function convert(rate: number, amount: Units): Units {
  return Math.round(amount * rate);
}
