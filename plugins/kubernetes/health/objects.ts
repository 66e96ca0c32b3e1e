/**
 * Objects as the API serves them in JSON, with the fields the rules read. An API server checks the built-in kinds, so
 * their fields are trusted; custom resources are read through `at`.
 */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string | null;
  observedGeneration?: number;
}

export interface Metadata {
  name: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: {
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller?: boolean;
  }[];
}

export interface KubernetesObject<Spec = unknown, Status = unknown> {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec?: Spec;
  status?: Status;
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    exitCode: number;
    signal?: number;
    reason?: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
  };
}

export interface ContainerStatus {
  name: string;
  image?: string;
  imageID?: string;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

export interface Resources {
  requests?: Record<string, string>;
  limits?: Record<string, string>;
}

export interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
  resources?: Resources;
  ports?: { name?: string; containerPort: number; protocol?: string }[];
}

export interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  nodeName?: string;
  restartPolicy?: string;
  readinessGates?: { conditionType: string }[];
}

export interface PodStatus {
  phase?: string;
  reason?: string;
  message?: string;
  startTime?: string;
  conditions?: Condition[];
  containerStatuses?: ContainerStatus[];
  initContainerStatuses?: ContainerStatus[];
  ephemeralContainerStatuses?: ContainerStatus[];
}

export type Pod = KubernetesObject<PodSpec, PodStatus>;

/** Deployment, StatefulSet, DaemonSet and ReplicaSet, whose fields have the same names where they mean the same. */
export type Controller = KubernetesObject<
  {
    replicas?: number;
    paused?: boolean;
    minReadySeconds?: number;
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
    template?: { metadata?: Metadata; spec?: PodSpec };
    selector?: { matchLabels?: Record<string, string> };
  },
  {
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    currentReplicas?: number;
    fullyLabeledReplicas?: number;
    currentRevision?: string;
    updateRevision?: string;
    desiredNumberScheduled?: number;
    currentNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
    numberReady?: number;
    conditions?: Condition[];
  }
>;

/** A value inside an object, or undefined where any step is missing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current ?? undefined;
}

/** A text inside an object. */
export function textAt(value: unknown, ...path: (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A number inside an object; some operators write theirs as text. */
export function numberAt(value: unknown, ...path: (string | number)[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return found;
  return typeof found === 'string' && /^\d{1,15}$/.test(found) ? Number(found) : undefined;
}

/** A list inside an object; empty where there is none. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The well-formed conditions of any object, at `status.conditions` unless a path says otherwise. */
export function conditionsOf(object: unknown, ...path: (string | number)[]): Condition[] {
  const list = path.length === 0 ? listAt(object, 'status', 'conditions') : listAt(object, ...path);
  return list.flatMap((each) => {
    const status = textAt(each, 'status');
    const isWhole = status !== undefined && typeof at(each, 'type') === 'string';
    return isWhole ? [{ ...(each as Condition), status: conditionStatus(status) }] : [];
  });
}

/** Some operators write `"true"` where the convention says `"True"`. */
function conditionStatus(status: string): string {
  const isWord = /^(true|false|unknown)$/i.test(status);
  return isWord ? status.charAt(0).toUpperCase() + status.slice(1).toLowerCase() : status;
}

/** One condition by type. */
export function conditionOf(object: unknown, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

/** API group of an object, empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}
