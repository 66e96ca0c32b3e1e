import { definePlugin } from '../types.ts';
import type { Catalog } from './index.ts';
import { entityPages, entityTabPages, plainListPages } from './pages.ts';
import { catalogApi } from './page-api.ts';
import { CatalogOptions, CatalogSnapshot } from './schema.ts';
import { entityCards, homeWidgets } from './slots.ts';

/** The software catalog: entities, their owners and relations, in Backstage's format. */
export default definePlugin<CatalogOptions, CatalogSnapshot, Catalog>({
  name: 'catalog',
  title: 'Catalog',
  options: CatalogOptions,
  snapshot: {
    version: 1,
    schema: CatalogSnapshot,
  },
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
  api: catalogApi,
});
