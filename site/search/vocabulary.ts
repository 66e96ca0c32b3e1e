import { headingOf } from '../src/search/engine/index-format.ts';

/** Longest word typos are looked for in. */
const longest = 32;

/** Words of names by their length: what a misspelt word may have meant. Headings in one piece are none. */
export function vocabularyOf(
  sorted: readonly (readonly [word: string, places: number[]])[],
): string[][] {
  const groups: string[][] = [];
  for (const [word, places] of sorted) {
    if (word.length <= longest && isWord(places)) (groups[word.length] ??= []).push(word);
  }
  return Array.from(groups, (group) => group ?? []);
}

function isWord(places: readonly number[]): boolean {
  for (let at = 1; at < places.length; at += 2) {
    const heading = headingOf(places[at]!);
    if (!heading?.isWhole || heading.length <= 1) return true;
  }
  return false;
}
