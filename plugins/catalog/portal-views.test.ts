import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { AroundGroup } from '../../ui/around-layout.ts';
import type { Entity, Portal, Problem } from '../types.ts';
import { contactsOf } from './contact.ts';
import { explore, graphSearch, parseGraphView, stepsOf } from './graph/explore.ts';
import { graphData } from './graph/graph-data.ts';
import type { Catalog } from './index.ts';
import { catalogRows } from './list/rows.ts';
import buildModel from './model.ts';
import { hasNeighbours, neighbourhoodOf } from './neighbourhood.ts';
import { entityPages, plainListPages } from './pages.ts';
import { recent, remember, starred, toggleStar } from './personal/memory.ts';
import plugin from './plugin.ts';
import { canonicalRef } from './refs.ts';
import { teamSummaries, teamTree } from './teams.ts';

const organisation = [
  entity('Group', 'shop', { type: 'unit', children: [] }),
  entity('Group', 'payments', {
    type: 'team',
    children: [],
    parent: 'shop',
    profile: { email: 'pay@acme.test' },
  }),
  entity('User', 'ada', { memberOf: ['payments'] }),
  entity('System', 'money', { owner: 'shop' }),
  entity('Component', 'checkout', {
    type: 'service',
    lifecycle: 'production',
    owner: 'payments',
    system: 'money',
    dependsOn: ['component:ledger', 'resource:gone'],
  }),
  entity('Component', 'ledger', {
    type: 'service',
    lifecycle: 'production',
    owner: 'payments',
    system: 'money',
  }),
];
const problem: Problem = {
  code: 'catalog/x',
  severity: 'error',
  message: 'm',
  docs: '/problems/x/',
  entity: 'component:default/ledger',
};

describe('neighbourhoods', () => {
  test('show what an entity needs, what is missing, and each thing once', () => {
    const { focus, before, after, count } = neighbourhoodOf(
      portalOf(organisation),
      'component:default/checkout',
    );

    expect(focus).toMatchObject({ id: 'component:default/checkout', isFocus: true });
    expect(before).toEqual([]);
    expect(titlesIn(after)).toEqual(['Part of: money', 'Depends on: gone, ledger']);
    expect(after[1]?.nodes.map(({ isMissing }) => isMissing)).toEqual([true, false]);
    expect(count).toBe(3);
  });

  test('go over an API to its other end, not to everybody on the same cluster', () => {
    const more = [
      entity('Resource', 'cluster', {}),
      entity('API', 'orders', {}),
      entity('Component', 'shop', { providesApis: ['orders'], dependsOn: ['resource:cluster'] }),
      entity('Component', 'app', { consumesApis: ['orders'] }),
      entity('Component', 'stranger', { dependsOn: ['resource:cluster'] }),
    ];

    const shop = neighbourhoodOf(portalOf(more), 'component:default/shop');
    const app = neighbourhoodOf(portalOf(more), 'component:default/app');

    expect(titlesIn(shop.before)).toEqual(['Consumers of its APIs: app']);
    expect(titlesIn(shop.after)).toEqual(['Provides APIs: orders', 'Depends on: cluster']);
    expect(titlesIn(app.after)).toEqual(['Consumes APIs: orders', 'Providers of these APIs: shop']);
  });

  test('stop at forty boxes, keep small groups whole and say how many are left', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      entity('Component', `c${index}`, { system: 'money', dependsOn: ['system:money'] }),
    );
    const { before, count } = neighbourhoodOf(
      portalOf([...organisation, ...many]),
      'system:default/money',
    );

    expect(before.map(({ title, nodes, left }) => [title, nodes.length, left])).toEqual([
      ['Has parts', 20, 42],
      ['Needed by', 20, 40],
    ]);
    expect(count).toBe(122);
  });

  test('there is none of an entity that only has an owner', () => {
    const alone = {
      ...entity('Component', 'alone', {}),
      relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
    };

    expect(hasNeighbours(alone, 'component:default/alone')).toBe(false);
    expect(
      hasNeighbours(
        { ...alone, relations: [{ type: 'partOf', targetRef: 'system:default/money' }] },
        'component:default/alone',
      ),
    ).toBe(true);
  });
});

describe('teams', () => {
  test('stand in a tree, with what those below own', () => {
    const [shop] = teamTree(portalOf(organisation, [problem]));

    expect(shop).toMatchObject({ owns: 3, members: 0, problems: 1 });
    expect(shop?.children).toMatchObject([
      { group: { ref: 'group:default/payments' }, owns: 2, members: 1 },
    ]);
  });

  test('that are each other’s parents are shown once', () => {
    const circle = [
      entity('Group', 'a', { type: 't', children: [], parent: 'b' }),
      entity('Group', 'b', { type: 't', children: [], parent: 'a' }),
    ];

    expect(teamTree(portalOf(circle))).toMatchObject([
      {
        group: { ref: 'group:default/a' },
        children: [{ group: { ref: 'group:default/b' }, children: [] }],
      },
    ]);
  });

  test('are summed up for the home page', () => {
    expect(teamSummaries(portalOf(organisation, [problem]))[1]).toEqual({
      ref: 'group:default/shop',
      title: 'shop',
      path: '/catalog/default/group/shop/',
      below: ['group:default/payments'],
      members: 0,
      owns: { Component: 2, System: 1 },
      problems: { error: 1, warning: 0, info: 0 },
    });
  });
});

describe('the explorer', () => {
  const data = graphData(portalOf(organisation));
  function walk(search: string) {
    return explore(data, stepsOf(data), parseGraphView(search), '/base/');
  }

  test.each([
    [
      '?focus=component:default/ledger',
      ['component:default/ledger', 'system:default/money', 'component:default/checkout'],
    ],
    [
      '?focus=component:default/ledger&direction=in',
      ['component:default/ledger', 'component:default/checkout'],
    ],
    [
      '?focus=component:default/ledger&direction=out',
      ['component:default/ledger', 'system:default/money'],
    ],
    [
      '?focus=user:default/ada&relation=memberOf&relation=childOf&depth=2',
      ['user:default/ada', 'group:default/payments', 'group:default/shop'],
    ],
    [
      '?focus=component:default/ledger&without=system',
      ['component:default/ledger', 'component:default/checkout'],
    ],
    ['?focus=component:default/none', []],
  ])('%s', (search, expected) => {
    expect(
      walk(search)
        .nodes.map(({ ref }) => ref)
        .toSorted(),
    ).toEqual(expected.toSorted());
  });

  test('marks what is missing and links below the base', () => {
    const { nodes } = walk('?focus=component:default/checkout');

    expect(nodes.find(({ ref }) => ref === 'resource:default/gone')).toMatchObject({
      isMissing: true,
      href: undefined,
    });
    expect(nodes[0]?.href).toBe('/base/catalog/default/component/checkout/');
  });

  test('keeps its view in the address', () => {
    const search = '?focus=api:default/a&depth=3&direction=in&relation=dependsOn&without=user';

    expect(graphSearch(parseGraphView(search))).toBe(search);
    expect(parseGraphView('?depth=99&direction=up')).toMatchObject({ depth: 5, direction: 'both' });
  });
});

test('rows hold what lists show and no empty fields', () => {
  const rows = catalogRows(portalOf(organisation, [problem]));

  expect(rows.find(({ name }) => name === 'ledger')).toEqual({
    ref: 'component:default/ledger',
    kind: 'Component',
    namespace: 'default',
    name: 'ledger',
    title: 'ledger',
    path: '/catalog/default/component/ledger/',
    type: 'service',
    lifecycle: 'production',
    owner: {
      ref: 'group:default/payments',
      title: 'payments',
      path: '/catalog/default/group/payments/',
    },
    system: { ref: 'system:default/money', title: 'money', path: '/catalog/default/system/money/' },
    source: 'local',
    repository: 'acme/org',
    problems: { error: 1 },
  });
});

describe('pages', () => {
  test('of an entity are drawn anew when something they show changes, and only then', () => {
    const before = keysOf(organisation);
    const renamed = organisation.map((each) =>
      each.metadata.name === 'payments'
        ? { ...each, metadata: { ...each.metadata, title: 'Pay' } }
        : each,
    );
    const after = keysOf(renamed);

    expect(keysOf(organisation)).toEqual(before);
    const changed = Object.keys(before).filter((ref) => before[ref] !== after[ref]);
    expect(changed).toEqual([
      'group:default/shop',
      'group:default/payments',
      'user:default/ada',
      'system:default/money',
      'component:default/checkout',
      'component:default/ledger',
    ]);
    expect(keysOf(organisation, [problem])['user:default/ada']).toBe(before['user:default/ada']);
    expect(keysOf(organisation, [problem])['component:default/ledger']).not.toBe(
      before['component:default/ledger'],
    );
  });

  test('of the plain list hold five hundred each', () => {
    const many = Array.from({ length: 1001 }, (_, index) => entity('Component', `c${index}`, {}));
    const pages = [...plainListPages(catalogOf(many))];

    expect(pages.map(({ params }) => params['list'])).toEqual([
      'component',
      'component-2',
      'component-3',
    ]);
  });
});

test('ways to reach people come from links, annotations and profiles; unsafe ones are not links', () => {
  const checkout = entity('Component', 'checkout', {});
  checkout.metadata.links = [
    { url: 'https://acme.slack.com/archives/C1', title: '#pay' },
    { url: 'javascript:alert(1)', title: 'Slack' },
    { url: 'https://acme.test/runbook', title: 'Runbook' },
  ];
  checkout.metadata.annotations = { 'acme.test/slack-channel': '#pay-help' };

  expect(contactsOf(checkout, organisation[1])).toEqual([
    { label: 'Slack', text: '#pay', href: 'https://acme.slack.com/archives/C1' },
    { label: 'Slack', text: '#pay-help', href: undefined },
    { label: 'E-mail', text: 'pay@acme.test', href: 'mailto:pay@acme.test' },
  ]);
});

describe('the browser’s memory', () => {
  const store = new Map<string, string>();
  const checkout = { ref: 'component:default/checkout', title: 'Checkout', path: '/catalog/c/' };
  beforeEach(() => {
    store.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => store.set(key, value),
    });
  });

  test('stars and takes stars away', () => {
    expect(toggleStar(checkout)).toBe(true);
    expect(starred()).toEqual([checkout]);
    expect(toggleStar(checkout)).toBe(false);
    expect(starred()).toEqual([]);
  });

  test('keeps twelve visits, newest first, and brings a star’s title up to date', () => {
    toggleStar(checkout);
    for (let index = 0; index < 20; index += 1)
      remember({ ...checkout, ref: `component:default/c${index}` });
    remember({ ...checkout, title: 'Checkout 2' });

    expect(recent()).toHaveLength(12);
    expect(recent()[0]?.title).toBe('Checkout 2');
    expect(starred()[0]?.title).toBe('Checkout 2');
  });

  test.each([
    'not json',
    '{"a":1}',
    '[1,null,{"ref":1}]',
    '[{"ref":"a","title":"t","path":"//evil.test"}]',
    '[{"ref":"a","title":"t","path":"javascript:x"}]',
  ])('passes over %s', (text) => {
    store.set('callboard:starred', text);

    expect(starred()).toEqual([]);
  });

  test('does without storage', () => {
    vi.stubGlobal('localStorage', undefined);

    expect(starred()).toEqual([]);
    expect(toggleStar(checkout)).toBe(true);
  });
});

function titlesIn(groups: readonly AroundGroup[]): string[] {
  return groups.map(
    ({ title, nodes }) => `${title}: ${nodes.map((node) => node.title).join(', ')}`,
  );
}

function keysOf(
  entities: readonly Entity[],
  problems: Problem[] = [],
): Record<string, string | undefined> {
  const portal = portalOf(entities, problems);
  const pages = [...entityPages(catalogOf(entities), portal)];
  return Object.fromEntries(
    pages.map(({ item, cacheKey }) => [(item as { ref: string }).ref, cacheKey]),
  );
}

function entity(kind: string, name: string, spec: Record<string, unknown>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec,
  };
}

function catalogOf(entities: readonly Entity[]): Catalog {
  const collected = entities.map((each) => ({
    ref: canonicalRef({ kind: each.kind, ...each.metadata }),
    entity: each as never,
    origin: {
      source: 'local',
      repository: 'acme/org',
      file: 'catalog-info.yaml',
      line: 1,
      column: 1,
    },
    raw: '',
  }));
  return buildModel({ data: { entities: collected, repositories: [] } });
}

function portalOf(entities: readonly Entity[], problems: Problem[] = []): Portal {
  const catalog = catalogOf(entities);
  const portal: Portal = {
    title: 'Acme',
    plugins: [plugin],
    problems,
    sources: [],
    asOf: '',
    model: <T>() => catalog as T,
    href: (path) => path,
    entityLink: () => undefined,
    kindOf: () => undefined,
    cardsFor: (each, area) =>
      (plugin.entityCards ?? [])
        .filter((card) => card.area === area && card.appliesTo(each, portal))
        .map((card) => Object.assign({ plugin: 'catalog' }, card)),
    tabsFor: () => [],
    factsFor: () => [],
    eventsFor: () => [],
  };
  return portal;
}
