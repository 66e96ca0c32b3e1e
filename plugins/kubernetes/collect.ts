import path from 'node:path';

import { collectedEntities } from '../catalog/index.ts';
import type { CollectContext, CollectResult, SourceState } from '../types.ts';
import { ApiReader } from './collect/api-reader.ts';
import { ApiClient } from './collect/client.ts';
import { networkError } from './collect/errors.ts';
import { createGate } from './collect/gate.ts';
import type { Gate } from './collect/gate.ts';
import {
  catalogClusters,
  configuredCluster,
  contextNamespace,
  dashboardOf,
} from './collect/locate.ts';
import type { LocatedCluster } from './collect/locate.ts';
import { readCluster } from './collect/read-cluster.ts';
import { recordedReadings } from './collect/recorded-history.ts';
import { RecordedReader } from './collect/recorded-reader.ts';
import { LuaRules } from './health/lua.ts';
import { argoRules } from './health/rule-folders.ts';
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
  const { options } = context;
  const located = locateClusters(context);
  const folders = [
    ...options.healthRules.map((folder) => path.resolve(context.workingDirectory, folder)),
    argoRules,
  ];
  const rules = await LuaRules.load(folders);
  const gate = createGate(options.limits.parallel);
  let done = 0;
  const clusters = await Promise.all(
    located.map(async (cluster) => {
      const result = await collectOne(context, cluster, rules, gate);
      context.progress(++done, located.length, cluster.name);
      return result;
    }),
  );
  rules.close();

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

async function collectOne(
  context: Context,
  located: LocatedCluster,
  rules: LuaRules,
  gate: Gate,
): Promise<Cluster> {
  const { options } = context;
  const { name, title, entity, dashboard, recorded } = located;
  const asOf = recorded?.recordedAt ?? new Date().toISOString();
  const known = {
    name,
    ...(title ? { title } : {}),
    ...(entity ? { entity } : {}),
    ...(dashboard ? { dashboard } : {}),
    ...(located.context ? { context: located.context } : {}),
  };
  const deadline = AbortSignal.any([
    context.signal,
    AbortSignal.timeout(options.limits.cluster * 1000),
  ]);
  try {
    const kubeConfig = recorded === undefined ? await located.kubeConfig() : undefined;
    const reader =
      kubeConfig === undefined
        ? new RecordedReader(recorded!.folder, recorded!.version)
        : new ApiReader(
            new ApiClient(kubeConfig, { requestMs: options.limits.request * 1000, deadline }),
            gate,
            options.limits.page,
          );
    try {
      const read = await readCluster(reader, {
        namespaces: located.namespaces,
        candidates: [...annotatedNamespaces(context), contextNamespace(kubeConfig)],
        customResources: [...options.customResources, ...located.customResources],
        tieLabels: options.ties.names,
        patience: options.patience,
        rules,
        now: Date.parse(asOf),
      });
      return { ...known, state: recorded === undefined ? 'fresh' : 'recorded', asOf, ...read };
    } finally {
      reader.close();
    }
  } catch (error) {
    context.signal.throwIfAborted();
    const { reason, message, hint } = networkError(error);
    const before = context.previous?.clusters.find((each) => each.name === name);
    const empty = { asOf, gaps: [], nodes: [], workloads: [], objects: [], events: [] };
    return { ...empty, ...before, ...known, state: 'failed', error: { reason, message, hint } };
  }
}

/** Namespaces entities say they live in: where to look when the account may not list them. */
function annotatedNamespaces(context: Context): string[] {
  return collectedEntities(context).flatMap(({ entity }) =>
    (entity.metadata.annotations?.['backstage.io/kubernetes-namespace'] ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => /^[a-z0-9-]{1,63}$/.test(each)),
  );
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
