import { judgeBuiltIn } from '../health/judge.ts';
import type { Container, Controller, KubernetesObject, Metadata, Pod } from '../health/objects.ts';
import { conditionOf, textAt } from '../health/objects.ts';
import { podStatusText } from '../health/pod-status.ts';
import type { Judgement, Reading } from '../health/verdict.ts';
import { quantity } from '../quantity.ts';
import type { Amount, Health, PodRecord, Workload } from '../schema.ts';

/** Longest text kept of an object. */
const longest = 300;

/** A pod with what is needed to find its workload. */
export interface CollectedPod {
  namespace: string;
  owner: Owner | undefined;
  /** Hash a Deployment or Rollout puts on its ReplicaSets. */
  templateHash: string | undefined;
  labels: Record<string, string> | undefined;
  annotations: Record<string, string> | undefined;
  requests: Amount | undefined;
  limits: Amount | undefined;
  images: string[];
  record: PodRecord;
}

export interface Owner {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
}

/** A controller with what is needed to find what it belongs to. */
export interface CollectedWorkload {
  uid: string;
  owner: Owner | undefined;
  workload: Workload;
}

/** A text of an object, safe to show: bounded, without control and direction characters. */
export function shortText(text: string): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}

/** A verdict as stored: its texts bounded, empty fields left out. */
export function storedHealth(verdict: Judgement): Health {
  const { status, message, reason, since, notes, rule } = verdict;
  return {
    status,
    // The portal puts it into sentences of its own.
    message: shortText(message).replace(/\.$/, ''),
    ...(reason ? { reason: shortText(reason) } : {}),
    ...(since ? { since } : {}),
    ...(notes?.length ? { notes: notes.map(shortText) } : {}),
    ...(rule === 'kind' ? {} : { rule }),
  };
}

/** The fields of a pod the portal shows; never its environment, arguments or volumes. */
export function projectPod(object: KubernetesObject, reading: Reading): CollectedPod {
  const pod = object as Pod;
  const { metadata, spec = {}, status = {} } = pod;
  const verdict = judgeBuiltIn(pod, reading)!;
  const statuses = status.containerStatuses ?? [];
  const containers = spec.containers ?? [];
  const sidecars = (spec.initContainers ?? []).filter((each) => each.restartPolicy === 'Always');
  const sidecarStatuses = (status.initContainerStatuses ?? []).filter((each) =>
    sidecars.some(({ name }) => name === each.name),
  );
  const counted = [...statuses, ...sidecarStatuses];
  const isPlain = verdict.status === 'Healthy' && !verdict.notes;
  const owner = ownerOf(metadata);
  return {
    namespace: metadata.namespace ?? '',
    owner,
    templateHash:
      metadata.labels?.['pod-template-hash'] ?? metadata.labels?.['rollouts-pod-template-hash'],
    labels: owner === undefined ? keptLabels(metadata.labels) : undefined,
    annotations: owner === undefined ? keptAnnotations(metadata.annotations) : undefined,
    requests: amounts(containers, 'requests'),
    limits: amounts(containers, 'limits'),
    images: images(containers),
    record: {
      name: metadata.name,
      status: shortText(podStatusText(pod)),
      ready: counted.filter((each) => each.ready === true).length,
      containers: containers.length + sidecars.length,
      restarts: counted.reduce((sum, each) => sum + (each.restartCount ?? 0), 0),
      ...(metadata.creationTimestamp ? { created: metadata.creationTimestamp } : {}),
      ...(spec.nodeName ? { node: spec.nodeName } : {}),
      ...(isPlain ? {} : { health: storedHealth({ ...verdict, rule: 'kind' }) }),
    },
  };
}

/** The fields of a Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or Rollout the portal shows. */
export function projectWorkload(object: KubernetesObject, verdict: Judgement): CollectedWorkload {
  const { metadata, spec = {}, status = {} } = object as Controller;
  const template = object.kind === 'CronJob' ? jobTemplate(object) : spec.template;
  const containers = template?.spec?.containers ?? [];
  const isDaemon = object.kind === 'DaemonSet';
  const labels = keptLabels(metadata.labels);
  const podLabels = keptLabels(template?.metadata?.labels);
  const rolledOut = conditionOf(object, 'Progressing') as { lastUpdateTime?: string } | undefined;
  const counts = {
    desired: isDaemon
      ? status.desiredNumberScheduled
      : (spec.replicas ?? defaultReplicas(object.kind)),
    ready: isDaemon ? status.numberReady : status.readyReplicas,
    updated: isDaemon ? status.updatedNumberScheduled : status.updatedReplicas,
  };
  return {
    uid: metadata.uid ?? `${object.kind}/${metadata.namespace}/${metadata.name}`,
    owner: ownerOf(metadata),
    workload: {
      kind: object.kind,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      ...present({
        labels,
        podLabels: JSON.stringify(podLabels) === JSON.stringify(labels) ? undefined : podLabels,
        annotations: keptAnnotations(metadata.annotations),
        created: metadata.creationTimestamp,
        ...counts,
        requests: amounts(containers, 'requests'),
        limits: amounts(containers, 'limits'),
        schedule: textAt(object, 'spec', 'schedule'),
        lastRun: textAt(object, 'status', 'lastScheduleTime'),
        rolledOut: rolledOut?.lastUpdateTime,
      }),
      images: images(containers),
      health: storedHealth(verdict),
      pods: [],
    },
  };
}

function defaultReplicas(kind: string): number | undefined {
  return kind === 'Job' || kind === 'CronJob' ? undefined : 1;
}

function jobTemplate(
  object: KubernetesObject,
): { metadata?: Metadata; spec?: { containers?: Container[] } } | undefined {
  type Spec = {
    jobTemplate?: {
      spec?: { template?: { metadata?: Metadata; spec?: { containers?: Container[] } } };
    };
  };
  return (object.spec as Spec | undefined)?.jobTemplate?.spec?.template;
}

function images(containers: readonly Container[]): string[] {
  return containers.flatMap((each) => (each.image ? [each.image.slice(0, 300)] : []));
}

/** Millicores and bytes of all containers together. */
function amounts(
  containers: readonly Container[],
  which: 'requests' | 'limits',
): Amount | undefined {
  let cpu: number | undefined;
  let memory: number | undefined;
  for (const { resources } of containers) {
    const cores = quantity(resources?.[which]?.['cpu']);
    const bytes = quantity(resources?.[which]?.['memory']);
    if (cores !== undefined) cpu = (cpu ?? 0) + cores * 1000;
    if (bytes !== undefined) memory = (memory ?? 0) + bytes;
  }
  return cpu === undefined && memory === undefined ? undefined : present({ cpu, memory });
}

/** The controlling owner. A node that runs a pod of its own (the control plane's are such) is a place, not a workload. */
export function ownerOf(metadata: Metadata): Owner | undefined {
  const owner = metadata.ownerReferences?.find((each) => each.controller === true);
  if (owner === undefined || (owner.kind === 'Node' && owner.apiVersion === 'v1')) return undefined;
  return { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name, uid: owner.uid };
}

const noisyLabels =
  /^(pod-template-hash|controller-revision-hash|rollouts-pod-template-hash|helm\.sh\/chart|app\.kubernetes\.io\/managed-by|pod-template-generation|batch\.kubernetes\.io\/.*|controller-uid|job-name)$/;
const tellingAnnotations =
  /^(backstage\.io\/|app\.kubernetes\.io\/|meta\.helm\.sh\/release-name$|argocd\.argoproj\.io\/tracking-id$)/;

/** Labels that may tie an object to an entity; not the hashes that change with every rollout. */
export function keptLabels(
  labels: Record<string, string> | undefined,
): Record<string, string> | undefined {
  return kept(labels, (key) => !noisyLabels.test(key));
}

/** Annotations that may tie an object to an entity. All others are left behind: they may hold whole manifests. */
export function keptAnnotations(
  annotations: Record<string, string> | undefined,
): Record<string, string> | undefined {
  return kept(annotations, (key) => tellingAnnotations.test(key) || /owner|team/i.test(key));
}

function kept(
  from: Record<string, string> | undefined,
  isKept: (key: string) => boolean,
): Record<string, string> | undefined {
  const entries = Object.entries(from ?? {}).filter(
    ([key, value]) => isKept(key) && value.length <= 256,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries.slice(0, 40));
}

/** Fields that may be undefined become optional ones. */
export type Present<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key];
} & { [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined> };

/** Leaves out what is undefined. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
