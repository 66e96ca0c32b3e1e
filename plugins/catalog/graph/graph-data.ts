import type { Portal } from '../../types.ts';
import { catalogOf } from '../index.ts';
import { specText, targetOf } from '../lookup.ts';
import { relationLook } from '../relation-looks.ts';

/** The whole graph, small enough to send: `/api/catalog/graph.json`. */
export interface GraphData {
  /** `[ref, title, path, type]`; path and type are empty where there is none, and a missing entity has no path. */
  nodes: [ref: string, title: string, path: string, type: string][];
  /** Forward relation types in use. */
  types: string[];
  /** `[from, to, type]` as places in the lists above; each line once, forward. */
  edges: [from: number, to: number, type: number][];
}

/** Every entity, what is named but missing, and how they hang together. */
export function graphData(portal: Portal): GraphData {
  const data: GraphData = { nodes: [], types: [], edges: [] };
  const places = new Map<string, number>();
  const types = new Map<string, number>();
  const drawn = new Set<string>();

  function placeOf(ref: string): number {
    const known = places.get(ref);
    if (known !== undefined) return known;
    const entity = catalogOf(portal).get(ref)?.entity;
    const { title, path } = targetOf(portal, ref);
    places.set(ref, data.nodes.length);
    return (
      data.nodes.push([ref, title, path ?? '', (entity && specText(entity, 'type')) ?? '']) - 1
    );
  }

  function typeOf(type: string): number {
    const known = types.get(type);
    if (known !== undefined) return known;
    types.set(type, data.types.length);
    return data.types.push(type) - 1;
  }

  for (const { ref, entity } of catalogOf(portal).entities) {
    const here = placeOf(ref);
    for (const { type, targetRef } of entity.relations ?? []) {
      const look = relationLook(type);
      const there = placeOf(targetRef);
      const edge = look.isForward
        ? ([here, there, typeOf(type)] as const)
        : ([there, here, typeOf(look.inverse)] as const);
      const key = edge.join(' ');
      if (drawn.has(key)) continue;
      drawn.add(key);
      data.edges.push([...edge]);
    }
  }
  return data;
}
