import { AccessibleLists, nameOf } from './collect/access.ts';
import { ApiReader } from './collect/api-reader.ts';
import { ApiClient } from './collect/client.ts';
import { networkError, RequestError } from './collect/errors.ts';
import { createGate } from './collect/gate.ts';
import { builtInKinds, groupOfKind, podMetrics } from './collect/kinds.ts';
import type { KindInfo } from './collect/kinds.ts';
import { configuredCluster, contextNamespace } from './collect/locate.ts';
import type { LocatedCluster } from './collect/locate.ts';
import { namespaceFinder } from './collect/read-cluster.ts';
import type { KubernetesOptions } from './options.ts';
import type { AccessGap } from './schema.ts';

/** What the doctor found about one cluster. */
export interface Diagnosis {
  cluster: string;
  isReachable: boolean;
  lines: string[];
}

/** Says per cluster whether it can be reached, and per kind what may be read. */
export async function diagnose(
  options: KubernetesOptions,
  workingDirectory: string,
): Promise<Diagnosis[]> {
  const clusters = options.clusters.map((each) => configuredCluster(each, workingDirectory));
  return Promise.all(
    clusters
      .filter((each) => each.recorded === undefined)
      .map((each) => diagnoseOne(each, options)),
  );
}

/** One line per reason with its kinds, and the namespaces where those are not all. */
function gapLines(gaps: readonly AccessGap[]): string[] {
  const byKind = Map.groupBy(gaps, ({ kind, detail }) => `${detail}\n${kind}`);
  const byPlace = new Map<string, string[]>();
  for (const [key, list] of byKind) {
    const [detail = '', kind = ''] = key.split('\n');
    const places = list.flatMap((gap) => gap.namespace ?? []).sort();
    const shown = places.slice(0, 5).join(', ') + (places.length > 5 ? ', …' : '');
    const where = places.length < 2 ? '' : ` in ${places.length} namespaces (${shown})`;
    const line = `${detail}${where || places.map((place) => ` in ${place}`).join('')}`;
    byPlace.set(line, [...(byPlace.get(line) ?? []), kind]);
  }
  return [...byPlace].map(([line, kinds]) => `${kinds.sort().join(', ')}: ${line}`).sort();
}

/** Custom resources that are there; a line for each name that is not. */
async function discovered(
  reader: ApiReader,
  names: readonly string[],
  lines: string[],
): Promise<KindInfo[]> {
  if (names.length === 0) return [];
  const { kinds, closed } = await reader.customKinds(names);
  const served = new Set(kinds.map((info) => `${info.plural}.${groupOfKind(info)}`));
  for (const name of names)
    if (name !== '*' && !served.has(name)) lines.push(`${name} is not installed there`);
  for (const group of closed) lines.push(`the server of ${group} does not answer`);
  return kinds;
}

async function diagnoseOne(
  located: LocatedCluster,
  options: KubernetesOptions,
): Promise<Diagnosis> {
  const deadline = AbortSignal.timeout(options.limits.cluster * 1000);
  try {
    const config = await located.kubeConfig();
    const client = new ApiClient(config, {
      requestMs: options.limits.request * 1000,
      deadline,
    });
    // One object per list is enough to know that it may be read.
    const reader = new ApiReader(client, createGate(options.limits.parallel), 1);
    try {
      const { version, serverTime } = await reader.probe();
      const lines = [`reachable, ${version ?? 'version not given'}`];
      const skew = Math.round(Math.abs(Date.now() - (serverTime ?? Date.now())) / 1000);
      if (skew > 60) lines.push(`its clock differs from ours by ${skew} s`);
      const lists = new AccessibleLists(
        reader,
        located.namespaces,
        namespaceFinder(reader, [contextNamespace(config)]),
      );
      const names = [...options.customResources, ...located.customResources];
      const customs = await discovered(reader, names, lines);
      const kinds = [...builtInKinds, ...customs, podMetrics];
      await Promise.all(
        kinds.map((info) => lists.list(info, { isFirstPageOnly: true }, () => undefined)),
      );
      const closed = new Set(lists.gaps.map((gap) => gap.kind));
      const open = kinds.map(nameOf).filter((kind) => !closed.has(kind));
      if (lists.namespaces !== undefined)
        lines.push(`read namespace by namespace: ${lists.namespaces.join(', ')}`);
      lines.push(
        `${open.length} of ${kinds.length} kinds may be read everywhere asked: ${open.join(', ') || 'none'}`,
      );
      lines.push(...gapLines(lists.gaps));
      if (lists.gaps.some((gap) => gap.status === 'Forbidden'))
        lines.push('Print the rights needed: callboard kubernetes rbac [--namespaces a,b]');
      if (open.length === 0 && located.namespaces === undefined)
        lines.push('Where it has rights in some namespaces only, name them in `namespaces`.');
      return { cluster: located.name, isReachable: true, lines };
    } finally {
      reader.close();
    }
  } catch (error) {
    const { message, hint } = error instanceof RequestError ? error : networkError(error);
    return {
      cluster: located.name,
      isReachable: false,
      lines: [`cannot be read: ${message}`, hint],
    };
  }
}
