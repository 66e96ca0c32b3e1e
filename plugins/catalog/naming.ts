import { splitRef } from './refs.ts';
import type { StoredEntity } from './schema.ts';

/** Title as people read it: metadata.title, profile.displayName, else the name. */
export function titleOf({ metadata, spec }: StoredEntity): string {
  const profile = spec?.['profile'] as { displayName?: unknown } | undefined;
  const shown = metadata.title ?? profile?.displayName;
  return typeof shown === 'string' && shown.trim() !== '' ? shown : metadata.name;
}

/** Address of an entity's page: Backstage's, in lower case. */
export function pathOf(ref: string): string {
  const { kind, namespace, name } = splitRef(ref);
  return `/catalog/${namespace}/${kind}/${name}/`;
}
