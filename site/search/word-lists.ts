/** A word, the last row it stands in, and where it stands, rows as distances from the one before. */
export type WordPlaces = [word: string, last: number, places: number[]];

/** Words with where they stand and a number that says how. */
export class WordLists {
  private readonly lists = new Map<string, WordPlaces>();
  /** Numbers that say how; with them a place is one number, without it is two. */
  private readonly levels: number | undefined;

  constructor(levels?: number) {
    this.levels = levels;
  }

  /** Adds a place unless it is the one that was added last. Rows come in order. */
  add(word: string, row: number, value: number): void {
    let list = this.lists.get(word);
    if (!list) {
      list = [word, 0, []];
      this.lists.set(word, list);
    }
    const [, last, places] = list;
    if (this.levels !== undefined) places.push((row - last) * this.levels + value);
    else if (places.length === 0 || row !== last || places.at(-1) !== value)
      places.push(row - last, value);
    list[1] = row;
  }

  all(): WordPlaces[] {
    return [...this.lists.values()];
  }
}
