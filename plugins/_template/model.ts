import { refOf } from '../entity.ts';
import { catalogOf } from '../catalog/index.ts';
import type { Entity, ModelContext } from '../types.ts';
import type { ChangelogsOptions, ChangelogsSnapshot, Release } from './schema.ts';

/** What cards ask this plugin. */
export interface Changelogs {
  latestOf(entity: Entity): Release | undefined;
}

/** Ties releases to the entities of their repository. */
export default function buildChangelogs(
  context: ModelContext<ChangelogsOptions, ChangelogsSnapshot>,
): Changelogs {
  const byRepository = new Map(
    context.data?.releases.map((release) => [release.repository, release]),
  );
  const catalog = catalogOf(context);
  return {
    latestOf(entity) {
      return byRepository.get(catalog.get(refOf(entity))?.origin.repository ?? '');
    },
  };
}
