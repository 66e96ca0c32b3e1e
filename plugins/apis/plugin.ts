import { definePlugin, type Entity, type Portal } from '../types.ts';
import { apiFiles } from './api.ts';
import type { Api, Apis } from './model.ts';
import { apisProblems } from './problems.ts';
import { refOf } from '../entity.ts';
import { ApisOptions, ApisSnapshot } from './schema.ts';
import { searchRecords } from './search.ts';

/** Documentation of APIs: operations, fields and schemas from OpenAPI, AsyncAPI, GraphQL and protobuf definitions. */
export default definePlugin<ApisOptions, ApisSnapshot, Apis>({
  name: 'apis',
  title: 'APIs',
  after: ['catalog'],
  options: ApisOptions,
  snapshot: { version: 1, schema: ApisSnapshot },
  problems: apisProblems,
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
  check: () => import('./checks.ts'),
  nav: [{ title: 'APIs', path: '/api-docs/', order: 30 }],
  pages: [
    {
      path: '/api-docs/',
      title: 'APIs',
      description: 'Every API with its version, its owner, who provides it and who uses it.',
      component: () => import('./pages/ApiList.astro'),
    },
  ],
  entityTabs: [
    {
      path: 'api',
      title: 'API',
      order: 20,
      appliesTo: (entity, portal) => apiOf(entity, portal) !== undefined,
      badge(entity, portal) {
        const count = apiOf(entity, portal)?.operations ?? 0;
        return count > 0 ? { text: count.toLocaleString('en') } : undefined;
      },
      component: () => import('./pages/ApiTab.astro'),
    },
  ],
  entityCards: [
    {
      id: 'summary',
      title: 'API',
      area: 'rail',
      order: 20,
      appliesTo: (entity, portal) => apiOf(entity, portal) !== undefined,
      component: () => import('./cards/ApiCard.astro'),
    },
  ],
  search: searchRecords,
  api: apiFiles,
});

function apiOf(entity: Entity, portal: Portal): Api | undefined {
  if (entity.kind.toLowerCase() !== 'api') return undefined;
  return portal.model<Apis>('apis')?.get(refOf(entity));
}
