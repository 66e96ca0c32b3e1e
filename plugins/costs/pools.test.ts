import { expect, test } from 'vitest';

import { attribute } from './attribution/attribute.ts';
import { indexEntities } from './attribution/entity-index.ts';
import type { LineKey } from './attribution/line.ts';
import { sum } from './money.ts';
import { CostOptions, type Pool } from './options.ts';
import { orderPools, spreadPools, type Unspread } from './pools.ts';
import { seeded } from './seeded.ts';

const month: Unspread = {
  direct: new Map([
    ['component:default/checkout', 600_000],
    ['component:default/ledger', 300_000],
    ['component:default/platform', 100_001],
  ]),
  buckets: new Map([
    ['support', 50_000],
    ['tax', 10_000],
  ]),
  pools: new Map([['network', 10_000]]),
};

test.each<[string, object, Record<string, number>, Record<string, number>]>([
  ['a pool without a method stays a pool', { id: 'network' }, {}, { network: 10_000 }],
  [
    'even, the remainder to the first',
    { id: 'network', spread: { method: 'even' } },
    { checkout: 3_334, ledger: 3_333, platform: 3_333 },
    {},
  ],
  [
    'fixed, the rest stays',
    {
      id: 'network',
      spread: { method: 'fixed', shares: { 'component:checkout': 60, 'component:ledger': 15 } },
    },
    { checkout: 6_000, ledger: 1_500 },
    { network: 2_500 },
  ],
  [
    'by direct cost',
    {
      id: 'help',
      buckets: ['support'],
      spread: { method: 'direct', to: ['component:checkout', 'component:ledger'] },
    },
    { checkout: 33_333, ledger: 16_667 },
    { network: 10_000 },
  ],
  [
    'by a metric',
    { id: 'network', spread: { method: 'metric', metric: 'requests' } },
    { checkout: 2_500, ledger: 7_500 },
    {},
  ],
  [
    'by a metric nobody has',
    { id: 'network', spread: { method: 'metric', metric: 'orders' } },
    {},
    { network: 10_000 },
  ],
  [
    'a platform passes its cost on',
    { id: 'platform', entities: ['component:platform'], spread: { method: 'even' } },
    { platform: -100_001, checkout: 50_001, ledger: 50_000 },
    { network: 10_000 },
  ],
])('%s', (_, pool, shares, left) => {
  const { pools } = CostOptions.parse({ pools: [pool] });

  const spread = spreadPools(month, pools, usage);

  expect(
    Object.fromEntries(spread.shares.map(({ ref, amount }) => [ref.split('/')[1]!, amount])),
  ).toEqual(shares);
  expect(Object.fromEntries(spread.left)).toEqual(left);
});

test('a chain of platforms is spread in its order, whatever the order written', () => {
  const pools = parsePools([
    {
      id: 'second',
      entities: ['component:ledger'],
      spread: { method: 'even', to: ['component:checkout'] },
    },
    {
      id: 'first',
      entities: ['component:platform'],
      spread: { method: 'even', to: ['component:ledger'] },
    },
  ]);

  const { ordered, circle } = orderPools(pools);
  const spread = spreadPools(month, ordered, usage);

  expect(circle).toEqual([]);
  expect(ordered.map((pool) => pool.id)).toEqual(['first', 'second']);
  expect(spread.shares.at(-1)).toEqual({
    pool: 'second',
    ref: 'component:default/checkout',
    amount: 400_001,
  });
});

test('a circle is named', () => {
  const pools = parsePools([
    {
      id: 'a',
      entities: ['component:ledger'],
      spread: { method: 'even', to: ['component:platform'] },
    },
    {
      id: 'b',
      entities: ['component:platform'],
      spread: { method: 'even', to: ['component:ledger'] },
    },
  ]);

  expect(orderPools(pools)).toEqual({ ordered: [], circle: ['a', 'b'] });
});

test('500 random bills: what comes out is what came in, to the last unit', () => {
  const random = seeded(7);
  for (let run = 0; run < 500; run += 1) {
    const refs = Array.from({ length: 1 + random.whole(8) }, (_, n) => `component:default/c${n}`);
    const options = CostOptions.parse({
      rules: random.some([
        { by: 'tag', keys: ['app'] },
        { by: 'resource' },
        { by: 'account', accounts: { 'a1*': 'component:c0' } },
        { by: 'lines', match: { services: ['S2'] }, to: 'component:c0' },
      ]),
      pools: randomPools(random, refs),
    });
    const { ordered, circle } = orderPools(options.pools);
    const index = indexEntities([], options.rules);
    const tags = new Map(refs.map((ref) => [`app=${ref.split('/')[1]}`, ref]));
    const chain = {
      rules: options.rules,
      pools: options.pools,
      clusters: [],
      index: { ...index, tags },
    };
    const direct = new Map<string, number>();
    const buckets = new Map<string, number>();
    const pools = new Map<string, number>();
    let bill = 0;
    for (let line = 0; line < 60; line += 1) {
      const amount = random.whole(2_000_000) - 300_000;
      bill += amount;
      const decision = attribute(randomLine(random), chain);
      const into = { direct, shared: pools }[decision.bucket as 'direct' | 'shared'] ?? buckets;
      const name = into === buckets ? decision.bucket : decision.target;
      into.set(name, (into.get(name) ?? 0) + amount);
    }

    const spread = spreadPools(
      { direct, buckets, pools },
      circle.length > 0 ? [] : ordered,
      (_, ref) => ref.length % 3,
    );

    const shares = spread.shares.map(({ amount }) => amount);
    expect(
      sum([...direct.values(), ...shares, ...spread.left.values(), ...spread.buckets.values()]),
    ).toBe(bill);
    for (const amount of shares) expect(Number.isSafeInteger(amount)).toBe(true);
  }
});

function randomPools(random: ReturnType<typeof seeded>, refs: readonly string[]): object[] {
  const bucketsOf = random.some(['support', 'tax', 'credits', 'unused', 'unallocated']);
  return random.some([
    {
      id: 'p1',
      lines: { services: ['S0'] },
      ...random.one([{}, { spread: { method: 'even' } }, { spread: { method: 'direct' } }]),
    },
    {
      id: 'p2',
      buckets: bucketsOf,
      spread: {
        method: 'fixed',
        shares: { [random.one(refs)]: random.whole(100) + random.next() * 0.9 },
      },
    },
    { id: 'p3', buckets: bucketsOf, spread: { method: 'metric', metric: 'requests' } },
    {
      id: 'p4',
      entities: [random.one(refs)],
      spread: { method: 'direct', to: [random.one(refs), random.one(refs)] },
    },
    { id: 'p5', entities: [random.one(refs)], spread: { method: 'even' } },
  ]);
}

function randomLine(random: ReturnType<typeof seeded>): LineKey {
  return {
    tags: new Map(random.one([[], [['app', `c${random.whole(9)}`]]])),
    allocatedTags: new Map(),
    resourceId: '',
    resourceName: '',
    account: `a${random.whole(20)}`,
    accountName: '',
    service: random.one(['S0', 'S1', 'S2', 'AWS Support']),
    serviceCategory: '',
    provider: 'AWS',
    sku: '',
    chargeCategory: random.one(['usage', 'usage', 'usage', 'tax', 'credit']),
    commitmentStatus: random.one(['', '', 'Used', 'Unused']),
  };
}

function parsePools(pools: object[]): Pool[] {
  return CostOptions.parse({ pools }).pools;
}

function usage(metric: string, ref: string): number {
  if (metric !== 'requests') return 0;
  return { 'component:default/checkout': 0.25, 'component:default/ledger': 0.75 }[ref] ?? 0;
}
