import { allowedEdits, editDistance } from './edit-distance.ts';
import type { IndexFiles } from './index-files.ts';
import type { WordFile } from './index-format.ts';

/** A word of the index that a query's word stands for, how well (1 is the very word), and where it stands. */
export interface WordMatch {
  word: string;
  quality: number;
  places: readonly number[];
}

/** Longer words looked at that begin with the one that is asked for. */
const mostLonger = 60;
/** Words of a beginning may go on in the next file; further ones are not fetched for them. */
const mostFiles = 2;
/** With so many, the next file is not fetched. */
const enoughLonger = 20;

/** Finds the words of one index. Only the files that may hold them are read. */
export class WordSearch {
  private readonly files: IndexFiles;
  private readonly index: 'names' | 'texts';

  constructor(files: IndexFiles, index: 'names' | 'texts') {
    this.files = files;
    this.index = index;
  }

  /** Where the very word stands. */
  async places(word: string): Promise<readonly number[]> {
    const at = this.fileOf(word);
    if (at < 0) return [];
    const file = await this.files.words(this.index, at);
    const place = startOf(file.words, word);
    return file.words[place] === word ? file.lists[place]! : [];
  }

  /** The word itself and longer ones that start with it; a last word may be unfinished. */
  async matches(word: string, isLast: boolean): Promise<WordMatch[]> {
    const found: WordMatch[] = [];
    const firsts = this.files.start[this.index].first;
    const first = Math.max(0, this.fileOf(word));
    for (let at = first; at < firsts.length && at < first + mostFiles; at++) {
      if (at > first && !firsts[at]!.startsWith(word)) break;
      if (at > first && found.length >= (isLast ? enoughLonger : 1)) break;
      addFrom(await this.files.words(this.index, at), word, isLast, found);
    }
    return found;
  }

  /** Words of names that differ from this one by a typo or two. */
  async misspellings(word: string): Promise<WordMatch[]> {
    const limit = allowedEdits(word.length);
    if (limit === 0 || /\d/.test(word)) return [];
    const lengths = Array.from({ length: 2 * limit + 1 }, (_, at) => word.length - limit + at);
    const groups = await Promise.all(lengths.map((length) => this.files.vocabulary(length)));
    const near = groups.flat().flatMap((candidate) => {
      const distance = editDistance(word, candidate, limit);
      if (distance > limit || distance === 0) return [];
      // A wrong first letter is rarer than any other typo.
      const firstLetter = candidate.charCodeAt(0) === word.charCodeAt(0) ? 1 : 0.6;
      return [{ word: candidate, quality: firstLetter * (distance === 1 ? 0.75 : 0.5) }];
    });
    const best = near.toSorted((a, b) => b.quality - a.quality).slice(0, mostMisspellings);
    return Promise.all(
      best.map(async (each) => ({ ...each, places: await this.places(each.word) })),
    );
  }

  /** The file that holds a word if any does; -1 when it comes before all of them. */
  private fileOf(word: string): number {
    return lastNotAfter(this.files.start[this.index].first, word);
  }
}

/** Each may be in a file of its own. */
const mostMisspellings = 8;

function addFrom(
  { words, lists }: WordFile,
  word: string,
  isLast: boolean,
  found: WordMatch[],
): void {
  for (let at = startOf(words, word); at < words.length && found.length < mostLonger; at++) {
    const longer = words[at]!;
    if (!longer.startsWith(word)) return;
    if (longer === word) found.push({ word, quality: 1, places: lists[at]! });
    else if (word.length >= (isLast ? 1 : 3)) {
      // Somebody who still types means what is coming; a finished word is more likely its own plural than a prefix.
      const share = word.length / longer.length;
      const quality = isLast ? 0.55 + 0.35 * share : 0.35 + 0.45 * share;
      found.push({ word: longer, quality, places: lists[at]! });
    }
  }
}

/** Place of the first word that does not come before this one. */
function startOf(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (words[middle]! < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastNotAfter(words: readonly string[], word: string): number {
  const at = startOf(words, word);
  return words[at] === word ? at : at - 1;
}
