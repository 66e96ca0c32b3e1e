import { worse } from '../health/verdict.ts';
import type { Cluster, Health } from '../schema.ts';

/** How far a cluster's data can be trusted now. */
export type Freshness = 'fresh' | 'stale' | 'unreachable' | 'recorded';

/** Fresh, a recording, older than allowed, or of a cluster that does not answer. */
export function freshnessOf(cluster: Cluster, now: string, staleAfterHours: number): Freshness {
  if (cluster.state === 'recorded') return 'recorded';
  if (cluster.state === 'failed') return cluster.workloads.length > 0 ? 'stale' : 'unreachable';
  const hours = (Date.parse(now) - Date.parse(cluster.asOf)) / 3_600_000;
  return hours > staleAfterHours ? 'stale' : 'fresh';
}

/** A verdict as far as it still holds: what was well may not be any more, what was broken is at least not known to be well. */
export function aged(health: Health, freshness: Freshness): Health {
  if (freshness !== 'stale') return health;
  return worse(health, { ...health, status: 'Stale', message: `${health.message} when last read` });
}
