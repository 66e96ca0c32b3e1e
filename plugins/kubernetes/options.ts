import * as z from 'zod';

const Dashboard = z.strictObject({
  /** Which dashboard it is, because each has its own addresses. */
  app: z
    .enum(['standard', 'rancher', 'openshift', 'gke', 'aks', 'eks', 'headlamp'])
    .default('standard'),
  /** Address of the dashboard, or of the cluster in it. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** What the addresses of gke, aks and eks need: projectId, region, clusterName, subscriptionId, resourceGroup. */
  parameters: z.record(z.string(), z.string()).default({}),
});

const common = {
  /** Name shown and used in addresses and in `backstage.io/kubernetes-cluster`. Lower-case, digits, hyphens, dots. */
  name: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/),
  title: z.string().optional(),
  dashboard: Dashboard.optional(),
  /** Read these namespaces only. Without it everything the account may read is read, namespace by namespace if need be. */
  namespaces: z.array(z.string()).optional(),
  /** Custom resources of this cluster besides the global ones: `<plural>.<group>`, e.g. `certificates.cert-manager.io`. */
  customResources: z.array(z.string()).default([]),
};

/** One cluster, and how to reach it. */
export const ClusterOptions = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('kubeconfig'),
    /** Path of the file; $KUBECONFIG, then ~/.kube/config without it. */
    file: z.string().optional(),
    /** Context in it; `name` without it. Exec plugins named there are run. */
    context: z.string().optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('server'),
    /** Address of the API server, e.g. `https://10.0.0.1:6443`. */
    url: z.url({ protocol: /^https?$/ }),
    /** Environment variable that holds the token of a read-only service account. */
    tokenVariable: z.string(),
    /** Environment variable that holds the certificate authority, as PEM or as base64 of PEM. */
    caVariable: z.string().optional(),
    /** Path of the certificate authority. */
    caFile: z.string().optional(),
    /** Do not verify the server's certificate. For experiments. */
    skipTlsVerify: z.boolean().default(false),
  }),
  /** The cluster this process runs in, by its mounted service account. */
  z.strictObject({ ...common, type: z.literal('in-cluster') }),
  z.strictObject({
    ...common,
    type: z.literal('recorded'),
    /** Folder of lists as `kubectl get <kind> --all-namespaces -o json > <kind>.json` writes them. */
    folder: z.string(),
    /** ISO 8601: when they were recorded. */
    recordedAt: z.iso.datetime(),
    /** Version shown for it. */
    version: z.string().optional(),
  }),
]);
export type ClusterOptions = z.infer<typeof ClusterOptions>;

/** Options below `plugins.kubernetes`. */
export const KubernetesOptions = z.strictObject({
  clusters: z.array(ClusterOptions).default([]),
  /** Clusters described as Resource entities of type kubernetes-cluster, with Backstage's `kubernetes.io/*` annotations. */
  catalogClusters: z
    .strictObject({
      /** Environment variable with the token, where `{NAME}` is the entity's name in capitals with underscores. */
      tokenVariable: z.string().default('KUBERNETES_TOKEN_{NAME}'),
      /** Hosts a token may be sent to: entities are written by many, tokens are not for everyone. `*.` matches one or more names. */
      hosts: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** Custom resources read in every cluster: `<plural>.<group>`. `*` reads all that a cluster has. */
  customResources: z.array(z.string()).default(['rollouts.argoproj.io']),
  /** Folders of own health rules, as `<group>/<Kind>/health.lua`; they win over the ones that come with Callboard. */
  healthRules: z.array(z.string()).default([]),
  /** Rules that tie objects to entities besides Backstage's annotations, tried in this order. */
  ties: z
    .strictObject({
      /** Labels or annotations of a workload that hold an entity's name or ref. */
      names: z
        .array(z.string())
        .default([
          'backstage.io/kubernetes-id',
          'app.kubernetes.io/part-of',
          'app.kubernetes.io/instance',
          'app.kubernetes.io/name',
        ]),
    })
    .prefault({}),
  /** Waiting times before a state that usually passes counts as a failure, in minutes; see health/verdict.ts. */
  patience: z
    .strictObject({
      unschedulable: z.number().min(0).default(5),
      imagePull: z.number().min(0).default(2),
      notReady: z.number().min(0).default(10),
      terminating: z.number().min(0).default(10),
      restartWindow: z.number().min(0).default(60),
      restartsPerHour: z.number().min(0).default(3),
      missedSchedule: z.number().min(0).default(10),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** Seconds for one answer of an API server. */
      request: z.number().positive().default(20),
      /** Seconds for one cluster as a whole. */
      cluster: z.number().positive().default(120),
      /** Objects per page of a list. */
      page: z.number().int().positive().max(1000).default(250),
      /** Lists read at the same time, over all clusters. */
      parallel: z.number().int().positive().default(24),
      /** Days kept in `content/snapshot/history/`. */
      historyDays: z.number().int().min(1).max(90).default(30),
    })
    .prefault({}),
  /** Hours after which a cluster's data is called stale. */
  staleAfter: z.number().positive().default(24),
});
export type KubernetesOptions = z.infer<typeof KubernetesOptions>;
