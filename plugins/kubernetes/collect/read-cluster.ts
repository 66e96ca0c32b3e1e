import { joinHealth } from '../health/join.ts';
import { judge } from '../health/judge.ts';
import type { ExtraRules } from '../health/judge.ts';
import type { KubernetesObject } from '../health/objects.ts';
import { at, listAt, textAt } from '../health/objects.ts';
import type { Patience, Reading } from '../health/verdict.ts';
import { quantity } from '../quantity.ts';
import type { Amount, Cluster, EventRecord, OtherObject } from '../schema.ts';
import { AccessibleLists } from './access.ts';
import { assemble } from './assemble.ts';
import type { CollectedOther, Endpoints } from './assemble.ts';
import { networkError, RequestError } from './errors.ts';
import { builtInKinds, isCustom, podMetrics } from './kinds.ts';
import type { KindInfo } from './kinds.ts';
import { projectEvent, projectOther } from './project-others.ts';
import { ownerOf, present, projectPod, projectWorkload, storedHealth } from './project.ts';
import type { CollectedPod, CollectedWorkload } from './project.ts';
import type { ClusterReader } from './reader.ts';
import { rolloutMessage, rolloutRecord } from './rollout.ts';

export interface ReadSettings {
  /** Namespaces to read; all without it. */
  namespaces?: readonly string[] | undefined;
  /** Namespaces to try when the whole cluster may not be read. */
  candidates: readonly string[];
  customResources: readonly string[];
  /** Labels that make a ConfigMap or LimitRange worth keeping. */
  tieLabels: readonly string[];
  patience: Patience;
  rules: ExtraRules;
  /** Clock to judge by when the server has none. */
  now: number;
}

export type ReadCluster = Pick<
  Cluster,
  'version' | 'gaps' | 'namespaces' | 'nodes' | 'workloads' | 'objects' | 'events' | 'clockSkew'
>;

const workloadKinds = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);
const quietKinds = new Set(['ConfigMap', 'LimitRange']);
const unanswered = new RequestError(
  'Unanswered',
  'the server of this API does not answer',
  'Look at its APIService: `kubectl get apiservices`.',
);
/** Seconds between the clocks that are worth a word. */
const noticeableSkew = 60;

/** Reads one cluster with whatever rights there are. Fails only when nothing answers. */
export async function readCluster(
  reader: ClusterReader,
  settings: ReadSettings,
): Promise<ReadCluster> {
  const { version, serverTime } = await reader.probe();
  const reading: Reading = { now: serverTime ?? settings.now, patience: settings.patience };
  const lists = new AccessibleLists(
    reader,
    settings.namespaces,
    namespaceFinder(reader, settings.candidates),
  );
  const skew = Math.round((Date.now() - (serverTime ?? Date.now())) / 1000);

  const pods: CollectedPod[] = [];
  const workloads: CollectedWorkload[] = [];
  const others: CollectedOther[] = [];
  const endpoints: Endpoints[] = [];
  const events: EventRecord[] = [];
  const nodes: Cluster['nodes'] = [];
  const usage = new Map<string, Amount>();
  await Promise.all([...builtInKinds.map(readKind), readCustoms(), readUsage()]);
  const gaps = lists.gaps.filter((gap) => gap.kind !== podMetrics.kind);
  gaps.sort((one, other) =>
    `${one.kind}/${one.namespace}`.localeCompare(`${other.kind}/${other.namespace}`),
  );

  return {
    ...present({
      version,
      namespaces: lists.namespaces,
      clockSkew: Math.abs(skew) > noticeableSkew ? skew : undefined,
    }),
    nodes: nodes.sort((one, other) => (one.name < other.name ? -1 : 1)),
    ...joinHealth({
      gaps,
      ...assemble({ pods, workloads, others, endpoints, events, usage }),
    }),
  };

  /** Discovery that fails leaves the custom resources unread, not the cluster. */
  async function readCustoms(): Promise<void> {
    if (settings.customResources.length === 0) return;
    try {
      const { kinds, closed } = await reader.customKinds(settings.customResources);
      for (const group of closed) lists.note(`Everything in ${group}`, unanswered);
      await Promise.all(kinds.map(readKind));
    } catch (error) {
      lists.note('Custom resources', networkError(error));
    }
  }

  async function readKind(info: KindInfo): Promise<void> {
    if (isCustom(info) && !isRollout(info))
      others.push(...(await lists.list(info, {}, (object) => otherOf(safe(object)))));
    else if (info.kind === 'Pod')
      pods.push(...(await lists.list(info, {}, (object) => projectPod(safe(object), reading))));
    else if (info.kind === 'EndpointSlice')
      endpoints.push(...(await lists.list(info, {}, endpointsOf)));
    else if (info.kind === 'Event')
      events.push(
        ...(await lists.list(info, { query: { fieldSelector: 'type=Warning' } }, (object) =>
          projectEvent(safe(object), reading.now),
        )),
      );
    else if (info.kind === 'Node')
      nodes.push(...(await lists.list(info, {}, (object) => nodeOf(safe(object)))));
    else if (workloadKinds.has(info.kind) || isRollout(info))
      workloads.push(...(await lists.list(info, {}, (object) => workloadOf(safe(object)))));
    else
      others.push(
        ...(await lists.list(info, { isMetadataOnly: info.kind === 'ConfigMap' }, (object) =>
          otherOf(safe(object)),
        )),
      );
  }

  async function workloadOf(object: KubernetesObject): Promise<CollectedWorkload> {
    const collected = projectWorkload(object, await judge(object, reading, settings.rules));
    if (object.kind === 'Rollout') {
      const rollout = rolloutRecord(object)!;
      const { health } = collected.workload;
      collected.workload.rollout = rollout;
      collected.workload.health = { ...health, message: rolloutMessage(rollout, health.message) };
    }
    if (object.kind === 'Job')
      Object.assign(collected, {
        started: textAt(object, 'status', 'startTime'),
        ended: textAt(object, 'status', 'completionTime'),
      });
    return collected;
  }

  async function otherOf(object: KubernetesObject): Promise<CollectedOther | undefined> {
    const isQuiet = quietKinds.has(object.kind);
    const isTied = settings.tieLabels.some(
      (label) =>
        object.metadata.labels?.[label] !== undefined ||
        object.metadata.annotations?.[label] !== undefined,
    );
    if (isQuiet && !isTied) return undefined;
    const verdict = await judge(object, reading, settings.rules);
    return {
      uid: object.metadata.uid ?? '',
      owner: ownerOf(object.metadata),
      object: quotaNotes(projectOther(object, verdict), object),
    };
  }

  async function nodeOf(object: KubernetesObject): Promise<Cluster['nodes'][number]> {
    return {
      name: object.metadata.name,
      ...present({
        version: textAt(object, 'status', 'nodeInfo', 'kubeletVersion'),
        capacity: amountOf(at(object, 'status', 'allocatable')),
      }),
      health: storedHealth(await judge(object, reading)),
    };
  }

  /** Usage is an extra: many clusters have no metrics server, and that is no gap. */
  async function readUsage(): Promise<void> {
    const found = await lists.list(podMetrics, {}, (object) => ({
      key: `${textAt(object, 'metadata', 'namespace')}/${textAt(object, 'metadata', 'name')}`,
      amount: usageOf(object),
    }));
    for (const { key, amount } of found) usage.set(key, amount);
  }
}

function isRollout(info: KindInfo): boolean {
  return info.kind === 'Rollout' && info.apiVersion.startsWith('argoproj.io/');
}

/** Every API server sends metadata; what does not is left with an empty name rather than trusted to have one. */
function safe(object: unknown): KubernetesObject {
  const given = object as KubernetesObject;
  return { ...given, metadata: { ...given.metadata, name: String(given.metadata?.name ?? '') } };
}

/** Asked once, and only when the whole cluster is closed. */
export function namespaceFinder(
  reader: ClusterReader,
  candidates: readonly string[],
): () => Promise<readonly string[]> {
  let found: Promise<readonly string[]> | undefined;
  const info: KindInfo = {
    kind: 'Namespace',
    apiVersion: 'v1',
    plural: 'namespaces',
    isNamespaced: false,
    why: '',
  };
  return () => {
    found ??= reader
      .list(info, undefined, {}, (object) => textAt(object, 'metadata', 'name'))
      .catch(() => [...new Set(candidates)].sort());
    return found;
  };
}

function endpointsOf(object: unknown): Endpoints {
  const all = listAt(object, 'endpoints');
  const ready = all.filter((each) => at(each, 'conditions', 'ready') !== false).length;
  return {
    service: `${textAt(object, 'metadata', 'namespace')}/${textAt(object, 'metadata', 'labels', 'kubernetes.io/service-name')}`,
    ready,
    notReady: all.length - ready,
  };
}

function usageOf(object: unknown): Amount {
  let cpu = 0;
  let memory = 0;
  for (const container of listAt(object, 'containers')) {
    const { cpu: cores = 0, memory: bytes = 0 } = amountOf(at(container, 'usage'));
    cpu += cores;
    memory += bytes;
  }
  return { cpu: Math.round(cpu), memory };
}

function amountOf(value: unknown): Amount {
  const cores = quantity(textAt(value, 'cpu'));
  return present({
    cpu: cores === undefined ? undefined : cores * 1000,
    memory: quantity(textAt(value, 'memory')),
  });
}

/** A quota with nothing left stops the next pod. */
function quotaNotes(other: OtherObject, object: KubernetesObject): OtherObject {
  if (object.kind !== 'ResourceQuota') return other;
  const hard = (at(object, 'status', 'hard') ?? {}) as Record<string, string>;
  const full = Object.keys(hard).filter((key) => {
    const used = quantity(textAt(object, 'status', 'used', key)) ?? 0;
    return (quantity(hard[key]) ?? 0) > 0 && used >= (quantity(hard[key]) ?? Infinity);
  });
  if (full.length === 0) return other;
  return {
    ...other,
    health: { ...other.health, reason: 'QuotaFull', notes: [`Nothing left of ${full.join(', ')}`] },
  };
}
