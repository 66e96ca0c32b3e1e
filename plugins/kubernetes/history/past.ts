import { rank } from '../health/verdict.ts';
import type { Health, HistoryDay } from '../schema.ts';

/** What is known of one workload's last days. */
export interface Past {
  /** Worst status by day, `2026-11-23` in UTC; a day without is one on which it was not read. */
  days: ReadonlyMap<string, Health['status']>;
  /** Since when it has been broken without a break; undefined when it is not. */
  degradedSince: string | undefined;
}

export interface Day {
  date: string;
  status: Health['status'] | undefined;
}

const dayLength = 86_400_000;

/** The days of every workload, by `cluster/namespace/Kind/name`. */
export function pastOf(days: readonly HistoryDay[]): Map<string, Past> {
  const found = new Map<
    string,
    { days: Map<string, Health['status']>; degradedSince: string | undefined }
  >();
  for (const { day, workloads } of days)
    for (const [id, { spans }] of Object.entries(workloads)) {
      const past = found.get(id) ?? {
        days: new Map<string, Health['status']>(),
        degradedSince: undefined,
      };
      past.days.set(day, worstOf(spans));
      const [from, status] = spans.at(-1)!;
      past.degradedSince = status === 'Degraded' ? from : undefined;
      found.set(id, past);
    }
  return found;
}

function worstOf(spans: HistoryDay['workloads'][string]['spans']): Health['status'] {
  return spans.map(([, status]) => status).sort((one, other) => rank(other) - rank(one))[0]!;
}

/** The worst status of each of the last days, oldest first. */
export function dayStrip(past: Past | undefined, now: string, days = 30): Day[] {
  const today = Math.floor(Date.parse(now) / dayLength);
  return Array.from({ length: days }, (_, index) => {
    const date = new Date((today - days + 1 + index) * dayLength).toISOString().slice(0, 10);
    return { date, status: past?.days.get(date) };
  });
}
