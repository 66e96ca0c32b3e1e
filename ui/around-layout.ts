import { fitText } from './fit-text.ts';
import { arrowHead, type GraphNode, type PlacedNode } from './graph-layout.ts';

/** Things that stand to the middle in one way, e.g. all that need it. */
export interface AroundGroup {
  title: string;
  nodes: readonly GraphNode[];
  /** Members that are not drawn. */
  left: number;
}

export interface PlacedFrame {
  title: string;
  /** All members, drawn or not. */
  count: number;
  x: number;
  y: number;
  width: number;
  height: number;
  nodes: PlacedNode[];
}

export interface PlacedAround {
  width: number;
  height: number;
  focus: PlacedNode;
  frames: PlacedFrame[];
  lines: { path: string; arrow: string }[];
}

/** A card's width in the main column: drawn at this size nothing scrolls on a desk. */
const fullWidth = 872;
const margin = 12;
const focusWidth = 212;
const gapToFocus = 56;
const framePadding = 10;
const headingHeight = 30;
const gap = 8;
const tall = 42;
const flat = 30;
/** Beyond this many boxes in a column each is one line high. */
const longColumn = 9;

/** One thing in the middle, what leads to it in frames on its left, what it leads to on its right; a line per frame. */
export function layoutAround(
  focus: GraphNode,
  before: readonly AroundGroup[],
  after: readonly AroundGroup[],
): PlacedAround {
  const sides = [before, after].filter((groups) => groups.length > 0).length;
  const room = fullWidth - 2 * margin - focusWidth - sides * gapToFocus;
  const columns = sides === 1 ? 2 : 1;
  const frameWidth = sides === 0 ? 0 : room / sides;
  const focusX = before.length > 0 ? margin + frameWidth + gapToFocus : margin;
  const left = stack(before, margin, frameWidth, columns);
  const right = stack(after, focusX + focusWidth + gapToFocus, frameWidth, columns);
  const height = Math.max(heightOf(left), heightOf(right), tall);
  for (const side of [left, right]) lower(side, (height - heightOf(side)) / 2);

  const middle = margin + height / 2;
  const placed = placeNode(focus, focusX, middle - tall / 2, focusWidth, tall);
  return {
    width: sides === 0 ? focusWidth + 2 * margin : fullWidth,
    height: Math.ceil(height + 2 * margin),
    focus: placed,
    frames: [...left, ...right],
    lines: [
      ...left.map((frame) => line(sideOf(frame, frame.width), { x: focusX, y: middle })),
      ...right.map((frame) => line({ x: focusX + focusWidth, y: middle }, sideOf(frame, 0))),
    ],
  };
}

/** Frames one below the other from the top. */
function stack(
  groups: readonly AroundGroup[],
  x: number,
  width: number,
  columns: number,
): PlacedFrame[] {
  const boxes = groups.reduce((sum, { nodes }) => sum + Math.ceil(nodes.length / columns), 0);
  const boxHeight = boxes > longColumn ? flat : tall;
  const frames: PlacedFrame[] = [];
  let y = margin;
  for (const { title, nodes, left } of groups) {
    const used = Math.min(columns, nodes.length);
    const boxWidth = (width - 2 * framePadding - (used - 1) * gap) / used;
    const rows = Math.ceil(nodes.length / used);
    const height = headingHeight + rows * (boxHeight + gap) - gap + framePadding;
    frames.push({
      title,
      count: nodes.length + left,
      x,
      y,
      width,
      height,
      nodes: nodes.map((node, index) =>
        placeNode(
          node,
          x + framePadding + (index % used) * (boxWidth + gap),
          y + headingHeight + Math.floor(index / used) * (boxHeight + gap),
          boxWidth,
          boxHeight,
        ),
      ),
    });
    y += height + gap;
  }
  return frames;
}

function placeNode(
  node: GraphNode,
  x: number,
  y: number,
  width: number,
  height: number,
): PlacedNode {
  const room = width - (node.glyph ? 46 : 24);
  return {
    ...node,
    detail: height === flat ? undefined : node.detail && fitText(node.detail, room * 1.1),
    shown: fitText(node.title, room),
    x,
    y,
    width,
    height,
  };
}

function heightOf(frames: readonly PlacedFrame[]): number {
  const last = frames.at(-1);
  return last ? last.y + last.height - margin : 0;
}

/** Centres the shorter side on the longer one. */
function lower(frames: readonly PlacedFrame[], by: number): void {
  for (const frame of frames) {
    frame.y += by;
    for (const node of frame.nodes) node.y += by;
  }
}

function sideOf(frame: PlacedFrame, across: number): { x: number; y: number } {
  return { x: frame.x + across, y: frame.y + frame.height / 2 };
}

function line(
  from: { x: number; y: number },
  to: { x: number; y: number },
): { path: string; arrow: string } {
  const half = (from.x + to.x) / 2;
  const end = to.x - 6;
  return {
    path: `M${from.x} ${from.y}C${half} ${from.y} ${half} ${to.y} ${end} ${to.y}`,
    arrow: arrowHead({ x: end, y: to.y }, to),
  };
}
