import { describe, expect, test } from 'vitest';

import type { Cluster, OtherObject, PodRecord, Workload } from '../schema.ts';
import { joinHealth, versionOf } from './join.ts';

const healthy = { status: 'Healthy', message: '3 of 3 pods ready' } as const;
const pulling = {
  status: 'Degraded',
  reason: 'ImagePullBackOff',
  message: 'Cannot pull image checkout:1.9.3: not found',
  since: '2026-11-23T13:51:00Z',
} as const;

function pod(name: string, more: Partial<PodRecord> = {}): PodRecord {
  return { name, status: 'Running', ready: 1, containers: 1, restarts: 0, ...more };
}

function workload(more: Partial<Workload>): Workload {
  return {
    kind: 'Deployment',
    namespace: 'payments',
    name: 'checkout',
    images: ['checkout:1.9.3'],
    desired: 3,
    ready: 3,
    health: healthy,
    podLabels: { app: 'checkout' },
    pods: [],
    ...more,
  };
}

function object(more: Partial<OtherObject>): OtherObject {
  return {
    kind: 'Service',
    apiVersion: 'v1',
    namespace: 'payments',
    name: 'checkout',
    health: { status: 'Healthy', message: 'Exists' },
    ...more,
  };
}

type Read = Pick<Cluster, 'workloads' | 'objects' | 'gaps' | 'events'>;

function join(parts: Partial<Read>): Read {
  return joinHealth({ workloads: [], objects: [], gaps: [], events: [], ...parts });
}

describe('a workload', () => {
  test('is as well as its pods, and says which rollout broke them', () => {
    const pods = [
      pod('new-1', { ready: 0, health: pulling }),
      pod('new-2', { ready: 0, health: pulling }),
      pod('old', { image: 'checkout:1.9.2' }),
    ];

    const { workloads } = join({
      workloads: [
        workload({
          ready: 1,
          health: { status: 'Progressing', message: '2 of 3 pods updated' },
          pods,
        }),
      ],
    });

    expect(workloads[0]?.health).toEqual({
      status: 'Degraded',
      reason: 'ImagePullBackOff',
      message: '2 of 3 pods cannot pull image checkout:1.9.3: not found, since rollout 1.9.3',
      since: '2026-11-23T13:51:00Z',
    });
  });

  test('does not blame a rollout when pods of the old version fail too', () => {
    const crash = {
      status: 'Degraded',
      reason: 'OOMKilled',
      message: 'Container app ran out of memory (OOMKilled), restarted 4 times',
    } as const;
    const pods = [pod('a', { health: crash, ready: 0 }), pod('b')];

    const { workloads } = join({ workloads: [workload({ desired: 2, ready: 1, pods })] });

    expect(workloads[0]?.health.message).toBe(
      '1 of 2 pods fails: container app ran out of memory (OOMKilled), restarted 4 times',
    );
  });

  test('is well when only evicted pods that were replaced are left', () => {
    const evicted = {
      status: 'Degraded',
      reason: 'Evicted',
      message: 'The node was low on memory',
    } as const;

    const { workloads } = join({
      workloads: [
        workload({
          pods: [pod('a'), pod('b'), pod('c'), pod('old', { ready: 0, health: evicted })],
        }),
      ],
    });

    expect(workloads[0]?.health).toMatchObject({
      status: 'Healthy',
      notes: ['1 evicted pod is left over'],
    });
  });

  test.each([
    [
      {
        status: 'Degraded',
        reason: 'ImagePullBackOff',
        message: 'Cannot pull image checkout:1.9.3',
      },
      { reason: 'Failed', message: 'Failed to pull image: manifest unknown', count: 1 },
      'Its pod cannot pull image checkout:1.9.3: not found',
    ],
    [
      { status: 'Progressing', reason: 'Starting', message: 'Starting' },
      { reason: 'FailedMount', message: 'configmap "settings" not found', count: 9 },
      'Its pod cannot mount a volume: configmap "settings" not found',
    ],
  ] as const)('says what only events tell: %o', (health, event, message) => {
    const events = [
      { ...event, namespace: 'payments', object: 'Pod/a', last: '2026-11-23T14:00:00Z' },
    ];
    const waiting = { status: 'Progressing', message: '0 of 1 pods ready' } as const;

    const { workloads } = join({
      workloads: [
        workload({ desired: 1, ready: 0, health: waiting, pods: [pod('a', { ready: 0, health })] }),
      ],
      events,
    });

    expect(workloads[0]?.health).toMatchObject({ status: 'Degraded', message });
  });

  test('with a schedule fails when its last two runs failed', () => {
    const failed = {
      status: 'Degraded',
      message: 'Failed as often as its backoff limit allows',
    } as const;
    const runs = [
      { name: 'c', health: failed, started: '2026-11-23T12:00:00Z' },
      { name: 'b', health: failed, started: '2026-11-23T11:00:00Z' },
      { name: 'a', health: healthy, started: '2026-11-23T10:00:00Z' },
    ];

    const { workloads } = join({
      workloads: [
        workload({ kind: 'CronJob', runs }),
        workload({ kind: 'CronJob', name: 'once', runs: runs.slice(1) }),
      ],
    });

    expect(workloads.map(({ health }) => [health.status, health.since])).toEqual([
      ['Degraded', '2026-11-23T11:00:00Z'],
      ['Healthy', undefined],
    ]);
  });
});

describe('services and routes', () => {
  const selector = { app: 'checkout' };

  test.each<[string, Partial<OtherObject>, Partial<Workload>, string, string]>([
    [
      'endpoints that answer',
      { selector, endpoints: { ready: 1, notReady: 2 } },
      {},
      'Healthy',
      'Exists',
    ],
    [
      'none ready',
      { selector, endpoints: { ready: 0, notReady: 2 } },
      {},
      'Degraded',
      'None of its 2 endpoints is ready',
    ],
    [
      'a selector of nothing',
      { selector: { app: 'chekout' } },
      {},
      'Degraded',
      'No pod has the labels it selects (app=chekout)',
    ],
    [
      'a workload scaled to zero',
      { selector },
      { desired: 0 },
      'Suspended',
      'Answers from no pod: its workload is scaled to zero',
    ],
    ['no selector', {}, {}, 'Healthy', 'Exists'],
  ])('a service with %s', (_, service, behind, status, message) => {
    const { objects } = join({ workloads: [workload(behind)], objects: [object(service)] });

    expect(objects[0]?.health).toMatchObject({ status, message });
  });

  test('a service whose endpoints may not be read is never green', () => {
    const gaps = [
      {
        kind: 'EndpointSlice',
        status: 'Forbidden' as const,
        detail: 'the account may not read this',
      },
    ];

    expect(join({ objects: [object({ selector })], gaps }).objects[0]?.health.status).toBe(
      'Unknown',
    );
  });

  test.each<[string, object[], string]>([
    [
      'a service that exists',
      [{ service: 'checkout', namespace: 'payments', port: 'http' }],
      'Healthy',
    ],
    ['a missing service', [{ service: 'checkout-v2', namespace: 'payments' }], 'Degraded'],
    ['a missing port', [{ service: 'checkout', namespace: 'payments', port: '8080' }], 'Degraded'],
    ['a service of another namespace', [{ service: 'checkout', namespace: 'search' }], 'Degraded'],
  ])('an ingress to %s', (_, backends, status) => {
    const service = object({ ports: ['80', 'http'] });
    const ingress = object({ kind: 'Ingress', backends: backends as OtherObject['backends'] });

    expect(join({ objects: [service, ingress] }).objects[1]?.health.status).toBe(status);
  });

  test('an autoscaler of a deployment that is gone', () => {
    const scaler = object({ kind: 'HorizontalPodAutoscaler', target: 'Deployment/gone' });

    expect(join({ objects: [scaler] }).objects[0]?.health).toMatchObject({
      status: 'Degraded',
      message: 'What it scales, Deployment/gone, does not exist',
    });
  });
});

test.each([
  ['ghcr.io/acme/checkout:1.9.3', '1.9.3'],
  ['localhost:5000/checkout', undefined],
  ['checkout@sha256:0123456789abcdef0123', '0123456789ab'],
  ['localhost:5000/checkout:2@sha256:0123456789abcdef', '2'],
])('version of %s', (image, version) => {
  expect(versionOf(image)).toBe(version);
});
