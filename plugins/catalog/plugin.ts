import { definePlugin } from '../types.ts';
import { apiFiles } from './api.ts';
import type { Catalog } from './index.ts';
import { problems } from './problems.ts';
import { CatalogOptions, CatalogSnapshot } from './schema.ts';
import { searchRecords } from './search.ts';

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
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
  check: () => import('./checks.ts'),
  search: (catalog) => searchRecords(catalog),
  api: (catalog) => apiFiles(catalog),
  entityLink: (ref, catalog) => catalog.get(ref),
});
