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

/** An entity with what it is directly related to, and one step further while that stays readable. Ownership is not drawn. */
export function neighbourhoodOf(portal: Portal, ref: string): Neighbourhood {
  const near = neighboursOf(portal, ref);
  const shown = new Set([ref, ...near.slice(0, most - 1)]);
  let left = near.length - (shown.size - 1);
  if (near.length < few && !isOrganisation(ref)) {
    for (const neighbour of near) {
      for (const further of neighboursOf(portal, neighbour)) {
        if (isContainer(neighbour)) break;
        if (shown.size < most) shown.add(further);
        else if (!shown.has(further)) left += 1;
      }
    }
  }
  return {
    nodes: [...shown].map((each) => nodeOf(portal, each, ref)),
    edges: edgesAmong(portal, shown),
    left,
  };
}

function neighboursOf(portal: Portal, ref: string): string[] {
  const relations = catalogOf(portal).get(ref)?.entity.relations ?? [];
  const drawn = relations
    .filter(({ type }) => isDrawn(type, ref))
    .map(({ targetRef }) => targetRef);
  return [...new Set(drawn)].filter((target) => target !== ref);
}

/** Owners are on the page already, and a group's hundred possessions would bury its place in the tree. */
function isDrawn(type: string, from: string): boolean {
  if (type === 'ownedBy' || type === 'ownerOf') return false;
  return type !== 'hasMember' || !isOrganisation(from);
}

function isOrganisation(ref: string): boolean {
  return /^(group|user):/.test(ref);
}

/** A system's other parts are its own page's matter. */
function isContainer(ref: string): boolean {
  return /^(system|domain):/.test(ref);
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
