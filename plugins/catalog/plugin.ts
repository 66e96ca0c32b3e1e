import { definePlugin } from '../types.ts';
import { apiFiles } from './api.ts';
import type { Catalog } from './index.ts';
import { guideSections, markdownFiles } from './markdown.ts';
import { feedTopics, watchedEntities } from './news.ts';
import { entityPages, entityTabPages, plainListPages } from './pages.ts';
import { problems } from './problems.ts';
import { CatalogOptions, CatalogSnapshot } from './schema.ts';
import { searchRecords } from './search.ts';
import { entityCards, homeWidgets } from './slots.ts';

/** The software catalog: entities, their owners and relations, in Backstage's format. */
export default definePlugin<CatalogOptions, CatalogSnapshot, Catalog>({
  name: 'catalog',
  title: 'Catalog',
  options: CatalogOptions,
  snapshot: {
    version: 1,
    schema: CatalogSnapshot,
    identities: ({ entities }) => entities.map(({ ref }) => ref),
  },
  problems,
  watched: watchedEntities,
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
  tools: () => import('./tools.ts'),
  check: () => import('./checks.ts'),
  topics: (catalog) => feedTopics(catalog),
  search: (catalog) => searchRecords(catalog),
  api: apiFiles,
  guide: (catalog) => guideSections(catalog),
  files: markdownFiles,
  entityLink: (ref, catalog) => catalog.get(ref),
  nav: [
    { title: 'Catalog', path: '/catalog/', order: 10 },
    { title: 'Teams', path: '/teams/', order: 60 },
    { title: 'Graph', path: '/graph/', order: 70 },
  ],
  pages: [
    {
      path: '/catalog/',
      title: 'Catalog',
      description: 'Everything there is: services, APIs, resources, systems, teams and people.',
      layout: 'wide',
      component: () => import('./pages/List.astro'),
    },
    {
      path: '/catalog/all/[list]/',
      title: 'Catalog',
      component: () => import('./pages/PlainList.astro'),
      items: plainListPages,
    },
    {
      path: '/teams/',
      title: 'Teams',
      description: 'Who belongs where, and what each team owns.',
      component: () => import('./pages/Teams.astro'),
    },
    {
      path: '/graph/',
      title: 'Graph',
      description: 'What needs what, and how far that reaches.',
      layout: 'wide',
      component: () => import('./pages/GraphPage.astro'),
    },
    {
      path: '/catalog/[namespace]/[kind]/[name]/',
      title: 'Entity',
      component: () => import('./pages/Entity.astro'),
      items: entityPages,
    },
    {
      path: '/catalog/[namespace]/[kind]/[name]/[tab]/',
      title: 'Entity',
      component: () => import('./pages/EntityTab.astro'),
      items: entityTabPages,
    },
  ],
  entityCards,
  homeWidgets,
});
