import type { GraphEdge, GraphNode } from '../../../ui/graph-layout.ts';
import { kindLook } from '../kind-looks.ts';
import { relationLook } from '../relation-looks.ts';
import type { GraphData } from './graph-data.ts';

/** What the explorer shows; all of it is in the address. */
export interface GraphView {
  focus: string;
  depth: number;
  direction: 'both' | 'out' | 'in';
  /** Forward relation types followed; none chosen means the usual ones. */
  relations: string[];
  /** Kinds left out. */
  without: string[];
}

/** Relations followed unless others are chosen: ownership and membership join everything with everything. */
export const usualRelations = ['dependsOn', 'providesApi', 'consumesApi', 'partOf', 'childOf'];

/** More boxes than this are no longer read, and take long to lay out. */
const most = 120;

/** Reads `?focus=…&depth=2&direction=in&relation=dependsOn&without=user`. */
export function parseGraphView(search: string): GraphView {
  const parameters = new URLSearchParams(search);
  const direction = parameters.get('direction');
  const depth = Number(parameters.get('depth') ?? 1);
  return {
    focus: (parameters.get('focus') ?? '').toLowerCase(),
    depth: Number.isInteger(depth) ? Math.min(5, Math.max(1, depth)) : 1,
    direction: direction === 'in' || direction === 'out' ? direction : 'both',
    relations: parameters.getAll('relation'),
    without: parameters.getAll('without'),
  };
}

/** The address of a view. */
export function graphSearch(view: GraphView): string {
  const parameters = new URLSearchParams();
  if (view.focus) parameters.set('focus', view.focus);
  if (view.depth !== 1) parameters.set('depth', String(view.depth));
  if (view.direction !== 'both') parameters.set('direction', view.direction);
  for (const relation of view.relations) parameters.append('relation', relation);
  for (const kind of view.without) parameters.append('without', kind);
  const text = parameters.toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text ? `?${text}` : '';
}

/** What a view reaches. */
export interface Reached {
  nodes: (GraphNode & { ref: string; distance: number })[];
  edges: GraphEdge[];
  /** Things reached that are not drawn. */
  left: number;
}

type Step = [place: number, type: number, isOut: boolean];

/** Steps from each place, made once for a graph. */
export function stepsOf(data: GraphData): Step[][] {
  const steps: Step[][] = data.nodes.map(() => []);
  for (const [from, to, type] of data.edges) {
    steps[from]?.push([to, type, true]);
    steps[to]?.push([from, type, false]);
  }
  return steps;
}

/** Walks from the focus, nearest first, and keeps what is near when there is too much. */
export function explore(
  data: GraphData,
  steps: readonly Step[][],
  view: GraphView,
  base: string,
): Reached {
  const start = data.nodes.findIndex(([ref]) => ref === view.focus);
  if (start === -1) return { nodes: [], edges: [], left: 0 };
  const relations = view.relations.length > 0 ? view.relations : usualRelations;
  const followed = new Set(relations.map((type) => data.types.indexOf(type)));
  const distances = new Map([[start, 0]]);
  const reached = [start];
  for (const place of reached) {
    const distance = distances.get(place)!;
    if (distance === view.depth) continue;
    for (const [next, type, isOut] of steps[place] ?? []) {
      const isWrongWay = view.direction !== 'both' && isOut !== (view.direction === 'out');
      if (isWrongWay || !followed.has(type) || distances.has(next) || isLeftOut(data, next, view))
        continue;
      distances.set(next, distance + 1);
      reached.push(next);
    }
  }
  const shown = new Set(reached.slice(0, most));
  return {
    nodes: [...shown].map((place) => nodeOf(data, place, distances.get(place)!, base)),
    edges: data.edges
      .filter(([from, to, type]) => shown.has(from) && shown.has(to) && followed.has(type))
      .map(([from, to, type]) => ({
        from: data.nodes[from]![0],
        to: data.nodes[to]![0],
        label: relationLook(data.types[type]!).verb,
      })),
    left: reached.length - shown.size,
  };
}

function isLeftOut(data: GraphData, place: number, { without }: GraphView): boolean {
  return without.includes(kindOf(data.nodes[place]![0]));
}

function nodeOf(
  data: GraphData,
  place: number,
  distance: number,
  base: string,
): Reached['nodes'][number] {
  const [ref, title, path, type] = data.nodes[place]!;
  const look = kindLook(kindOf(ref));
  return {
    id: ref,
    ref,
    title,
    distance,
    glyph: look.glyph,
    detail: path
      ? [look.one.toLowerCase(), type].filter(Boolean).join(' · ')
      : 'not in the catalog',
    href: path ? base + path.slice(1) : undefined,
    isFocus: distance === 0,
    isMissing: path === '',
  };
}

/** Kind of a canonical ref. */
export function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}
