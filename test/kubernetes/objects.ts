/** Objects for tests, as an API server would serve them. */
import type { StandInObject } from './stand-in.ts';

const created = '2026-11-23T08:00:00Z';

/** A deployment with its ReplicaSet and pods, all ready unless told otherwise. */
export function deployment(
  name: string,
  namespace: string,
  more: {
    pods?: number;
    labels?: Record<string, string>;
    podStatus?: object;
    status?: object;
    image?: string;
  } = {},
): StandInObject[] {
  const {
    pods = 2,
    labels = { 'backstage.io/kubernetes-id': name },
    image = `ghcr.io/acme/${name}:1.4.2`,
  } = more;
  const container = {
    name: 'app',
    image,
    env: [{ name: 'PASSWORD', value: 'hunter2' }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  };
  const template = {
    metadata: { labels: { app: name, ...labels } },
    spec: { containers: [container] },
  };
  const uid = `${namespace}-${name}`;
  const replicaSet = `${name}-5dcdc575dc`;
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name,
        namespace,
        uid,
        generation: 1,
        creationTimestamp: created,
        labels,
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'hunter2' },
      },
      spec: { replicas: pods, template },
      status: more.status ?? {
        observedGeneration: 1,
        replicas: pods,
        readyReplicas: pods,
        updatedReplicas: pods,
        availableReplicas: pods,
        conditions: [
          { type: 'Available', status: 'True' },
          {
            type: 'Progressing',
            status: 'True',
            reason: 'NewReplicaSetAvailable',
            lastUpdateTime: created,
          },
        ],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: replicaSet,
        namespace,
        uid: `${uid}-rs`,
        generation: 1,
        labels: { app: name },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true },
        ],
      },
      spec: { replicas: pods, template },
      status: {
        observedGeneration: 1,
        replicas: pods,
        readyReplicas: pods,
        availableReplicas: pods,
      },
    },
    ...Array.from({ length: pods }, (_, index): StandInObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${replicaSet}-${index}`,
        namespace,
        uid: `${uid}-${index}`,
        creationTimestamp: created,
        labels: { app: name, 'pod-template-hash': '5dcdc575dc', ...labels },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: replicaSet,
            uid: `${uid}-rs`,
            controller: true,
          },
        ],
      },
      spec: { containers: [container], nodeName: 'node-a', restartPolicy: 'Always' },
      status: more.podStatus ?? {
        phase: 'Running',
        startTime: created,
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          {
            name: 'app',
            image,
            ready: true,
            restartCount: 0,
            state: { running: { startedAt: created } },
          },
        ],
      },
    })),
  ];
}
