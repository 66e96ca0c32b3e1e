import type { Entity } from '../types.ts';

/** One direction of a relation, as people say it. */
export interface RelationLook {
  type: string;
  /** Heading of the things it leads to. */
  title: string;
  /** Between two names: `checkout depends on ledger`. */
  verb: string;
  /** The direction drawings show; the other is the same line read backwards. */
  isForward: boolean;
  inverse: string;
}

const looks: RelationLook[] = [
  pair('partOf', 'hasPart', 'Part of', 'part of', true),
  pair('hasPart', 'partOf', 'Has parts', 'has part', false),
  pair('providesApi', 'apiProvidedBy', 'Provides APIs', 'provides', true),
  pair('consumesApi', 'apiConsumedBy', 'Consumes APIs', 'consumes', true),
  pair('apiProvidedBy', 'providesApi', 'Provided by', 'provided by', false),
  pair('apiConsumedBy', 'consumesApi', 'Consumed by', 'consumed by', false),
  pair('dependsOn', 'dependencyOf', 'Depends on', 'depends on', true),
  pair('dependencyOf', 'dependsOn', 'Needed by', 'needed by', false),
  pair('ownedBy', 'ownerOf', 'Owned by', 'owned by', true),
  pair('ownerOf', 'ownedBy', 'Owns', 'owns', false),
  pair('childOf', 'parentOf', 'Parent group', 'child of', true),
  pair('parentOf', 'childOf', 'Groups below', 'parent of', false),
  pair('memberOf', 'hasMember', 'Member of', 'member of', true),
  pair('hasMember', 'memberOf', 'Members', 'has member', false),
];
const byType = new Map(looks.map((look) => [look.type, look]));

/** Look of any relation type; one of an organisation's own is named as written. */
export function relationLook(type: string): RelationLook {
  return byType.get(type) ?? pair(type, '', type, type, true);
}

/** Groups in the order they are read. */
export function compareRelations(a: string, b: string): number {
  return rank(a) - rank(b) || a.localeCompare(b);
}

function rank(type: string): number {
  const index = looks.findIndex((look) => look.type === type);
  return index === -1 ? looks.length : index;
}

function pair(
  type: string,
  inverse: string,
  title: string,
  verb: string,
  isForward: boolean,
): RelationLook {
  return { type, inverse, title, verb, isForward };
}

/** Relations with a place of their own on the page: members, possessions, contents, the owner in the strip. */
const shownElsewhere: Readonly<Record<string, readonly string[]>> = {
  group: ['ownerOf', 'hasMember'],
  user: ['ownerOf'],
  system: ['hasPart'],
  domain: ['hasPart'],
};

/** An entity's relations by type, in reading order, without those its page shows in full elsewhere. */
export function cardRelations(entity: Entity): { type: string; title: string; refs: string[] }[] {
  const elsewhere = [...(shownElsewhere[entity.kind.toLowerCase()] ?? []), 'ownedBy'];
  const groups = new Map<string, string[]>();
  for (const { type, targetRef } of entity.relations ?? []) {
    if (elsewhere.includes(type)) continue;
    const refs = groups.get(type);
    if (!refs) groups.set(type, [targetRef]);
    else if (!refs.includes(targetRef)) refs.push(targetRef);
  }
  return [...groups]
    .toSorted(([a], [b]) => compareRelations(a, b))
    .map(([type, refs]) => ({ type, title: relationLook(type).title, refs }));
}
