/** Path of a line through the values, filling a box of that size; a flat row lies in the middle. */
export function sparklinePath(values: readonly number[], width: number, height: number): string {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return '';
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const step = width / Math.max(1, values.length - 1);
  const pad = 1.5;
  const points: string[] = [];
  let isGap = true;
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      isGap = true;
      return;
    }
    const share = range === 0 ? 0.5 : (value - low) / range;
    const y = height - pad - share * (height - 2 * pad);
    points.push(`${isGap ? 'M' : 'L'}${(index * step).toFixed(1)} ${y.toFixed(1)}`);
    isGap = false;
  });
  return points.length === 1 ? `${points[0]}h${width}` : points.join('');
}
