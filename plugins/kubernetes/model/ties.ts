import type { CatalogEntity } from '../../catalog/index.ts';
import { isService, workloadsBehind } from '../health/join-objects.ts';
import type { Cluster, OtherObject, Workload } from '../schema.ts';
import { parseSelector } from './selector.ts';

/** What of one cluster belongs to one entity. */
export interface Tied {
  cluster: Cluster;
  workloads: Workload[];
  objects: OtherObject[];
}

export interface Ties {
  /** By canonical ref. */
  byEntity: Map<string, Tied[]>;
  /** Entity of a workload, by `cluster/namespace/Kind/name`. */
  entityOf: Map<string, string>;
  /** Entities whose annotations ask for Kubernetes, whether or not anything was found. */
  asking: Map<string, Ask>;
  /** Refs whose label selector cannot be read. */
  unreadable: string[];
}

/** What an entity's annotations ask for. */
export interface Ask {
  ref: string;
  matches: (labels: Readonly<Record<string, string>>) => boolean;
  /** It gives a selector, so nothing else may tie to it. */
  isExact: boolean;
  namespaces: readonly string[] | undefined;
  clusters: readonly string[] | undefined;
}

const prefix = 'backstage.io/kubernetes-';
const tieable = new Set(['component', 'resource', 'system', 'api']);

/** Ties workloads and objects to entities: Backstage's annotations first, then the configured names. */
export function tie(
  clusters: readonly Cluster[],
  entities: readonly CatalogEntity[],
  names: readonly string[],
): Ties {
  const unreadable: string[] = [];
  const asks = entities.flatMap((entity) => askOf(entity, unreadable) ?? []);
  const byName = namesOf(entities);
  const ties: Ties = {
    byEntity: new Map(),
    entityOf: new Map(),
    asking: new Map(asks.map((ask) => [ask.ref, ask])),
    unreadable,
  };
  for (const cluster of clusters) {
    for (const workload of cluster.workloads) {
      const refs = refsFor(workload, cluster.name, asks, byName, names);
      for (const ref of refs) tiedFor(ties, ref, cluster).workloads.push(workload);
      if (refs[0] !== undefined) ties.entityOf.set(workloadId(cluster.name, workload), refs[0]);
    }
    tieObjects(cluster, ties, asks, byName, names);
  }
  return ties;
}

/** `cluster/namespace/Kind/name`, the id of a workload in history and ties. */
export function workloadId(cluster: string, { namespace, kind, name }: Workload): string {
  return `${cluster}/${namespace}/${kind}/${name}`;
}

function askOf({ ref, entity }: CatalogEntity, unreadable: string[]): Ask | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const id = annotations[`${prefix}id`];
  const selector = annotations[`${prefix}label-selector`];
  const namespaces = listOf(annotations[`${prefix}namespace`]);
  const clusters = listOf(annotations[`${prefix}cluster`]);
  if (id === undefined && selector === undefined && namespaces === undefined) return undefined;
  if (selector === undefined) {
    const wanted = id ?? entity.metadata.name;
    return {
      ref,
      namespaces,
      clusters,
      isExact: false,
      matches: (labels) => labels[`${prefix}id`] === wanted,
    };
  }
  const matches = parseSelector(selector);
  if (matches === undefined) unreadable.push(ref);
  return { ref, namespaces, clusters, isExact: true, matches: matches ?? (() => false) };
}

function listOf(text: string | undefined): string[] | undefined {
  const list = (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return list.length === 0 ? undefined : list;
}

function namesOf(entities: readonly CatalogEntity[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { ref, entity } of entities) {
    const kind = entity.kind.toLowerCase();
    if (!tieable.has(kind)) continue;
    found.set(ref, ref);
    const name = entity.metadata.name.toLowerCase();
    if (kind === 'component' || !found.has(name)) found.set(name, ref);
  }
  return found;
}

interface Labelled {
  namespace?: string | undefined;
  labels?: Record<string, string> | undefined;
  podLabels?: Record<string, string> | undefined;
  annotations?: Record<string, string> | undefined;
}

/** Annotations may tie one workload to several entities; names only to one. */
function refsFor(
  object: Labelled,
  cluster: string,
  asks: readonly Ask[],
  byName: Map<string, string>,
  names: readonly string[],
): string[] {
  const labels = { ...object.podLabels, ...object.labels };
  const asked = asks.filter(
    (ask) => isInScope(ask, cluster, object.namespace) && ask.matches(labels),
  );
  if (asked.length > 0) return asked.map((ask) => ask.ref);
  for (const name of names) {
    const value = (labels[name] ?? object.annotations?.[name])?.toLowerCase();
    const ref =
      value === undefined
        ? undefined
        : byName.get(value.split(':').length > 2 ? value.split(':')[0]! : value);
    if (ref === undefined) continue;
    const ask = asks.find((each) => each.ref === ref);
    if (ask === undefined) return [ref];
    if (!ask.isExact && isInScope(ask, cluster, object.namespace)) return [ref];
  }
  return [];
}

function isInScope(ask: Ask, cluster: string, namespace: string | undefined): boolean {
  const isCluster = ask.clusters === undefined || ask.clusters.includes(cluster);
  return isCluster && (ask.namespaces === undefined || ask.namespaces.includes(namespace ?? ''));
}

function tiedFor(ties: Ties, ref: string, cluster: Cluster): Tied {
  const all = ties.byEntity.get(ref) ?? [];
  const known = all.find((each) => each.cluster === cluster);
  if (known !== undefined) return known;
  const tied: Tied = { cluster, workloads: [], objects: [] };
  ties.byEntity.set(ref, [...all, tied]);
  return tied;
}

/** Objects belong where their workload does; those without one by their own labels. Routes follow their services. */
function tieObjects(
  cluster: Cluster,
  ties: Ties,
  asks: readonly Ask[],
  byName: Map<string, string>,
  names: readonly string[],
): void {
  const serviceRefs = new Map<string, string[]>();
  const inOrder = [...cluster.objects].sort(
    (one, other) => Number(isRoute(one)) - Number(isRoute(other)),
  );
  for (const object of inOrder) {
    const direct = refsFor(object, cluster.name, asks, byName, names);
    const refs =
      direct.length > 0 ? direct : [...new Set(workloadRefs(object, cluster, ties, serviceRefs))];
    if (isService(object)) serviceRefs.set(`${object.namespace}/${object.name}`, refs);
    for (const ref of refs) tiedFor(ties, ref, cluster).objects.push(object);
  }
}

function isRoute(object: OtherObject): boolean {
  return object.backends !== undefined;
}

function workloadRefs(
  object: OtherObject,
  cluster: Cluster,
  ties: Ties,
  serviceRefs: Map<string, string[]>,
): string[] {
  if (isRoute(object))
    return object.backends!.flatMap(
      (each) => serviceRefs.get(`${each.namespace}/${each.service}`) ?? [],
    );
  const target = object.target ?? object.owner;
  const named = cluster.workloads.filter(
    (each) => each.namespace === object.namespace && `${each.kind}/${each.name}` === target,
  );
  return [...named, ...workloadsBehind(object, cluster.workloads)].flatMap(
    (each) => ties.entityOf.get(workloadId(cluster.name, each)) ?? [],
  );
}
