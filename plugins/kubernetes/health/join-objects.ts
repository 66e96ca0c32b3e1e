import type { AccessGap, Cluster, Health, OtherObject, Workload } from '../schema.ts';

type Read = Pick<Cluster, 'workloads' | 'objects' | 'gaps'>;

/** A Service of Kubernetes itself: Knative and others have a kind of that name too. */
export function isService(object: Pick<OtherObject, 'kind' | 'apiVersion'>): boolean {
  return object.kind === 'Service' && object.apiVersion === 'v1';
}

/** Health of a service, route or autoscaler together with what it points at. */
export function joinObject(object: OtherObject, cluster: Read): OtherObject {
  const health = joined(object, cluster);
  return health === undefined ? object : { ...object, health };
}

function joined(object: OtherObject, cluster: Read): Health | undefined {
  if (object.health.status === 'Degraded') return undefined;
  if (isService(object)) return service(object, cluster);
  if (object.backends !== undefined) return route(object, cluster);
  if (object.target !== undefined) return autoscaler(object, cluster);
  return undefined;
}

function service(object: OtherObject, cluster: Read): Health | undefined {
  // Without a selector somebody else keeps its endpoints, or it is only a name.
  if (object.selector === undefined || Object.keys(object.selector).length === 0) return undefined;
  if (isClosed(cluster.gaps, 'EndpointSlice', object.namespace))
    return {
      status: 'Unknown',
      reason: 'EndpointsNotRead',
      message: 'Its endpoints cannot be read',
    };
  const behind = workloadsBehind(object, cluster.workloads);
  const { ready, notReady } = object.endpoints ?? endpointsFrom(behind);
  if (ready > 0) return undefined;
  const isAsleep =
    behind.length > 0 &&
    behind.every((each) => each.desired === 0 || each.kind === 'CronJob' || each.kind === 'Job');
  if (isAsleep)
    return {
      status: 'Suspended',
      reason: 'ScaledToZero',
      message: 'Answers from no pod: its workload is scaled to zero',
    };
  if (notReady > 0)
    return {
      status: 'Degraded',
      reason: 'NoReadyEndpoints',
      message: `None of its ${notReady} endpoints is ready`,
    };
  const message =
    behind.length > 0
      ? 'No pod answers for it'
      : `No pod has the labels it selects (${labelText(object.selector)})`;
  return { status: 'Degraded', reason: 'NoEndpoints', message };
}

/** A cluster makes an EndpointSlice for every service; without one (a recording, an old version) the pods tell. */
function endpointsFrom(workloads: readonly Workload[]): { ready: number; notReady: number } {
  const pods = workloads.flatMap((workload) => workload.pods);
  const ready = pods.filter((pod) => pod.containers > 0 && pod.ready === pod.containers).length;
  return { ready, notReady: pods.length - ready };
}

/** Workloads whose pods a service or budget selects. */
export function workloadsBehind(object: OtherObject, workloads: readonly Workload[]): Workload[] {
  const wanted = Object.entries(object.selector ?? {});
  if (wanted.length === 0) return [];
  return workloads.filter((workload) => {
    if (workload.namespace !== object.namespace) return false;
    const labels = workload.podLabels ?? workload.labels ?? {};
    return wanted.every(([key, value]) => labels[key] === value);
  });
}

function route(object: OtherObject, cluster: Read): Health | undefined {
  for (const { service: name, namespace, port } of object.backends ?? []) {
    if (isClosed(cluster.gaps, 'Service', namespace))
      return {
        status: 'Unknown',
        reason: 'BackendNotRead',
        message: `Its service ${name} cannot be read`,
      };
    const found = cluster.objects.find(
      (each) => isService(each) && each.name === name && each.namespace === namespace,
    );
    if (found === undefined)
      return {
        status: 'Degraded',
        reason: 'BackendMissing',
        message: `Its service ${name} does not exist`,
      };
    if (port !== undefined && found.ports?.includes(port) === false)
      return {
        status: 'Degraded',
        reason: 'BackendPort',
        message: `Its service ${name} has no port ${port}`,
      };
    if (found.health.status === 'Degraded')
      return {
        status: 'Degraded',
        reason: 'BackendDown',
        message: `Its service ${name}: ${found.health.message}`,
      };
  }
  return undefined;
}

function autoscaler(object: OtherObject, cluster: Read): Health | undefined {
  const [kind = '', name] = (object.target ?? '').split('/');
  const isReadKind = ['Deployment', 'StatefulSet'].includes(kind);
  if (!isReadKind || isClosed(cluster.gaps, kind, object.namespace)) return undefined;
  const exists = cluster.workloads.some(
    (each) => each.kind === kind && each.name === name && each.namespace === object.namespace,
  );
  if (exists) return undefined;
  return {
    status: 'Degraded',
    reason: 'TargetMissing',
    message: `What it scales, ${object.target}, does not exist`,
  };
}

function isClosed(
  gaps: readonly AccessGap[],
  kind: string,
  namespace: string | undefined,
): boolean {
  return gaps.some(
    (gap) => gap.kind === kind && (gap.namespace === undefined || gap.namespace === namespace),
  );
}

function labelText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}
