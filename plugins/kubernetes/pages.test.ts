import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { createElement } from 'react';
import type { FunctionComponent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';

import type { Catalog } from '../catalog/index.ts';
import Home from './cards/Home.astro';
import Overview from './cards/Overview.astro';
import buildKubernetes from './model.ts';
import type { Kubernetes } from './model.ts';
import { KubernetesOptions } from './options.ts';
import ClusterPage from './pages/Cluster.astro';
import ClustersPage from './pages/Clusters.astro';
import EntityPage from './pages/Entity.astro';
import type { Cluster } from './schema.ts';

const eu: Cluster = {
  name: 'eu',
  state: 'fresh',
  asOf: '2026-11-23T14:05:00.000Z',
  gaps: [],
  nodes: [],
  objects: [],
  events: [],
  workloads: [
    {
      kind: 'Deployment',
      namespace: 'payments',
      name: 'api',
      labels: { 'backstage.io/kubernetes-id': 'checkout' },
      images: ['ghcr.io/acme/api:1.4.2'],
      desired: 2,
      ready: 0,
      health: { status: 'Degraded', message: '2 of 2 pods fail: <b>bad</b>' },
      pods: [],
    },
  ],
};
const described = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': 'checkout' },
  },
};
const known = { ref: 'component:default/checkout', entity: described, owner: 'group:default/pay' };
const catalog = {
  entities: [known],
  get: (ref: string) => (ref === known.ref ? known : undefined),
  related: () => [],
  ownedBy: () => [],
} as unknown as Catalog;
const portal = {
  href: (path: string) => `/portal${path}`,
  model: () => catalog,
  entityLink: (ref: string) => ({ title: ref, path: '/catalog/default/component/checkout/' }),
};
/** Draws components as the integration does, which itself needs a whole Astro project around it. */
const react = {
  name: '@astrojs/react',
  check: async (component: unknown) => typeof component === 'function',
  renderToStaticMarkup: async (component: FunctionComponent, props: object) => ({
    html: renderToStaticMarkup(createElement(component, props)),
  }),
};
let container: AstroContainer;
let model: Kubernetes;

beforeAll(async () => {
  container = await AstroContainer.create();
  container.addServerRenderer({ name: '@astrojs/react', renderer: react as never });
  model = buildKubernetes({
    options: KubernetesOptions.parse({}),
    data: { clusters: [eu] },
    sources: [],
    model: <T>() => catalog as T,
    problems: [],
    folder: '/nowhere/kubernetes',
    cache: '',
    href: portal.href,
  });
});

test.each([
  ['home', Home, {}],
  ['the fleet', ClustersPage, {}],
  ['one cluster', ClusterPage, { item: 'eu' }],
  ['the tab of an entity', EntityPage, { entity: described }],
  ['the card of an entity', Overview, { entity: described }],
])(
  '%s shows what is broken, where newer data would be, and no markup of an object',
  async (_, page, props) => {
    const html = await container.renderToString(page, { props: { ...props, model, portal } });

    expect(html).toContain('2 of 2 pods fail: &lt;b&gt;bad&lt;/b&gt;');
    expect(html).toMatch(/data-k8s-live="\/portal\/api\/kubernetes\/[a-z/]+\.json"/);
    expect(html).toContain('data-k8s-as-of="2026-11-23T14:05:00.000Z"');
  },
);
