import * as z from 'zod';

import { healthStatuses } from './health/verdict.ts';

/** Bounded: a message of an object is shown, never stored whole. */
const Text = z.string().max(500);

/** A verdict as collected; see health/verdict.ts. */
export const Health = z.object({
  status: z.enum(healthStatuses),
  message: Text,
  reason: z.string().optional(),
  since: z.string().optional(),
  notes: z.array(Text).optional(),
  /** The rule that gave it. */
  rule: z.string().optional(),
});
export type Health = z.infer<typeof Health>;

/** Millicores of CPU and bytes of memory. */
export const Amount = z.object({ cpu: z.number().optional(), memory: z.number().optional() });
export type Amount = z.infer<typeof Amount>;

export const PodRecord = z.object({
  name: z.string(),
  /** What kubectl prints in the STATUS column. */
  status: z.string(),
  ready: z.number(),
  containers: z.number(),
  restarts: z.number(),
  created: z.string().optional(),
  node: z.string().optional(),
  /** Image pulled by the first container. */
  image: z.string().optional(),
  usage: Amount.optional(),
  /** Left out when Healthy without notes. */
  health: Health.optional(),
});
export type PodRecord = z.infer<typeof PodRecord>;

/** Steps of an Argo Rollouts canary or the two sides of its blue-green. */
export const RolloutRecord = z.object({
  strategy: z.enum(['canary', 'blueGreen']),
  steps: z.array(z.string()),
  step: z.number().optional(),
  weight: z.number().optional(),
  stable: z.string().optional(),
  current: z.string().optional(),
  paused: z.boolean(),
  aborted: z.boolean(),
});

export const RunRecord = z.object({
  name: z.string(),
  health: Health,
  started: z.string().optional(),
  ended: z.string().optional(),
});

/** A controller nothing else controls, or a pod without one. */
export const Workload = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
  /** Labels of its pods, as far as they differ. */
  podLabels: z.record(z.string(), z.string()).optional(),
  /** Annotations that tie it to an entity. */
  annotations: z.record(z.string(), z.string()).optional(),
  created: z.string().optional(),
  desired: z.number().optional(),
  ready: z.number().optional(),
  updated: z.number().optional(),
  images: z.array(z.string()),
  requests: Amount.optional(),
  limits: Amount.optional(),
  schedule: z.string().optional(),
  lastRun: z.string().optional(),
  rollout: RolloutRecord.optional(),
  runs: z.array(RunRecord).optional(),
  /** Start of the latest rollout. */
  rolledOut: z.string().optional(),
  health: Health,
  pods: z.array(PodRecord),
});
export type Workload = z.infer<typeof Workload>;

export const MetricRecord = z.object({
  name: z.string(),
  type: z.string(),
  target: z.string().optional(),
  current: z.string().optional(),
});

/** Any other object: autoscalers, services, routes, budgets, claims, custom resources. */
export const OtherObject = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  /** The workload at the top of its owners, as `Kind/name`. */
  owner: z.string().optional(),
  health: Health,
  /** Autoscalers. */
  target: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  current: z.number().optional(),
  desired: z.number().optional(),
  metrics: z.array(MetricRecord).optional(),
  /** Services and budgets: labels of the pods they mean. */
  selector: z.record(z.string(), z.string()).optional(),
  /** Services: endpoints that answer, and those that do not. Left out where they could not be read. */
  endpoints: z.object({ ready: z.number(), notReady: z.number() }).optional(),
  ports: z.array(z.string()).optional(),
  /** Routes: host names and the services behind them. */
  hosts: z.array(z.string()).optional(),
  backends: z
    .array(z.object({ service: z.string(), namespace: z.string(), port: z.string().optional() }))
    .optional(),
  /** Custom resources. */
  conditions: z
    .array(
      z.object({
        type: z.string(),
        status: z.string(),
        reason: z.string().optional(),
        message: Text.optional(),
      }),
    )
    .optional(),
  size: z.string().optional(),
});
export type OtherObject = z.infer<typeof OtherObject>;

/** A warning of the last hour; equal ones are one. */
export const EventRecord = z.object({
  namespace: z.string().optional(),
  object: z.string(),
  reason: z.string(),
  message: Text,
  count: z.number(),
  last: z.string(),
});
export type EventRecord = z.infer<typeof EventRecord>;

/** What could not be read, and why. What is not listed here was read. */
export const AccessGap = z.object({
  kind: z.string(),
  /** All namespaces when left out. */
  namespace: z.string().optional(),
  status: z.enum(['Forbidden', 'Unreachable']),
  detail: Text,
});
export type AccessGap = z.infer<typeof AccessGap>;

export const NodeRecord = z.object({
  name: z.string(),
  version: z.string().optional(),
  capacity: Amount.optional(),
  health: Health,
});

export const Cluster = z.object({
  name: z.string(),
  title: z.string().optional(),
  /** Resource entity that describes it. */
  entity: z.string().optional(),
  state: z.enum(['fresh', 'failed', 'recorded']),
  /** ISO 8601: what is shown is as of then. */
  asOf: z.string(),
  /** Why it could not be read, when it could not. */
  error: z.object({ reason: z.string(), message: Text, hint: z.string() }).optional(),
  version: z.string().optional(),
  /** Seconds our clock is ahead of the API server's. */
  clockSkew: z.number().optional(),
  context: z.string().optional(),
  dashboard: z
    .object({
      app: z.string(),
      url: z.string().optional(),
      parameters: z.record(z.string(), z.string()),
    })
    .optional(),
  gaps: z.array(AccessGap),
  /** Read namespace by namespace, because the account may not read the whole cluster. */
  namespaces: z.array(z.string()).optional(),
  nodes: z.array(NodeRecord),
  workloads: z.array(Workload),
  objects: z.array(OtherObject),
  events: z.array(EventRecord),
});
export type Cluster = z.infer<typeof Cluster>;

/** One workload on one day: when its status changed, oldest first, and when it was read last. */
export const DayLine = z.object({
  /** The first may have begun days before. */
  spans: z.array(z.tuple([z.string(), z.enum(healthStatuses)])).min(1),
  last: z.string(),
});
export type DayLine = z.infer<typeof DayLine>;

/** A file of `content/snapshot/history/`. */
export const HistoryDay = z.object({
  /** `2026-11-23`, in UTC. */
  day: z.string(),
  /** By `cluster/namespace/Kind/name`. */
  workloads: z.record(z.string(), DayLine),
});
export type HistoryDay = z.infer<typeof HistoryDay>;

export const KubernetesSnapshot = z.object({
  clusters: z.array(Cluster),
});
export type KubernetesSnapshot = z.infer<typeof KubernetesSnapshot>;
