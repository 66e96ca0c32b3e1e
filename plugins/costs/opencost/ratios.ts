import { tiedEntity } from '../attribution/attribute.ts';
import type { EntityIndex } from '../attribution/entity-index.ts';
import { normaliseTagKey } from '../attribution/line.ts';
import { unitsPerCurrency } from '../money.ts';
import type { CostSnapshot, Efficiency } from '../schema.ts';
import type { Allocation } from './client.ts';

/** Shares of a cluster's cost on one day. */
export type DayRatios = CostSnapshot['ratios'][number];

/** Whose a cluster's day was: entities by the selectors of the kubernetes plugin, idle, and what nobody claims. */
export function dayRatios(
  cluster: string,
  day: string,
  allocations: readonly Allocation[],
  index: EntityIndex,
): DayRatios | undefined {
  const shares = new Map<string, ['direct' | 'idle' | 'unallocated', string, number]>();
  for (const allocation of allocations) {
    const units = Math.round(allocation.totalCost * unitsPerCurrency);
    if (units <= 0) continue;
    const entity = entityOf(allocation, cluster, index);
    const bucket = bucketOf(allocation, entity);
    const share = shares.get(`${bucket}\n${entity ?? ''}`) ?? [bucket, entity ?? '', 0];
    share[2] += units;
    shares.set(`${bucket}\n${entity ?? ''}`, share);
  }
  if (shares.size === 0) return undefined;
  const sorted = [...shares].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { cluster, day, shares: sorted.map(([, share]) => share) };
}

/** Requests beside use, by entity, over the days given. */
export function efficiencyOf(
  cluster: { id: string; currency: string },
  days: readonly Allocation[][],
  index: EntityIndex,
): Efficiency[] {
  const found = new Map<string, Efficiency>();
  for (const allocation of days.flat()) {
    const entity = entityOf(allocation, cluster.id, index);
    if (!entity) continue;
    const so = found.get(entity) ?? {
      entity,
      cluster: cluster.id,
      days: days.length,
      currency: cluster.currency,
      cpuRequested: 0,
      cpuUsed: 0,
      memoryRequested: 0,
      memoryUsed: 0,
      cpuCost: 0,
      memoryCost: 0,
    };
    // Averages are over the minutes it ran; over the days it counts by its part of them.
    const part = allocation.minutes / (1440 * days.length);
    so.cpuRequested += allocation.cpuCoreRequestAverage * part;
    so.cpuUsed += allocation.cpuCoreUsageAverage * part;
    so.memoryRequested += allocation.ramByteRequestAverage * part;
    so.memoryUsed += allocation.ramByteUsageAverage * part;
    so.cpuCost += Math.round(allocation.cpuCost * unitsPerCurrency);
    so.memoryCost += Math.round(allocation.ramCost * unitsPerCurrency);
    found.set(entity, so);
  }
  for (const so of found.values()) {
    so.cpuRequested = rounded(so.cpuRequested);
    so.cpuUsed = rounded(so.cpuUsed);
    so.memoryRequested = Math.round(so.memoryRequested);
    so.memoryUsed = Math.round(so.memoryUsed);
  }
  return [...found.values()].toSorted((a, b) => (a.entity < b.entity ? -1 : 1));
}

function bucketOf(
  allocation: Allocation,
  entity: string | undefined,
): 'direct' | 'idle' | 'unallocated' {
  if (allocation.name.includes('__idle__')) return 'idle';
  return entity ? 'direct' : 'unallocated';
}

function entityOf(allocation: Allocation, cluster: string, index: EntityIndex): string | undefined {
  const { properties } = allocation;
  if (!properties || allocation.name.startsWith('__')) return undefined;
  const labels = new Map<string, string>();
  for (const [key, value] of Object.entries({
    ...properties.namespaceLabels,
    ...properties.labels,
  }))
    labels.set(normaliseTagKey(key), value);
  const tied = tiedEntity(index, cluster, properties.namespace ?? undefined, (key) =>
    labels.get(key),
  );
  if (tied) return tied;
  const named = labels.get('app-kubernetes-io-name') ?? labels.get('app') ?? properties.controller;
  return named ? index.names.get('component')?.get(named.toLowerCase()) : undefined;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
