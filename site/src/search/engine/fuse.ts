/** A ranked list of rows and how much it counts. */
export interface Ranking {
  /** Best first; undefined keeps a place that counts for nobody. */
  keys: readonly (number | undefined)[];
  weight: number;
}

/** How fast a place further down loses worth; small, because both lists are good at their top. */
const damping = 10;

/** One order out of several: reciprocal rank fusion (Cormack and others, SIGIR 2009). */
export function fuse(rankings: readonly Ranking[]): number[] {
  const scores = new Map<number, number>();
  for (const { keys, weight } of rankings) {
    for (const [rank, key] of keys.entries())
      if (key !== undefined) scores.set(key, (scores.get(key) ?? 0) + weight / (damping + rank));
  }
  return [...scores].toSorted((a, b) => b[1] - a[1]).map(([key]) => key);
}
