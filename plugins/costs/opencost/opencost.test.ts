import { afterEach, expect, test } from 'vitest';

import {
  startOpenCost,
  type Fault,
  type StandIn,
  type Workload,
} from '../../../test/opencost/server.ts';
import type { CollectedEntity } from '../../catalog/index.ts';
import { indexEntities } from '../attribution/entity-index.ts';
import { rightSize } from '../figures/right-size.ts';
import { sum } from '../money.ts';
import { CostOptions } from '../options.ts';
import type { CostSnapshot, Series } from '../schema.ts';
import { decodeSeries, encodeSeries } from '../series.ts';
import { collectCluster } from './collect-cluster.ts';
import { splitClusters } from './split.ts';

const gibibyte = 1024 ** 3;
const workloads: Workload[] = [
  {
    namespace: 'shop',
    controller: 'checkout',
    labels: { backstage_io_kubernetes_id: 'checkout' },
    cost: 30,
    cpu: { requested: 4, used: 3 },
    memory: { requested: 8 * gibibyte, used: 6 * gibibyte },
  },
  {
    namespace: 'shop',
    controller: 'ledger',
    labels: { app_kubernetes_io_name: 'ledger' },
    cost: 10,
    cpu: { requested: 4, used: 0.5 },
    memory: { requested: 8 * gibibyte, used: 1 * gibibyte },
  },
  {
    namespace: 'kube-system',
    controller: 'coredns',
    cost: 5,
    cpu: { requested: 1, used: 0.2 },
    memory: { requested: gibibyte, used: gibibyte / 4 },
    ran: 0.5,
  },
];
const index = indexEntities(
  [
    entity('checkout', {
      'backstage.io/kubernetes-id': 'checkout',
      'backstage.io/kubernetes-namespace': 'shop',
    }),
    entity('ledger', {}),
  ],
  [],
);

let standIn: StandIn | undefined;
afterEach(() => standIn?.close());

test('asks day by day, ties workloads as the kubernetes plugin does, and says what fitting requests would save', async () => {
  const { collected } = await collect();

  expect(standIn!.requests[0]).toBe(
    '/allocation?window=2026-03-08T00%3A00%3A00Z%2C2026-03-09T00%3A00%3A00Z&step=1d&aggregate=namespace%2CcontrollerKind%2Ccontroller&includeAggregatedMetadata=true&includeIdle=true&idle=true',
  );
  expect(collected.ratios).toHaveLength(3);
  expect(collected.ratios[0]).toEqual({
    cluster: 'prod',
    day: '2026-03-08',
    shares: [
      ['direct', 'component:default/checkout', 300_000],
      ['direct', 'component:default/ledger', 100_000],
      ['idle', '', 200_000],
      ['unallocated', '', 50_000],
    ],
  });
  const ledger = collected.efficiency.find((so) => so.entity.endsWith('ledger'))!;
  expect(rightSize(ledger)).toMatchObject({
    cpu: 0.125,
    memory: 0.125,
    cpuEnough: 0.6,
    saving: 2_584_000,
  });
});

test.each<[string, (request: number, day: string) => Fault, string[], number]>([
  ['a busy answer is asked again', (request) => (request === 0 ? 'busy' : 'fine'), [], 3],
  ['null for NaN', () => 'nan', [], 3],
  ['a day without data', (_, day) => (day === '2026-03-09' ? 'empty' : 'fine'), [], 2],
  [
    'one broken day',
    (_, day) => (day === '2026-03-09' ? 'broken' : 'fine'),
    [
      'OpenCost of prod answered 503; 2 of 3 days were read, the others keep what earlier runs read',
    ],
    2,
  ],
  [
    'forbidden',
    () => 'refused',
    [
      'OpenCost of prod answered 403; 0 of 3 days were read, the others keep what earlier runs read',
    ],
    0,
  ],
  [
    'a sign-in page',
    () => 'html',
    [
      'OpenCost of prod answered something that is not JSON ("<html>Sign in</html>"); 0 of 3 days were read, the others keep what earlier runs read',
    ],
    0,
  ],
  [
    'another shape',
    () => 'shape',
    [
      'OpenCost of prod answered in another shape: data.0.a.name invalid input: expected string, received number; 0 of 3 days were read, the others keep what earlier runs read',
    ],
    0,
  ],
  [
    'silence',
    () => 'silent',
    [
      'OpenCost of prod gave no answer within 1 s; 0 of 3 days were read, the others keep what earlier runs read',
    ],
    0,
  ],
])('%s', async (_, faultOf, messages, days) => {
  const { collected, problems } = await collect(faultOf);

  expect(problems).toEqual(messages);
  expect(collected.ratios).toHaveLength(days);
});

test('the bill’s money is split by the ratios, to the last unit, and none is added', () => {
  const row: Series = {
    bill: 'aws',
    currency: 'EUR',
    bucket: 'shared',
    target: 'cluster:prod',
    provider: 'AWS',
    service: 'EC2',
    account: '1',
    rule: 'cluster prod',
    isTagged: true,
    lines: 40,
    effective: encodeSeries(Array.from({ length: 40 }, () => 1_000_001)),
    billed: encodeSeries([0, 40_000_003]),
  };
  const ratios: CostSnapshot['ratios'] = [
    {
      cluster: 'prod',
      day: '2026-02-10',
      shares: [
        ['direct', 'component:default/checkout', 2],
        ['idle', '', 1],
      ],
    },
    { cluster: 'prod', day: '2026-02-14', shares: [['direct', 'component:default/ledger', 1]] },
  ];

  const split = splitClusters([row], ratios, { start: '2026-02-01', days: 40 });

  const perDay = Array.from({ length: 40 }, (_, day) =>
    sum(split.map(({ effective }) => decodeSeries(effective, 40)[day]!)),
  );
  expect(perDay).toEqual(Array.from({ length: 40 }, () => 1_000_001));
  expect(sum(split.flatMap(({ billed }) => [...decodeSeries(billed, 2)]))).toBe(40_000_003);
  expect(
    split.map(({ bucket, target, rule, effective }) => [
      bucket,
      target,
      rule,
      sum(decodeSeries(effective, 40)),
    ]),
  ).toEqual([
    ['unallocated', '', 'cluster prod, no ratios', 21_000_021],
    ['direct', 'component:default/checkout', 'opencost prod', 6_666_670],
    ['idle', '', 'opencost prod', 3_333_340],
    ['direct', 'component:default/ledger', 'opencost prod', 9_000_009],
  ]);
});

async function collect(faultOf?: (request: number, day: string) => Fault) {
  standIn = await startOpenCost(workloads, 20, faultOf);
  const options = CostOptions.parse({
    openCost: [{ id: 'prod', url: standIn.url, days: 3, timeoutSeconds: 1 }],
  });
  const problems: string[] = [];
  const collected = await collectCluster(
    options.openCost[0]!,
    '2026-03-11',
    index,
    '/',
    ({ message }) => void problems.push(message),
    new AbortController().signal,
  );
  return { collected, problems };
}

function entity(name: string, annotations: Record<string, string>): CollectedEntity {
  return {
    ref: `component:default/${name}`,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default', annotations },
    },
    origin: { source: 'local', repository: 'shop', file: 'catalog-info.yaml', line: 1, column: 1 },
    raw: '',
  };
}
