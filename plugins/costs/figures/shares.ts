import type { Bucket } from '../attribution/line.ts';
import { sum, type Units } from '../money.ts';
import type { CostOptions } from '../options.ts';
import { orderPools, spreadPools, type Spread } from '../pools.ts';
import type { MetricSeries } from '../schema.ts';
import { monthSpan, type Calendar, type Row } from './rows.ts';

/** The pools of one month, spread. Effective cost; direct and allocated stay apart. */
export interface MonthShares extends Spread {
  month: string;
}

/** Spreads the pools of every month of one currency. */
export function sharesOf(
  rows: readonly Row[],
  currency: string,
  calendar: Calendar,
  options: CostOptions,
  metrics: readonly MetricSeries[],
): MonthShares[] {
  const { ordered, circle } = orderPools(options.pools);
  const usable = circle.length > 0 ? [] : ordered;
  const inCurrency = rows.filter((row) => row.currency === currency);
  return calendar.months.map((month, index) => {
    const [from, to] = monthSpan(calendar, index);
    const money = {
      direct: new Map<string, Units>(),
      buckets: new Map<Bucket, Units>(),
      pools: new Map<string, Units>(),
    };
    for (const row of inCurrency) {
      const amount = row.monthly[index]!;
      if (row.bucket === 'direct') add(money.direct, row.target, amount);
      else if (row.bucket === 'shared') add(money.pools, row.target, amount);
      else add(money.buckets, row.bucket, amount);
    }
    function usage(metric: string, ref: string): number {
      const values =
        metrics.find((one) => one.metric === metric && one.entity === ref)?.values ?? [];
      return values.slice(from, to).reduce<number>((total, value) => total + (value ?? 0), 0);
    }
    return { month, ...spreadPools(money, usable, usage) };
  });
}

function add<Key>(map: Map<Key, Units>, key: Key, amount: Units): void {
  map.set(key, sum([map.get(key) ?? 0, amount]));
}
