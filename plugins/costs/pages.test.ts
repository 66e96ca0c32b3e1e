import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { beforeAll, expect, test } from 'vitest';

import CostTab from './cards/CostTab.astro';
import HomeCosts from './cards/HomeCosts.astro';
import buildModel, { type CostModel } from './model.ts';
import { CostOptions } from './options.ts';
import Costs from './pages/Costs.astro';
import plugin from './plugin.ts';
import type { Series } from './schema.ts';
import { encodeSeries } from './series.ts';

// Shopping has a system with two services; the months are January to March, and nothing was charged in February.
const parts: Record<string, string[]> = {
  'domain:default/shopping': ['system:default/checkout'],
  'system:default/checkout': ['component:default/basket', 'component:default/payments'],
};
const refs = [...Object.keys(parts), ...Object.values(parts).flat(), 'component:default/idle'];
const entities = [...new Set(refs)].map((ref) => {
  const [kind = '', name = ''] = ref.split(/:default\//);
  const entity = { apiVersion: 'v1', kind, metadata: { name, namespace: 'default' } };
  return { ref, entity, title: name };
});
const catalog = {
  entities,
  get: (ref: string) => entities.find((one) => one.ref === ref),
  related: (ref: string, type: string) =>
    entities.filter((one) =>
      type === 'hasPart' ? parts[ref]?.includes(one.ref) : parts[one.ref]?.includes(ref),
    ),
  ownedBy: () => [],
};
const portal = {
  href: (path: string) => path,
  problems: [],
  entityLink: (ref: string) => ({ title: ref, path: '/catalog/' }),
  eventsFor: () => [],
  model: () => model,
};
let container: AstroContainer;
let model: CostModel;
beforeAll(async () => {
  container = await AstroContainer.create();
  model = buildModel({
    options: CostOptions.parse({}),
    data: {
      start: '2026-01-01',
      days: 90,
      bills: [{ id: 'aws', title: 'AWS', kind: 'focus', completeThrough: '2026-03-31', files: [] }],
      checks: [],
      accounts: {},
      series: [series('component:default/basket', 1000), series('component:default/payments', 250)],
      fixes: [],
      efficiency: [],
      metrics: [],
      restatements: [],
      ratios: [],
    },
    model: () => catalog,
  } as unknown as Parameters<typeof buildModel>[0])!;
});

test('without a bill the page and home say how to begin', async () => {
  const page = await container.renderToString(Costs, { props: { model: undefined, portal } });
  const home = await container.renderToString(HomeCosts, { props: { model: undefined, portal } });

  expect(page).toContain('No bill was collected yet');
  expect(page).toContain('plugins.costs.bills');
  expect(home).toContain('How to begin');
});

test('an entity without cost has no tab; those that others cost for do', () => {
  const [tab] = plugin.entityTabs!;
  const having = entities.filter(({ entity }) => tab!.appliesTo!(entity as never, portal as never));

  expect(having.map(({ ref }) => ref)).toEqual([
    'domain:default/shopping',
    'system:default/checkout',
    'component:default/basket',
    'component:default/payments',
  ]);
});

test.each([
  ['domain', 'shopping', '€1,250.00'],
  ['system', 'checkout', '€1,250.00'],
  ['component', 'basket', '€1,000.00'],
])('the page of a %s adds up to what belongs to it, month by month', async (kind, name, sum) => {
  const entity = { apiVersion: 'v1', kind, metadata: { name, namespace: 'default' } };

  const html = await container.renderToString(CostTab, { props: { entity, model, portal } });

  const months = [...html.matchAll(/<th[^>]*scope="row"[^>]*>\s*(\w+ 2026)[^]*?<\/tr>/g)].map(
    ([row, month]) => [month, /[€][\d,.]+/.exec(row)![0]],
  );
  expect(months).toEqual(
    expect.arrayContaining([
      ['March 2026', sum],
      ['February 2026', '€0.00'],
      ['January 2026', sum],
    ]),
  );
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

/** An amount on the tenth of January and of March, in euros. */
function series(target: string, amount: number): Series {
  const daily = Array.from({ length: 90 }, (_, day) => (day === 9 || day === 68 ? amount : 0));
  return {
    bill: 'aws',
    currency: 'EUR',
    bucket: 'direct',
    target,
    provider: 'AWS',
    service: 'Compute',
    account: 'shop',
    rule: 'tag app',
    isTagged: true,
    lines: 2,
    effective: encodeSeries(daily.map((each) => each * 10_000)),
    billed: encodeSeries([amount * 10_000, 0, amount * 10_000]),
  };
}
