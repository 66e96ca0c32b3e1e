import type { WordPlaces } from './word-lists.ts';

/** Words of all parts, with their places in the whole. */
export class MergedWords {
  private readonly words = new Map<string, { last: number; places: number[][] }>();
  /** What one row of distance counts in the number a place begins with. */
  private readonly perRow: number;

  constructor(perRow: number) {
    this.perRow = perRow;
  }

  /** Adds a part whose first row is `row`. Parts come in order. */
  add(part: readonly WordPlaces[], row: number): void {
    for (const [word, last, added] of part) {
      const known = this.words.get(word);
      // Only the first place is told from the beginning of the part.
      added[0]! += (row - (known?.last ?? 0)) * this.perRow;
      if (!known) this.words.set(word, { last: row + last, places: [added] });
      else {
        known.places.push(added);
        known.last = row + last;
      }
    }
  }

  /** In the order of their letters. */
  sorted(): [word: string, places: number[]][] {
    return Array.from(
      this.words,
      ([
        word,
        {
          places: [first, ...rest],
        },
      ]): [string, number[]] => [
        word,
        // Joined at once: a list that grows is copied again and again.
        rest.length === 0 ? first! : first!.concat(...rest),
      ],
    ).toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}
