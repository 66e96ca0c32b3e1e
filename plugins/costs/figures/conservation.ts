import { buckets, type Bucket } from '../attribution/line.ts';
import { parseDecimal, sum, unitsFromExact, type Units } from '../money.ts';
import type { CostSnapshot } from '../schema.ts';
import type { Calendar, Row } from './rows.ts';

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

/** The parts as shown, added up anew from what is shown; `rows` in the currencies of the bills. */
export function conservationOf(
  { checks }: CostSnapshot,
  rows: readonly Row[],
  calendar: Calendar,
): Conservation[] {
  const byBill = Map.groupBy(rows, (row) => `${row.bill}\n${row.currency}`);
  return checks.map((check) => {
    const month = calendar.months.indexOf(check.month);
    const ofBill = byBill.get(`${check.bill}\n${check.currency}`) ?? [];
    const [effective, billed] = [noMoney(), noMoney()];
    for (const row of ofBill) {
      effective[row.bucket] += row.monthly[month] ?? 0;
      billed[row.bucket] += row.billed[month] ?? 0;
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
