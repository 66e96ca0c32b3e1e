import type { CollectedBill } from './bills/collect-bill.ts';
import { monthsOf } from './opencost/split.ts';
import type { CostSnapshot, Series } from './schema.ts';
import { decodeSeries, encodeSeries } from './series.ts';

/** A common calendar for bills that begin and end on different days: thirteen months up to the latest day. */
export function commonCalendar(bills: readonly { start: string; days: number }[]): {
  start: string;
  days: number;
} {
  let first = Infinity;
  let last = -Infinity;
  for (const { start, days } of bills) {
    if (days === 0) continue;
    first = Math.min(first, Date.parse(start));
    last = Math.max(last, Date.parse(start) + (days - 1) * dayLength);
  }
  if (last === -Infinity) return { start: '1970-01-01', days: 0 };
  const end = new Date(last);
  const oldest = Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 12, 1);
  const start = Math.max(first, oldest);
  return { start: isoDay(start), days: (last - start) / dayLength + 1 };
}

/** Moves series from the calendar they were made in to the common one; days before it are dropped. */
export function alignSeries(
  series: readonly Series[],
  from: { start: string; days: number },
  to: { start: string; days: number },
): Series[] {
  const shift = (Date.parse(from.start) - Date.parse(to.start)) / dayLength;
  const monthShift = monthNumber(from.start) - monthNumber(to.start);
  if (shift === 0) return [...series];
  const fromMonths = monthsOf(from.start, from.days).at(-1)! + 1;
  const toMonths = monthsOf(to.start, to.days).at(-1)! + 1;
  return series
    .map((row) => ({
      ...row,
      effective: move(row.effective, from.days, to.days, shift),
      billed: move(row.billed, fromMonths, toMonths, monthShift),
    }))
    .filter((row) => row.effective || row.billed);
}

/** The part of an earlier snapshot that came from one bill. */
export function carriedBill(
  previous: CostSnapshot | undefined,
  id: string,
): CollectedBill | undefined {
  const bill = previous?.bills.find((each) => each.id === id);
  if (!previous || !bill) return undefined;
  return {
    bill,
    start: previous.start,
    days: previous.days,
    series: previous.series.filter((row) => row.bill === id),
    checks: previous.checks.filter((check) => check.bill === id),
    accounts: previous.accounts,
    fixes: previous.fixes.filter((fix) => fix.bill === id),
    isComplete: true,
  };
}

function move(text: string, fromLength: number, toLength: number, shift: number): string {
  const amounts = decodeSeries(text, fromLength);
  const moved = Array.from({ length: toLength }, (_, at) => amounts[at - shift] ?? 0);
  return encodeSeries(moved);
}

const dayLength = 86_400_000;

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
