import type { StoredEntity } from './schema.ts';

/** Marks a User or Group that came from a source's organisation instead of from a file somebody wrote. */
export const organisationAnnotation = 'callboard.dev/github-org';

/** Whether exactly one of two entities of the same name came from an organisation: then they are one, not two. */
export function areOnePerson(a: StoredEntity, b: StoredEntity): boolean {
  return isFromOrganisation(a) !== isFromOrganisation(b);
}

/** Whether an entity came from an organisation. */
export function isFromOrganisation({ metadata }: StoredEntity): boolean {
  return metadata.annotations?.[organisationAnnotation] !== undefined;
}

/** What somebody wrote, filled up with what the organisation knows; members and groups are those of both. */
export function mergePeople(written: StoredEntity, known: StoredEntity): StoredEntity {
  const spec: Record<string, unknown> = { ...known.spec, ...written.spec };
  const profile = { ...asRecord(known.spec?.['profile']), ...asRecord(written.spec?.['profile']) };
  if (Object.keys(profile).length > 0) spec['profile'] = profile;
  for (const key of ['members', 'memberOf', 'children']) {
    const names = [...asList(written.spec?.[key]), ...asList(known.spec?.[key])];
    const isListed = written.spec?.[key] !== undefined || known.spec?.[key] !== undefined;
    if (isListed) spec[key] = [...new Set(names)];
  }
  const annotations = { ...known.metadata.annotations, ...written.metadata.annotations };
  // From here on it is the written one's: a third of that name is a duplicate.
  delete annotations[organisationAnnotation];
  return { ...written, metadata: { ...known.metadata, ...written.metadata, annotations }, spec };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
