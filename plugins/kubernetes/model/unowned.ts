import type { Basis } from '../model.ts';
import type { Workload } from '../schema.ts';
import { workloadId } from './ties.ts';

/** Workloads of a namespace that belong to no entity. */
export interface UnownedNamespace {
  namespace: string;
  workloads: { workload: Workload; suggestion: string | undefined }[];
}

/** Lists what runs in a cluster without anyone answering for it, and whose it probably is. */
export function unownedWorkloads(basis: Basis, clusterName: string): UnownedNamespace[] {
  const cluster = basis.clusters.find((each) => each.name === clusterName);
  const found = new Map<string, UnownedNamespace>();
  const names = componentNames(basis);
  for (const workload of cluster?.workloads ?? []) {
    if (basis.ties.entityOf.has(workloadId(clusterName, workload))) continue;
    const group = found.get(workload.namespace) ?? { namespace: workload.namespace, workloads: [] };
    group.workloads.push({ workload, suggestion: suggest(workload, names) });
    found.set(workload.namespace, group);
  }
  return [...found.values()].sort((one, other) => one.namespace.localeCompare(other.namespace));
}

function componentNames(basis: Basis): Map<string, string> {
  const tieable = basis.catalog.entities.filter(({ entity }) =>
    /^(component|resource)$/i.test(entity.kind),
  );
  return new Map(tieable.map(({ entity, ref }) => [entity.metadata.name.toLowerCase(), ref]));
}

/** The entity whose name the workload carries, or begins with. */
function suggest(
  { name, labels = {}, podLabels = {} }: Workload,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const all = { ...podLabels, ...labels };
  const candidates = [name, all['app'], all['app.kubernetes.io/name'], all['k8s-app']].filter(
    (each) => each !== undefined,
  );
  for (const candidate of candidates) {
    const parts = candidate.toLowerCase().split('-');
    for (let length = parts.length; length > 0; length--) {
      const ref = names.get(parts.slice(0, length).join('-'));
      if (ref !== undefined) return ref;
    }
  }
  return undefined;
}
