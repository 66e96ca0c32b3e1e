import { inSentence } from '../sentence.ts';
import { worse } from '../health/verdict.ts';
import { versionOf } from '../health/join.ts';
import type { Basis } from '../model.ts';
import type { AccessGap, Cluster, EventRecord, Health, OtherObject, Workload } from '../schema.ts';
import type { Past } from '../history/past.ts';
import { aged, freshnessOf } from './freshness.ts';
import type { Freshness } from './freshness.ts';
import { sizingHints } from './hints.ts';
import { dashboardLink, kubectlFor } from './links.ts';
import { workloadId } from './ties.ts';
import type { Tied } from './ties.ts';

/** One workload in one cluster. */
export interface WorkloadRow {
  cluster: Cluster;
  workload: Workload;
  health: Health;
  version: string | undefined;
  /** Its version differs from that of the same workload in another cluster. */
  isDrifting: boolean;
  autoscaler: OtherObject | undefined;
  events: readonly EventRecord[];
  hints: readonly string[];
  history: Past | undefined;
  /** Command that shows why it is as it is. */
  kubectl: string;
  link: string | undefined;
}

/** Another object of the entity, with where it is. */
export interface ObjectRow {
  cluster: Cluster;
  object: OtherObject;
  health: Health;
  link: string | undefined;
}

/** How an entity does on all its clusters. */
export interface EntityView {
  ref: string;
  /** The worst of everything it has. */
  health: Health;
  /** Counts of its workloads by status. */
  counts: Partial<Record<Health['status'], number>>;
  /** Aligned: the same workload in several clusters is together. */
  rows: readonly WorkloadRow[];
  objects: readonly ObjectRow[];
  clusters: readonly { cluster: Cluster; freshness: Freshness; gaps: readonly AccessGap[] }[];
  /** Oldest reading of what is shown. */
  asOf: string;
}

/** All of one entity; undefined when it neither has nor asks for anything. */
export function entityView(ref: string, basis: Basis): EntityView | undefined {
  const tied = basis.ties.byEntity.get(ref) ?? [];
  const ask = basis.ties.asking.get(ref);
  if (tied.length === 0 && (ask === undefined || basis.clusters.length === 0)) return undefined;
  const asked = basis.clusters.filter(
    (cluster) =>
      ask !== undefined && (ask.clusters === undefined || ask.clusters.includes(cluster.name)),
  );
  const clusters = basis.clusters.filter(
    (cluster) => asked.includes(cluster) || tied.some((each) => each.cluster === cluster),
  );
  const rows = markDrift(tied.flatMap((each) => rowsOf(each, basis)));
  const objects = tied.flatMap((each) => objectsOf(each, basis));
  const views = clusters.map((cluster) => ({
    cluster,
    freshness: freshnessOf(cluster, basis.now, basis.staleAfterHours),
    gaps: cluster.gaps.filter((gap) => concerns(gap, ask?.namespaces, rows)),
  }));
  const counts: EntityView['counts'] = {};
  for (const { health } of rows) counts[health.status] = (counts[health.status] ?? 0) + 1;
  return {
    ref,
    counts,
    rows: rows.sort((one, other) => keyOf(one).localeCompare(keyOf(other))),
    objects,
    clusters: views,
    health: overall(rows, objects, views),
    asOf: clusters.map((cluster) => cluster.asOf).sort()[0] ?? basis.now,
  };
}

function keyOf({ workload, cluster }: WorkloadRow): string {
  return `${workload.kind}/${workload.name}/${workload.namespace}/${cluster.name}`;
}

function rowsOf({ cluster, workloads }: Tied, basis: Basis): WorkloadRow[] {
  const freshness = freshnessOf(cluster, basis.now, basis.staleAfterHours);
  return workloads.map((workload) => {
    const health = aged(workload.health, freshness);
    const failing = workload.pods.find((pod) => pod.health?.status === 'Degraded');
    return {
      cluster,
      workload,
      health,
      version: versionOf(workload.images[0]),
      isDrifting: false,
      autoscaler: cluster.objects.find(
        (each) =>
          each.kind === 'HorizontalPodAutoscaler' &&
          each.namespace === workload.namespace &&
          each.target === `${workload.kind}/${workload.name}`,
      ),
      events: eventsOf(cluster, workload),
      hints: sizingHints(workload),
      history: basis.history.get(workloadId(cluster.name, workload)),
      kubectl: kubectlFor(
        cluster,
        workload,
        health.reason,
        health.status === 'Degraded' ? failing?.name : undefined,
      ),
      link: dashboardLink(cluster.dashboard, workload),
    };
  });
}

function eventsOf(cluster: Cluster, workload: Workload): EventRecord[] {
  const pods = new Set(workload.pods.map((pod) => `Pod/${pod.name}`));
  return cluster.events.filter((event) => {
    if (event.namespace !== workload.namespace) return false;
    return (
      event.object === `${workload.kind}/${workload.name}` ||
      pods.has(event.object) ||
      event.object.startsWith(`ReplicaSet/${workload.name}-`)
    );
  });
}

function objectsOf({ cluster, objects }: Tied, basis: Basis): ObjectRow[] {
  const freshness = freshnessOf(cluster, basis.now, basis.staleAfterHours);
  return objects.map((object) => ({
    cluster,
    object,
    health: aged(object.health, freshness),
    link: dashboardLink(cluster.dashboard, object),
  }));
}

function markDrift(rows: WorkloadRow[]): WorkloadRow[] {
  const versions = new Map<string, Set<string | undefined>>();
  for (const { workload, version } of rows) {
    const key = `${workload.kind}/${workload.name}`;
    versions.set(key, (versions.get(key) ?? new Set()).add(version));
  }
  for (const row of rows)
    row.isDrifting = (versions.get(`${row.workload.kind}/${row.workload.name}`)?.size ?? 0) > 1;
  return rows;
}

/** Gaps that could hide something of this entity. */
function concerns(
  gap: AccessGap,
  namespaces: readonly string[] | undefined,
  rows: readonly WorkloadRow[],
): boolean {
  if (gap.namespace === undefined) return gap.kind !== 'Node';
  return (
    (namespaces?.includes(gap.namespace) ?? false) ||
    rows.some((row) => row.workload.namespace === gap.namespace)
  );
}

/** Never better than the worst of its parts, and never green when a part could not be read. */
function overall(
  rows: readonly WorkloadRow[],
  objects: readonly ObjectRow[],
  clusters: EntityView['clusters'],
): Health {
  const parts = [
    ...rows.map(({ cluster, health, workload }) => ({
      ...health,
      message: `${workload.name} in ${cluster.name}: ${inSentence(health.message)}`,
    })),
    ...objects.map(({ cluster, health, object }) => ({
      ...health,
      message: `${object.kind} ${object.name} in ${cluster.name}: ${inSentence(health.message)}`,
    })),
    ...clusters.flatMap(unreadHealth),
  ];
  const isEmpty = rows.length === 0 && objects.length === 0;
  if (parts.length === 0)
    return { status: 'Missing', message: 'Nothing in any cluster belongs to it' };
  let worst: Health = parts[0]!;
  for (const part of parts) worst = worse(worst, part);
  if (isEmpty && worst.status === 'Healthy')
    return { status: 'Missing', message: 'Nothing in any cluster belongs to it' };
  if (worst.status !== 'Healthy') return worst;
  return {
    status: 'Healthy',
    message: `${rows.length} ${rows.length === 1 ? 'workload is' : 'workloads are'} healthy`,
  };
}

function unreadHealth({ cluster, freshness, gaps }: EntityView['clusters'][number]): Health[] {
  if (freshness === 'unreachable')
    return [
      {
        status: 'Unreachable',
        message: `Cluster ${cluster.name}: ${cluster.error?.message ?? 'does not answer'}`,
      },
    ];
  const hidden = gaps.find((gap) => ['Pod', 'Deployment', 'StatefulSet'].includes(gap.kind));
  if (hidden === undefined) return [];
  const where = hidden.namespace === undefined ? '' : ` in ${hidden.namespace}`;
  return [
    {
      status: hidden.status,
      message: `${hidden.kind}s${where} of ${cluster.name} cannot be read: ${hidden.detail}`,
    },
  ];
}
