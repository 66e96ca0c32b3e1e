import { canonicalRef, parseRef } from './refs.ts';

/** One field of `spec` that refers to other entities. */
interface RelationField {
  field: string;
  /** Relation from this entity to the one named. */
  type: string;
  /** Kind of a reference that names none; without one the reference must. */
  kind?: string;
}

const owner: RelationField = { field: 'owner', type: 'ownedBy', kind: 'Group' };
const system: RelationField = { field: 'system', type: 'partOf', kind: 'System' };
const dependsOn: RelationField = { field: 'dependsOn', type: 'dependsOn' };
const dependencyOf: RelationField = { field: 'dependencyOf', type: 'dependencyOf' };

/** Relation fields by kind, in Backstage's order; a test compares them with the model `@backstage/catalog-model` ships. */
export const relationFields: Readonly<Record<string, readonly RelationField[]>> = {
  Component: [
    owner,
    { field: 'subcomponentOf', type: 'partOf', kind: 'Component' },
    { field: 'providesApis', type: 'providesApi', kind: 'API' },
    { field: 'consumesApis', type: 'consumesApi', kind: 'API' },
    dependsOn,
    dependencyOf,
    system,
  ],
  API: [owner, system],
  Resource: [owner, dependsOn, dependencyOf, system],
  System: [owner, { field: 'domain', type: 'partOf', kind: 'Domain' }],
  Domain: [owner, { field: 'subdomainOf', type: 'partOf', kind: 'Domain' }],
  Group: [
    { field: 'parent', type: 'childOf', kind: 'Group' },
    { field: 'children', type: 'parentOf', kind: 'Group' },
    { field: 'members', type: 'hasMember', kind: 'User' },
  ],
  User: [{ field: 'memberOf', type: 'memberOf', kind: 'Group' }],
  Template: [owner],
  Location: [],
  AiResource: [
    owner,
    system,
    { field: 'dependsOn', type: 'dependsOn', kind: 'AiResource' },
    { field: 'skills', type: 'hasPart', kind: 'AiResource' },
    { field: 'plugins', type: 'hasPart', kind: 'AiResource' },
  ],
};

const pairs = [
  ['ownedBy', 'ownerOf'],
  ['partOf', 'hasPart'],
  ['providesApi', 'apiProvidedBy'],
  ['consumesApi', 'apiConsumedBy'],
  ['dependsOn', 'dependencyOf'],
  ['childOf', 'parentOf'],
  ['memberOf', 'hasMember'],
] as const;

const opposites = new Map<string, string>(
  pairs.flatMap(([forward, back]) => [
    [forward, back],
    [back, forward],
  ]),
);

/** The same relation seen from the other end, e.g. `ownerOf` for `ownedBy`. */
export function oppositeRelation(type: string): string {
  return opposites.get(type) ?? type;
}

/** One reference an entity makes: canonical `target`, or what is `wrong` with it. */
export interface Reference {
  type: string;
  /** Where it stands, e.g. `['spec', 'dependsOn', 0]`. */
  path: (string | number)[];
  /** As written. */
  text: string;
  target?: string;
  wrong?: string;
}

/** Every reference of an entity, in the order of its kind's fields. */
export function referencesOf(entity: {
  kind: string;
  metadata: { namespace: string };
  spec?: Record<string, unknown> | undefined;
}): Reference[] {
  const references: Reference[] = [];
  for (const { field, type, kind } of relationFields[entity.kind] ?? []) {
    const value = entity.spec?.[field];
    const isList = Array.isArray(value);
    const texts: unknown[] = isList ? value : [value];
    for (const [index, text] of texts.entries()) {
      // `plugins` of a skill and the like are free fields: only text refers to something.
      if (typeof text !== 'string') continue;
      const path = isList ? ['spec', field, index] : ['spec', field];
      const parsed = parseRef(text, { kind, namespace: entity.metadata.namespace });
      if (typeof parsed === 'string') references.push({ type, path, text, wrong: parsed });
      else references.push({ type, path, text, target: canonicalRef(parsed) });
    }
  }
  return references;
}
