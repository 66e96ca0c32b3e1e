import { afterEach, describe, expect, test } from 'vitest';

import { deployment } from '../../../test/kubernetes/objects.ts';
import { closeAll, collect, server, start } from '../../../test/kubernetes/run-collect.ts';
import type { StandInObject } from '../../../test/kubernetes/stand-in.ts';

afterEach(closeAll);

function custom(apiVersion: string, kind: string, more: object = {}): StandInObject {
  return { apiVersion, kind, metadata: { name: 'ledger', namespace: 'payments' }, ...more };
}

const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };

describe.each([true, false])('discovery, all in one answer: %s', (isAggregated) => {
  test('finds a kind in the version that has it, and `*` leaves out what every server has', async () => {
    const objects = [
      custom('acme.io/v1', 'Database', ready),
      custom('acme.io/v1beta1', 'Backup', ready),
      custom('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', ready),
      custom('events.k8s.io/v1', 'Event'),
    ];
    const standIn = await start({ objects, isAggregated });

    const { cluster } = await collect({
      clusters: [server(standIn.url)],
      customResources: ['*'],
    });

    expect(cluster.gaps).toEqual([]);
    expect(cluster.objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'acme.io/v1beta1 Backup',
      'acme.io/v1 Database',
      'snapshot.storage.k8s.io/v1 VolumeSnapshot',
    ]);
    const asked = standIn.requests.filter((each) => /^GET \/apis(\/acme.io\/v1)?$/.test(each));
    expect(asked).toHaveLength(isAggregated ? 1 : 2);
  });

  test('says which API does not answer, and reads the others', async () => {
    const objects = [custom('acme.io/v1', 'Database', ready), custom('down.io/v1', 'Queue')];
    const { url } = await start({ objects, isAggregated, down: ['down.io/v1'] });

    const { cluster } = await collect({
      clusters: [server(url)],
      customResources: ['databases.acme.io', 'queues.down.io'],
    });

    expect(cluster.gaps).toEqual([
      {
        kind: 'Everything in down.io/v1',
        status: 'Unreachable',
        detail: 'the server of this API does not answer',
      },
    ]);
    expect(cluster.objects).toMatchObject([{ kind: 'Database' }]);
  });
});

test('a plural may have a hyphen', async () => {
  const { url } = await start({
    objects: [],
    served: [{ apiVersion: 'k3s.cattle.io/v1', kind: 'Snapshot', plural: 'etcd-snapshots' }],
  });

  const { cluster } = await collect({
    clusters: [server(url)],
    customResources: ['etcd-snapshots.k3s.cattle.io'],
  });

  expect(cluster.gaps).toEqual([]);
});

test('discovery that fails is a gap, not a dead cluster', async () => {
  const { url } = await start({
    objects: deployment('checkout', 'payments'),
    fault: ({ path }) => (path === '/apis' ? { status: 403 } : undefined),
  });

  const { cluster } = await collect({ clusters: [server(url)] });

  expect(cluster.gaps).toMatchObject([{ kind: 'Custom resources', status: 'Forbidden' }]);
  expect(cluster.workloads).toHaveLength(1);
});

test('a Service or Job of somebody else is a custom resource', async () => {
  const objects = [
    custom('serving.knative.dev/v1', 'Service', ready),
    custom('batch.volcano.sh/v1alpha1', 'Job', ready),
    custom('v1', 'Service', { spec: { selector: { app: 'ledger' }, ports: [{ port: 80 }] } }),
  ];
  const { url } = await start({ objects });

  const { cluster } = await collect({ clusters: [server(url)], customResources: ['*'] });

  expect(cluster.workloads).toEqual([]);
  expect(
    cluster.objects.map(({ apiVersion, kind, health }) => [apiVersion, kind, health.status]),
  ).toEqual([
    ['batch.volcano.sh/v1alpha1', 'Job', 'Healthy'],
    ['serving.knative.dev/v1', 'Service', 'Progressing'],
    ['v1', 'Service', 'Degraded'],
  ]);
});

test('an older server gives what it has of a kind', async () => {
  const { url } = await start({
    objects: [
      custom('policy/v1beta1', 'PodDisruptionBudget', {
        spec: { selector: { matchLabels: { app: 'ledger' } } },
      }),
    ],
    missing: ['policy/v1/poddisruptionbudgets'],
  });

  const { cluster } = await collect({ clusters: [server(url)] });

  expect(cluster.objects).toMatchObject([{ kind: 'PodDisruptionBudget', name: 'ledger' }]);
});

describe('pods', () => {
  function podOf(owner: object | undefined): StandInObject[] {
    const [, , pod] = deployment('ledger', 'payments', { pods: 1 });
    return [
      {
        ...pod!,
        metadata: { ...pod!.metadata, ownerReferences: owner === undefined ? [] : [owner] },
      },
    ];
  }

  test('of a node are workloads of their own, not of the node', async () => {
    const owner = { apiVersion: 'v1', kind: 'Node', name: 'node-a', uid: 'n', controller: true };
    const { url } = await start({ objects: podOf(owner) });

    const { cluster } = await collect({ clusters: [server(url)] });

    expect(cluster.workloads).toMatchObject([{ kind: 'Pod', health: { status: 'Healthy' } }]);
  });

  test.each<[string, string[], string]>([
    ['are as well as it says, where it is read', ['databases.acme.io'], 'Healthy'],
    ['are unknown, where it is not', [], 'Unknown'],
  ])('of a custom resource %s', async (_, customResources, status) => {
    const database = custom('acme.io/v1', 'Database', ready);
    const owner = {
      apiVersion: 'acme.io/v1',
      kind: 'Database',
      name: 'ledger',
      uid: 'd',
      controller: true,
    };
    const { url } = await start({
      objects: [{ ...database, metadata: { ...database.metadata, uid: 'd' } }, ...podOf(owner)],
    });

    const { cluster } = await collect({ clusters: [server(url)], customResources });

    expect(cluster.workloads).toMatchObject([{ kind: 'Database', health: { status } }]);
  });
});
