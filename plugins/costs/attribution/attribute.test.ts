import { expect, test } from 'vitest';

import type { CollectedEntity } from '../../catalog/index.ts';
import { CostOptions } from '../options.ts';
import { attribute, type Chain } from './attribute.ts';
import { indexEntities } from './entity-index.ts';
import { normaliseTagKey, parseTags, type LineKey } from './line.ts';
import { matches } from './patterns.ts';

test.each([
  ['user:App', 'app'],
  ['resourceTags/user:app', 'app'],
  ['label_app', 'app'],
  ['app.kubernetes.io/name', 'app-kubernetes-io-name'],
  ['app_kubernetes_io_name', 'app-kubernetes-io-name'],
  ['aws:eks:namespace', 'aws-eks-namespace'],
  [' Cost Center ', 'cost-center'],
])('tag key %s is %s', (key, normalised) => {
  expect(normaliseTagKey(key)).toBe(normalised);
});

test.each([
  [
    '{"user:App": "shop", "tier": 1, "spot": true, "none": null}',
    { app: 'shop', tier: '1', spot: 'true' },
  ],
  ['[{"key": "app", "value": "shop"}]', { app: 'shop' }],
  ['{"app": "first", "App": "second"}', { app: 'first' }],
  ['{"__proto__": "x"}', { proto: 'x' }],
  ['null', {}],
  ['app=shop', undefined],
  ['"app"', undefined],
  ['{"app": ', undefined],
])('reads tags %s', (text, expected) => {
  const tags = parseTags(text);

  expect(tags && Object.fromEntries(tags)).toEqual(expected);
});

test.each([
  ['arn:*', 'ARN:aws', true],
  ['*support*', 'AWS Support (Business)', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*a', 'a', false],
  ['data transfer', 'Data Transfer', true],
  ['data', 'Data Transfer', false],
])('pattern %s on %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

const entities = [
  entity('component:default/checkout', { 'callboard.dev/cost-tags': 'app=checkout-legacy' }),
  entity('component:default/ledger', {
    'callboard.dev/cost-resources': 'arn:aws:rds:eu-west-1:1:db:ledger-*, i-0abc',
    'backstage.io/kubernetes-id': 'ledger',
    'backstage.io/kubernetes-namespace': 'finance',
  }),
  entity('component:default/billing', { 'backstage.io/kubernetes-namespace': 'finance' }),
  entity('system:default/payments', { 'callboard.dev/cost-accounts': '4711, 4712' }),
  entity('group:default/risk', {}),
  entity('system:default/checkout', {}),
];

const options = CostOptions.parse({
  pools: [{ id: 'network', lines: { services: ['*data transfer*'] } }],
  openCost: [{ id: 'prod', url: 'http://opencost:9003', pays: { tags: { cluster: ['prod'] } } }],
});
const rules = [
  ...options.rules.map((rule) =>
    rule.by === 'account' ? { ...rule, accounts: { 'Data *': 'group:risk' } } : rule,
  ),
  { by: 'lines' as const, match: { services: ['AWS Config'] }, to: 'system:payments' },
];
const chain: Chain = {
  rules,
  pools: options.pools,
  clusters: options.openCost.map(({ id, pays }) => ({ id, pays: pays! })),
  index: indexEntities(entities, rules),
};

test.each<
  [
    string,
    Partial<LineKey> & { tag?: Record<string, string>; split?: Record<string, string> },
    string,
  ]
>([
  ['tag by name', { tag: { App: 'Checkout' } }, 'direct component:default/checkout tag app'],
  [
    'tag by ref',
    { tag: { 'backstage.io/entity': 'component:default/ledger' } },
    'direct component:default/ledger tag backstage.io/entity',
  ],
  [
    'tag by annotation',
    { tag: { app: 'checkout-legacy' } },
    'direct component:default/checkout tag app',
  ],
  [
    'first key in order wins',
    { tag: { service: 'ledger', app: 'checkout' } },
    'direct component:default/checkout tag app',
  ],
  [
    'a value nobody has falls through to the next key',
    { tag: { app: 'gone', service: 'ledger' } },
    'direct component:default/ledger tag service',
  ],
  [
    'allocated tags before tags',
    { tag: { app: 'checkout' }, split: { app: 'ledger' } },
    'direct component:default/ledger tag app',
  ],
  ['resource id', { resourceId: 'i-0ABC' }, 'direct component:default/ledger resource'],
  [
    'resource prefix',
    { resourceId: 'arn:aws:rds:eu-west-1:1:db:ledger-2' },
    'direct component:default/ledger resource',
  ],
  [
    'namespace and label',
    { tag: { 'aws:eks:namespace': 'finance', 'backstage.io/kubernetes-id': 'ledger' } },
    'direct component:default/ledger kubernetes',
  ],
  [
    'namespace alone',
    { tag: { 'aws:eks:namespace': 'finance' } },
    'direct component:default/billing kubernetes',
  ],
  ['another namespace', { tag: { 'aws:eks:namespace': 'web' } }, 'unallocated  '],
  ['account by annotation', { account: '4712' }, 'direct system:default/payments account'],
  [
    'account by pattern',
    { account: '9', accountName: 'data lake' },
    'direct group:default/risk account',
  ],
  ['team tag', { tag: { owner: 'group:default/risk' } }, 'direct group:default/risk tag owner'],
  ['service rule', { service: 'AWS Config' }, 'direct system:default/payments lines'],
  ['support', { service: 'AWS Support (Business)' }, 'support  support'],
  [
    'pool before tags',
    { service: 'AWS Data Transfer', tag: { app: 'checkout' } },
    'shared network pool network',
  ],
  ['cluster', { tag: { cluster: 'prod', app: 'checkout' } }, 'shared cluster:prod cluster prod'],
  ['tax stays tax', { chargeCategory: 'tax', tag: { app: 'checkout' } }, 'tax  charge category'],
  ['credit stays credit', { chargeCategory: 'credit' }, 'credits  charge category'],
  [
    'unused commitment',
    { commitmentStatus: 'Unused', tag: { app: 'checkout' } },
    'unused  unused commitment',
  ],
  ['nothing', {}, 'unallocated  '],
])('%s', (_, { tag = {}, split = {}, ...values }, expected) => {
  const key: LineKey = {
    tags: parseTags(JSON.stringify(tag))!,
    allocatedTags: parseTags(JSON.stringify(split))!,
    resourceId: '',
    resourceName: '',
    account: '',
    accountName: '',
    service: 'Virtual Machines',
    serviceCategory: 'Compute',
    provider: 'AWS',
    sku: '',
    chargeCategory: 'usage',
    commitmentStatus: '',
    ...values,
  };

  const { bucket, target, rule } = attribute(key, chain);

  expect(`${bucket} ${target} ${rule}`).toBe(expected);
});

function entity(ref: string, annotations: Record<string, string>): CollectedEntity {
  const [kind = '', rest = ''] = ref.split(':');
  const [namespace = '', name = ''] = rest.split('/');
  return {
    ref,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { namespace, name, annotations },
    },
    origin: { source: 'local', repository: 'shop', file: 'catalog-info.yaml', line: 1, column: 1 },
    raw: '',
  };
}
