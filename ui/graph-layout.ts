import { Graph as Dagre, layout } from '@dagrejs/dagre';

import { fitText, widthOf } from './fit-text.ts';
import type { Tone } from './tone.ts';

export interface GraphNode {
  id: string;
  title: string;
  /** Two letters for the kind of thing. */
  glyph?: string | undefined;
  /** Second line, e.g. its kind and owner. */
  detail?: string | undefined;
  href?: string | undefined;
  tone?: Tone | undefined;
  /** The node the drawing is about. */
  isFocus?: boolean | undefined;
  /** Named by others, but there is no such thing. */
  isMissing?: boolean | undefined;
}

export interface GraphEdge {
  from: string;
  to: string;
  label?: string | undefined;
}

export interface PlacedNode extends GraphNode {
  x: number;
  y: number;
  width: number;
  height: number;
  /** The title as far as it fits. */
  shown: string;
}

export interface PlacedEdge extends GraphEdge {
  path: string;
  /** The head at its end. */
  arrow: string;
  labelAt: { x: number; y: number } | undefined;
}

export interface PlacedGraph {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

interface Point {
  x: number;
  y: number;
}

interface Box extends Partial<Point> {
  width?: number;
}

export interface LayoutOptions {
  /** Left to right reads as "depends on"; top to bottom suits trees. */
  direction?: 'LR' | 'TB';
}

const margin = 12;
const longestTitle = 175;

/** Places nodes in layers so that edges run one way; nodes come out in reading order. */
export function layoutGraph(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  { direction = 'LR' }: LayoutOptions = {},
): PlacedGraph {
  const dagre = new Dagre({ multigraph: true });
  dagre.setGraph({
    rankdir: direction,
    nodesep: 14,
    ranksep: 64,
    marginx: margin,
    marginy: margin,
  });
  dagre.setDefaultEdgeLabel(() => ({}));
  const sized = nodes.map((node) => {
    const shown = fitText(node.title, longestTitle);
    return { ...node, shown, ...sizeOf(node, shown) };
  });
  for (const node of sized) dagre.setNode(node.id, { width: node.width, height: node.height });
  const drawn = edges.filter(({ from, to }) => dagre.hasNode(from) && dagre.hasNode(to));
  drawn.forEach(({ from, to, label }, index) => {
    dagre.setEdge(
      from,
      to,
      { width: label ? label.length * 5.5 : 0, height: 10, labelpos: 'c' },
      String(index),
    );
  });
  layout(dagre);

  const placed: PlacedNode[] = [];
  for (const node of sized) {
    const { x = 0, y = 0 } = dagre.node(node.id);
    placed.push({ ...node, x: round(x - node.width / 2), y: round(y - node.height / 2) });
  }
  placed.sort((a, b) => (direction === 'LR' ? a.x - b.x || a.y - b.y : a.y - b.y || a.x - b.x));
  const size = dagre.graph();
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    nodes: placed,
    edges: drawn.map((edge, index) => {
      const line = dagre.edge(edge.from, edge.to, String(index));
      const ends = [dagre.node(edge.from), dagre.node(edge.to)] as const;
      return placeEdge(edge, line, direction === 'LR' ? ends : undefined);
    }),
  };
}

function placeEdge(
  edge: GraphEdge,
  line: { points?: Point[]; x?: number; y?: number },
  ends: readonly [Box, Box] | undefined,
): PlacedEdge {
  const points = fromSideToSide(line.points ?? [], ends);
  const isLabelled = edge.label && line.x !== undefined && line.y !== undefined;
  return {
    ...edge,
    path: smoothPath(points),
    arrow: arrowHead(points.at(-2), points.at(-1)),
    labelAt: isLabelled ? { x: round(line.x ?? 0), y: round(line.y ?? 0) } : undefined,
  };
}

/** Lines that run forward leave and enter at the middle of a side, so that many of them stay apart. */
function fromSideToSide(
  points: readonly Point[],
  ends: readonly [Box, Box] | undefined,
): readonly Point[] {
  if (!ends || points.length < 2) return points;
  const [from, to] = ends;
  const start = { x: (from.x ?? 0) + (from.width ?? 0) / 2, y: from.y ?? 0 };
  const end = { x: (to.x ?? 0) - (to.width ?? 0) / 2, y: to.y ?? 0 };
  if (start.x >= end.x) return points;
  return [start, ...points.slice(1, -1), { x: end.x - 10, y: end.y }, end];
}

/** A line through the points with rounded corners. */
function smoothPath(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return '';
  let path = `M${round(start.x)} ${round(start.y)}`;
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    if (!next) path += `L${round(point.x)} ${round(point.y)}`;
    else
      path += `Q${round(point.x)} ${round(point.y)} ${round((point.x + next.x) / 2)} ${round((point.y + next.y) / 2)}`;
  });
  return path;
}

/** Drawn as a shape of its own: a marker would need an id, which two drawings on a page would share. */
export function arrowHead(before: Point | undefined, tip: Point | undefined): string {
  if (!before || !tip) return '';
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const x = (tip.x - before.x) / length;
  const y = (tip.y - before.y) / length;
  const left = `${round(tip.x - 7 * x - 3.5 * y)} ${round(tip.y - 7 * y + 3.5 * x)}`;
  const right = `${round(tip.x - 7 * x + 3.5 * y)} ${round(tip.y - 7 * y - 3.5 * x)}`;
  return `M${round(tip.x)} ${round(tip.y)}L${left}L${right}Z`;
}

function sizeOf(node: GraphNode, shown: string): { width: number; height: number } {
  const text = Math.max(widthOf(shown), widthOf(node.detail ?? '', 10.5));
  return { width: Math.ceil(text + (node.glyph ? 44 : 24)), height: node.detail ? 42 : 30 };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
