import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, test } from 'vitest';

import { deployment } from '../../test/kubernetes/objects.ts';
import { closeAll, collect, server, start } from '../../test/kubernetes/run-collect.ts';
import { authority, otherAuthority } from '../../test/kubernetes/stand-in.ts';
import type { StandInOptions } from '../../test/kubernetes/stand-in.ts';

afterEach(closeAll);

const checkout = deployment('checkout', 'payments');

describe('a cluster', () => {
  test('is read whole, without anything secret, and pods are below their workloads', async () => {
    const { url } = await start({
      objects: [
        ...checkout,
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'payments' } },
      ],
    });

    const { cluster, data, problems } = await collect({ clusters: [server(url)] });

    expect(problems).toEqual([]);
    expect(cluster).toMatchObject({ state: 'fresh', version: 'v1.34.2', gaps: [] });
    expect(
      cluster.workloads.map(({ kind, name, ready, desired, pods }) => ({
        kind,
        name,
        ready,
        desired,
        pods: pods.length,
      })),
    ).toEqual([{ kind: 'Deployment', name: 'checkout', ready: 2, desired: 2, pods: 2 }]);
    expect(JSON.stringify(data)).not.toMatch(/hunter2|secret detail/);
  });

  test('is read page by page over few connections', async () => {
    const standIn = await start({ objects: deployment('checkout', 'payments', { pods: 25 }) });

    const { cluster } = await collect({ clusters: [server(standIn.url)], limits: { page: 10 } });

    expect(cluster.workloads[0]?.pods).toHaveLength(25);
    expect(standIn.requests.filter((each) => each.startsWith('GET /api/v1/pods?'))).toHaveLength(3);
    expect(standIn.connections).toBeLessThanOrEqual(8);
  });

  test('with custom resources judged by their conditions', async () => {
    const database = {
      apiVersion: 'acme.io/v1',
      kind: 'Database',
      metadata: { name: 'ledger', namespace: 'payments' },
      status: {
        conditions: [
          { type: 'Ready', status: 'False', reason: 'DiskFull', message: 'no space left' },
        ],
      },
    };
    const { url } = await start({ objects: [database] });

    const { cluster } = await collect({
      clusters: [server(url)],
      customResources: ['databases.acme.io'],
    });

    expect(cluster.objects).toMatchObject([
      {
        kind: 'Database',
        name: 'ledger',
        health: { status: 'Degraded', message: 'no space left', rule: 'conditions' },
      },
    ]);
  });

  test('with usage where there is a metrics server, and no gap where there is none', async () => {
    const usage = {
      apiVersion: 'metrics.k8s.io/v1beta1',
      kind: 'PodMetrics',
      metadata: { name: 'checkout-5dcdc575dc-0', namespace: 'payments' },
      containers: [{ name: 'app', usage: { cpu: '12345678n', memory: '64Mi' } }],
    };
    const { url } = await start({ objects: [...checkout, usage] });

    const { cluster } = await collect({ clusters: [server(url)] });

    expect(cluster.workloads[0]?.pods.map((pod) => pod.usage)).toEqual([
      { cpu: 12, memory: 67_108_864 },
      undefined,
    ]);
    expect(cluster.gaps).toEqual([]);
  });
});

describe('rights', () => {
  test('in one namespace are enough: what is closed is a fact', async () => {
    const { url } = await start({
      objects: [...checkout, ...deployment('search', 'catalog')],
      tokens: { reader: { namespaces: ['payments'] } },
    });
    const entity = {
      ref: 'component:default/checkout',
      entity: {
        kind: 'Component',
        metadata: {
          name: 'checkout',
          annotations: { 'backstage.io/kubernetes-namespace': 'payments,catalog' },
        },
      },
    };

    const { cluster, problems } = await collect(
      { clusters: [server(url)] },
      { entities: [entity] },
    );

    expect(cluster.workloads.map((each) => each.name)).toEqual(['checkout']);
    expect(cluster.namespaces).toEqual(['payments']);
    expect(cluster.gaps).toContainEqual({
      kind: 'Pod',
      namespace: 'catalog',
      status: 'Forbidden',
      detail: 'the account may not read this',
    });
    expect(cluster.gaps).toContainEqual({
      kind: 'Node',
      status: 'Forbidden',
      detail: 'the account may not read this',
    });
    expect(problems.map((problem) => problem.code)).toEqual(['kubernetes/no-access']);
  });

  test('without ReplicaSets still tell the deployment of a pod', async () => {
    const { url } = await start({
      objects: checkout,
      tokens: { reader: { plurals: ['pods', 'deployments'] } },
    });

    const { cluster } = await collect({ clusters: [server(url)] });

    expect(cluster.workloads.map(({ kind, name, pods }) => [kind, name, pods.length])).toEqual([
      ['Deployment', 'checkout', 2],
    ]);
    expect(
      cluster.gaps.some((gap) => gap.kind === 'ReplicaSet' && gap.status === 'Forbidden'),
    ).toBe(true);
  });

  test('configured namespaces are the only ones asked for', async () => {
    const standIn = await start({ objects: checkout });

    await collect({ clusters: [server(standIn.url, { namespaces: ['payments'] })] });

    expect(standIn.requests.filter((each) => each.startsWith('GET /api/v1/pods'))).toEqual([]);
  });
});

describe('faults', () => {
  test.each<[string, StandInOptions['fault'], string]>([
    ['an expired token', () => ({ status: 401 }), 'the credentials are not accepted'],
    [
      'a server that answers something else',
      () => ({ status: 200, body: '<html>' }),
      'the answer is not JSON',
    ],
    ['a server that is down for good', () => ({ status: 503 }), 'the API server answered 503'],
  ])('%s fails the cluster with a reason', async (_, fault, message) => {
    const { url } = await start(fault ? { fault } : {});

    const { cluster, sources } = await collect({ clusters: [server(url)], limits: { cluster: 8 } });

    expect(cluster).toMatchObject({ state: 'failed', error: { message } });
    expect(sources).toMatchObject([{ id: 'kubernetes:prod', state: 'failed' }]);
  });

  test('a wrong certificate authority', async () => {
    const { url } = await start({});
    process.env['TEST_OTHER_CA'] = otherAuthority;

    const { cluster } = await collect({ clusters: [server(url, { caVariable: 'TEST_OTHER_CA' })] });

    expect(cluster.error?.reason).toBe('CertificateNotTrusted');
  });

  test.each([
    ['a name that does not exist', 'https://callboard-no-such-host.invalid:6443', 'NameNotFound'],
    ['a port nobody listens on', 'https://127.0.0.1:9', 'Refused'],
  ])('%s', async (_, url, reason) => {
    const { cluster } = await collect({ clusters: [server(url)], limits: { cluster: 5 } });

    expect(cluster.error?.reason).toBe(reason);
  });

  test('a server that never answers costs no more than the deadline', async () => {
    const { url } = await start({ fault: () => ({ hang: true }) });
    const started = performance.now();

    const { cluster } = await collect({
      clusters: [server(url)],
      limits: { request: 0.5, cluster: 2 },
    });

    expect(cluster.error?.reason).toBe('Timeout');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('an exec plugin that is not installed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'callboard-'));
    const file = path.join(folder, 'config');
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'callboard-no-such-plugin',
      interactiveMode: 'Never',
    };
    await writeFile(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:9' } }],
        users: [{ name: 'u', user: { exec } }],
        contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }],
      }),
    );

    const { cluster } = await collect({
      clusters: [{ type: 'kubeconfig', name: 'prod', file }],
      limits: { cluster: 5 },
    });

    expect(cluster.error).toMatchObject({
      reason: 'CredentialPlugin',
      message: 'what gives the credentials is not installed or a file it needs is missing',
    });
  });

  test('a label selector nobody can read is reported where it stands', async () => {
    const annotations = { 'backstage.io/kubernetes-label-selector': 'app in checkout' };
    const entity = {
      ref: 'component:default/checkout',
      entity: { kind: 'Component', metadata: { name: 'checkout', annotations } },
      origin: { repository: 'acme/checkout', file: 'catalog-info.yaml', line: 3 },
    };

    const { problems } = await collect({}, { entities: [entity] });

    expect(problems).toMatchObject([
      {
        code: 'kubernetes/selector',
        message:
          'The annotation backstage.io/kubernetes-label-selector is `app in checkout`, expected a label selector such as `app=checkout`.',
        at: { repository: 'acme/checkout', file: 'catalog-info.yaml', line: 3 },
      },
    ]);
  });

  test('a token that is not set', async () => {
    const { cluster } = await collect({
      clusters: [server('https://127.0.0.1:9', { tokenVariable: 'NO_SUCH_TOKEN' })],
    });

    expect(cluster.error?.message).toBe('the environment has no NO_SUCH_TOKEN');
  });

  test.each<[string, NonNullable<StandInOptions['fault']>]>([
    [
      '429 with retry-after',
      once('/api/v1/pods', { status: 429, headers: { 'retry-after': '1' } }),
    ],
    ['a connection lost in the middle of a page', once('/api/v1/pods', { cut: true })],
    ['a server that restarts between two pages', once('/api/v1/pods', { reset: true })],
    ['410 without a token: start over', once('/api/v1/pods', { status: 410 }, 'continue')],
    [
      '410 with a token: go on',
      once(
        '/api/v1/pods',
        {
          status: 410,
          body: JSON.stringify({ metadata: { continue: Buffer.from('10').toString('base64url') } }),
        },
        'continue',
      ),
    ],
  ])('%s passes', async (_, fault) => {
    const { url } = await start({
      objects: deployment('checkout', 'payments', { pods: 25 }),
      fault,
    });

    const { cluster } = await collect({ clusters: [server(url)], limits: { page: 10 } });

    expect(cluster.gaps).toEqual([]);
    expect(cluster.workloads[0]?.pods).toHaveLength(25);
  });

  test('one slow kind is one gap', async () => {
    const { url } = await start({
      objects: checkout,
      fault: ({ path }) => (path.endsWith('/services') ? { hang: true } : undefined),
    });

    const { cluster } = await collect({ clusters: [server(url)], limits: { request: 0.5 } });

    expect(cluster.gaps).toEqual([
      { kind: 'Service', status: 'Unreachable', detail: 'no answer in time' },
    ]);
    expect(cluster.workloads).toHaveLength(1);
  });

  test('a dead cluster keeps its last state beside one that lives', async () => {
    const standIn = await start({ objects: checkout });
    const { data: previous } = await collect({ clusters: [server(standIn.url)] });
    await standIn.close();
    const other = await start({ objects: deployment('search', 'catalog') });

    const { data, sources } = await collect(
      { clusters: [server(standIn.url), server(other.url, { name: 'other' })] },
      { previous },
    );

    expect(data.clusters).toMatchObject([
      { name: 'other', state: 'fresh' },
      {
        name: 'prod',
        state: 'failed',
        asOf: previous.clusters[0]?.asOf,
        workloads: [{ name: 'checkout' }],
      },
    ]);
    expect(sources.map((source) => source.state)).toEqual(['fresh', 'stale']);
  });

  test('clocks that differ are reported, and ages follow the server', async () => {
    const { url } = await start({ clockOff: -600 });

    const { cluster, problems } = await collect({ clusters: [server(url)] });

    expect(cluster.clockSkew).toBeGreaterThan(590);
    expect(problems.map((problem) => problem.code)).toEqual(['kubernetes/clock-skew']);
  });

  test('names and messages in any script are kept, control characters are not', async () => {
    const podStatus = {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Speicher voll \u202E\u0007 メモリ不足',
    };
    const { url } = await start({
      objects: deployment('checkout', 'payments', { pods: 1, podStatus }),
    });

    const { cluster } = await collect({ clusters: [server(url)] });

    expect(cluster.workloads[0]?.pods[0]?.health?.message).toBe('Speicher voll   メモリ不足');
  });
});

describe('clusters of the catalog', () => {
  function entity(annotations: object): object {
    return {
      ref: 'resource:default/prod-eu',
      entity: {
        kind: 'Resource',
        metadata: { name: 'prod-eu', annotations },
        spec: { type: 'kubernetes-cluster' },
      },
    };
  }

  test('are read with the token of the environment, only where the host is allowed', async () => {
    const { url } = await start({ objects: checkout });
    process.env['KUBERNETES_TOKEN_PROD_EU'] = 'reader';
    const described = entity({
      'kubernetes.io/api-server': url,
      'kubernetes.io/api-server-certificate-authority': Buffer.from(authority).toString('base64'),
    });

    const allowed = await collect(
      { catalogClusters: { hosts: ['127.0.0.1'] } },
      { entities: [described] },
    );
    const refused = await collect(
      { catalogClusters: { hosts: ['*.acme.example'] } },
      { entities: [described] },
    );

    expect(allowed.cluster).toMatchObject({
      name: 'prod-eu',
      entity: 'resource:default/prod-eu',
      state: 'fresh',
    });
    expect(refused.data.clusters).toEqual([]);
    expect(refused.problems[0]?.message).toMatch(/is not among the allowed ones/);
  });
});

function once(
  path: string,
  fault: object,
  parameter?: string,
): NonNullable<StandInOptions['fault']> {
  let isDone = false;
  return (request) => {
    const fits =
      request.path === path && (parameter === undefined || request.query.get(parameter) !== null);
    if (isDone || !fits) return undefined;
    isDone = true;
    return fault;
  };
}
