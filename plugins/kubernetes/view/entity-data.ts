import type { Day } from '../history/past.ts';
import { dayStrip } from '../history/past.ts';
import { peak } from '../model/hints.ts';
import type { EntityView, ObjectRow, WorkloadRow } from '../model/entity-view.ts';
import type { Freshness } from '../model/freshness.ts';
import { kubectlFor } from '../model/links.ts';
import { workloadId } from '../model/ties.ts';
import type { Amount, EventRecord, Health, OtherObject, PodRecord, Workload } from '../schema.ts';

/** Raised when a page can no longer show what an older or newer run published. */
export const entityDataVersion = 1;

/**
 * All the pages show of one entity, as `/api/kubernetes/entities/….json` holds it. The pages are drawn from it when they
 * are built, and again in the browser when the host has a newer one.
 */
export interface EntityData {
  version: typeof entityDataVersion;
  ref: string;
  /** Newest reading of a cluster it is on: what is newer than a page is told by it. */
  asOf: string;
  /** Oldest reading of what is shown. */
  oldest: string;
  health: Health;
  counts: EntityView['counts'];
  clusters: { name: string; title: string; asOf: string; freshness: Freshness }[];
  workloads: WorkloadData[];
  objects: ObjectData[];
  gaps: { cluster: string; kind: string; namespace?: string | undefined; detail: string }[];
}

export interface WorkloadData extends Pick<
  Workload,
  | 'namespace'
  | 'kind'
  | 'name'
  | 'desired'
  | 'ready'
  | 'updated'
  | 'images'
  | 'created'
  | 'schedule'
  | 'lastRun'
  | 'rollout'
  | 'runs'
> {
  /** `cluster/namespace/Kind/name`. */
  id: string;
  cluster: string;
  version: string | undefined;
  isDrifting: boolean;
  health: Health;
  degradedSince: string | undefined;
  restarts: number;
  /** Use of the pod that uses most, and what a pod asks for. */
  used: Amount;
  requests: Amount;
  autoscaler: Pick<OtherObject, 'min' | 'max' | 'current' | 'desired' | 'metrics'> | undefined;
  notes: string[];
  kubectl: string;
  link: string | undefined;
  days: Day[];
  events: EventRecord[];
  pods: PodRecord[];
}

export interface ObjectData extends Pick<
  OtherObject,
  'namespace' | 'kind' | 'apiVersion' | 'name' | 'hosts' | 'endpoints' | 'size' | 'conditions'
> {
  cluster: string;
  health: Health;
  kubectl: string;
  link: string | undefined;
}

/** The JSON of one entity. */
export function entityData(view: EntityView): EntityData {
  const times = view.clusters.map(({ cluster }) => cluster.asOf).sort();
  return {
    version: entityDataVersion,
    ref: view.ref,
    asOf: times.at(-1) ?? view.asOf,
    oldest: view.asOf,
    health: view.health,
    counts: view.counts,
    clusters: view.clusters.map(({ cluster, freshness }) => ({
      name: cluster.name,
      title: cluster.title ?? cluster.name,
      asOf: cluster.asOf,
      freshness,
    })),
    workloads: view.rows.map(workloadData),
    objects: view.objects.map(objectData),
    gaps: view.clusters.flatMap(({ cluster, gaps }) =>
      gaps.map(({ kind, namespace, detail }) => ({
        cluster: cluster.name,
        kind,
        namespace,
        detail,
      })),
    ),
  };
}

function workloadData(row: WorkloadRow): WorkloadData {
  const { workload, cluster, health, autoscaler } = row;
  const { namespace, kind, name, desired, ready, updated, images, created, pods } = workload;
  const { schedule, lastRun, rollout, runs } = workload;
  return {
    id: workloadId(cluster.name, workload),
    cluster: cluster.name,
    namespace,
    kind,
    name,
    desired,
    ready,
    updated,
    images,
    created,
    pods,
    schedule,
    lastRun,
    rollout,
    runs,
    version: row.version,
    isDrifting: row.isDrifting,
    health,
    degradedSince: row.history?.degradedSince,
    restarts: pods.reduce((sum, pod) => sum + pod.restarts, 0),
    used: { cpu: peak(workload, 'cpu'), memory: peak(workload, 'memory') },
    requests: workload.requests ?? {},
    autoscaler:
      autoscaler === undefined
        ? undefined
        : {
            min: autoscaler.min,
            max: autoscaler.max,
            current: autoscaler.current,
            desired: autoscaler.desired,
            metrics: autoscaler.metrics,
          },
    notes: [
      ...(autoscaler?.health.notes?.map((note) => `Autoscaler: ${note}`) ?? []),
      ...row.hints,
    ],
    kubectl: row.kubectl,
    link: row.link,
    days: dayStrip(row.history, cluster.asOf),
    events: [...row.events],
  };
}

function objectData({ cluster, object, health, link }: ObjectRow): ObjectData {
  const { namespace, kind, apiVersion, name, hosts, endpoints, size, conditions } = object;
  return {
    cluster: cluster.name,
    namespace,
    kind,
    apiVersion,
    name,
    hosts,
    endpoints,
    size,
    conditions,
    health,
    kubectl: kubectlFor(cluster, object, health.reason),
    link,
  };
}
