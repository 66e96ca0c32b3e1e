import type { Cluster } from '../schema.ts';

interface Target {
  kind: string;
  namespace?: string | undefined;
  name: string;
}

/** Address of an object in the cluster's dashboard, in the form that dashboard has; undefined where it has none. */
export function dashboardLink(dashboard: Cluster['dashboard'], target: Target): string | undefined {
  if (dashboard === undefined) return undefined;
  const { app, url, parameters } = dashboard;
  const base = url?.replace(/\/+$/, '');
  const { kind, namespace = '', name } = encoded(target);
  const lower = kind.toLowerCase();
  switch (app) {
    case 'rancher':
      return base && `${base}/explorer/${rancherKinds[kind] ?? lower}/${namespace}/${name}`;
    case 'openshift':
      return base && `${base}/k8s/ns/${namespace}/${plural(lower)}/${name}`;
    case 'headlamp':
      return base && `${base}/${plural(lower)}/${namespace}/${name}`;
    case 'gke':
      return gke(parameters, lower, namespace, name);
    case 'eks':
      return eks(parameters, lower, namespace, name);
    case 'aks':
      return aks(parameters, target);
    default:
      return base && `${base}/#/${lower}/${namespace}/${name}?namespace=${namespace}`;
  }
}

const rancherKinds: Record<string, string> = {
  Deployment: 'apps.deployment',
  StatefulSet: 'apps.statefulset',
  DaemonSet: 'apps.daemonset',
  Job: 'batch.job',
  CronJob: 'batch.cronjob',
  Ingress: 'networking.k8s.io.ingress',
  HorizontalPodAutoscaler: 'autoscaling.horizontalpodautoscaler',
  PodDisruptionBudget: 'policy.poddisruptionbudget',
};

function plural(kind: string): string {
  if (kind.endsWith('s')) return `${kind}es`;
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

function encoded({ kind, namespace, name }: Target): Target {
  return {
    kind: encodeURIComponent(kind),
    namespace: namespace === undefined ? undefined : encodeURIComponent(namespace),
    name: encodeURIComponent(name),
  };
}

type Parameters = Readonly<Record<string, string>>;

function gke(
  parameters: Parameters,
  kind: string,
  namespace: string,
  name: string,
): string | undefined {
  const { projectId, region, clusterName } = parameters;
  if (!projectId || !region || !clusterName) return undefined;
  const path = [kind, region, clusterName, namespace, name].join('/');
  return `https://console.cloud.google.com/kubernetes/${path}/overview?project=${encodeURIComponent(projectId)}`;
}

function eks(
  { region, clusterName }: Parameters,
  kind: string,
  namespace: string,
  name: string,
): string | undefined {
  if (!region || !clusterName) return undefined;
  const place = encodeURIComponent(region);
  return `https://${place}.console.aws.amazon.com/eks/home?region=${place}#/clusters/${encodeURIComponent(clusterName)}/${plural(kind)}/${name}?namespace=${namespace}`;
}

function aks(
  { subscriptionId, resourceGroup, clusterName }: Parameters,
  target: Target,
): string | undefined {
  if (!subscriptionId || !resourceGroup || !clusterName) return undefined;
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${clusterName}`;
  const parameters = {
    kind: target.kind,
    metadata: { name: target.name, namespace: target.namespace },
  };
  return `https://portal.azure.com/#blade/Microsoft_Azure_ContainerService/AksK8ResourceMenuBlade/overview-${target.kind}/aksClusterId/${encodeURIComponent(id)}/resource/${encodeURIComponent(JSON.stringify(parameters))}`;
}

/** The command that shows why, to copy. */
export function kubectlFor(
  cluster: Pick<Cluster, 'name' | 'context'>,
  target: Target,
  reason: string | undefined,
  pod?: string,
): string {
  const context = `kubectl --context ${quoted(cluster.context ?? cluster.name)}`;
  const scope = target.namespace ? ` -n ${quoted(target.namespace)}` : '';
  const kind = target.kind.toLowerCase();
  if (pod !== undefined && /CrashLoop|OOMKilled|Restarting|^Error$/.test(reason ?? ''))
    return `${context}${scope} logs ${quoted(pod)} --previous --all-containers --tail=50`;
  if (pod !== undefined) return `${context}${scope} describe pod ${quoted(pod)}`;
  if (/RollingOut|NotObserved/.test(reason ?? ''))
    return `${context}${scope} rollout status ${kind}/${quoted(target.name)}`;
  return `${context}${scope} describe ${kind} ${quoted(target.name)}`;
}

/** Names are copied into shells. */
function quoted(text: string): string {
  return /^[\w.:@/-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
