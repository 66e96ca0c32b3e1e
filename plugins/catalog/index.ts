/** The catalog's public entry: all that other plugins may import of it. */
import type { Entity } from '../types.ts';
import type { CatalogSnapshot, CollectedEntity, Origin } from './schema.ts';

export { pathOf as entityPath } from './naming.ts';
export type { CatalogSnapshot, CollectedEntity, Origin } from './schema.ts';

/** An entity with its relations and what the portal knows about it. */
export interface CatalogEntity {
  /** Canonical lower-case `kind:namespace/name`. */
  ref: string;
  entity: Entity;
  /** Title as people read it: metadata.title, profile.displayName, else the name. */
  title: string;
  /** Address below the base: `/catalog/<namespace>/<kind>/<name>/`. */
  path: string;
  origin: Origin;
  raw: string;
  /** Canonical ref of the owner, whether or not that entity exists. */
  owner: string | undefined;
  /** The owner is a guess from CODEOWNERS: the entity itself names none. */
  isOwnerFromCodeOwners: boolean;
}

export interface Catalog {
  readonly entities: readonly CatalogEntity[];
  get(ref: string): CatalogEntity | undefined;
  /** Entities of one kind, case-insensitive, by title. */
  ofKind(kind: string): readonly CatalogEntity[];
  /** Targets of one relation type that exist, by title. */
  related(ref: string, type: string): readonly CatalogEntity[];
  /** Entities whose owner is this group or user; with `descendants`, also those of the groups below it. */
  ownedBy(ref: string, options?: { descendants?: boolean }): readonly CatalogEntity[];
}

/** The catalog from a portal or a model's context; an empty one when the plugin is switched off. */
export function catalogOf(from: { model<T>(plugin: string): T | undefined }): Catalog {
  return from.model<Catalog>('catalog') ?? emptyCatalog;
}

/** The entities collected in this run, for the `collect.ts` of a plugin that runs after the catalog. */
export function collectedEntities(from: {
  snapshot<T>(plugin: string): T | undefined;
}): readonly CollectedEntity[] {
  return from.snapshot<CatalogSnapshot>('catalog')?.entities ?? [];
}

const emptyCatalog: Catalog = {
  entities: [],
  get: () => undefined,
  ofKind: () => [],
  related: () => [],
  ownedBy: () => [],
};
