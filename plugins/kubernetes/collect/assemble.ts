import { isService } from '../health/join-objects.ts';
import type {
  Amount,
  Cluster,
  EventRecord,
  Health,
  OtherObject,
  PodRecord,
  Workload,
} from '../schema.ts';
import type { CollectedPod, CollectedWorkload, Owner } from './project.ts';
import { present } from './project.ts';

export interface CollectedOther {
  uid: string;
  owner: Owner | undefined;
  object: OtherObject;
}

export interface Endpoints {
  /** `namespace/name` of the service. */
  service: string;
  ready: number;
  notReady: number;
}

interface Collected {
  pods: CollectedPod[];
  workloads: (CollectedWorkload & { started?: string; ended?: string })[];
  others: CollectedOther[];
  endpoints: Endpoints[];
  events: EventRecord[];
  usage: Map<string, Amount>;
}

/** Runs of a CronJob kept. */
const mostRuns = 10;
/** Warnings kept per cluster. */
const mostEvents = 500;

/** Puts what was listed kind by kind together: pods below their workloads, jobs below their schedules. */
export function assemble(collected: Collected): Pick<Cluster, 'workloads' | 'objects' | 'events'> {
  const byUid = new Map(collected.workloads.map((each) => [each.uid, each]));
  const top = new Map<string, Workload>();
  for (const each of collected.workloads) {
    if (isTop(each, byUid)) top.set(keyOf(each.workload), each.workload);
  }
  addRuns(collected.workloads, top);
  const customs = new Map(collected.others.map(({ uid, object }) => [uid, object]));
  for (const pod of collected.pods) addPod(pod, byUid, top, collected.usage, customs);
  for (const workload of top.values())
    workload.pods.sort((one, other) => compare(one.name, other.name));
  return {
    workloads: [...top.values()].sort((one, other) => compare(keyOf(one), keyOf(other))),
    objects: joinObjects(collected, byUid),
    events: mergeEvents(collected.events),
  };
}

function isTop(
  { workload, owner }: CollectedWorkload,
  byUid: Map<string, CollectedWorkload>,
): boolean {
  if (owner !== undefined && byUid.has(owner.uid)) return false;
  if (workload.kind === 'ReplicaSet') return owner === undefined && (workload.desired ?? 0) > 0;
  return true;
}

function keyOf(workload: { kind: string; namespace: string; name: string }): string {
  return `${workload.namespace}/${workload.kind}/${workload.name}`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function addRuns(workloads: Collected['workloads'], top: Map<string, Workload>): void {
  for (const { workload, owner, started, ended } of workloads) {
    if (workload.kind !== 'Job' || owner?.kind !== 'CronJob') continue;
    const parent = top.get(
      keyOf({ kind: 'CronJob', namespace: workload.namespace, name: owner.name }),
    );
    if (parent === undefined) continue;
    const run = { name: workload.name, health: workload.health, ...present({ started, ended }) };
    parent.runs = [...(parent.runs ?? []), run];
  }
  for (const workload of top.values()) {
    const newestFirst = workload.runs?.sort((one, other) =>
      compare(other.started ?? '', one.started ?? ''),
    );
    if (newestFirst !== undefined) workload.runs = newestFirst.slice(0, mostRuns);
  }
}

function addPod(
  pod: CollectedPod,
  byUid: Map<string, CollectedWorkload>,
  top: Map<string, Workload>,
  usage: Map<string, Amount>,
  customs: ReadonlyMap<string, OtherObject>,
): void {
  const record: PodRecord = {
    ...pod.record,
    ...present({ usage: usage.get(`${pod.namespace}/${pod.record.name}`) }),
  };
  const owner = topOwner(pod, byUid);
  const kind = owner?.kind ?? 'Pod';
  const name = owner?.name ?? pod.record.name;
  const key = keyOf({ kind, namespace: pod.namespace, name });
  const workload = top.get(key) ?? fromPod(pod, kind, name, customs.get(owner?.uid ?? '')?.health);
  if (!top.has(key)) top.set(key, workload);
  const image = pod.images[0];
  // Only an image that differs is worth its bytes: it shows a rollout under way.
  if (image !== undefined && image !== workload.images[0]) record.image = image;
  workload.pods.push(record);
}

/** Follows owners up. Without the right to read ReplicaSets, their name and hash still give the deployment's name. */
function topOwner(pod: CollectedPod, byUid: Map<string, CollectedWorkload>): Owner | undefined {
  let owner = pod.owner;
  for (let step = 0; step < 5 && owner !== undefined; step++) {
    const known = byUid.get(owner.uid);
    if (known === undefined) return guessedDeployment(owner, pod.templateHash);
    if (known.owner === undefined) return owner;
    owner = known.owner;
  }
  return owner;
}

function guessedDeployment(owner: Owner, hash: string | undefined): Owner {
  if (owner.kind !== 'ReplicaSet' || hash === undefined || !owner.name.endsWith(`-${hash}`))
    return owner;
  return { ...owner, kind: 'Deployment', name: owner.name.slice(0, -hash.length - 1) };
}

/** A pod without a controller is its own evidence; one of a custom resource goes by that resource, where it was read. */
function fromPod(
  pod: CollectedPod,
  kind: string,
  name: string,
  controller: Health | undefined,
): Workload {
  const own = pod.record.health ?? { status: 'Healthy' as const, message: pod.record.status };
  const unread = {
    status: 'Unknown' as const,
    message: `${kind} ${name} is not read`,
    reason: 'NotRead',
  };
  return {
    kind,
    namespace: pod.namespace,
    name,
    ...present({
      labels: pod.labels,
      annotations: pod.annotations,
      requests: pod.requests,
      limits: pod.limits,
      created: pod.record.created,
    }),
    images: pod.images,
    health: kind === 'Pod' ? own : (controller ?? unread),
    pods: [],
  };
}

function joinObjects(collected: Collected, byUid: Map<string, CollectedWorkload>): OtherObject[] {
  const counts = new Map<string, { ready: number; notReady: number }>();
  for (const { service, ready, notReady } of collected.endpoints) {
    const before = counts.get(service) ?? { ready: 0, notReady: 0 };
    counts.set(service, { ready: before.ready + ready, notReady: before.notReady + notReady });
  }
  const objects = collected.others.map(({ object, owner }) => {
    const known = owner === undefined ? undefined : byUid.get(owner.uid);
    const endpoints = isService(object)
      ? counts.get(`${object.namespace}/${object.name}`)
      : undefined;
    return {
      ...object,
      ...present({
        owner:
          owner === undefined ? undefined : `${known?.workload.kind ?? owner.kind}/${owner.name}`,
        endpoints,
      }),
    };
  });
  return objects.sort((one, other) => compare(sortKey(one), sortKey(other)));
}

function sortKey({ namespace, kind, name, apiVersion }: OtherObject): string {
  return `${namespace}/${kind}/${name}/${apiVersion}`;
}

/** The same warning about the same object is one, however often it came. */
function mergeEvents(events: EventRecord[]): EventRecord[] {
  const merged = new Map<string, EventRecord>();
  for (const event of events) {
    const key = `${event.namespace}/${event.object}/${event.reason}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, event);
    else {
      const newer = event.last > known.last ? event : known;
      merged.set(key, { ...newer, count: event.count + known.count });
    }
  }
  const sorted = [...merged.values()].sort(
    (one, other) => compare(other.last, one.last) || compare(one.object, other.object),
  );
  return sorted.slice(0, mostEvents);
}
