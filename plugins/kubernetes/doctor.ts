import { AccessibleLists } from './collect/access.ts';
import { ApiReader } from './collect/api-reader.ts';
import { ApiClient } from './collect/client.ts';
import { networkError, RequestError } from './collect/errors.ts';
import { createGate } from './collect/gate.ts';
import { builtInKinds } from './collect/kinds.ts';
import { configuredCluster } from './collect/locate.ts';
import type { LocatedCluster } from './collect/locate.ts';
import type { KubernetesOptions } from './options.ts';

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

async function diagnoseOne(
  located: LocatedCluster,
  options: KubernetesOptions,
): Promise<Diagnosis> {
  const deadline = AbortSignal.timeout(options.limits.cluster * 1000);
  try {
    const client = new ApiClient(await located.kubeConfig(), {
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
      const lists = new AccessibleLists(reader, located.namespaces, async () => []);
      const customs = await reader.customKinds([
        ...options.customResources,
        ...located.customResources,
      ]);
      const missing = await Promise.all(
        [...builtInKinds, ...customs].map((info) =>
          lists.list(info, { isFirstPageOnly: true }, () => undefined),
        ),
      );
      const closed = new Set(lists.gaps.map((gap) => gap.kind));
      const open = [...builtInKinds, ...customs]
        .map((info) => info.kind)
        .filter((kind) => !closed.has(kind));
      lines.push(
        `${missing.length - closed.size} of ${missing.length} kinds may be read: ${open.join(', ') || 'none'}`,
      );
      for (const gap of lists.gaps)
        lines.push(`${gap.kind}${gap.namespace ? ` in ${gap.namespace}` : ''}: ${gap.detail}`);
      if (lists.gaps.some((gap) => gap.status === 'Forbidden'))
        lines.push('Print the rights needed: callboard kubernetes rbac [--namespaces a,b]');
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
