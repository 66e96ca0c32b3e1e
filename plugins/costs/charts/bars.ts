import type { Units } from '../money.ts';

/** One colour of a stacked bar. */
export interface Layer {
  name: string;
  values: readonly Units[];
}

/** A layer as a path, one sub-path a bar. */
export interface DrawnLayer {
  name: string;
  path: string;
}

/** Geometry of stacked bars in a box of `width` by `height`; amounts below zero hang below the line. */
export interface DrawnBars {
  layers: DrawnLayer[];
  /** Where zero is. */
  baseline: number;
  /** Lines across, with the amounts they stand for. */
  grid: { y: number; amount: Units }[];
  /** Centre of each bar. */
  centres: number[];
}

const gap = 0.22;

/** Draws stacked bars. */
export function drawBars(layers: readonly Layer[], width: number, height: number): DrawnBars {
  const count = layers[0]?.values.length ?? 0;
  const tops = Array.from({ length: count }, (_, at) => total(layers, at, 1));
  const bottoms = Array.from({ length: count }, (_, at) => total(layers, at, -1));
  const step = niceStep(Math.max(1, ...tops));
  const top = Math.max(step, Math.ceil(Math.max(1, ...tops) / step) * step);
  const bottom = Math.min(0, ...bottoms);
  const scale = height / (top - bottom);
  const slot = width / Math.max(1, count);
  const baseline = round(top * scale);
  const up = Array.from({ length: count }, () => 0);
  const down = Array.from({ length: count }, () => 0);
  const drawn = layers.map(({ name, values }) => {
    let path = '';
    for (const [at, value] of values.entries()) {
      if (value === 0) continue;
      const from = value > 0 ? up : down;
      const start = (top - from[at]!) * scale;
      from[at]! += value;
      path += `M${round(at * slot + (slot * gap) / 2)} ${round(start)}v${round(-value * scale)}h${round(slot * (1 - gap))}v${round(value * scale)}z`;
    }
    return { name, path };
  });
  const grid: DrawnBars['grid'] = [];
  for (let amount = step; amount <= top; amount += step)
    grid.push({ y: round((top - amount) * scale), amount });
  return {
    layers: drawn,
    baseline,
    grid,
    centres: Array.from({ length: count }, (_, at) => round((at + 0.5) * slot)),
  };
}

/** The largest layers, and the others as one. */
export function topLayers(layers: readonly Layer[], shown: number): Layer[] {
  if (layers.length <= shown) return [...layers];
  const others = layers.slice(shown - 1);
  const values = others[0]!.values.map((_, at) =>
    others.reduce((sum, layer) => sum + layer.values[at]!, 0),
  );
  return [...layers.slice(0, shown - 1), { name: `${others.length} others`, values }];
}

function total(layers: readonly Layer[], at: number, sign: 1 | -1): number {
  let sum = 0;
  for (const { values } of layers) if (Math.sign(values[at]!) === sign) sum += values[at]!;
  return sum;
}

/** A third of the top or so, as 1, 2 or 5 times a power of ten. */
function niceStep(top: number): number {
  const rough = top / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = rough / power;
  if (digit <= 1) return power;
  if (digit <= 2) return 2 * power;
  return digit <= 5 ? 5 * power : 10 * power;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
