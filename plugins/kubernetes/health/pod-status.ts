import type { ContainerStatus, Pod } from './objects.ts';

/**
 * The text kubectl prints in the STATUS column, so that people can compare with `kubectl get pods`.
 * Follows printPod of kubernetes pkg/printers/internalversion/printers.go (1.34).
 */
export function podStatusText(pod: Pod): string {
  const status = pod.status ?? {};
  const base = status.reason || status.phase || 'Unknown';
  const gated = status.conditions?.some(
    (each) => each.type === 'PodScheduled' && each.reason === 'SchedulingGated',
  );
  const init = initText(pod);
  const text = init ?? containersText(pod, gated ? 'SchedulingGated' : base);
  if (pod.metadata.deletionTimestamp === undefined) return text;
  if (status.reason === 'NodeLost') return 'Unknown';
  return isOver(status.phase) ? text : 'Terminating';
}

function isOver(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

function initText(pod: Pod): string | undefined {
  const specs = pod.spec?.initContainers ?? [];
  const sidecars = new Set(
    specs.filter((each) => each.restartPolicy === 'Always').map((each) => each.name),
  );
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    if (isInitDone(container, sidecars.has(container.name))) continue;
    const { terminated, waiting } = container.state ?? {};
    if (terminated !== undefined) return `Init:${endText(terminated)}`;
    if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
    return `Init:${index}/${specs.length}`;
  }
  return undefined;
}

function isInitDone(container: ContainerStatus, isSidecar: boolean): boolean {
  if (container.state?.terminated?.exitCode === 0) return true;
  return isSidecar && container.started === true;
}

function containersText(pod: Pod, base: string): string {
  let text = base;
  let isRunning = false;
  for (const container of (pod.status?.containerStatuses ?? []).toReversed()) {
    const { waiting, terminated, running } = container.state ?? {};
    if (waiting?.reason) text = waiting.reason;
    else if (terminated !== undefined) text = endText(terminated);
    else if (container.ready === true && running !== undefined) isRunning = true;
  }
  if (text !== 'Completed' || !isRunning) return text;
  const isReady = pod.status?.conditions?.some(
    (each) => each.type === 'Ready' && each.status === 'True',
  );
  return isReady ? 'Running' : 'NotReady';
}

function endText(end: { exitCode: number; signal?: number; reason?: string }): string {
  if (end.reason) return end.reason;
  return end.signal ? `Signal:${end.signal}` : `ExitCode:${end.exitCode}`;
}
