import type { Health, PodRecord } from '../schema.ts';

/** Pods in the same state for the same reason. */
export interface PodGroup {
  status: Health['status'];
  /** STATUS of kubectl, and why where that is not all. */
  title: string;
  message: string | undefined;
  pods: PodRecord[];
}

/** Groups pods by what ails them, the worst first, so that two hundred of them are a few lines. */
export function podGroups(pods: readonly PodRecord[]): PodGroup[] {
  const groups = new Map<string, PodGroup>();
  for (const pod of pods) {
    const status = pod.health?.status ?? 'Healthy';
    // Numbers differ from pod to pod where the trouble is the same.
    const message = status === 'Healthy' ? undefined : pod.health?.message;
    const key = `${status}/${pod.status}/${message?.replaceAll(/\d+/g, '#')}`;
    const group = groups.get(key) ?? { status, title: pod.status, message, pods: [] };
    group.pods.push(pod);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (one, other) => order(one) - order(other) || other.pods.length - one.pods.length,
  );
}

function order({ status }: PodGroup): number {
  if (status === 'Degraded') return 0;
  return status === 'Healthy' ? 2 : 1;
}
