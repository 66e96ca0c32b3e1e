import type { SearchRecord } from '../types.ts';
import type { Catalog, CatalogEntity } from './index.ts';
import { splitRef } from './refs.ts';

/** One record for every entity, found by its name, title and ref. */
export function* searchRecords(catalog: Catalog): Generator<SearchRecord> {
  for (const entity of catalog.entities) yield recordOf(entity, catalog);
}

function recordOf(
  { ref, entity, title, path, owner }: CatalogEntity,
  catalog: Catalog,
): SearchRecord {
  const { kind, metadata, spec } = entity;
  const { namespace, name } = splitRef(ref);
  const system = catalog.related(ref, 'partOf')[0];
  const filters: Record<string, string[]> = { kind: [kind], namespace: [namespace] };
  if (typeof spec?.['type'] === 'string') filters['type'] = [spec['type']];
  if (typeof spec?.['lifecycle'] === 'string') filters['lifecycle'] = [spec['lifecycle']];
  if (owner !== undefined) filters['owner'] = [catalog.get(owner)?.title ?? splitRef(owner).name];
  if (system) filters['system'] = [system.title];
  if (metadata.tags && metadata.tags.length > 0) filters['tag'] = metadata.tags;
  return {
    url: path,
    title,
    type: kind,
    ...(metadata.description !== undefined && { summary: metadata.description }),
    names: [...new Set([metadata.name, name, ref, `${namespace}/${name}`])],
    breadcrumb: ['Catalog', kind],
    filters,
  };
}
