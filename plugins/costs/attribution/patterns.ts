/** A text or a pattern with `*` for any text, matched without regard to case. */
export function matches(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const actual = text.toLowerCase();
  const parts = wanted.split('*');
  const first = parts[0]!;
  if (parts.length === 1) return wanted === actual;
  if (!actual.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = actual.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  const last = parts.at(-1)!;
  return actual.length - last.length >= from && actual.endsWith(last);
}

/** Whether any of the patterns matches; a list that was not given matches everything. */
export function matchesAny(patterns: readonly string[] | undefined, text: string): boolean {
  return patterns === undefined || patterns.some((pattern) => matches(pattern, text));
}
