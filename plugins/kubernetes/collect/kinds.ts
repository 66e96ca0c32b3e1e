/** One kind of object, as the API addresses it. */
export interface KindInfo {
  kind: string;
  /** `group/version`, or `v1` for the core group. */
  apiVersion: string;
  /** Version of clusters that do not have the newer one yet. */
  older?: string;
  plural: string;
  isNamespaced: boolean;
  /** Why the portal reads it; part of the printed rights. */
  why: string;
}

/** Backstage's kinds and those a health view needs besides. Secrets are never read. */
export const builtInKinds: readonly KindInfo[] = [
  namespaced('Pod', 'v1', 'pods', 'status of every replica'),
  namespaced('Deployment', 'apps/v1', 'deployments', 'workloads'),
  namespaced('ReplicaSet', 'apps/v1', 'replicasets', 'which pod belongs to which deployment'),
  namespaced('StatefulSet', 'apps/v1', 'statefulsets', 'workloads'),
  namespaced('DaemonSet', 'apps/v1', 'daemonsets', 'workloads'),
  namespaced('Job', 'batch/v1', 'jobs', 'workloads'),
  since('batch/v1beta1', namespaced('CronJob', 'batch/v1', 'cronjobs', 'workloads')),
  since(
    'autoscaling/v2beta2',
    namespaced(
      'HorizontalPodAutoscaler',
      'autoscaling/v2',
      'horizontalpodautoscalers',
      'scaling limits',
    ),
  ),
  namespaced('Service', 'v1', 'services', 'what answers for a workload'),
  since(
    'discovery.k8s.io/v1beta1',
    namespaced(
      'EndpointSlice',
      'discovery.k8s.io/v1',
      'endpointslices',
      'services without endpoints',
    ),
  ),
  namespaced('Ingress', 'networking.k8s.io/v1', 'ingresses', 'routes with a missing backend'),
  since(
    'gateway.networking.k8s.io/v1beta1',
    namespaced(
      'HTTPRoute',
      'gateway.networking.k8s.io/v1',
      'httproutes',
      'routes with a missing backend',
    ),
  ),
  since(
    'gateway.networking.k8s.io/v1alpha2',
    namespaced(
      'GRPCRoute',
      'gateway.networking.k8s.io/v1',
      'grpcroutes',
      'routes with a missing backend',
    ),
  ),
  since(
    'policy/v1beta1',
    namespaced('PodDisruptionBudget', 'policy/v1', 'poddisruptionbudgets', 'blocked evictions'),
  ),
  namespaced('PersistentVolumeClaim', 'v1', 'persistentvolumeclaims', 'lost volumes'),
  namespaced('ResourceQuota', 'v1', 'resourcequotas', 'full quotas'),
  namespaced('LimitRange', 'v1', 'limitranges', 'default limits'),
  namespaced('ConfigMap', 'v1', 'configmaps', 'names only, never their data'),
  namespaced('Event', 'v1', 'events', 'warnings of the last hour'),
  {
    kind: 'Node',
    apiVersion: 'v1',
    plural: 'nodes',
    isNamespaced: false,
    why: 'capacity and versions',
  },
];

/** Usage of pods, where a metrics server runs. */
export const podMetrics: KindInfo = namespaced(
  'PodMetrics',
  'metrics.k8s.io/v1beta1',
  'pods',
  'usage of CPU and memory',
);

function namespaced(kind: string, apiVersion: string, plural: string, why: string): KindInfo {
  return { kind, apiVersion, plural, isNamespaced: true, why };
}

/** Clusters older than the kind's version serve it as `older`. */
function since(older: string, info: KindInfo): KindInfo {
  return { ...info, older };
}

/** True for a custom resource, whatever its kind is called: others have a Job and a Service too. */
export function isCustom(info: KindInfo): boolean {
  return info !== podMetrics && !builtInKinds.includes(info);
}

/** API group of a kind, empty for the core group. */
export function groupOfKind(info: KindInfo): string {
  return info.apiVersion.includes('/') ? (info.apiVersion.split('/')[0] ?? '') : '';
}

/** Address of a kind's collection, in one namespace or in all. */
export function collectionPath(info: KindInfo, namespace?: string): string {
  const root = info.apiVersion.includes('/')
    ? `/apis/${info.apiVersion}`
    : `/api/${info.apiVersion}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${info.plural}`;
}
