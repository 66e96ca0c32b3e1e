import { wordsOf } from '../src/search/engine/words.ts';

/** Text of one record, in lower case. */
export interface RankedText {
  url: string;
  text: string;
}

/** How fast more of the same word stops counting, and how much long texts count less (BM25). */
const saturation = 1.2;
const lengthShare = 0.75;
const mostTexts = 200;

/** Addresses of the texts that hold the words, best first. */
export function rankTexts(texts: readonly RankedText[], words: readonly string[]): string[] {
  const average = texts.reduce((sum, { text }) => sum + text.length, 0) / (texts.length || 1) || 1;
  const scores = new Map<string, number>();
  for (const word of new Set(words.flatMap((each) => wordsOf(each)))) {
    const counts = texts.map(({ text }) => countOf(text, word));
    const holding = counts.filter((count) => count > 0).length;
    const rarity = Math.log(1 + (texts.length - holding + 0.5) / (holding + 0.5));
    for (const [at, count] of counts.entries()) {
      if (count === 0) continue;
      const { url, text } = texts[at]!;
      const share = 1 - lengthShare + (lengthShare * text.length) / average;
      const score = (rarity * count) / (count + saturation * share);
      scores.set(url, (scores.get(url) ?? 0) + score);
    }
  }
  return [...scores]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, mostTexts)
    .map(([url]) => url);
}

function countOf(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) count++;
  return count;
}
