import path from 'node:path';

import { collectedEntities } from '../../catalog/index.ts';
import type { CollectContext } from '../../types.ts';
import { LuaRules } from '../health/lua.ts';
import { argoRules } from '../health/rule-folders.ts';
import type { KubernetesOptions } from '../options.ts';
import type { Cluster, KubernetesSnapshot } from '../schema.ts';
import { ApiReader } from './api-reader.ts';
import { ApiClient } from './client.ts';
import { networkError } from './errors.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { contextNamespace } from './locate.ts';
import type { LocatedCluster } from './locate.ts';
import { readCluster } from './read-cluster.ts';
import { RecordedReader } from './recorded-reader.ts';

type Context = CollectContext<KubernetesOptions, KubernetesSnapshot>;

/** Reads clusters at the same time; one that fails keeps its last state and says why. */
export async function collectClusters(
  context: Context,
  located: readonly LocatedCluster[],
): Promise<Cluster[]> {
  const { options } = context;
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
  return clusters;
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
