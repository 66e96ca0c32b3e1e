import { rank } from '../health/verdict.ts';
import type { Health, HistoryLine } from '../schema.ts';

export interface Day {
  /** `2026-11-23` in UTC. */
  date: string;
  /** Worst status of the day; undefined where nothing was read yet. */
  status: Health['status'] | undefined;
}

const dayLength = 86_400_000;

/** The worst status of each of the last days, oldest first. */
export function dayStrip(line: HistoryLine | undefined, now: string, days = 30): Day[] {
  const today = Math.floor(Date.parse(now) / dayLength);
  return Array.from({ length: days }, (_, index) => {
    const day = today - days + 1 + index;
    return {
      date: new Date(day * dayLength).toISOString().slice(0, 10),
      status: worstBetween(line, day * dayLength, (day + 1) * dayLength),
    };
  });
}

function worstBetween(
  line: HistoryLine | undefined,
  from: number,
  to: number,
): Health['status'] | undefined {
  let worst: Health['status'] | undefined;
  const spans = line?.spans ?? [];
  for (const [index, span] of spans.entries()) {
    const start = Date.parse(span.from);
    const end = Date.parse(spans[index + 1]?.from ?? line!.last);
    if (start >= to || end < from) continue;
    if (worst === undefined || rank(span.status) > rank(worst)) worst = span.status;
  }
  return worst;
}

/** Since when it has been broken without a break; undefined when it is not. */
export function degradedSince(line: HistoryLine | undefined): string | undefined {
  const last = line?.spans.at(-1);
  return last?.status === 'Degraded' ? last.from : undefined;
}
