import type { EventRecord, PodRecord, Workload } from '../schema.ts';
import { pullReason } from './pod.ts';

/** Warnings that say why a pod does not start, in the words of a cause. */
const startFailures: Record<string, string> = {
  FailedMount: 'Cannot mount a volume',
  FailedAttachVolume: 'Cannot attach a volume',
  FailedCreatePodSandBox: 'Cannot set its network up',
};
/** Once may be chance. */
const oftenEnough = 3;

/** Adds to failing pods what only events tell: why an image cannot be pulled, why a container is not even created. */
export function explainPods(
  workloads: readonly Workload[],
  events: readonly EventRecord[],
): Workload[] {
  const byPod = new Map<string, EventRecord[]>();
  for (const event of events) {
    const key = `${event.namespace}/${event.object}`;
    byPod.set(key, [...(byPod.get(key) ?? []), event]);
  }
  return workloads.map((workload) => {
    const pods = workload.pods.map((pod) =>
      explain(pod, byPod.get(`${workload.namespace}/Pod/${pod.name}`) ?? []),
    );
    return pods.every((pod, index) => pod === workload.pods[index])
      ? workload
      : Object.assign({}, workload, { pods });
  });
}

function explain(pod: PodRecord, events: readonly EventRecord[]): PodRecord {
  const { health } = pod;
  if (health === undefined || events.length === 0) return pod;
  if (health.message.startsWith('Cannot pull image') && !health.message.includes(': ')) {
    const why = events.map((event) => pullReason(event.message)).find((each) => each !== undefined);
    return why === undefined
      ? pod
      : { ...pod, health: { ...health, message: `${health.message}: ${why}` } };
  }
  const failure = events.find(
    ({ reason, count }) => reason in startFailures && count >= oftenEnough,
  );
  if (health.status !== 'Progressing' || failure === undefined) return pod;
  const message = `${startFailures[failure.reason]}: ${failure.message}`.slice(0, 300);
  return { ...pod, health: { ...health, status: 'Degraded', reason: failure.reason, message } };
}
