import type { Freshness } from '../model/freshness.ts';

/** Clusters that did not answer when they were last asked. */
export function darkCount(clusters: readonly { freshness: Freshness }[]): number {
  return clusters.filter(({ freshness }) => freshness === 'stale' || freshness === 'unreachable')
    .length;
}
