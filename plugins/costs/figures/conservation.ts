import { buckets, type Bucket } from '../attribution/line.ts';
import { parseDecimal, sum, unitsFromExact, type Units } from '../money.ts';
import type { CostSnapshot } from '../schema.ts';
import { calendarOf, monthSpan, rowsOf } from './rows.ts';

/** One bill, month and currency: its parts beside what the bill's own lines add up to. */
export interface Conservation {
  bill: string;
  currency: string;
  month: string;
  lines: number;
  effective: Sums;
  billed: Sums;
  isExact: boolean;
}

/** Parts by bucket, and the total of the bill's lines. */
export interface Sums {
  parts: Record<Bucket, Units>;
  bill: Units;
}

/** The parts as shown, added up anew from what is shown. */
export function conservationOf(data: CostSnapshot): Conservation[] {
  const calendar = calendarOf(data);
  const rows = Map.groupBy(rowsOf(data, undefined), (row) => `${row.bill}\n${row.currency}`);
  return data.checks.map((check) => {
    const month = calendar.months.indexOf(check.month);
    const [from, to] = monthSpan(calendar, month);
    const ofBill = rows.get(`${check.bill}\n${check.currency}`) ?? [];
    const [effective, billed] = [noMoney(), noMoney()];
    for (const row of ofBill) {
      effective[row.bucket] = sum([effective[row.bucket], ...row.effective.slice(from, to)]);
      billed[row.bucket] = sum([billed[row.bucket], row.billed[month] ?? 0]);
    }
    const effectiveBill = unitsFromExact(parseDecimal(check.effective) ?? 0n);
    const billedBill = unitsFromExact(parseDecimal(check.billed) ?? 0n);
    return {
      bill: check.bill,
      currency: check.currency,
      month: check.month,
      lines: check.lines,
      effective: { parts: effective, bill: effectiveBill },
      billed: { parts: billed, bill: billedBill },
      isExact:
        sum(Object.values(effective)) === effectiveBill &&
        sum(Object.values(billed)) === billedBill,
    };
  });
}

function noMoney(): Record<Bucket, Units> {
  return Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, Units>;
}
