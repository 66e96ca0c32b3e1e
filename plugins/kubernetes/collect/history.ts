import type { Cluster, HistoryLine } from '../schema.ts';

/** Changes kept per workload; a flapping one loses its oldest. */
const mostSpans = 60;

/**
 * Adds this reading to the history: per workload the times its status changed. Bounded by days and changes, so that it
 * grows with what happens and not with how often it is read.
 */
export function appendHistory(
  before: readonly HistoryLine[],
  clusters: readonly Cluster[],
  days: number,
): HistoryLine[] {
  const lines = new Map(before.map((line) => [line.id, line]));
  for (const cluster of clusters) {
    if (cluster.state === 'failed') continue;
    for (const { id, status, since } of statusesOf(cluster))
      lines.set(id, extended(lines.get(id), id, status, cluster.asOf, since));
  }
  const newest = Math.max(0, ...[...lines.values()].map((line) => Date.parse(line.last)));
  const oldest = new Date(newest - days * 86_400_000).toISOString();
  const kept = [...lines.values()]
    .filter((line) => line.last >= oldest)
    .map((line) => trimmed(line, oldest));
  return kept.sort((one, other) => (one.id < other.id ? -1 : 1));
}

function statusesOf(cluster: Cluster): {
  id: string;
  status: Cluster['workloads'][number]['health']['status'];
  since: string | undefined;
}[] {
  return cluster.workloads.map(({ namespace, kind, name, health }) => ({
    id: `${cluster.name}/${namespace}/${kind}/${name}`,
    status: health.status,
    since: health.since,
  }));
}

function extended(
  line: HistoryLine | undefined,
  id: string,
  status: HistoryLine['spans'][number]['status'],
  asOf: string,
  since: string | undefined,
): HistoryLine {
  if (line === undefined)
    return {
      id,
      spans: [{ from: since !== undefined && since < asOf ? since : asOf, status }],
      last: asOf,
    };
  if (asOf <= line.last) return line;
  const isSame = line.spans.at(-1)?.status === status;
  return {
    id,
    spans: isSame ? line.spans : [...line.spans, { from: asOf, status }].slice(-mostSpans),
    last: asOf,
  };
}

function trimmed(line: HistoryLine, oldest: string): HistoryLine {
  const first = line.spans.findLastIndex((span) => span.from <= oldest);
  if (first <= 0) return line;
  return { ...line, spans: line.spans.slice(first) };
}
