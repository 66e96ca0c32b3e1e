import type { Portal } from '../../types.ts';
import type { ClusterView } from '../model/cluster-view.ts';
import type { Kubernetes } from '../model.ts';
import type { Amount, Cluster, Health } from '../schema.ts';

/** Raised when a page can no longer show what an older or newer run published. */
export const fleetDataVersion = 1;

/** All that `/clusters/` shows, as `/api/kubernetes/clusters.json` holds it. */
export interface FleetData {
  version: typeof fleetDataVersion;
  /** Newest reading of a cluster. */
  asOf: string;
  clusters: ClusterData[];
}

export interface ClusterData extends Pick<
  ClusterView,
  'counts' | 'pods' | 'freshness' | 'isSkewed'
> {
  name: string;
  title: string;
  asOf: string;
  error: Cluster['error'];
  /** Version of its API server. */
  serverVersion: string | undefined;
  nodes: ClusterView['nodes'];
  requested: Amount;
  broken: BrokenData[];
  /** Workloads that belong to no entity. */
  unowned: number;
}

export interface BrokenData {
  kind: string;
  namespace: string;
  name: string;
  health: Health;
  /** The entity it belongs to, and its page below the base. */
  entity: { title: string; path: string } | undefined;
}

/** The JSON of the fleet. */
export function fleetData(model: Kubernetes, portal: Pick<Portal, 'entityLink'>): FleetData {
  const views = model.clusters;
  return {
    version: fleetDataVersion,
    asOf:
      views
        .map(({ cluster }) => cluster.asOf)
        .sort()
        .at(-1) ?? '',
    clusters: views.map((view) => clusterData(view, model, portal)),
  };
}

/** What is shown of one cluster. */
export function clusterData(
  { cluster, counts, pods, freshness, isSkewed, nodes, requested, broken }: ClusterView,
  model: Kubernetes,
  { entityLink }: Pick<Portal, 'entityLink'>,
): ClusterData {
  const unowned = model.unownedIn(cluster.name);
  return {
    name: cluster.name,
    title: cluster.title ?? cluster.name,
    asOf: cluster.asOf,
    error: cluster.error,
    serverVersion: cluster.version,
    counts,
    pods,
    freshness,
    isSkewed,
    nodes,
    requested,
    unowned: unowned.reduce((sum, { workloads }) => sum + workloads.length, 0),
    broken: broken.map(({ workload, health, entity }) => ({
      kind: workload.kind,
      namespace: workload.namespace,
      name: workload.name,
      health,
      entity:
        entity === undefined ? undefined : (entityLink(entity) ?? { title: entity, path: '' }),
    })),
  };
}
