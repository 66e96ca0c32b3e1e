/** Tables of pipes, with pipes inside code spans left alone. */
import { Block } from '../dialect/block.ts';
import type { BlockRule } from '../dialect/rules.ts';

export const tables: BlockRule = { name: 'table', priority: 75, run: table };

const endBorder = /(?<!\\)(?:\\\\)*\|$/u;

function table(parent: Block, blocks: string[]): boolean {
  if (!blocks[0]!.includes('\n') || !blocks[0]!.includes('-')) return false;
  const rows = blocks[0]!.split('\n').map((row) => row.replace(/^ +| +$/gu, ''));
  const hasBorder = rows[0]!.startsWith('|') || endBorder.test(rows[0]!);
  const header = cellsOf(rows[0]!, hasBorder);
  const isSingle = header.length === 1 && hasBorder;
  if (
    header.length < 2 &&
    !(isSingle && rows.slice(1).every((row) => row.startsWith('|') || endBorder.test(row)))
  ) {
    return false;
  }
  const separator = cellsOf(rows[1]!, hasBorder);
  if (separator.length !== header.length || !/^[|: -]*$/u.test(separator.join(''))) return false;

  blocks.shift();
  const align = separator.map((cell) => alignment(cell.replace(/^ +| +$/gu, '')));
  const element = parent.append(new Block('table'));
  element.data['align'] = align;
  const body = rows.length > 2 ? rows.slice(2).map((row) => cellsOf(row, hasBorder)) : [[]];
  for (const cells of [header, ...body]) {
    const row = element.append(new Block('tr'));
    // Every row gets as many cells as the header has.
    for (const index of align.keys()) {
      row.append(new Block('td', {}, (cells[index] ?? '').replace(/^ +| +$/gu, '')));
    }
  }
  return true;
}

function alignment(cell: string): 'center' | 'left' | 'right' | null {
  if (cell.startsWith(':') && cell.endsWith(':')) return 'center';
  if (cell.startsWith(':')) return 'left';
  return cell.endsWith(':') ? 'right' : null;
}

function cellsOf(row: string, hasBorder: boolean): string[] {
  if (!hasBorder) return split(row);
  return split((row.startsWith('|') ? row.slice(1) : row).replace(endBorder, ''));
}

const points = /(\\\\)|(\\`+)|(`+)|(\\\|)|(\|)/gu;

/** Cuts at pipes that are neither escaped nor between backticks. */
function split(row: string): string[] {
  const pipes: number[] = [];
  const ticks: { length: number; start: number; end: number; escape: number }[] = [];
  for (const match of row.matchAll(points)) {
    const ticksFound = match[2] ?? match[3];
    if (ticksFound) {
      const escape = match[2] ? 1 : 0;
      const end = match.index + ticksFound.length - 1;
      ticks.push({ length: ticksFound.length - escape, start: match.index, end, escape });
    } else if (match[5]) {
      pipes.push(match.index);
    }
  }
  const regions = codeRegions(ticks);
  const cells: string[] = [];
  let from = 0;
  for (const pipe of pipes) {
    if (regions.some(([start, end]) => start <= pipe && pipe <= end)) continue;
    cells.push(row.slice(from, pipe));
    from = pipe + 1;
  }
  cells.push(row.slice(from));
  return cells;
}

function codeRegions(
  ticks: { length: number; start: number; end: number; escape: number }[],
): [number, number][] {
  const regions: [number, number][] = [];
  let at = 0;
  while (at < ticks.length) {
    const size = ticks[at]!.length - ticks[at]!.escape;
    const closing = size === 0 ? -1 : ticks.findIndex((tick, i) => i > at && tick.length === size);
    if (closing === -1) {
      at += 1;
      continue;
    }
    regions.push([ticks[at]!.start, ticks[closing]!.end]);
    at = closing + 1;
  }
  return regions;
}
