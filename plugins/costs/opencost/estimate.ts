import type { CollectedBill } from '../bills/collect-bill.ts';
import type { CostOptions } from '../options.ts';
import type { Series } from '../schema.ts';
import { encodeSeries } from '../series.ts';
import { unitsText } from '../money.ts';
import type { DayRatios } from './ratios.ts';
import { monthsOf } from './split.ts';

/** A cluster no bill pays for, in OpenCost's own prices. Marked as an estimate wherever it shows. */
export function estimatedBill(
  cluster: CostOptions['openCost'][number],
  ratios: readonly DayRatios[],
): CollectedBill | undefined {
  const days = ratios.filter((day) => day.cluster === cluster.id);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return undefined;
  const start = `${first.day.slice(0, 7)}-01`;
  const length = (Date.parse(last.day) - Date.parse(start)) / 86_400_000 + 1;
  const months = monthsOf(start, length);
  const rows = new Map<string, { bucket: Series['bucket']; target: string; amounts: number[] }>();
  const totals = months.slice(0, months.at(-1)! + 1).map(() => 0);
  for (const { day, shares } of days) {
    const at = (Date.parse(day) - Date.parse(start)) / 86_400_000;
    for (const [bucket, target, units] of shares) {
      const row = rows.get(`${bucket}\n${target}`) ?? {
        bucket,
        target,
        amounts: Array.from({ length }, () => 0),
      };
      rows.set(`${bucket}\n${target}`, row);
      row.amounts[at]! += units;
      totals[months[at]!]! += units;
    }
  }
  const bill = `opencost-${cluster.id}`;
  const series = [...rows.values()].map(({ bucket, target, amounts }) => ({
    bill,
    currency: cluster.currency.toUpperCase(),
    bucket,
    target,
    provider: 'OpenCost',
    service: `Kubernetes ${cluster.id}`,
    account: cluster.id,
    rule: `opencost ${cluster.id}`,
    isTagged: bucket === 'direct',
    lines: amounts.filter((amount) => amount !== 0).length,
    effective: encodeSeries(amounts),
    billed: encodeSeries(byMonth(amounts, months)),
  }));
  return {
    bill: {
      id: bill,
      title: `Cluster ${cluster.id} (estimate)`,
      kind: 'opencost',
      completeThrough: last.day,
      files: [],
    },
    start,
    days: length,
    series,
    checks: totals.flatMap((total, month) => {
      if (total === 0) return [];
      const text = unitsText(total).replace(/\.?0+$/, '');
      return [
        {
          bill,
          currency: cluster.currency.toUpperCase(),
          month: monthName(start, month),
          lines: days.length,
          billed: text,
          effective: text,
          attributedBilled: text,
          attributedEffective: text,
        },
      ];
    }),
    accounts: { [cluster.id]: `Cluster ${cluster.id}` },
    fixes: [],
    isComplete: true,
  };
}

function byMonth(amounts: readonly number[], months: readonly number[]): number[] {
  const sums: number[] = [];
  for (const [day, amount] of amounts.entries())
    sums[months[day]!] = (sums[months[day]!] ?? 0) + amount;
  return sums;
}

function monthName(start: string, month: number): string {
  const begin = new Date(start);
  return new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + month, 1))
    .toISOString()
    .slice(0, 7);
}
