import type { ApiFile } from '../types.ts';
import type { Catalog } from './index.ts';
import { splitRef } from './refs.ts';

/** The static JSON API: a summary of all entities, and each one as Backstage's REST returns it. */
export function* apiFiles(catalog: Catalog): Generator<ApiFile> {
  const summaries = catalog.entities.map(({ ref, entity, title, path, owner }) => {
    const { description, tags } = entity.metadata;
    const { type, lifecycle } = entity.spec ?? {};
    return { ref, kind: entity.kind, title, description, type, lifecycle, owner, tags, path };
  });
  yield { path: 'entities.json', body: JSON.stringify(summaries) };
  for (const { ref, entity } of catalog.entities) {
    const { kind, namespace, name } = splitRef(ref);
    yield {
      path: `entities/by-name/${kind}/${namespace}/${name}.json`,
      body: JSON.stringify(entity),
    };
  }
}
