import type { EntityEvent } from '../types.ts';
import type { RepositoryActivity } from './schema.ts';

/** Published releases of an entity's repository; what is only tried out is no event. */
export function* releaseEvents(
  activity: Pick<RepositoryActivity, 'releases'> | undefined,
): Iterable<EntityEvent> {
  for (const { name, publishedAt, isPrerelease, url } of activity?.releases ?? []) {
    if (!publishedAt || isPrerelease) continue;
    yield { date: publishedAt.slice(0, 10), title: `${name} released`, href: url };
  }
}
