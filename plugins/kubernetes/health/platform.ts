import { conditionOf, conditionsOf, listAt, numberAt, textAt } from './objects.ts';
import type { Condition, KubernetesObject } from './objects.ts';
import type { Reading, Verdict } from './verdict.ts';
import { isOlderThan } from './verdict.ts';

/** Health of a HorizontalPodAutoscaler of any version. At its limit is a note: it does what it was told. */
export function autoscalerHealth(scaler: KubernetesObject): Verdict {
  const conditions = scalerConditions(scaler);
  const broken = conditions.find(
    (each) =>
      (each.type === 'AbleToScale' || each.type === 'ScalingActive') &&
      each.status === 'False' &&
      !/^(ScalingDisabled$|Succeeded|Ready)/.test(each.reason ?? ''),
  );
  if (broken !== undefined)
    return {
      status: 'Degraded',
      reason: broken.reason,
      message: `Cannot scale: ${broken.message || broken.reason}`,
      since: broken.lastTransitionTime ?? undefined,
    };
  const disabled = conditions.find((each) => each.reason === 'ScalingDisabled');
  if (disabled !== undefined)
    return {
      status: 'Suspended',
      reason: 'ScalingDisabled',
      message: 'Off while its target is scaled to zero',
    };
  const isWorking = conditions.some(
    (each) =>
      (each.type === 'AbleToScale' || each.type === 'ScalingLimited') && each.status === 'True',
  );
  if (!isWorking) return { status: 'Progressing', message: 'Waiting for its first metrics' };
  return { status: 'Healthy', message: 'Able to scale', notes: limitNote(scaler, conditions) };
}

function scalerConditions(scaler: KubernetesObject): Condition[] {
  const annotation = scaler.metadata.annotations?.['autoscaling.alpha.kubernetes.io/conditions'];
  if (annotation === undefined) return conditionsOf(scaler);
  try {
    return conditionsOf({ status: { conditions: JSON.parse(annotation) as unknown } });
  } catch {
    return [];
  }
}

function limitNote(scaler: KubernetesObject, conditions: Condition[]): string[] | undefined {
  const max = numberAt(scaler, 'spec', 'maxReplicas') ?? 0;
  const min = numberAt(scaler, 'spec', 'minReplicas') ?? 1;
  const current = numberAt(scaler, 'status', 'currentReplicas') ?? 0;
  const wantsMore = conditions.some(
    (each) =>
      each.type === 'ScalingLimited' && each.status === 'True' && each.reason === 'TooManyReplicas',
  );
  if (max <= min || current < max) return undefined;
  return [wantsMore ? `At its limit of ${max} pods and wants more` : `At its limit of ${max} pods`];
}

/** Health of a PersistentVolumeClaim. */
export function claimHealth(claim: KubernetesObject): Verdict {
  const phase = textAt(claim, 'status', 'phase');
  if (phase === 'Bound') return { status: 'Healthy', message: 'Bound' };
  if (phase === 'Lost')
    return { status: 'Degraded', reason: 'Lost', message: 'Its volume is gone' };
  if (phase === 'Pending')
    return { status: 'Progressing', reason: 'Pending', message: 'Waiting for a volume' };
  return { status: 'Unknown', message: 'No phase reported' };
}

/** Health of a Service by itself; whether pods answer for it is judged together with its endpoints. */
export function serviceHealth(service: KubernetesObject): Verdict {
  if (textAt(service, 'spec', 'type') !== 'LoadBalancer')
    return { status: 'Healthy', message: 'Exists' };
  if (listAt(service, 'status', 'loadBalancer', 'ingress').length > 0)
    return { status: 'Healthy', message: 'Has an address' };
  return {
    status: 'Progressing',
    reason: 'NoAddress',
    message: 'Waiting for the address of its load balancer',
  };
}

/** Health of an Ingress by itself; its backends are judged together with the services. */
export function ingressHealth(ingress: KubernetesObject): Verdict {
  if (listAt(ingress, 'status', 'loadBalancer', 'ingress').length > 0)
    return { status: 'Healthy', message: 'Has an address' };
  return {
    status: 'Progressing',
    reason: 'NoAddress',
    message: 'Waiting for an address from its controller',
  };
}

/** Health of a PodDisruptionBudget: does its controller manage it, and does it block every eviction. */
export function budgetHealth(budget: KubernetesObject): Verdict {
  const generation = budget.metadata.generation ?? 0;
  const observed = numberAt(budget, 'status', 'observedGeneration');
  if (observed !== undefined && observed < generation)
    return {
      status: 'Progressing',
      reason: 'NotObserved',
      message: 'Its controller has not seen the latest change yet',
    };
  const conditions = conditionsOf(budget);
  const failed = conditions.find(
    (each) => each.status === 'False' && each.reason !== 'InsufficientPods',
  );
  if (failed !== undefined)
    return {
      status: 'Degraded',
      reason: failed.reason,
      message: failed.message || `Not in force: ${failed.reason}`,
    };
  if (conditions.length === 0 && observed === undefined)
    return { status: 'Progressing', message: 'Not seen by its controller yet' };

  const expected = numberAt(budget, 'status', 'expectedPods') ?? 0;
  const desired = numberAt(budget, 'status', 'desiredHealthy') ?? 0;
  const healthy = numberAt(budget, 'status', 'currentHealthy') ?? 0;
  const allowed = numberAt(budget, 'status', 'disruptionsAllowed') ?? 0;
  if (expected === 0 || allowed > 0)
    return { status: 'Healthy', message: `${allowed} evictions allowed` };
  const note =
    desired >= expected
      ? `Blocks every eviction: it wants all ${expected} pods kept, so nodes cannot be drained`
      : `Blocks evictions: ${healthy} of the ${desired} pods it wants are healthy`;
  return { status: 'Healthy', reason: 'BlocksEvictions', message: 'In force', notes: [note] };
}

/** Health of a CustomResourceDefinition. */
export function definitionHealth(definition: KubernetesObject): Verdict {
  const terminating = conditionOf(definition, 'Terminating');
  if (terminating?.status === 'True') return { status: 'Progressing', message: 'Is being deleted' };
  const names = conditionOf(definition, 'NamesAccepted');
  if (names?.status === 'False')
    return {
      status: 'Degraded',
      reason: names.reason,
      message: `Its names are taken: ${names.message ?? ''}`,
    };
  const schema = conditionOf(definition, 'NonStructuralSchema');
  if (schema?.status === 'True')
    return {
      status: 'Degraded',
      reason: schema.reason,
      message: `Its schema is not valid: ${schema.message ?? ''}`,
    };
  const established = conditionOf(definition, 'Established');
  if (established?.status === 'True') return { status: 'Healthy', message: 'Established' };
  if (established?.status === 'False' && established.reason !== 'Installing')
    return { status: 'Degraded', reason: established.reason, message: 'Not established' };
  return { status: 'Progressing', message: 'Is being installed' };
}

/** Health of an aggregated API. */
export function apiServiceHealth(service: KubernetesObject): Verdict {
  const available = conditionOf(service, 'Available');
  if (available?.status === 'True') return { status: 'Healthy', message: 'Available' };
  return {
    status: 'Progressing',
    reason: available?.reason,
    message: available?.message || 'Waiting to be processed',
  };
}

/** Health of a node. */
export function nodeHealth(node: KubernetesObject): Verdict {
  const ready = conditionOf(node, 'Ready');
  const since = ready?.lastTransitionTime ?? undefined;
  if (ready?.status === 'Unknown')
    return { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Does not report', since };
  if (ready?.status !== 'True')
    return {
      status: 'Degraded',
      reason: ready?.reason ?? 'NotReady',
      message: ready?.message || 'Not ready',
      since,
    };
  const pressed = conditionsOf(node).filter(
    (each) => each.status === 'True' && /(Pressure|NetworkUnavailable|Problem)$/.test(each.type),
  );
  if (pressed.length > 0) {
    const names = pressed.map((each) => each.type).join(', ');
    return { status: 'Degraded', reason: pressed[0]?.type, message: `Under pressure: ${names}` };
  }
  const isCordoned = (node.spec as { unschedulable?: boolean } | undefined)?.unschedulable === true;
  return {
    status: isCordoned ? 'Suspended' : 'Healthy',
    message: isCordoned ? 'Cordoned' : 'Ready',
  };
}

/** Health of a namespace. */
export function namespaceHealth(namespace: KubernetesObject): Verdict {
  const isActive = (textAt(namespace, 'status', 'phase') ?? 'Active') === 'Active';
  return {
    status: isActive ? 'Healthy' : 'Progressing',
    message: isActive ? 'Active' : 'Is being deleted',
  };
}

/** Health of anything that is being deleted: stuck once its finalizers outlive their time. */
export function deletionHealth(object: KubernetesObject, reading: Reading): Verdict {
  const since = object.metadata.deletionTimestamp;
  const finalizers = object.metadata.finalizers ?? [];
  const isStuck = isOlderThan(since, reading.patience.terminating, reading);
  if (!isStuck)
    return { status: 'Progressing', reason: 'Terminating', message: 'Is being deleted', since };
  const why =
    finalizers.length > 0
      ? `waits for ${finalizers.join(', ')}`
      : 'its node or controller does not finish it';
  return {
    status: 'Degraded',
    reason: 'StuckTerminating',
    message: `Stuck in deletion: ${why}`,
    since,
  };
}
