import type { AccessGap, Cluster, Health, OtherObject, PodRecord, Workload } from '../schema.ts';
import { explainPods } from './explain-pods.ts';
import { isService, joinObject } from './join-objects.ts';
import { rank } from './verdict.ts';
import { inSentence } from '../sentence.ts';

type Read = Pick<Cluster, 'workloads' | 'objects' | 'gaps' | 'events'>;

/**
 * Judges objects together: a controller is as well as its pods, a service as its endpoints, a route as its services.
 * What could not be read makes a verdict Unknown, never better.
 */
export function joinHealth<T extends Read>(cluster: T): T {
  const explained = explainPods(cluster.workloads, cluster.events);
  const workloads = explained.map((workload) => joinWorkload(workload, cluster.gaps));
  const joined = { ...cluster, workloads };
  return { ...joined, objects: joinInOrder(joined) };
}

/** Services first: routes are judged by them. */
function joinInOrder(cluster: Read): OtherObject[] {
  const first = cluster.objects.map((object) =>
    isService(object) ? joinObject(object, cluster) : object,
  );
  return first.map((object) =>
    isService(object) ? object : joinObject(object, { ...cluster, objects: first }),
  );
}

function joinWorkload(workload: Workload, gaps: readonly AccessGap[]): Workload {
  if (workload.kind === 'CronJob') return { ...workload, health: joinRuns(workload) };
  if (workload.kind === 'Pod') return workload;
  const health = joinPods(workload, gaps);
  return health === workload.health ? workload : { ...workload, health };
}

/** One failed run can be chance; two in a row are a state. */
function joinRuns({ health, runs = [] }: Workload): Health {
  const ended = runs.filter((run) => ['Healthy', 'Degraded'].includes(run.health.status));
  const firstGood = ended.findIndex((run) => run.health.status === 'Healthy');
  const failures = firstGood === -1 ? ended.length : firstGood;
  const oldest = ended[failures - 1];
  if (failures < 2 || health.status === 'Suspended' || oldest === undefined) return health;
  const why = inSentence(ended[0]?.health.message ?? '');
  return {
    status: 'Degraded',
    reason: 'RunsFail',
    message: `The last ${failures} runs failed: the latest ${why}`,
    ...(oldest.started ? { since: oldest.started } : {}),
  };
}

function joinPods(workload: Workload, gaps: readonly AccessGap[]): Health {
  const { health, pods } = workload;
  const closed = gapFor(gaps, 'Pod', workload.namespace);
  if (closed !== undefined && pods.length === 0 && health.status === 'Progressing')
    return {
      ...health,
      notes: [...(health.notes ?? []), `Its pods cannot be read: ${closed.detail}`],
    };

  const isComplete = (workload.ready ?? 0) >= (workload.desired ?? 1);
  const bad = pods.filter((pod) => isFailing(pod) && !(isComplete && isLeftover(pod)));
  const worst = largestGroup(bad);
  if (worst === undefined)
    return health.reason === 'NotRead' ? health : withLeftovers(health, pods, isComplete);
  if (workload.kind === 'Job' && health.status !== 'Progressing') return health;
  return causeFrom(workload, worst);
}

function isFailing(pod: PodRecord): boolean {
  return pod.health?.status === 'Degraded' || pod.health?.status === 'Unknown';
}

/** Pods that ended badly and were replaced. */
function isLeftover(pod: PodRecord): boolean {
  return pod.health?.reason === 'Evicted' || pod.ready === 0;
}

function withLeftovers(health: Health, pods: readonly PodRecord[], isComplete: boolean): Health {
  const evicted = pods.filter((pod) => pod.health?.reason === 'Evicted').length;
  const notes = pods
    .flatMap((pod) => pod.health?.notes?.map((note) => `${pod.name}: ${note}`) ?? [])
    .slice(0, 3);
  if (evicted > 0 && isComplete)
    notes.push(`${evicted} evicted ${evicted === 1 ? 'pod is' : 'pods are'} left over`);
  const waiting = pods.find((pod) => pod.health?.status === 'Progressing');
  const isRolling =
    health.status === 'Progressing' &&
    waiting?.health !== undefined &&
    waiting.health.reason !== 'Starting';
  const message = isRolling
    ? `${health.message}: ${inSentence(waiting.health!.message)}`
    : health.message;
  if (notes.length === 0 && !isRolling) return health;
  return {
    ...health,
    message,
    ...(notes.length > 0 ? { notes: [...(health.notes ?? []), ...notes] } : {}),
  };
}

/** Pods failing in the same way; the largest such group speaks for the workload. */
function largestGroup(pods: readonly PodRecord[]): PodRecord[] | undefined {
  const groups = new Map<string, PodRecord[]>();
  for (const pod of pods) {
    const key = `${pod.health?.reason}/${pod.health?.message.replaceAll(/\d+/g, '#')}`;
    groups.set(key, [...(groups.get(key) ?? []), pod]);
  }
  return [...groups.values()].sort((one, other) => other.length - one.length)[0];
}

function causeFrom(workload: Workload, failing: readonly PodRecord[]): Health {
  const [first] = failing;
  const total = Math.max(workload.desired ?? 0, workload.pods.length);
  const who = total === 1 ? 'Its pod' : `${failing.length} of ${total} pods`;
  const rollout = rolloutOf(workload, failing);
  const sinces = failing.flatMap((pod) => pod.health?.since ?? []).sort();
  const status = workload.health.status;
  return {
    status: rank(status) > rank('Degraded') ? status : 'Degraded',
    reason: first?.health?.reason ?? workload.health.reason ?? 'PodsFail',
    message: `${who} ${clauseOf(first?.health?.message ?? 'fail', failing.length === 1)}${rollout ? `, since rollout ${rollout}` : ''}`,
    ...(sinces[0] ? { since: sinces[0] } : {}),
    ...(workload.health.reason === 'ProgressDeadlineExceeded'
      ? { notes: ['The rollout missed its deadline'] }
      : {}),
  };
}

function clauseOf(message: string, isOne: boolean): string {
  if (message.startsWith('Cannot ')) return inSentence(message);
  if (message.startsWith('No node has room'))
    return `${isOne ? 'finds' : 'find'} no node with room${message.slice('No node has room'.length)}`;
  if (message.startsWith('Running but not ready'))
    return `${isOne ? 'is' : 'are'} ${inSentence(message)}`;
  return `${isOne ? 'fails' : 'fail'}: ${inSentence(message)}`;
}

/** The version being rolled out, when only its pods fail. */
function rolloutOf(workload: Workload, failing: readonly PodRecord[]): string | undefined {
  const others = workload.pods.filter((pod) => !failing.includes(pod));
  // Pods of the version being rolled out carry no image of their own in the record.
  const isNew = failing.every((pod) => pod.image === undefined);
  const isOtherOld = others.length > 0 && others.every((pod) => pod.image !== undefined);
  const isUnfinished =
    workload.rolledOut !== undefined &&
    ['Progressing', 'Degraded'].includes(workload.health.status) &&
    workload.health.reason !== 'MinimumReplicasUnavailable';
  const isAllNew = others.length === 0 && isUnfinished;
  return isNew && (isOtherOld || isAllNew) ? versionOf(workload.images[0]) : undefined;
}

/** Tag of an image, or the start of its digest. */
export function versionOf(image: string | undefined): string | undefined {
  if (image === undefined) return undefined;
  const [name = '', digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return tag ?? digest?.replace('sha256:', '').slice(0, 12);
}

/** The gap that hides a kind in a namespace. */
export function gapFor(
  gaps: readonly AccessGap[],
  kind: string,
  namespace: string | undefined,
): AccessGap | undefined {
  return gaps.find(
    (gap) => gap.kind === kind && (gap.namespace === undefined || gap.namespace === namespace),
  );
}
