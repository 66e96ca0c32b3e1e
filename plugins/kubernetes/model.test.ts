import { describe, expect, test } from 'vitest';

import type { Catalog, CatalogEntity } from '../catalog/index.ts';
import { apiFiles, badgeFiles, pathOf } from './api.ts';
import { sizingHints } from './model/hints.ts';
import { dashboardLink, kubectlFor } from './model/links.ts';
import { parseSelector } from './model/selector.ts';
import buildKubernetes from './model.ts';
import type { Kubernetes } from './model.ts';
import { KubernetesOptions } from './options.ts';
import type { Cluster, Workload } from './schema.ts';

const asOf = '2026-11-23T14:05:00.000Z';

function workload(name: string, more: Partial<Workload> = {}): Workload {
  return {
    kind: 'Deployment',
    namespace: 'payments',
    name,
    images: [`ghcr.io/acme/${name}:1.4.2`],
    desired: 2,
    ready: 2,
    health: { status: 'Healthy', message: '2 of 2 pods ready' },
    pods: [],
    ...more,
  };
}

function cluster(name: string, workloads: Workload[], more: Partial<Cluster> = {}): Cluster {
  return {
    name,
    state: 'fresh',
    asOf,
    gaps: [],
    nodes: [],
    workloads,
    objects: [],
    events: [],
    ...more,
  };
}

function entity(
  name: string,
  annotations: Record<string, string> = {},
  owner = 'group:default/payments',
): CatalogEntity {
  const described = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
  };
  return {
    ref: `component:default/${name}`,
    entity: described,
    title: name,
    path: `/catalog/default/component/${name}/`,
    owner,
  } as unknown as CatalogEntity;
}

function build(clusters: Cluster[], entities: CatalogEntity[], options: object = {}): Kubernetes {
  const catalog = {
    entities,
    get: (ref: string) => entities.find((each) => each.ref === ref),
    ofKind: () => entities,
    related: () => [],
    ownedBy: (ref: string) => entities.filter((each) => each.owner === ref),
  } as unknown as Catalog;
  return buildKubernetes({
    options: KubernetesOptions.parse(options),
    data: { clusters },
    sources: [],
    model: <T>() => catalog as T,
    problems: [],
    folder: '/nowhere/kubernetes',
    cache: '',
    href: (path) => path,
  });
}

function rowsOf(model: Kubernetes, name: string): string[] | undefined {
  return model
    .ofEntity(`component:default/${name}`)
    ?.rows.map((row) => `${row.cluster.name}/${row.workload.name}`);
}

describe('ties', () => {
  const id = { labels: { 'backstage.io/kubernetes-id': 'checkout' } };

  test.each<[string, Record<string, string>, string[] | undefined]>([
    ['its id', { 'backstage.io/kubernetes-id': 'checkout' }, ['eu/api', 'us/api']],
    [
      'a selector, which wins over the id',
      {
        'backstage.io/kubernetes-id': 'checkout',
        'backstage.io/kubernetes-label-selector': 'tier in (db, cache),!legacy',
      },
      ['eu/store'],
    ],
    [
      'one of several namespaces',
      {
        'backstage.io/kubernetes-id': 'checkout',
        'backstage.io/kubernetes-namespace': 'other, payments',
      },
      ['eu/api', 'us/api'],
    ],
    [
      'a namespace where it is not',
      { 'backstage.io/kubernetes-id': 'checkout', 'backstage.io/kubernetes-namespace': 'other' },
      [],
    ],
    [
      'one of its clusters',
      { 'backstage.io/kubernetes-id': 'checkout', 'backstage.io/kubernetes-cluster': 'us,asia' },
      ['us/api'],
    ],
    ['no annotation, by a standard label', {}, ['eu/named']],
  ])('by %s', (_, annotations, expected) => {
    const eu = cluster('eu', [
      workload('api', id),
      workload('store', { labels: { tier: 'db' } }),
      workload('named', { podLabels: { 'app.kubernetes.io/name': 'checkout' } }),
    ]);
    const us = cluster('us', [workload('api', id)]);

    const found = rowsOf(build([eu, us], [entity('checkout', annotations)]), 'checkout');

    expect(
      found?.filter((row) =>
        Object.keys(annotations).length === 0 ? row === 'eu/named' : row !== 'eu/named',
      ),
    ).toEqual(expected);
  });

  test('bring the objects of a workload along', () => {
    const service = {
      kind: 'Service',
      apiVersion: 'v1',
      namespace: 'payments',
      name: 'api',
      selector: { app: 'api' },
      health: { status: 'Healthy' as const, message: 'Exists' },
    };
    const ingress = {
      kind: 'Ingress',
      apiVersion: 'networking.k8s.io/v1',
      namespace: 'payments',
      name: 'api',
      backends: [{ service: 'api', namespace: 'payments' }],
      health: { status: 'Degraded' as const, message: 'Its service api has no port 81' },
    };
    const eu = cluster('eu', [workload('api', { ...id, podLabels: { app: 'api' } })], {
      objects: [ingress, service],
    });

    const view = build(
      [eu],
      [entity('checkout', { 'backstage.io/kubernetes-id': 'checkout' })],
    ).ofEntity('component:default/checkout');

    expect(view?.objects.map((row) => row.object.kind).sort()).toEqual(['Ingress', 'Service']);
    expect(view?.health).toMatchObject({
      status: 'Degraded',
      message: 'Ingress api in eu: its service api has no port 81',
    });
  });

  test('leave nobody’s workloads in a list, with a guess', () => {
    const eu = cluster('eu', [workload('checkout-worker'), workload('mystery')]);

    expect(build([eu], [entity('checkout')]).unownedIn('eu')).toMatchObject([
      {
        namespace: 'payments',
        workloads: [
          { workload: { name: 'checkout-worker' }, suggestion: 'component:default/checkout' },
          { suggestion: undefined },
        ],
      },
    ]);
  });
});

describe('an entity is never green', () => {
  const asking = entity('checkout', { 'backstage.io/kubernetes-id': 'checkout' });
  const own = workload('api', { labels: { 'backstage.io/kubernetes-id': 'checkout' } });

  test.each<[string, Cluster[], string]>([
    ['when nothing belongs to it', [cluster('eu', [])], 'Missing'],
    [
      'when a cluster never answered',
      [
        cluster('eu', [own]),
        cluster('us', [], {
          state: 'failed',
          error: { reason: 'Timeout', message: 'no answer in time', hint: '' },
        }),
      ],
      'Unreachable',
    ],
    ['when a cluster keeps its last state', [cluster('eu', [own], { state: 'failed' })], 'Stale'],
    [
      'when a reading is too old',
      [cluster('eu', [own], { asOf: '2026-11-20T00:00:00.000Z' }), cluster('us', [])],
      'Stale',
    ],
    [
      'when pods may not be read',
      [
        cluster('eu', [own], {
          gaps: [{ kind: 'Pod', status: 'Forbidden', detail: 'the account may not read this' }],
        }),
      ],
      'Forbidden',
    ],
    [
      'when one of its workloads is broken',
      [
        cluster('eu', [
          own,
          { ...own, name: 'worker', health: { status: 'Degraded', message: 'Its pod fails' } },
        ]),
      ],
      'Degraded',
    ],
    ['unless all of it is', [cluster('eu', [own])], 'Healthy'],
  ])('%s', (_, clusters, status) => {
    expect(build(clusters, [asking]).ofEntity('component:default/checkout')?.health.status).toBe(
      status,
    );
  });

  test('and shows versions that differ between clusters', () => {
    const model = build(
      [cluster('eu', [own]), cluster('us', [{ ...own, images: ['ghcr.io/acme/api:1.4.1'] }])],
      [asking],
    );

    expect(
      model
        .ofEntity('component:default/checkout')
        ?.rows.map((row) => [row.version, row.isDrifting]),
    ).toEqual([
      ['1.4.2', true],
      ['1.4.1', true],
    ]);
  });

  test('and its team knows', () => {
    const broken = { ...own, health: { status: 'Degraded' as const, message: 'Its pod fails' } };

    expect(
      build([cluster('eu', [broken])], [asking]).ofTeam('group:default/payments'),
    ).toMatchObject({ total: 1, counts: { Degraded: 1 } });
  });
});

test.each<[string, Record<string, string>, boolean | undefined]>([
  ['app=checkout', { app: 'checkout' }, true],
  ['app==checkout,tier!=db', { app: 'checkout', tier: 'db' }, false],
  ['tier notin (db)', {}, true],
  ['!legacy', { legacy: '1' }, false],
  ['app.kubernetes.io/name', { 'app.kubernetes.io/name': 'x' }, true],
  ['app = checkout', { app: 'checkout' }, true],
  ['app in checkout', {}, undefined],
  ['', {}, undefined],
])('selector %s', (text, labels, expected) => {
  expect(parseSelector(text)?.(labels)).toBe(expected);
});

const target = { kind: 'Deployment', namespace: 'payments', name: 'checkout' };

test.each([
  [
    'standard',
    'https://d.example/',
    {},
    'https://d.example/#/deployment/payments/checkout?namespace=payments',
  ],
  [
    'rancher',
    'https://d.example',
    {},
    'https://d.example/explorer/apps.deployment/payments/checkout',
  ],
  ['openshift', 'https://d.example', {}, 'https://d.example/k8s/ns/payments/deployments/checkout'],
  [
    'headlamp',
    'https://d.example/c/eu',
    {},
    'https://d.example/c/eu/deployments/payments/checkout',
  ],
  [
    'gke',
    undefined,
    { projectId: 'p', region: 'europe-west1', clusterName: 'eu' },
    'https://console.cloud.google.com/kubernetes/deployment/europe-west1/eu/payments/checkout/overview?project=p',
  ],
  [
    'eks',
    undefined,
    { region: 'eu-west-1', clusterName: 'eu' },
    'https://eu-west-1.console.aws.amazon.com/eks/home?region=eu-west-1#/clusters/eu/deployments/checkout?namespace=payments',
  ],
  ['gke', undefined, {}, undefined],
])('%s links', (app, url, parameters, expected) => {
  expect(dashboardLink({ app, ...(url ? { url } : {}), parameters }, target)).toBe(expected);
});

test('the command to run next fits the reason, and names are safe in a shell', () => {
  expect(kubectlFor({ name: 'eu' }, target, 'CrashLoopBackOff', 'checkout-1')).toBe(
    'kubectl --context eu -n payments logs checkout-1 --previous --all-containers --tail=50',
  );
  expect(kubectlFor({ name: 'eu' }, target, 'CreateContainerConfigError', 'checkout-1')).toBe(
    'kubectl --context eu -n payments describe pod checkout-1',
  );
  expect(kubectlFor({ name: 'eu', context: "a'; rm -rf /" }, target, 'RollingOut')).toBe(
    String.raw`kubectl --context 'a'\''; rm -rf /' -n payments rollout status deployment/checkout`,
  );
});

test.each<[string, Partial<Workload>, string[]]>([
  [
    'asks for far too much',
    { requests: { cpu: 1000, memory: 2 ** 30 }, pods: [used(60, 2 ** 28)] },
    [
      'Requests 1 CPU a pod and uses at most 60m: 80m would do',
      'Requests 1Gi memory a pod and uses at most 256Mi: 336Mi would do',
    ],
  ],
  [
    'is about to be ended',
    { requests: { memory: 2 ** 28 }, limits: { memory: 2 ** 29 }, pods: [used(1, 2 ** 29 * 0.95)] },
    ['Uses 486Mi of at most 512Mi memory a pod: raise the limit'],
  ],
  ['fits', { requests: { cpu: 100, memory: 2 ** 28 }, pods: [used(60, 2 ** 27)] }, []],
  ['has no usage', { requests: { cpu: 100, memory: 2 ** 28 } }, []],
])('a workload that %s', (_, more, hints) => {
  expect(sizingHints(workload('checkout', more))).toEqual(hints);
});

function used(cpu: number, memory: number): Workload['pods'][number] {
  return {
    name: 'a',
    status: 'Running',
    ready: 1,
    containers: 1,
    restarts: 0,
    usage: { cpu, memory },
  };
}

test('the API and the badges have one file per entity', () => {
  const model = build(
    [cluster('eu', [workload('api', { labels: { 'backstage.io/kubernetes-id': 'checkout' } })])],
    [entity('checkout', { 'backstage.io/kubernetes-id': 'checkout' })],
  );

  expect(
    [...apiFiles(model, { entityLink: () => undefined, model: () => undefined })].map(
      (file) => file.path,
    ),
  ).toEqual(['clusters.json', 'entities/component/default/checkout.json', 'entities.json']);
  expect([...badgeFiles(model)]).toMatchObject([
    {
      path: 'badges/component/default/checkout.svg',
      body: expect.stringMatching(/status: healthy/) as string,
    },
  ]);
  expect(pathOf('component:../x')).toBe('component/-/x');
});
