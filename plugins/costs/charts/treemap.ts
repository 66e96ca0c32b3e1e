/** A part of a treemap. */
export interface Tile {
  index: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Squarified treemap (Bruls, Huizing, van Wijk): rows are filled while their tiles get squarer. `sizes` fall; sizes of
 * zero and below have no tile.
 */
export function layTiles(sizes: readonly number[], width: number, height: number): Tile[] {
  const positive = sizes.map((size, index) => ({ size, index })).filter(({ size }) => size > 0);
  const all = positive.reduce((sum, { size }) => sum + size, 0);
  const scale = (width * height) / (all || 1);
  const areas = positive.map(({ size, index }) => ({ area: size * scale, index }));
  const tiles: Tile[] = [];
  let box = { x: 0, y: 0, width, height };
  let row: typeof areas = [];
  for (let next = 0; next < areas.length;) {
    const side = Math.min(box.width, box.height);
    const longer = [...row, areas[next]!];
    if (row.length === 0 || worst(longer, side) <= worst(row, side)) {
      row = longer;
      next += 1;
      if (next < areas.length) continue;
    }
    box = placeRow(row, box, tiles);
    row = [];
  }
  return tiles;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function placeRow(row: readonly { area: number; index: number }[], box: Box, tiles: Tile[]): Box {
  const area = row.reduce((sum, tile) => sum + tile.area, 0);
  const isTall = box.width >= box.height;
  const thickness = area / (isTall ? box.height : box.width);
  let along = 0;
  for (const tile of row) {
    const length = tile.area / thickness;
    tiles.push(
      isTall
        ? { index: tile.index, x: box.x, y: box.y + along, width: thickness, height: length }
        : { index: tile.index, x: box.x + along, y: box.y, width: length, height: thickness },
    );
    along += length;
  }
  return isTall
    ? { ...box, x: box.x + thickness, width: box.width - thickness }
    : { ...box, y: box.y + thickness, height: box.height - thickness };
}

function worst(row: readonly { area: number }[], side: number): number {
  const areas = row.map((tile) => tile.area);
  const sum = areas.reduce((a, b) => a + b, 0);
  const square = (side * side) / (sum * sum);
  return Math.max(Math.max(...areas) * square, 1 / (Math.min(...areas) * square));
}
