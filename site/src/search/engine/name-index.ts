import { joinedWord, wantedNames, wordsOf } from './words.ts';
import { WordIndexBuilder, type WordIndex } from './word-index.ts';

/** One thing of the portal as the index file has it; arrays, because thousands are sent. */
export type NameRow = [
  title: string,
  type: number,
  url: string,
  names: string[],
  breadcrumb: string,
  summary: string,
  weight: number,
  filters: number[],
  /** Day of the last change since 1970; 0 when nobody knows. */
  day: number,
];

/** A section of a page: the row it is part of, its heading, its anchor. */
export type HeadingRow = [row: number, title: string, anchor: string];

/** A thing found by its name or by one of its headings. */
export interface NameHit {
  row: number;
  /** Index of the heading that fits better than the title. */
  heading: number | undefined;
  score: number;
  /** The name itself was asked for. */
  isExact: boolean;
  /** The very heading was asked for. */
  isHeading: boolean;
}

const fieldWeights = [3, 2.6, 2, 0.7] as const;
const [title, name, heading, around] = [0, 1, 2, 3] as const;

/** Finds rows by title, other names and headings; forgives typos, case, accents and the spelling of identifiers. */
export class NameIndex {
  private readonly units: {
    row: number;
    heading: number | undefined;
    length: number;
    joined: string[];
  }[] = [];
  private readonly words: WordIndex;
  private readonly weights: Float32Array;

  constructor(rows: readonly NameRow[], headings: readonly HeadingRow[]) {
    const builder = new WordIndexBuilder();
    this.weights = Float32Array.from(rows, (row) => row[6]);
    for (const [at, row] of rows.entries()) {
      const [text, , , names, breadcrumb, summary] = row;
      const unit = this.units.length;
      const titleWords = wordsOf(text);
      builder.add(unit, title, titleWords);
      builder.add(unit, title, [joinedWord(text)]);
      for (const each of names) builder.add(unit, name, [...wordsOf(each), joinedWord(each)]);
      builder.add(unit, around, wordsOf(`${breadcrumb} ${summary}`));
      this.units.push({
        row: at,
        heading: undefined,
        length: titleWords.length,
        joined: [text, ...names].map(joinedWord),
      });
    }
    for (const [at, [row, text]] of headings.entries()) {
      const unit = this.units.length;
      const headingWords = wordsOf(text);
      builder.add(unit, heading, headingWords);
      builder.add(unit, heading, [joinedWord(text)]);
      builder.add(unit, around, wordsOf(rows[row]![0]));
      this.units.push({
        row,
        heading: at,
        length: headingWords.length,
        joined: [joinedWord(text)],
      });
    }
    this.words = builder.build();
  }

  /** Best rows for a query's words, each row once. */
  search(
    query: string,
    words: readonly string[],
    limit: number,
    allows: (row: number) => boolean,
  ): NameHit[] {
    const scores = this.score(words);
    const wanted = wantedNames(query);
    const last = wanted.at(-1) ?? '';
    const best = new Map<number, NameHit>();
    for (const [unit, { sum, covered, total }] of scores) {
      const { row, heading: section, length, joined } = this.units[unit]!;
      if (!allows(row)) continue;
      const coverage = covered / total;
      const isExact = wanted.some((each) => joined.includes(each));
      const isStart = !isExact && last.length > 1 && joined.some((each) => each.startsWith(last));
      let score = sum * coverage * coverage * this.weights[row]!;
      score /= 1 + 0.06 * Math.max(0, length - words.length);
      if (isExact) score *= section === undefined ? 2.5 : 1.6;
      else if (isStart) score *= section === undefined ? 1.5 : 1.2;
      const known = best.get(row);
      if (!known || known.score < score)
        best.set(row, {
          row,
          heading: section,
          score,
          isExact: isExact && section === undefined,
          isHeading: isExact && section !== undefined,
        });
    }
    return [...best.values()]
      .toSorted((a, b) => b.score - a.score || a.row - b.row)
      .slice(0, limit);
  }

  /** The query with its unknown words put right, or undefined when all of them are known. A last word may be unfinished. */
  corrected(words: readonly string[]): string[] | undefined {
    let isChanged = false;
    const right = words.map((word, at) => {
      if (this.words.has(word)) return word;
      if (at === words.length - 1 && this.words.startsSome(word)) return word;
      const [nearest] = this.words.matches(word, false).toSorted((a, b) => b.quality - a.quality);
      if (!nearest) return word;
      isChanged = true;
      return this.words.text(nearest.word);
    });
    return isChanged ? right : undefined;
  }

  private score(
    words: readonly string[],
  ): Map<number, { sum: number; covered: number; total: number }> {
    const scores = new Map<number, { sum: number; covered: number; total: number }>();
    const lists = words.map((word, at) => this.words.matches(word, at === words.length - 1));
    const rarities = lists.map((matches) => this.rarityOf(matches));
    const total = rarities.reduce((sum, rarity) => sum + rarity, 0) || 1;
    for (const [at, matches] of lists.entries()) {
      for (const [unit, value] of this.bestPerUnit(matches)) {
        const entry = scores.get(unit) ?? { sum: 0, covered: 0, total };
        scores.set(unit, entry);
        entry.sum += value * rarities[at]!;
        entry.covered += rarities[at]! * Math.min(1, value / fieldWeights[heading]);
      }
    }
    return scores;
  }

  /** What the best of a query word's matches is worth in each unit. */
  private bestPerUnit(matches: readonly { word: number; quality: number }[]): Map<number, number> {
    const best = new Map<number, number>();
    for (const { word, quality } of matches) {
      const postings = this.words.postings(word);
      for (let at = 0; at < postings.length; at += 2) {
        const value = quality * fieldWeights[postings[at + 1]! as 0 | 1 | 2 | 3];
        if (value > (best.get(postings[at]!) ?? 0)) best.set(postings[at]!, value);
      }
    }
    return best;
  }

  /** How much a word tells: one that stands everywhere tells little, one that stands nowhere as much as a rare one. */
  private rarityOf(matches: readonly { word: number; quality: number }[]): number {
    let count = 0;
    for (const { word, quality } of matches)
      count += (this.words.postings(word).length / 2) * quality;
    return Math.log(1 + this.units.length / (1 + count));
  }
}
