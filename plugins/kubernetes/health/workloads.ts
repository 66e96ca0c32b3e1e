import { conditionOf } from './objects.ts';
import type { Controller } from './objects.ts';
import type { Verdict } from './verdict.ts';

/** Health of a Deployment: `kubectl rollout status` with kstatus' counters, and what happens after a rollout too. */
export function deploymentHealth(deployment: Controller): Verdict {
  const { spec = {}, status = {} } = deployment;
  if (spec.paused === true) return { status: 'Suspended', message: 'Its rollout is paused' };
  if (isUnobserved(deployment)) return unobserved;
  const progressing = conditionOf(deployment, 'Progressing');
  const failure = conditionOf(deployment, 'ReplicaFailure');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return degraded('ProgressDeadlineExceeded', 'The rollout missed its deadline', progressing);
  if (failure?.status === 'True')
    return degraded(
      failure.reason,
      `Cannot create pods: ${failure.message ?? failure.reason}`,
      failure,
    );

  const wanted = spec.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0, readyReplicas = 0 } = status;
  const isRolledOut = progressing?.reason === 'NewReplicaSetAvailable';
  const available = conditionOf(deployment, 'Available');
  if (isRolledOut && available?.status === 'False' && readyReplicas < wanted) {
    const message = `${readyReplicas} of ${wanted} pods ready, fewer than its rollout keeps up`;
    return degraded('MinimumReplicasUnavailable', message, available);
  }
  const since = progressing?.lastTransitionTime ?? undefined;
  if (updatedReplicas < wanted)
    return rollout(`${updatedReplicas} of ${wanted} pods updated`, since);
  if (replicas > updatedReplicas)
    return rollout(`${replicas - updatedReplicas} old pods are ending`, since);
  if (availableReplicas < updatedReplicas)
    return rollout(`${availableReplicas} of ${wanted} pods available`, since);
  if (readyReplicas < wanted) return rollout(`${readyReplicas} of ${wanted} pods ready`, since);
  if (wanted > 0 && available?.status === 'False')
    return rollout('Waiting for its pods to stay available', since);
  return full(readyReplicas, wanted);
}

/** Health of a StatefulSet, with partitioned updates and OnDelete as `kubectl rollout status` treats them. */
export function statefulSetHealth(set: Controller): Verdict {
  const { spec = {}, status = {} } = set;
  if (status.observedGeneration === undefined || isUnobserved(set)) return unobserved;
  const wanted = spec.replicas ?? 1;
  const { readyReplicas = 0, updatedReplicas = 0, replicas = 0, currentReplicas = 0 } = status;
  if (readyReplicas < wanted) return rollout(`${readyReplicas} of ${wanted} pods ready`);
  if (spec.updateStrategy?.type === 'OnDelete') return full(readyReplicas, wanted);
  if (replicas > wanted) return rollout(`${replicas - wanted} pods too many are ending`);

  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (partition > 0) {
    const due = Math.max(0, wanted - partition);
    if (updatedReplicas < due)
      return rollout(`${updatedReplicas} of ${due} pods of the partition updated`);
    return full(readyReplicas, wanted);
  }
  if (status.updateRevision !== undefined && status.updateRevision !== status.currentRevision)
    return rollout(`${updatedReplicas} of ${wanted} pods updated`);
  if (currentReplicas < wanted && status.currentReplicas !== undefined)
    return rollout(`${currentReplicas} of ${wanted} pods current`);
  return full(readyReplicas, wanted);
}

/** Health of a DaemonSet. */
export function daemonSetHealth(set: Controller): Verdict {
  const { spec = {}, status = {} } = set;
  if (isUnobserved(set)) return unobserved;
  const wanted = status.desiredNumberScheduled ?? 0;
  const { updatedNumberScheduled = 0, numberAvailable = 0, numberReady = 0 } = status;
  if (spec.updateStrategy?.type !== 'OnDelete' && updatedNumberScheduled < wanted)
    return rollout(`${updatedNumberScheduled} of ${wanted} pods updated`);
  if (numberAvailable < wanted) return rollout(`${numberAvailable} of ${wanted} pods available`);
  if (numberReady < wanted) return rollout(`${numberReady} of ${wanted} pods ready`);
  return full(numberReady, wanted);
}

/** Health of a ReplicaSet. */
export function replicaSetHealth(set: Controller): Verdict {
  const { spec = {}, status = {} } = set;
  if (isUnobserved(set)) return unobserved;
  const failure = conditionOf(set, 'ReplicaFailure');
  if (failure?.status === 'True')
    return degraded(
      failure.reason,
      `Cannot create pods: ${failure.message ?? failure.reason}`,
      failure,
    );
  const wanted = spec.replicas ?? 1;
  const { availableReplicas = 0, readyReplicas = 0, replicas = 0 } = status;
  if (availableReplicas < wanted)
    return rollout(`${availableReplicas} of ${wanted} pods available`);
  if (readyReplicas < wanted) return rollout(`${readyReplicas} of ${wanted} pods ready`);
  if (replicas > wanted) return rollout(`${replicas - wanted} pods too many are ending`);
  return full(readyReplicas, wanted);
}

const unobserved: Verdict = {
  status: 'Progressing',
  reason: 'NotObserved',
  message: 'Its controller has not seen the latest change yet',
};

function isUnobserved(object: Controller): boolean {
  return (object.metadata.generation ?? 0) > (object.status?.observedGeneration ?? 0);
}

function rollout(message: string, since?: string): Verdict {
  return { status: 'Progressing', reason: 'RollingOut', message, since };
}

function degraded(
  reason: string | undefined,
  message: string,
  condition: { lastTransitionTime?: string | null },
): Verdict {
  return { status: 'Degraded', reason, message, since: condition.lastTransitionTime ?? undefined };
}

function full(ready: number, wanted: number): Verdict {
  if (wanted === 0) return { status: 'Healthy', reason: 'ScaledToZero', message: 'Scaled to zero' };
  return { status: 'Healthy', message: `${ready} of ${wanted} pods ready` };
}
