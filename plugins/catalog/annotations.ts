import { posix } from 'node:path';

import type { Repository } from '../types.ts';
import { webUrl } from './paths.ts';
import type { Origin, StoredEntity } from './schema.ts';

/** Adds the annotations Backstage adds to every entity it reads; view, edit and source addresses may be overridden in the file. */
export function annotate(
  entity: StoredEntity,
  repository: Repository,
  origin: Origin,
): StoredEntity {
  const { file } = origin;
  const written = entity.metadata.annotations ?? {};
  const location =
    origin.viewUrl === undefined ? `file:${repository.id}/${file}` : `url:${origin.viewUrl}`;
  const folder = posix.dirname(file);
  const tree = webUrl(repository, folder === '.' ? '' : `${folder}/`, 'tree');
  const annotations: Record<string, string> = {
    ...(tree !== undefined && { 'backstage.io/source-location': `url:${tree}` }),
    ...(origin.viewUrl !== undefined && { 'backstage.io/view-url': origin.viewUrl }),
    ...(origin.editUrl !== undefined && { 'backstage.io/edit-url': origin.editUrl }),
    ...written,
    'backstage.io/managed-by-location': location,
    'backstage.io/managed-by-origin-location': location,
  };
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}
