import { allowedEdits, editDistance } from './edit-distance.ts';

/** A word of the index that a query's word stands for, and how well: 1 is the very word. */
export interface WordMatch {
  word: number;
  quality: number;
}

/** Which rows hold which words, and in which field they stand. */
export interface WordIndex {
  readonly size: number;
  /** Words like one of the query: itself, longer ones that start with it, and misspellings when neither is there. */
  matches(word: string, isLast: boolean): WordMatch[];
  /** Rows and fields of a word, as pairs: row, field, row, field, … */
  postings(word: number): readonly number[];
  /** The word itself, for "showing results for". */
  text(word: number): string;
  has(word: string): boolean;
  /** Whether some word starts with this. */
  startsSome(beginning: string): boolean;
}

/** An index over rows added in order. */
export class WordIndexBuilder {
  private readonly numbers = new Map<string, number>();
  private readonly lists: number[][] = [];

  add(row: number, field: number, words: Iterable<string>): void {
    for (const word of words) {
      const known = this.numbers.get(word);
      if (known === undefined) {
        this.numbers.set(word, this.lists.length);
        this.lists.push([row, field]);
        continue;
      }
      const list = this.lists[known]!;
      if (list.at(-2) !== row || list.at(-1) !== field) list.push(row, field);
    }
  }

  build(): WordIndex {
    const { numbers, lists } = this;
    const texts = [...numbers.keys()];
    const sorted = texts.toSorted();
    const byLength = groupByLength(sorted);
    return {
      size: lists.length,
      matches: (word, isLast) => findMatches(word, isLast, numbers, sorted, byLength),
      postings: (word) => lists[word]!,
      text: (word) => texts[word]!,
      has: (word) => numbers.has(word),
      startsSome: (beginning) => wordsFrom(sorted, beginning).next().done === false,
    };
  }
}

function findMatches(
  word: string,
  isLast: boolean,
  numbers: ReadonlyMap<string, number>,
  sorted: readonly string[],
  byLength: ReadonlyMap<number, readonly string[]>,
): WordMatch[] {
  const found = new Map<number, number>();
  const exact = numbers.get(word);
  if (exact !== undefined) found.set(exact, 1);
  for (const longer of wordsFrom(sorted, word)) {
    // Somebody who still types means what is coming; a finished word is more likely its own plural than a prefix.
    const share = word.length / longer.length;
    const quality = isLast ? 0.55 + 0.35 * share : 0.35 + 0.45 * share;
    if (word.length >= (isLast ? 1 : 3) && longer !== word)
      found.set(numbers.get(longer)!, quality);
  }
  if (exact === undefined || found.size < 2) {
    for (const [near, quality] of misspellings(word, byLength)) {
      const number = numbers.get(near)!;
      found.set(
        number,
        Math.max(found.get(number) ?? 0, exact === undefined ? quality : quality * 0.5),
      );
    }
  }
  return Array.from(found, ([number, quality]) => ({ word: number, quality }));
}

/** Words that start with a prefix, by binary search. */
function* wordsFrom(sorted: readonly string[], prefix: string): Generator<string> {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  for (
    let at = low, taken = 0;
    at < sorted.length && taken < 60 && sorted[at]!.startsWith(prefix);
    at++, taken++
  ) {
    yield sorted[at]!;
  }
}

function* misspellings(
  word: string,
  byLength: ReadonlyMap<number, readonly string[]>,
): Generator<[string, number]> {
  const limit = allowedEdits(word.length);
  if (limit === 0 || /\d/.test(word)) return;
  for (let length = word.length - limit; length <= word.length + limit; length++) {
    for (const candidate of byLength.get(length) ?? []) {
      const distance = editDistance(word, candidate, limit);
      if (distance > limit || distance === 0) continue;
      // A wrong first letter is rarer than any other typo.
      const firstLetter = candidate.charCodeAt(0) === word.charCodeAt(0) ? 1 : 0.6;
      yield [candidate, firstLetter * (distance === 1 ? 0.75 : 0.5)];
    }
  }
}

function groupByLength(words: readonly string[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const word of words) {
    const group = groups.get(word.length);
    if (group) group.push(word);
    else groups.set(word.length, [word]);
  }
  return groups;
}
