import type { PartWords } from './index-part.ts';

/** Words of all parts, each with its places in the whole: rows as distances from the one before. */
export class MergedWords {
  private readonly words = new Map<string, { last: number; places: number[] }>();
  private readonly write: (places: number[], distance: number, value: number) => void;

  /** `write` adds a place the way its index has them. */
  constructor(write: (places: number[], distance: number, value: number) => void) {
    this.write = write;
  }

  /** Adds a part whose first row is `row`. Parts come in order. */
  add(part: PartWords, row: number): void {
    for (const [word, pairs] of part) {
      let known = this.words.get(word);
      if (!known) {
        known = { last: 0, places: [] };
        this.words.set(word, known);
      }
      for (let at = 0; at < pairs.length; at += 2) {
        const place = row + pairs[at]!;
        this.write(known.places, place - known.last, pairs[at + 1]!);
        known.last = place;
      }
    }
  }

  /** In the order of their letters. */
  sorted(): [word: string, places: number[]][] {
    return Array.from(this.words, ([word, { places }]): [string, number[]] => [
      word,
      places,
    ]).toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}
