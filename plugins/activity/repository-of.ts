import type { Entity } from '../types.ts';

/** Backstage's annotation for the repository an entity is about. */
export const slugAnnotation = 'github.com/project-slug';

/** Id of the repository an entity is about: the one it names, else its own; ids of other hosts begin with the host. */
export function repositoryOf(
  { metadata }: Pick<Entity, 'metadata'>,
  own: string,
  isKnown: (id: string) => boolean,
): string {
  const slug = metadata.annotations?.[slugAnnotation];
  if (slug === undefined) return own;
  const parts = own.split('/');
  const host = parts.length > 2 ? `${parts.slice(0, -2).join('/')}/` : '';
  return isKnown(`${host}${slug}`) ? `${host}${slug}` : slug;
}

/** Kinds that are software; people and places have no activity of their own. */
export function hasActivity(kind: string): boolean {
  return ['component', 'api', 'resource', 'system', 'template'].includes(kind.toLowerCase());
}
