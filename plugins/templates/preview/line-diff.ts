export interface DiffLine {
  /** Counts lines of the comparison, from 1. */
  number: number;
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Beyond this many pairs of lines, changed parts are shown whole instead of matched line by line. */
const maxPairs = 4_000_000;

type Line = Omit<DiffLine, 'number'>;

/** Lines that differ between two texts, by their longest common subsequence. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end))
    end++;
  const middle = matched(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const lines = [
    ...a.slice(0, start).map((text): Line => ({ kind: 'same', text })),
    ...middle,
    ...a.slice(a.length - end).map((text): Line => ({ kind: 'same', text })),
  ];
  return lines.map(({ kind, text }, index) => ({ kind, text, number: index + 1 }));
}

function matched(a: readonly string[], b: readonly string[]): Line[] {
  if (a.length * b.length > maxPairs) {
    return [
      ...a.map((text): Line => ({ kind: 'removed', text })),
      ...b.map((text): Line => ({ kind: 'added', text })),
    ];
  }
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    ) {
      lines.push({ kind: 'removed', text: a[i++]! });
    } else lines.push({ kind: 'added', text: b[j++]! });
  }
  return lines;
}
