import { conventionHealth } from './conventions.ts';
import { cronJobHealth, jobHealth } from './jobs.ts';
import type { Controller, KubernetesObject, Pod } from './objects.ts';
import { groupOf } from './objects.ts';
import {
  apiServiceHealth,
  autoscalerHealth,
  budgetHealth,
  claimHealth,
  definitionHealth,
  deletionHealth,
  ingressHealth,
  namespaceHealth,
  nodeHealth,
  serviceHealth,
} from './platform.ts';
import { podHealth } from './pod.ts';
import type { Judgement, Reading, Verdict } from './verdict.ts';
import {
  daemonSetHealth,
  deploymentHealth,
  replicaSetHealth,
  statefulSetHealth,
} from './workloads.ts';

/** Rules loaded from files, asked after the built-in kinds. */
export interface ExtraRules {
  /** Undefined when no file is for this kind. */
  judge(object: KubernetesObject): Promise<Judgement | undefined>;
}

/**
 * Health of one object: deletion, then our rule for its kind, then the rule files, then the conventions of its
 * conditions. A kind nobody knows how to read is Unknown, never Healthy.
 */
export async function judge(
  object: KubernetesObject,
  reading: Reading,
  extra?: ExtraRules,
): Promise<Judgement> {
  const builtIn = judgeBuiltIn(object, reading);
  if (builtIn !== undefined) return builtIn;
  return (await extra?.judge(object)) ?? conventionHealth(object, reading);
}

/** Health of an object of a kind Kubernetes itself has; undefined for every other kind. */
export function judgeBuiltIn(object: KubernetesObject, reading: Reading): Judgement | undefined {
  if (object.metadata.deletionTimestamp)
    return { ...deletionHealth(object, reading), rule: 'kind' };
  const verdict = kindRule(withoutNulls(object), reading);
  return verdict === undefined ? undefined : { ...verdict, rule: 'kind' };
}

/** Some clients write `status: null` where the API leaves it out. */
function withoutNulls(object: KubernetesObject): KubernetesObject {
  if (object.spec !== null && object.status !== null) return object;
  return { ...object, spec: object.spec ?? undefined, status: object.status ?? undefined };
}

function kindRule(object: KubernetesObject, reading: Reading): Verdict | undefined {
  switch (`${groupOf(object.apiVersion)}/${object.kind}`) {
    case '/Pod':
      return podHealth(object as Pod, reading);
    case 'apps/Deployment':
      return deploymentHealth(object as Controller);
    case 'apps/StatefulSet':
      return statefulSetHealth(object as Controller);
    case 'apps/DaemonSet':
      return daemonSetHealth(object as Controller);
    case 'apps/ReplicaSet':
      return replicaSetHealth(object as Controller);
    case 'batch/Job':
      return jobHealth(object as Parameters<typeof jobHealth>[0]);
    case 'batch/CronJob':
      return cronJobHealth(object as Parameters<typeof cronJobHealth>[0], reading);
    case 'autoscaling/HorizontalPodAutoscaler':
      return autoscalerHealth(object);
    case 'policy/PodDisruptionBudget':
      return budgetHealth(object);
    case '/PersistentVolumeClaim':
      return claimHealth(object);
    case '/Service':
      return serviceHealth(object);
    case 'networking.k8s.io/Ingress':
    case 'extensions/Ingress':
      return ingressHealth(object);
    case '/Node':
      return nodeHealth(object);
    case '/Namespace':
      return namespaceHealth(object);
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      return definitionHealth(object);
    case 'apiregistration.k8s.io/APIService':
      return apiServiceHealth(object);
    case '/ConfigMap':
    case '/Secret':
    case '/LimitRange':
    case '/ResourceQuota':
    case '/ServiceAccount':
      return { status: 'Healthy', message: 'Exists' };
    default:
      return undefined;
  }
}
