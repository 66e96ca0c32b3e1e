import type { AroundGroup } from '../../ui/around-layout.ts';
import type { GraphNode } from '../../ui/graph-layout.ts';
import type { Entity, Portal } from '../types.ts';
import { catalogOf } from './index.ts';
import { kindLook } from './kind-looks.ts';
import { specText, targetOf } from './lookup.ts';
import { splitRef } from './refs.ts';
import { compareRelations, relationLook } from './relation-looks.ts';

/** What is drawn around an entity. */
export interface Neighbourhood {
  focus: GraphNode;
  /** Whatever leads to it: what needs it, its parts, who consumes its APIs. */
  before: AroundGroup[];
  /** Whatever it leads to: what it needs, what it is part of, its APIs. */
  after: AroundGroup[];
  /** Neighbours, drawn or not. */
  count: number;
}

type Relation = NonNullable<Entity['relations']>[number];

interface Group {
  title: string;
  isAfter: boolean;
  refs: string[];
}

/** More boxes than this are no longer read. */
const most = 40;

/** The other end of an API is a neighbour too: who would notice a change, and whom a change would be noticed from. */
const overApis = [
  { type: 'providesApi', onward: 'apiConsumedBy', title: 'Consumers of its APIs', isAfter: false },
  { type: 'consumesApi', onward: 'apiProvidedBy', title: 'Providers of these APIs', isAfter: true },
];

/** An entity with what it is related to, grouped by meaning. Ownership is not drawn: the page names the owner already. */
export function neighbourhoodOf(portal: Portal, ref: string): Neighbourhood {
  const groups = [...directGroups(portal, ref), ...apiGroups(portal, ref)];
  const shares = fairShares(
    groups.map(({ refs }) => refs.length),
    most,
  );
  const drawn = groups.map(({ title, isAfter, refs }, index) => {
    const shown = refs.slice(0, shares[index]);
    const nodes = shown.map((each) => nodeOf(portal, each, ref));
    return { isAfter, group: { title, nodes, left: refs.length - shown.length } };
  });
  return {
    focus: nodeOf(portal, ref, ref),
    before: drawn.filter(({ isAfter }) => !isAfter).map(({ group }) => group),
    after: drawn.filter(({ isAfter }) => isAfter).map(({ group }) => group),
    count: groups.reduce((sum, { refs }) => sum + refs.length, 0),
  };
}

/** Whether there is anything to draw around an entity. */
export function hasNeighbours({ relations = [] }: Entity, ref: string): boolean {
  return relations.some((relation) => isDrawn(relation, ref));
}

function directGroups(portal: Portal, ref: string): Group[] {
  const byType = new Map<string, Set<string>>();
  for (const relation of relationsOf(portal, ref)) {
    if (!isDrawn(relation, ref)) continue;
    const { type, targetRef } = relation;
    const refs = byType.get(type);
    if (refs) refs.add(targetRef);
    else byType.set(type, new Set([targetRef]));
  }
  return [...byType]
    .toSorted(([a], [b]) => compareRelations(a, b))
    .map(([type, refs]) => {
      const { title, isForward } = relationLook(type);
      return { title, isAfter: isForward, refs: byTitle(portal, refs) };
    });
}

function apiGroups(portal: Portal, ref: string): Group[] {
  return overApis.flatMap(({ type, onward, title, isAfter }) => {
    const refs = new Set<string>();
    for (const api of relationsOf(portal, ref)) {
      if (api.type !== type) continue;
      for (const other of relationsOf(portal, api.targetRef)) {
        if (other.type === onward && other.targetRef !== ref) refs.add(other.targetRef);
      }
    }
    return refs.size > 0 ? [{ title, isAfter, refs: byTitle(portal, refs) }] : [];
  });
}

function byTitle(portal: Portal, refs: ReadonlySet<string>): string[] {
  return [...refs]
    .map((ref) => ({ ref, title: targetOf(portal, ref).title.toLowerCase() }))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ ref }) => ref);
}

function relationsOf(portal: Portal, ref: string): readonly Relation[] {
  return catalogOf(portal).get(ref)?.entity.relations ?? [];
}

/** How many of each group are drawn so that `room` is used up and no small group makes way for a large one. */
function fairShares(sizes: readonly number[], room: number): number[] {
  const shares = sizes.map(() => 0);
  const smallestFirst = [...sizes.keys()];
  smallestFirst.sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0));
  let left = room;
  smallestFirst.forEach((group, position) => {
    const share = Math.min(sizes[group] ?? 0, Math.floor(left / (sizes.length - position)));
    shares[group] = share;
    left -= share;
  });
  return shares;
}

/** Owners are on the page already, and a group's hundred members would bury its place in the tree. */
function isDrawn({ type, targetRef }: Relation, from: string): boolean {
  if (targetRef === from || type === 'ownedBy' || type === 'ownerOf') return false;
  return type !== 'hasMember' || !isOrganisation(from);
}

function isOrganisation(ref: string): boolean {
  return /^(group|user):/.test(ref);
}

function nodeOf(portal: Portal, ref: string, focus: string): GraphNode {
  const target = targetOf(portal, ref);
  const entity = catalogOf(portal).get(ref)?.entity;
  const type = entity && specText(entity, 'type');
  const look = kindLook(entity?.kind ?? splitRef(ref).kind);
  const detail = [look.one.toLowerCase(), type].filter(Boolean).join(' · ');
  return {
    id: ref,
    title: target.title,
    glyph: look.glyph,
    detail: entity ? detail : 'not in the catalog',
    href: target.path && portal.href(target.path),
    isFocus: ref === focus,
    isMissing: !entity,
  };
}
