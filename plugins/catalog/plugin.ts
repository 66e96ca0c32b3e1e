import { definePlugin } from '../types.ts';
import { CatalogOptions, CatalogSnapshot } from './schema.ts';

/** The software catalog: entities, their owners and relations, in Backstage's format. */
export default definePlugin({
  name: 'catalog',
  title: 'Catalog',
  options: CatalogOptions,
  snapshot: {
    version: 1,
    schema: CatalogSnapshot,
  },
});
