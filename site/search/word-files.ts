import type { WordFile } from '../src/search/engine/index-format.ts';

/** Letters of one file before it is compressed: a query fetches one for each of its words. */
const fewestLetters = 5000;
const mostLetters = 12_000;
/** Of so many words, one may end a file. */
const wordsBetweenEnds = 24;

/**
 * Cuts words in order into files; a word that stands nearly everywhere has one of its own. Where a file ends the words
 * say themselves, so that a new word changes one file and not all that come after it.
 */
export function* wordFiles(
  sorted: readonly (readonly [word: string, places: number[]])[],
): Generator<WordFile> {
  let file: WordFile = { words: [], lists: [] };
  let letters = 0;
  for (const [word, places] of sorted) {
    const length = word.length + 3 * places.length;
    const isFull = letters + length > mostLetters || (letters > fewestLetters && isEnd(word));
    if (file.words.length > 0 && isFull) {
      yield file;
      file = { words: [], lists: [] };
      letters = 0;
    }
    file.words.push(word);
    file.lists.push(places);
    letters += length;
  }
  if (file.words.length > 0) yield file;
}

/** The same words are ends in every build. */
function isEnd(word: string): boolean {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash >>> 8) % wordsBetweenEnds === 0;
}
