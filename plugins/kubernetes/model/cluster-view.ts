import { rank } from '../health/verdict.ts';
import type { Basis } from '../model.ts';
import type { Amount, Cluster, Health } from '../schema.ts';
import { aged, freshnessOf } from './freshness.ts';
import type { Freshness } from './freshness.ts';
import { workloadId } from './ties.ts';

export type Counts = Partial<Record<Health['status'], number>>;

/** One cluster in the fleet. */
export interface ClusterView {
  cluster: Cluster;
  freshness: Freshness;
  counts: Counts;
  pods: number;
  nodes: { total: number; ready: number; versions: string[]; capacity: Amount };
  /** Requested by all running workloads. */
  requested: Amount;
  /** Broken workloads, worst first, with the entity each belongs to. */
  broken: { workload: Cluster['workloads'][number]; health: Health; entity: string | undefined }[];
  /** Health by owner of the entities; what is tied to nothing is under an empty ref. */
  teams: { owner: string; counts: Counts }[];
  /** Nodes run another minor version than the API server. */
  isSkewed: boolean;
}

/** Sums one cluster up. */
export function clusterView(cluster: Cluster, basis: Basis): ClusterView {
  const freshness = freshnessOf(cluster, basis.now, basis.staleAfterHours);
  const counts: Counts = {};
  const teams = new Map<string, Counts>();
  const broken: ClusterView['broken'] = [];
  for (const workload of cluster.workloads) {
    const health = aged(workload.health, freshness);
    const entity = basis.ties.entityOf.get(workloadId(cluster.name, workload));
    const owner = (entity === undefined ? undefined : basis.catalog.get(entity)?.owner) ?? '';
    count(counts, health.status);
    teams.set(owner, count(teams.get(owner) ?? {}, health.status));
    if (rank(health.status) >= rank('Unknown')) broken.push({ workload, health, entity });
  }
  const versions = [...new Set(cluster.nodes.flatMap((node) => node.version ?? []))].sort();
  return {
    cluster,
    freshness,
    counts,
    pods: cluster.workloads.reduce((sum, each) => sum + each.pods.length, 0),
    nodes: {
      total: cluster.nodes.length,
      ready: cluster.nodes.filter((node) => node.health.status === 'Healthy').length,
      versions,
      capacity: sum(cluster.nodes.map((node) => node.capacity)),
    },
    requested: sum(cluster.workloads.map((each) => times(each.requests, each.pods.length))),
    broken: broken.sort((one, other) => rank(other.health.status) - rank(one.health.status)),
    teams: [...teams]
      .map(([owner, each]) => ({ owner, counts: each }))
      .sort((one, other) => one.owner.localeCompare(other.owner)),
    isSkewed: versions.some((version) => minor(version) !== minor(cluster.version ?? version)),
  };
}

/** Adds one to a count. */
export function count(counts: Counts, status: Health['status']): Counts {
  counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function minor(version: string): string {
  return version.replace(/^v/, '').split('.').slice(0, 2).join('.');
}

function times(amount: Amount | undefined, factor: number): Amount {
  return { cpu: (amount?.cpu ?? 0) * factor, memory: (amount?.memory ?? 0) * factor };
}

function sum(amounts: readonly (Amount | undefined)[]): Amount {
  const total = { cpu: 0, memory: 0 };
  for (const amount of amounts) {
    total.cpu += amount?.cpu ?? 0;
    total.memory += amount?.memory ?? 0;
  }
  return total;
}
