import { conditionOf } from './objects.ts';
import type { ContainerStatus, Pod } from './objects.ts';
import { isOlderThan, minutesSince } from './verdict.ts';
import type { Reading, Verdict } from './verdict.ts';

/** Reasons to wait that mean a failure (k8sgpt's list and the kubelet's own), besides anything ending in BackOff or Error. */
const failures = new Set([
  'ErrImageNeverPull',
  'InvalidImageName',
  'RegistryUnavailable',
  'ContainerCannotRun',
]);

/** Health of a pod by its containers first, because its phase says Running or Pending long after they have failed. */
export function podHealth(pod: Pod, reading: Reading): Verdict {
  const status = pod.status ?? {};
  if (status.phase === 'Succeeded') return { status: 'Healthy', message: 'Ran to its end' };
  if (status.phase === 'Failed') return failedPod(pod);
  if (status.reason === 'NodeLost')
    return { status: 'Unknown', reason: 'NodeLost', message: 'Its node does not answer' };

  const waiting = waitingFailure(pod, reading);
  if (waiting !== undefined) return waiting;
  const init = failingInit(pod);
  if (init !== undefined) return init;
  if (status.phase === 'Running') return runningPod(pod, reading);
  if (status.phase === 'Unknown')
    return { status: 'Unknown', message: 'Its node does not report on it' };
  return pendingPod(pod, reading);
}

/** True when the pod works for as long as it lives, unlike the pods of jobs and hooks. */
function isLongRunning(pod: Pod): boolean {
  if ((pod.spec?.restartPolicy ?? 'Always') === 'Always') return true;
  const annotations = pod.metadata.annotations ?? {};
  const isHook = 'argocd.argoproj.io/hook' in annotations || 'helm.sh/hook' in annotations;
  return annotations['argocd.argoproj.io/ignore-restart-policy'] === 'true' && !isHook;
}

function failedPod(pod: Pod): Verdict {
  const { reason, message } = pod.status ?? {};
  const ended = allContainers(pod).find((each) => (each.state?.terminated?.exitCode ?? 0) !== 0);
  const end = ended?.state?.terminated;
  return {
    status: 'Degraded',
    reason: reason || end?.reason || 'Failed',
    message: message || (ended && end ? endSentence(ended.name, end) : 'Failed'),
    since: end?.finishedAt ?? conditionOf(pod, 'Ready')?.lastTransitionTime ?? undefined,
  };
}

/** A container that waits for something that will not come by itself. */
function waitingFailure(pod: Pod, reading: Reading): Verdict | undefined {
  for (const container of allContainers(pod)) {
    const waiting = container.state?.waiting;
    if (waiting?.reason === undefined || !isFailure(waiting.reason)) continue;
    const since = waitingSince(pod, container);
    const isPull = waiting.reason === 'ErrImagePull' || waiting.reason === 'ImagePullBackOff';
    // A job's pod is tried again by its job; only what can never start is a failure there.
    const isPatient =
      (isPull && !isOlderThan(since, reading.patience.imagePull, reading)) ||
      (!isLongRunning(pod) && waiting.reason === 'CrashLoopBackOff');
    return {
      status: isPatient ? 'Progressing' : 'Degraded',
      reason: waiting.reason,
      message: waitingSentence(container, waiting.reason, waiting.message),
      since,
    };
  }
  return undefined;
}

function isFailure(reason: string): boolean {
  return (
    failures.has(reason) ||
    reason.startsWith('Err') ||
    reason.endsWith('Error') ||
    reason.endsWith('BackOff')
  );
}

function waitingSince(pod: Pod, container: ContainerStatus): string | undefined {
  return (
    container.lastState?.terminated?.finishedAt ??
    conditionOf(pod, 'Ready')?.lastTransitionTime ??
    pod.status?.startTime ??
    pod.metadata.creationTimestamp
  );
}

function waitingSentence(container: ContainerStatus, reason: string, message?: string): string {
  if (/^(Err)?Image|InvalidImageName/.test(reason)) {
    const why = pullReason(message);
    return `Cannot pull image ${container.image ?? `of ${container.name}`}${why ? `: ${why}` : ''}`;
  }
  const last = container.lastState?.terminated;
  if (reason === 'CrashLoopBackOff' && last !== undefined)
    return `${endSentence(container.name, last)}, restarted ${times(container.restartCount ?? 0)}`;
  return `Container ${container.name} cannot start: ${message || reason}`;
}

/** The telling part of a registry's long answer. */
export function pullReason(message: string | undefined): string | undefined {
  if (message === undefined) return undefined;
  if (/not found|manifest unknown|does not exist/i.test(message)) return 'not found';
  if (/unauthorized|authentication required|denied|forbidden|\b40[13]\b/i.test(message))
    return 'no permission to pull it';
  if (/toomanyrequests|rate limit|\b429\b/i.test(message)) return 'the registry limits pulls';
  if (/no such host|i\/o timeout|connection refused|dial tcp/i.test(message))
    return 'the registry cannot be reached';
  if (/x509|certificate/i.test(message)) return "the registry's certificate is not trusted";
  if (/couldn't parse|invalid reference/i.test(message)) return 'the name is not valid';
  return undefined;
}

/** How a container ended, in one clause. */
export function endSentence(
  name: string,
  end: { exitCode: number; signal?: number; reason?: string },
): string {
  if (end.reason === 'OOMKilled') return `Container ${name} ran out of memory (OOMKilled)`;
  if (end.signal) return `Container ${name} was ended by signal ${end.signal}`;
  const reason = end.reason && end.reason !== 'Error' ? ` (${end.reason})` : '';
  return `Container ${name} exits with code ${end.exitCode}${reason}`;
}

function failingInit(pod: Pod): Verdict | undefined {
  const failed = pod.status?.initContainerStatuses?.find(
    (each) => (each.state?.terminated?.exitCode ?? 0) !== 0,
  );
  const end = failed?.state?.terminated;
  if (failed === undefined || end === undefined) return undefined;
  return {
    status: isLongRunning(pod) ? 'Degraded' : 'Progressing',
    reason: end.reason ?? 'InitError',
    message: `Init: ${endSentence(failed.name, end)}`,
    since: end.finishedAt,
  };
}

function runningPod(pod: Pod, reading: Reading): Verdict {
  if (!isLongRunning(pod)) return { status: 'Progressing', message: 'Runs until it ends' };
  const restarts = recentRestarts(pod, reading);
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status === 'True') return restarts ?? { status: 'Healthy', message: 'Ready' };
  if (restarts !== undefined) return { ...restarts, status: 'Degraded' };

  const since = ready?.lastTransitionTime ?? pod.status?.startTime;
  const names = (pod.status?.containerStatuses ?? []).filter((each) => each.ready !== true);
  const what = names.map((each) => each.name).join(', ') || 'it';
  if (isOlderThan(since, reading.patience.notReady, reading) && names.length > 0) {
    const message = `Running but not ready: readiness of ${what} keeps failing`;
    return { status: 'Degraded', reason: 'NotReady', message, since };
  }
  return {
    status: 'Progressing',
    reason: 'NotReady',
    message: `Waiting for ${what} to be ready`,
    since,
  };
}

/** Restarts count only when the last one is recent; they are a failure only when they keep coming. */
function recentRestarts(pod: Pod, reading: Reading): Verdict | undefined {
  const { restartWindow, restartsPerHour } = reading.patience;
  for (const container of allContainers(pod)) {
    const end = container.lastState?.terminated;
    const ago = minutesSince(end?.finishedAt, reading);
    if (end === undefined || ago === undefined || ago > restartWindow) continue;
    const count = container.restartCount ?? 0;
    const hours = Math.max(1, (minutesSince(pod.status?.startTime, reading) ?? 0) / 60);
    const sentence = `${endSentence(container.name, end)}, restarted ${times(count)}`;
    const isOften = count / hours >= restartsPerHour;
    return {
      status: isOften ? 'Degraded' : 'Healthy',
      reason: end.reason === 'OOMKilled' ? 'OOMKilled' : 'Restarting',
      message: isOften ? sentence : 'Ready',
      since: end.finishedAt,
      notes: isOften ? undefined : [sentence],
    };
  }
  return undefined;
}

function pendingPod(pod: Pod, reading: Reading): Verdict {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.reason === 'SchedulingGated')
    return {
      status: 'Suspended',
      reason: 'SchedulingGated',
      message: 'Held back by a scheduling gate',
    };
  if (scheduled?.status === 'False') {
    const since = scheduled.lastTransitionTime ?? pod.metadata.creationTimestamp;
    const isLate = isOlderThan(since, reading.patience.unschedulable, reading);
    return {
      status: isLate ? 'Degraded' : 'Progressing',
      reason: scheduled.reason ?? 'Unschedulable',
      message: `No node has room: ${scheduled.message ?? 'unschedulable'}`,
      since,
    };
  }
  const since = pod.status?.startTime ?? pod.metadata.creationTimestamp;
  return { status: 'Progressing', reason: 'Starting', message: 'Starting', since };
}

function allContainers(pod: Pod): ContainerStatus[] {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  return [...initContainerStatuses, ...containerStatuses];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
