import { apportion, type Units } from '../money.ts';
import type { Series } from '../schema.ts';
import { decodeSeries, encodeSeries } from '../series.ts';
import type { DayRatios } from './ratios.ts';

/** Days and months of the series. */
export interface Calendar {
  /** First day, ISO. */
  start: string;
  days: number;
}

/**
 * Splits the money the bill has for a cluster by OpenCost's ratios, day by day. A day OpenCost knows nothing of takes
 * the ratios of the nearest day within a week, else it stays unallocated. No money is added: OpenCost says whose, the
 * bill says how much.
 */
export function splitClusters(
  series: readonly Series[],
  ratios: readonly DayRatios[],
  calendar: Calendar,
): Series[] {
  const result: Series[] = [];
  for (const row of series) {
    if (!row.target.startsWith('cluster:')) result.push(row);
    else result.push(...splitRow(row, row.target.slice('cluster:'.length), ratios, calendar));
  }
  return result;
}

function splitRow(
  row: Series,
  cluster: string,
  ratios: readonly DayRatios[],
  { start, days }: Calendar,
): Series[] {
  const ofCluster = new Map(
    ratios.filter((day) => day.cluster === cluster).map((day) => [day.day, day]),
  );
  const months = monthsOf(start, days);
  const effective = decodeSeries(row.effective, days);
  const billed = decodeSeries(row.billed, months.at(-1)! + 1);
  const parts = new Map<
    string,
    { bucket: Series['bucket']; target: string; rule: string; effective: Units[]; billed: Units[] }
  >();
  const monthShares = Array.from(billed, () => new Map<string, number>());
  for (let day = 0; day < days; day += 1) {
    const shares = nearest(ofCluster, start, day);
    const amounts = apportion(
      effective[day]!,
      shares.map(([, , share]) => share),
    );
    for (const [index, [bucket, target, share]] of shares.entries()) {
      const id = `${bucket}\n${target}`;
      const rule = shares === unknown ? `cluster ${cluster}, no ratios` : `opencost ${cluster}`;
      const part = parts.get(id) ?? {
        bucket,
        target,
        rule,
        effective: Array.from({ length: days }, () => 0),
        billed: Array.from(billed, () => 0),
      };
      parts.set(id, part);
      part.effective[day] = amounts[index]!;
      const weights = monthShares[months[day]!]!;
      // The billed month is split as the effective days were; where those are all zero, by the ratios alone.
      weights.set(
        id,
        (weights.get(id) ?? 0) + Math.abs(amounts[index]!) * 1000 + share / total(shares),
      );
    }
  }
  for (const [month, weights] of monthShares.entries()) {
    const ids = [...weights.keys()];
    const amounts = apportion(
      billed[month]!,
      ids.map((id) => weights.get(id)!),
    );
    for (const [index, id] of ids.entries()) parts.get(id)!.billed[month] = amounts[index]!;
  }
  const split: Series[] = [];
  for (const { bucket, target, rule, ...amounts } of parts.values())
    split.push({
      ...row,
      bucket,
      target,
      rule,
      // The lines are those of the row, once.
      lines: split.length === 0 ? row.lines : 0,
      effective: encodeSeries(amounts.effective),
      billed: encodeSeries(amounts.billed),
    });
  return split;
}

const unknown: DayRatios['shares'] = [['unallocated', '', 1]];

function nearest(
  ratios: ReadonlyMap<string, DayRatios>,
  start: string,
  day: number,
): DayRatios['shares'] {
  const at = Date.parse(start) + day * 86_400_000;
  for (let distance = 0; distance <= 7; distance += 1) {
    for (const direction of [-1, 1]) {
      const date = new Date(at + direction * distance * 86_400_000).toISOString().slice(0, 10);
      const found = ratios.get(date);
      if (found) return found.shares;
    }
  }
  return unknown;
}

function total(shares: DayRatios['shares']): number {
  return shares.reduce((sum, [, , share]) => sum + share, 0);
}

/** Month of each day, counted from 0. */
export function monthsOf(start: string, days: number): number[] {
  const begin = new Date(start);
  const first = begin.getUTCFullYear() * 12 + begin.getUTCMonth();
  return Array.from({ length: days }, (_, day) => {
    const date = new Date(begin.getTime() + day * 86_400_000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth() - first;
  });
}
