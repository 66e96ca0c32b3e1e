import type { Cluster, DayLine, HistoryDay } from '../schema.ts';
import { forgetBefore, readHistory, writeDay } from './files.ts';

/** Changes kept per workload and day; one that flaps loses the oldest but the first. */
const mostSpans = 24;
const dayLength = 86_400_000;

/** One reading of one workload. */
export interface Reading {
  /** `cluster/namespace/Kind/name`. */
  id: string;
  at: string;
  status: DayLine['spans'][number][1];
  /** When the object itself says that its state began. */
  since?: string | undefined;
}

/**
 * Adds readings to the files of their days. A day grows with its workloads and their changes, not with how often they
 * are read; days older than allowed go. Gives the files that could not be read.
 */
export function appendHistory(
  folder: string,
  readings: readonly Reading[],
  keptDays: number,
): string[] {
  const { days, unreadable } = readHistory(folder);
  const byDay = new Map(days.map((each) => [each.day, each]));
  const latest = latestLines(days);
  const changed = new Set<string>();
  for (const reading of readings) {
    const day = reading.at.slice(0, 10);
    const file = byDay.get(day) ?? { day, workloads: {} };
    const line = lineAfter(reading, file.workloads[reading.id], latest.get(reading.id));
    if (line === undefined) continue;
    file.workloads[reading.id] = line;
    latest.set(reading.id, line);
    byDay.set(day, file);
    changed.add(day);
  }
  const newest = [...byDay.keys()].sort().at(-1);
  if (newest === undefined) return unreadable;
  const oldest = new Date(Date.parse(newest) - (keptDays - 1) * dayLength).toISOString();
  for (const day of changed) if (day >= oldest.slice(0, 10)) writeDay(folder, byDay.get(day)!);
  forgetBefore(folder, oldest.slice(0, 10));
  return unreadable;
}

/** What a run read of every workload of the clusters that answered. */
export function readingsOf(clusters: readonly Cluster[]): Reading[] {
  return clusters
    .filter((cluster) => cluster.state !== 'failed')
    .flatMap((cluster) =>
      cluster.workloads.map(({ namespace, kind, name, health }) => ({
        id: `${cluster.name}/${namespace}/${kind}/${name}`,
        at: cluster.asOf,
        status: health.status,
        since: health.since,
      })),
    );
}

function latestLines(days: readonly HistoryDay[]): Map<string, DayLine> {
  const found = new Map<string, DayLine>();
  for (const day of days)
    for (const [id, line] of Object.entries(day.workloads)) found.set(id, line);
  return found;
}

/** A day's line with one more reading; undefined when it is already in it. */
function lineAfter(
  { at, status, since }: Reading,
  today: DayLine | undefined,
  before: DayLine | undefined,
): DayLine | undefined {
  const known = today ?? before;
  if (known !== undefined && at <= known.last) return undefined;
  const [from, last] = known?.spans.at(-1) ?? [];
  // An object may know better than we when its state began, but not that it began before we saw another.
  const isTold = since !== undefined && since < at && since > (known?.last ?? '');
  const began = isTold ? since : at;
  if (today === undefined) {
    // The first reading of a day says since when it has been so, however many days that is.
    if (last === status && from !== undefined) return { spans: [[from, status]], last: at };
    return { spans: [[began, status]], last: at };
  }
  if (last === status) return { ...today, last: at };
  const [first, ...rest] = today.spans;
  return {
    spans: [
      first!,
      ...[...rest, [began, status] as [string, Reading['status']]].slice(1 - mostSpans),
    ],
    last: at,
  };
}
