import type { SearchRecord } from '../../plugins/types.ts';
import {
  headingCode,
  inName,
  inSummary,
  inTitle,
  isName,
  isTitle,
} from '../src/search/engine/index-format.ts';
import { joinedWord, wordsOf } from '../src/search/engine/words.ts';
import { WordLists } from './word-lists.ts';

/** Longest summary whose words are looked for, and that is shown. */
export const summaryLength = 100;
/** Whole titles and headings longer than this are found by their words. */
const longestWhole = 80;

/** Words of titles, other names and headings, each place with the code of what it is. */
export function nameWords(records: readonly SearchRecord[]): WordLists {
  const lists = new WordLists();
  for (const [row, record] of records.entries()) {
    const { title, names = [], breadcrumb = [], summary = '', sections = [] } = record;
    addText(lists, row, title, inTitle, isTitle);
    for (const name of otherNames(title, names)) addText(lists, row, name, inName, isName);
    const around = `${breadcrumb.join(' ')} ${shortened(summary)}`;
    for (const word of wordsOf(around)) lists.add(word, row, inSummary);
    for (const [heading, section] of sections.entries()) {
      const { length } = wordsOf(section.title);
      addText(
        lists,
        row,
        section.title,
        headingCode({ heading, length, isWhole: false }),
        headingCode({ heading, length, isWhole: true }),
      );
    }
  }
  return lists;
}

/** Adds a text by its words and as a whole: what every spelling of an identifier has in common. */
function addText(lists: WordLists, row: number, text: string, part: number, whole: number): void {
  const joined = joinedWord(text);
  const isShort = joined !== '' && joined.length <= longestWhole;
  if (isShort) lists.add(joined, row, whole);
  for (const word of new Set(wordsOf(text)))
    if (!isShort || word !== joined) lists.add(word, row, part);
}

/** Names without those that are the title or another name in a different spelling. */
function otherNames(title: string, names: readonly string[]): string[] {
  const known = new Set([joinedWord(title)]);
  return names.filter((name) => {
    const joined = joinedWord(name);
    if (known.has(joined)) return false;
    known.add(joined);
    return true;
  });
}

/** One line of a summary. */
export function shortened(text: string): string {
  return text.length > summaryLength ? `${text.slice(0, summaryLength - 1)}…` : text;
}
