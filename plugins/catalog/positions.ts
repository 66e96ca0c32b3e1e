import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

/** A place in a file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Line and column of a byte offset. */
export function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/**
 * Where the value at a path stands, or its key when asked for. A path that is not there gives the key of the nearest
 * map around it: that is where the missing thing belongs.
 */
export function locate(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
  what: 'key' | 'value' = 'value',
): Position {
  let node = document.contents as Node | null;
  let key: Node | null = node;
  let isWhole = true;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    const step = child(node, part);
    if (!step) {
      isWhole = false;
      break;
    }
    key = step.key;
    node = step.value;
  }
  const found = what === 'value' && isWhole ? (node ?? key) : key;
  return positionAt(lines, found?.range?.[0] ?? document.contents?.range?.[0] ?? 0);
}

function child(
  node: Node | null,
  part: string | number,
): { key: Node | null; value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      ({ key }) => String(isScalar(key) ? key.value : key) === String(part),
    );
    return pair && { key: pair.key as Node, value: pair.value as Node | null };
  }
  if (!isSeq(node)) return undefined;
  const item = node.items[Number(part)] as Node | undefined;
  return item && { key: item, value: item };
}
