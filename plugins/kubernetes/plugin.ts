import { definePlugin } from '../types.ts';
import { apiFiles, badgeFiles } from './api.ts';
import { rank } from './health/verdict.ts';
import type { Kubernetes } from './model.ts';
import { KubernetesOptions } from './options.ts';
import { problems } from './problems.ts';
import { refOf } from '../entity.ts';
import { KubernetesSnapshot } from './schema.ts';
import { toneOf, wordOf } from './words.ts';

/** How services do on every cluster, from read-only snapshots. */
export default definePlugin<KubernetesOptions, KubernetesSnapshot, Kubernetes>({
  name: 'kubernetes',
  title: 'Kubernetes',
  after: ['catalog'],
  options: KubernetesOptions,
  snapshot: { version: 1, schema: KubernetesSnapshot },
  problems,
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
  tools: () => import('./tools.ts'),
  commands: [
    {
      name: 'kubernetes',
      summary: 'rights for clusters, and what can be read there',
      load: () => import('./commands.ts'),
    },
  ],
  nav: [{ title: 'Clusters', path: '/clusters/', order: 60 }],
  pages: [
    {
      path: '/clusters/',
      title: 'Clusters',
      description: 'Every cluster, how it is doing and who runs what there.',
      component: () => import('./pages/Clusters.astro'),
    },
    {
      path: '/clusters/[name]/',
      title: 'Cluster',
      component: () => import('./pages/Cluster.astro'),
      *items(model) {
        for (const { cluster } of model.clusters)
          yield {
            params: { name: cluster.name },
            title: cluster.title ?? cluster.name,
            item: cluster.name,
            breadcrumbs: [{ title: 'Clusters', href: '/clusters/' }],
          };
      },
    },
  ],
  entityTabs: [
    {
      path: 'kubernetes',
      title: 'Kubernetes',
      order: 40,
      appliesTo: (entity, portal) => viewOf(refOf(entity), portal) !== undefined,
      badge(entity, portal) {
        const status = viewOf(refOf(entity), portal)?.health.status ?? 'Healthy';
        return rank(status) > rank('Suspended')
          ? { text: wordOf(status), tone: toneOf(status) }
          : undefined;
      },
      component: () => import('./pages/Entity.astro'),
    },
  ],
  entityCards: [
    {
      id: 'overview',
      title: 'Kubernetes',
      area: 'rail',
      order: 30,
      appliesTo: (entity, portal) => viewOf(refOf(entity), portal) !== undefined,
      component: () => import('./cards/Overview.astro'),
    },
    {
      id: 'team',
      title: 'How what it owns is doing',
      area: 'main',
      order: 40,
      appliesTo: (entity, portal) =>
        /^(group|user)$/i.test(entity.kind) &&
        (modelOf(portal)?.ofTeam(refOf(entity)).total ?? 0) > 0,
      component: () => import('./cards/Team.astro'),
    },
  ],
  *entityFacts(entity, model) {
    const view = model.ofEntity(refOf(entity));
    if (view === undefined) return;
    const { status, since } = view.health;
    yield {
      id: 'health',
      label: 'Health',
      text: wordOf(status),
      tone: toneOf(status),
      asOf: since ?? view.asOf,
      sort: -rank(status),
    };
  },
  homeWidgets: [
    {
      id: 'broken',
      title: 'What is broken',
      area: 'main',
      order: 30,
      component: () => import('./cards/Home.astro'),
    },
  ],
  *search(model) {
    for (const { cluster, nodes } of model.clusters)
      yield {
        url: `/clusters/${cluster.name}/`,
        title: cluster.title ?? cluster.name,
        type: 'Cluster',
        summary: `Kubernetes ${cluster.version ?? ''}, ${nodes.total} nodes`,
        names: [cluster.name],
      };
  },
  api: apiFiles,
  files: badgeFiles,
});

function modelOf(portal: { model<T>(plugin: string): T | undefined }): Kubernetes | undefined {
  return portal.model<Kubernetes>('kubernetes');
}

function viewOf(
  ref: string,
  portal: { model<T>(plugin: string): T | undefined },
): ReturnType<Kubernetes['ofEntity']> {
  return modelOf(portal)?.ofEntity(ref);
}
