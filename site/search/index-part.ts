import type { SearchRecord } from '../../plugins/types.ts';
import type { RowText } from '../src/search/engine/index-format.ts';
import { nameWords, shortened, summaryLength } from './name-words.ts';
import { textWords } from './text-words.ts';
import type { WordPlaces } from './word-lists.ts';

/** What the index has of some records; depends on nothing else, so that it can be kept. */
export interface IndexPart {
  /** Rows are counted from the beginning of the part. */
  names: WordPlaces[];
  texts: WordPlaces[];
  /** Row each file of texts begins with, and what is in it. */
  files: { row: number; texts: RowText[] }[];
}

/** Letters in one file of texts: a few are fetched for every query. */
const lettersPerFile = 5000;

export function indexPart(records: readonly SearchRecord[]): IndexPart {
  return {
    names: nameWords(records).all(),
    texts: textWords(records).all(),
    files: textFiles(records),
  };
}

function textFiles(records: readonly SearchRecord[]): IndexPart['files'] {
  const files: IndexPart['files'] = [];
  let letters = Infinity;
  for (const [row, record] of records.entries()) {
    const text = textOf(record);
    const length = lengthOf(text);
    if (letters + length > lettersPerFile) {
      files.push({ row, texts: [] });
      letters = 0;
    }
    files.at(-1)!.texts.push(text);
    letters += length;
  }
  return files;
}

/** What is in a file of Markdown is not written a second time. */
function textOf({ summary = '', text = '', sections = [], hasMarkdown }: SearchRecord): RowText {
  const own = text || (summary.length > summaryLength ? summary : '');
  return {
    summary: shortened(summary),
    text: hasMarkdown ? '' : own,
    sections: sections.map(({ title, anchor, text: body }) => [
      title,
      anchor,
      hasMarkdown ? '' : body,
    ]),
  };
}

function lengthOf({ summary, text, sections }: RowText): number {
  let length = summary.length + text.length + 50;
  for (const [title, anchor, body] of sections)
    length += title.length + anchor.length + body.length;
  return length;
}
