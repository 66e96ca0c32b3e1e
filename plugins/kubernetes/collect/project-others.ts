import { at, conditionsOf, groupOf, listAt, numberAt, textAt } from '../health/objects.ts';
import type { KubernetesObject } from '../health/objects.ts';
import type { Judgement } from '../health/verdict.ts';
import { quantity } from '../quantity.ts';
import type { EventRecord, OtherObject } from '../schema.ts';
import { keptAnnotations, keptLabels, present, shortText, storedHealth } from './project.ts';

/** The fields of any object that is not a workload. */
export function projectOther(object: KubernetesObject, verdict: Judgement): OtherObject {
  const { metadata } = object;
  return {
    kind: object.kind,
    apiVersion: object.apiVersion,
    name: metadata.name,
    ...present({
      namespace: metadata.namespace,
      labels: keptLabels(metadata.labels),
      annotations: keptAnnotations(metadata.annotations),
    }),
    health: storedHealth(verdict),
    ...detailsOf(object),
  };
}

function detailsOf(object: KubernetesObject): Partial<OtherObject> {
  switch (`${groupOf(object.apiVersion)}/${object.kind}`) {
    case 'autoscaling/HorizontalPodAutoscaler':
      return autoscaler(object);
    case '/Service':
      return service(object);
    case 'networking.k8s.io/Ingress':
      return ingress(object);
    case 'gateway.networking.k8s.io/HTTPRoute':
    case 'gateway.networking.k8s.io/GRPCRoute':
      return route(object);
    case 'policy/PodDisruptionBudget':
      return present({ selector: texts(at(object, 'spec', 'selector', 'matchLabels')) });
    case '/PersistentVolumeClaim':
      return present({
        size:
          textAt(object, 'status', 'capacity', 'storage') ??
          textAt(object, 'spec', 'resources', 'requests', 'storage'),
      });
    case '/ConfigMap':
    case '/LimitRange':
    case '/ResourceQuota':
      return {};
    default:
      return {
        conditions: conditionsOf(object)
          .slice(0, 30)
          .map(({ type, status, reason, message }) =>
            present({
              type: shortText(type),
              status,
              reason: reason ? shortText(reason) : undefined,
              message: message ? shortText(message) : undefined,
            }),
          ),
      };
  }
}

function autoscaler(object: KubernetesObject): Partial<OtherObject> {
  const currents = listAt(object, 'status', 'currentMetrics');
  return present({
    target: `${textAt(object, 'spec', 'scaleTargetRef', 'kind')}/${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
    min: numberAt(object, 'spec', 'minReplicas') ?? 1,
    max: numberAt(object, 'spec', 'maxReplicas'),
    current: numberAt(object, 'status', 'currentReplicas'),
    desired: numberAt(object, 'status', 'desiredReplicas'),
    metrics: listAt(object, 'spec', 'metrics')
      .slice(0, 20)
      .map((metric) => {
        const [type, name] = metricName(metric);
        const current = currents.find((each) => metricName(each).join() === [type, name].join());
        const field = fieldOf(type);
        return present({
          name,
          type,
          target: measure(at(metric, field, 'target')),
          current: measure(at(current, field, 'current')),
        });
      }),
  });
}

function fieldOf(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}

function metricName(metric: unknown): [string, string] {
  const type = textAt(metric, 'type') ?? 'Resource';
  const field = fieldOf(type);
  const name = textAt(metric, field, 'name') ?? textAt(metric, field, 'metric', 'name') ?? '';
  const container = textAt(metric, field, 'container');
  return [type, container === undefined ? name : `${name} of ${container}`];
}

function measure(value: unknown): string | undefined {
  const share = numberAt(value, 'averageUtilization');
  if (share !== undefined) return `${share}%`;
  const average = textAt(value, 'averageValue');
  if (average !== undefined) return `${readable(average)} per pod`;
  const whole = textAt(value, 'value');
  return whole === undefined ? undefined : readable(whole);
}

/** `12500m` of a metric that is not CPU means 12.5 of it. */
function readable(text: string): string {
  const value = quantity(text);
  return value === undefined || text.endsWith('i')
    ? text.slice(0, 40)
    : String(Number(value.toPrecision(4)));
}

function service(object: KubernetesObject): Partial<OtherObject> {
  const ports: string[] = [];
  for (const port of listAt(object, 'spec', 'ports').slice(0, 50)) {
    const name = textAt(port, 'name');
    ports.push(String(at(port, 'port')));
    if (name !== undefined) ports.push(name);
  }
  return present({ selector: texts(at(object, 'spec', 'selector')), ports });
}

function ingress(object: KubernetesObject): Partial<OtherObject> {
  const namespace = object.metadata.namespace ?? '';
  const rules = listAt(object, 'spec', 'rules');
  const paths = rules
    .flatMap((rule) => listAt(rule, 'http', 'paths'))
    .map((path) => at(path, 'backend', 'service'));
  const all = [at(object, 'spec', 'defaultBackend', 'service'), ...paths].filter(
    (each) => each !== undefined,
  );
  return {
    hosts: unique(rules.flatMap((rule) => textAt(rule, 'host') ?? [])),
    backends: uniqueBackends(
      all.map((backend) =>
        present({
          service: textAt(backend, 'name') ?? '',
          namespace,
          port: textAt(backend, 'port', 'name') ?? numberAt(backend, 'port', 'number')?.toString(),
        }),
      ),
    ),
  };
}

function route(object: KubernetesObject): Partial<OtherObject> {
  const namespace = object.metadata.namespace ?? '';
  const refs = listAt(object, 'spec', 'rules').flatMap((rule) => listAt(rule, 'backendRefs'));
  const services = refs.filter((ref) => (textAt(ref, 'kind') ?? 'Service') === 'Service');
  return {
    hosts: unique(listAt(object, 'spec', 'hostnames').filter((each) => typeof each === 'string')),
    backends: uniqueBackends(
      services.map((ref) =>
        present({
          service: textAt(ref, 'name') ?? '',
          namespace: textAt(ref, 'namespace') ?? namespace,
          port: numberAt(ref, 'port')?.toString(),
        }),
      ),
    ),
    conditions: listAt(object, 'status', 'parents')
      .flatMap((parent) => conditionsOf(parent, 'conditions'))
      .slice(0, 10)
      .map(({ type, status, reason }) => present({ type, status, reason })),
  };
}

type Backend = NonNullable<OtherObject['backends']>[number];

function uniqueBackends(backends: Backend[]): Backend[] {
  const found = new Map(
    backends.map((each) => [`${each.namespace}/${each.service}:${each.port}`, each]),
  );
  return [...found.values()].slice(0, 100);
}

function unique(list: string[]): string[] {
  return [...new Set(list)].slice(0, 50);
}

function texts(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** A warning of the last hour; undefined for an older one. */
export function projectEvent(object: KubernetesObject, now: number): EventRecord | undefined {
  const last =
    textAt(object, 'series', 'lastObservedTime') ??
    textAt(object, 'lastTimestamp') ??
    textAt(object, 'eventTime') ??
    object.metadata.creationTimestamp;
  const age = now - Date.parse(last ?? '');
  if (last === undefined || !(age < 60 * 60_000) || textAt(object, 'type') === 'Normal')
    return undefined;
  return {
    ...present({ namespace: textAt(object, 'involvedObject', 'namespace') }),
    object: `${textAt(object, 'involvedObject', 'kind')}/${textAt(object, 'involvedObject', 'name')}`,
    reason: shortText(textAt(object, 'reason') ?? ''),
    message: shortText(textAt(object, 'message') ?? ''),
    count: numberAt(object, 'series', 'count') ?? numberAt(object, 'count') ?? 1,
    last,
  };
}
