import { collectedEntities } from '../catalog/index.ts';
import type { CollectContext, CollectResult, SourceState } from '../types.ts';
import { catalogClusters, configuredCluster, dashboardOf } from './collect/locate.ts';
import type { LocatedCluster } from './collect/locate.ts';
import { recordedReadings } from './collect/recorded-history.ts';
import { appendHistory, readingsOf } from './history/append.ts';
import { historyFolder } from './history/files.ts';
import { parseSelector } from './model/selector.ts';
import type { KubernetesOptions } from './options.ts';
import type { Cluster, KubernetesSnapshot } from './schema.ts';

type Context = CollectContext<KubernetesOptions, KubernetesSnapshot>;

/** Reads every cluster at the same time; one that fails keeps its last state and says why. */
export default async function collectKubernetes(
  context: Context,
): Promise<CollectResult<KubernetesSnapshot>> {
  const located = locateClusters(context);
  // What talks to clusters is half of all that a collect loads.
  const clusters =
    located.length === 0
      ? []
      : await (await import('./collect/collect-clusters.ts')).collectClusters(context, located);
  const sorted = clusters.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const cluster of sorted) reportOn(cluster, context);
  reportSelectors(context);
  keepHistory(sorted, located, context);
  return { data: { clusters: sorted }, sources: sorted.map(sourceOf) };
}

/** The configuration's clusters, then those of the catalog that it does not name. */
function locateClusters(context: Context): LocatedCluster[] {
  const { options } = context;
  const entities = collectedEntities(context);
  const configured = options.clusters.map((each) =>
    configuredCluster(each, context.workingDirectory),
  );
  const byName = new Map(configured.map((cluster) => [cluster.name, cluster]));
  for (const { entity, ref } of entities) {
    const cluster =
      entity.spec?.['type'] === 'kubernetes-cluster'
        ? byName.get(entity.metadata.name.toLowerCase())
        : undefined;
    if (cluster === undefined) continue;
    cluster.entity = ref;
    cluster.title ??= entity.metadata.title;
    cluster.dashboard ??= dashboardOf(entity.metadata.annotations ?? {});
  }
  for (const { cluster, ref, problem } of catalogClusters(entities, options)) {
    if (byName.has(ref.split('/').at(-1) ?? '')) continue;
    if (cluster !== undefined) byName.set(cluster.name, cluster);
    else if (options.catalogClusters.hosts.length > 0)
      context.report({
        code: 'kubernetes/catalog-cluster',
        message: `${ref} cannot be read: ${problem}.`,
        entity: ref,
      });
  }
  return [...byName.values()];
}

function reportOn(cluster: Cluster, context: Context): void {
  const { name, error, gaps, clockSkew, entity } = cluster;
  const about = entity === undefined ? {} : { entity };
  if (error !== undefined)
    context.report({
      code: 'kubernetes/cluster-unreachable',
      message: `Cluster ${name} could not be read: ${error.message}.`,
      hint: error.hint,
      ...about,
    });
  if (clockSkew !== undefined)
    context.report({
      code: 'kubernetes/clock-skew',
      message: `The clock of cluster ${name} is ${Math.abs(clockSkew)} s ${clockSkew > 0 ? 'behind' : 'ahead of'} ours.`,
      ...about,
    });
  const kinds = [...new Set(gaps.map((gap) => gap.kind))];
  if (error === undefined && kinds.length > 0)
    context.report({
      code: 'kubernetes/no-access',
      message: `Cluster ${name}: ${kinds.join(', ')} could not be read everywhere.`,
      ...about,
    });
}

/** Adds this run to the history; a recording brings its own past along. */
function keepHistory(
  clusters: readonly Cluster[],
  located: readonly LocatedCluster[],
  context: Context,
): void {
  const readings = [
    ...located.flatMap(({ name, recorded }) =>
      recorded === undefined ? [] : recordedReadings(name, recorded),
    ),
    ...readingsOf(clusters),
  ];
  const { historyDays } = context.options.limits;
  for (const file of appendHistory(historyFolder(context.folder), readings, historyDays))
    context.report({
      code: 'kubernetes/history',
      message: `content/snapshot/history/${file} cannot be read: its day is left out of the history.`,
    });
}

/** A selector nobody can read ties to nothing: its team has to know. */
function reportSelectors(context: Context): void {
  const key = 'backstage.io/kubernetes-label-selector';
  for (const { ref, entity, origin } of collectedEntities(context)) {
    const selector = entity.metadata.annotations?.[key];
    if (selector === undefined || parseSelector(selector) !== undefined) continue;
    context.report({
      code: 'kubernetes/selector',
      message: `The annotation ${key} is \`${selector.slice(0, 100)}\`, expected a label selector such as \`app=checkout\`.`,
      entity: ref,
      at: {
        repository: origin.repository,
        file: origin.file,
        line: origin.line,
        path: `metadata.annotations.${key}`,
      },
    });
  }
}

function sourceOf({ name, state, asOf, error, workloads }: Cluster): SourceState {
  const id = `kubernetes:${name}`;
  if (error === undefined)
    return { id, state: 'fresh', asOf, ...(state === 'recorded' ? { detail: 'a recording' } : {}) };
  return { id, state: workloads.length > 0 ? 'stale' : 'failed', asOf, detail: error.message };
}
