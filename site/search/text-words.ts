import type { SearchRecord } from '../../plugins/types.ts';
import { textLevels } from '../src/search/engine/index-format.ts';
import { joinedWord, wordsOf } from '../src/search/engine/words.ts';
import { summaryLength } from './name-words.ts';
import { WordLists } from './word-lists.ts';

/** How fast more of the same word stops counting, and how much long texts count less (BM25). */
const saturation = 1.4;
const lengthShare = 0.6;
/** Words of a text of usual length; fixed, because what a text counts must not change with others. */
const usualLength = 400;
const headingWeight = 2.5;
/** Identifiers longer than this nobody types. */
const longestJoined = 40;

/** Words of texts, each place with how much the word counts there. */
export function textWords(records: readonly SearchRecord[]): WordLists {
  const lists = new WordLists(textLevels);
  const reader = new TextReader();
  for (const [row, record] of records.entries()) {
    if (!hasText(record)) continue;
    for (const [word, level] of reader.levels(record)) lists.add(word, row, level);
  }
  return lists;
}

/** What is not in a record's name, title and short summary; most entities have no such text, and are found by those. */
export function hasText({ text, sections = [], summary = '' }: SearchRecord): boolean {
  return Boolean(text) || sections.length > 0 || summary.length > summaryLength;
}

/** Reads texts. The same words come again and again: each is taken apart once. */
class TextReader {
  private readonly known = new Map<string, readonly string[]>();
  private counts = new Map<string, number>();
  private length = 0;

  /** How much each word counts in a record: 0 to `textLevels` - 1. */
  levels(record: SearchRecord): [string, number][] {
    const { title, names = [], summary = '', text = '', sections = [] } = record;
    this.counts = new Map();
    this.length = 0;
    this.read(title, 1);
    const titled = new Set(this.counts.keys());
    for (const each of [...names, summary, text]) this.read(each, 1);
    for (const section of sections) {
      this.read(section.title, headingWeight);
      this.read(section.text, 1);
    }
    const share = 1 - lengthShare + (lengthShare * this.length) / usualLength;
    const half = textLevels / 2;
    return Array.from(this.counts, ([word, count]) => [
      word,
      Math.floor((half * count) / (count + saturation * share)) + (titled.has(word) ? half : 0),
    ]);
  }

  private read(text: string, weight: number): void {
    for (const [run] of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[_.:/@#-]+[\p{L}\p{N}\p{M}]+)*/gu)) {
      let words = this.known.get(run);
      if (!words) {
        words = wordsIn(run);
        this.known.set(run, words);
      }
      this.length += words.length;
      for (const word of words) this.counts.set(word, (this.counts.get(word) ?? 0) + weight);
    }
  }
}

/** The words of a run of letters, and its identifiers in one piece: `config.maxRetry_count` is one, and so is `maxRetry_count`. */
function wordsIn(run: string): string[] {
  const words = wordsOf(run);
  const whole = new Set([run, ...run.split(/[.:/@#]+/)]);
  for (const each of whole) {
    const joined = joinedWord(each);
    if (joined.length <= longestJoined && !words.includes(joined)) words.push(joined);
  }
  return words;
}
