import { catalogOf } from '../catalog/index.ts';
import type { Catalog } from '../catalog/index.ts';
import type { ModelContext } from '../types.ts';
import { clusterView } from './model/cluster-view.ts';
import type { ClusterView } from './model/cluster-view.ts';
import { entityView } from './model/entity-view.ts';
import type { EntityView } from './model/entity-view.ts';
import { tie } from './model/ties.ts';
import type { Ties } from './model/ties.ts';
import { unownedWorkloads } from './model/unowned.ts';
import type { UnownedNamespace } from './model/unowned.ts';
import { teamView } from './model/team-view.ts';
import type { TeamView } from './model/team-view.ts';
import type { KubernetesOptions } from './options.ts';
import { historyFolder, readHistory } from './history/files.ts';
import { pastOf } from './history/past.ts';
import type { Past } from './history/past.ts';
import type { Cluster, KubernetesSnapshot } from './schema.ts';

export type { ClusterView } from './model/cluster-view.ts';
export type { EntityView, WorkloadRow } from './model/entity-view.ts';
export type { TeamView } from './model/team-view.ts';

/** What the pages know of all clusters. */
export interface Kubernetes {
  readonly clusters: readonly ClusterView[];
  cluster(name: string): ClusterView | undefined;
  /** Everything of one entity; undefined for one that has and asks for nothing in any cluster. */
  ofEntity(ref: string): EntityView | undefined;
  /** Refs of all entities with something in a cluster, or that ask for it. */
  readonly refs: readonly string[];
  /** Health of all a group or user owns. */
  ofTeam(ref: string): TeamView;
  unownedIn(cluster: string): readonly UnownedNamespace[];
}

/** What building the views needs, so that each is made once and only when a page asks. */
export interface Basis {
  clusters: readonly Cluster[];
  catalog: Catalog;
  ties: Ties;
  history: ReadonlyMap<string, Past>;
  /** ISO 8601 of the newest reading: ages are counted from it, so that the same snapshot gives the same pages. */
  now: string;
  staleAfterHours: number;
}

/** Ties what was collected to the catalog. */
export default function buildKubernetes(
  context: ModelContext<KubernetesOptions, KubernetesSnapshot>,
): Kubernetes {
  const catalog = catalogOf(context);
  const clusters = context.data?.clusters ?? [];
  const ties = tie(clusters, catalog.entities, [...context.options.ties.names]);
  const live = clusters.filter((cluster) => cluster.state !== 'recorded');
  const times = (live.length > 0 ? live : clusters).map((cluster) => cluster.asOf).sort();
  const basis: Basis = {
    clusters,
    catalog,
    ties,
    history: pastOf(readHistory(historyFolder(context.folder)).days),
    now: times.at(-1) ?? new Date(0).toISOString(),
    staleAfterHours: context.options.staleAfter,
  };
  const refs = [...new Set([...ties.byEntity.keys(), ...ties.asking.keys()])].sort();
  const entities = new Map<string, EntityView | undefined>();
  const views = clusters.map((cluster) => clusterView(cluster, basis));
  const byName = new Map(views.map((view) => [view.cluster.name, view]));

  return {
    clusters: views,
    refs,
    cluster: (name) => byName.get(name),
    ofEntity,
    ofTeam: (ref) => teamView(catalog.ownedBy(ref, { descendants: true }), ofEntity),
    unownedIn: (name) => unownedWorkloads(basis, name),
  };

  function ofEntity(ref: string): EntityView | undefined {
    if (!entities.has(ref)) entities.set(ref, entityView(ref, basis));
    return entities.get(ref);
  }
}
