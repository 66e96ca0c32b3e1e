import type { GraphEdge, GraphNode } from '../../ui/graph-layout.ts';
import type { Portal } from '../types.ts';
import { catalogOf } from './index.ts';
import { kindLook } from './kind-looks.ts';
import { specText, targetOf } from './lookup.ts';
import { splitRef } from './refs.ts';
import { relationLook } from './relation-looks.ts';

/** What is drawn around an entity. */
export interface Neighbourhood {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Neighbours that did not fit. */
  left: number;
}

/** More boxes than this are no longer read. */
const most = 40;
/** With fewer neighbours than this, theirs are drawn too. */
const few = 9;

/**
 * Which relations of a neighbour are followed, by how it was reached: on in the same direction, and over an API to its
 * other end. Following all would draw everybody who uses the same cluster.
 */
const onward: Readonly<Record<string, readonly string[]>> = {
  providesApi: ['apiConsumedBy'],
  consumesApi: ['apiProvidedBy'],
  dependsOn: ['dependsOn'],
  dependencyOf: ['dependencyOf'],
  partOf: ['partOf'],
};

/** An entity with what it is directly related to, and one step further while that stays readable. Ownership is not drawn. */
export function neighbourhoodOf(portal: Portal, ref: string): Neighbourhood {
  const near = neighboursOf(portal, ref);
  const found = new Set(near.keys());
  if (near.size < few) {
    for (const [neighbour, type] of near) {
      for (const [further, next] of neighboursOf(portal, neighbour)) {
        if (further !== ref && onward[type]?.includes(next)) found.add(further);
      }
    }
  }
  const shown = new Set([ref, ...[...found].slice(0, most - 1)]);
  return {
    nodes: [...shown].map((each) => nodeOf(portal, each, ref)),
    edges: edgesAmong(portal, shown),
    left: found.size - (shown.size - 1),
  };
}

/** What an entity is related to, with the first relation that leads there. */
function neighboursOf(portal: Portal, ref: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type, targetRef } of catalogOf(portal).get(ref)?.entity.relations ?? []) {
    if (targetRef !== ref && isDrawn(type, ref) && !found.has(targetRef))
      found.set(targetRef, type);
  }
  return found;
}

/** Owners are on the page already, and a group's hundred possessions would bury its place in the tree. */
function isDrawn(type: string, from: string): boolean {
  if (type === 'ownedBy' || type === 'ownerOf') return false;
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

/** Each line once, in its forward direction. */
function edgesAmong(portal: Portal, refs: ReadonlySet<string>): GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  for (const ref of refs) {
    for (const { type, targetRef } of catalogOf(portal).get(ref)?.entity.relations ?? []) {
      if (!refs.has(targetRef) || targetRef === ref || type === 'ownedBy' || type === 'ownerOf')
        continue;
      const look = relationLook(type);
      const [from, to] = look.isForward ? [ref, targetRef] : [targetRef, ref];
      const label = look.isForward ? look.verb : relationLook(look.inverse).verb;
      edges.set(`${from} ${label} ${to}`, { from, to, label });
    }
  }
  return [...edges.values()];
}
