import type { RowText } from './index-format.ts';
import type { Excerpt } from './messages.ts';
import { stemOf } from './stem.ts';
import { segmenter, unspaced, wordsOf } from './words.ts';

/** Words shown of a text. */
const length = 24;
/** Of them, words before the place. */
const before = 6;

/** All of a text that is in the index itself. */
export function textOf({ text, sections }: RowText): string {
  return [text, ...sections.map(([title, , body]) => `${title}. ${body}`)].join(' ');
}

/** Where the words stand in a text: the stretch that has most of them, with some words around. */
export function stretchOf(text: string, words: readonly string[]): Excerpt['parts'] {
  const tokens = tokensOf(text);
  const wanted = new Set(words.map(stemOf));
  const matching = tokens.map((token) => wordIn(token, wanted, words.at(-1) ?? ''));
  const place = densest(matching);
  if (place < 0) return [];
  const start = Math.max(0, place - before);
  const end = Math.min(tokens.length, start + length);
  const parts: Excerpt['parts'] = start > 0 ? [{ text: '… ', isMatch: false }] : [];
  for (let at = start; at < end; at++) {
    const isMatch = matching[at] !== undefined;
    const word = tokens[at]!.trimEnd();
    add(parts, word, isMatch);
    add(parts, tokens[at]!.slice(word.length), false);
  }
  if (end < tokens.length) parts.push({ text: '…', isMatch: false });
  return parts;
}

function add(parts: Excerpt['parts'], text: string, isMatch: boolean): void {
  const last = parts.at(-1);
  if (last?.isMatch === isMatch) last.text += text;
  else if (text !== '') parts.push({ text, isMatch });
}

/** Where a stretch begins that has most of the words; -1 when there are none. */
function densest(matching: readonly (string | undefined)[]): number {
  let most = 0;
  let place = -1;
  for (const [at, match] of matching.entries()) {
    if (match === undefined) continue;
    const inside = new Set(matching.slice(at, at + length - before));
    inside.delete(undefined);
    if (inside.size <= most) continue;
    most = inside.size;
    place = at;
  }
  return place;
}

/** A text in words, each with the space after it; scripts without spaces cut by the platform's dictionary. */
function tokensOf(text: string): string[] {
  return (text.match(/\S+\s*/gu) ?? []).flatMap((run) => {
    const token = run.replace(/\s+$/u, ' ');
    return unspaced.test(token)
      ? Array.from(segmenter.segment(token), (part) => part.segment)
      : [token];
  });
}

/** The word of the query a token holds. */
function wordIn(token: string, wanted: ReadonlySet<string>, beginning: string): string | undefined {
  for (const word of wordsOf(token)) {
    const stem = stemOf(word);
    if (wanted.has(stem)) return stem;
    if (beginning.length > 1 && word.startsWith(beginning)) return stemOf(beginning);
  }
  return undefined;
}
