import type { SearchRecord } from '../../../plugins/types.ts';
import { joinedWord, wordsOf } from '../../../site/src/search/engine/words.ts';

/** A query and the addresses that answer it. */
export interface Question {
  set: string;
  text: string;
  answers: string[];
}

/** A link on one page to another. */
export interface PageLink {
  text: string;
  from: string;
  to: string;
}

const leads = ['how do I', 'how to', 'where is', 'where can I find', 'what is the best way to'];

/** Queries whose answers follow from the pages: no labels by hand, the same ones for the same seed. */
export function deriveQuestions(
  records: readonly SearchRecord[],
  links: readonly PageLink[],
  perSet: number,
  seed: number,
): Question[] {
  const random = seeded(seed);
  const byTitle = Map.groupBy(
    records.filter((record) => wordsOf(record.title).length > 0),
    (record) => joinedWord(record.title),
  );
  // A title that many share ("Overview") asks for none of them.
  const titles = [...byTitle.values()].filter((group) => group.length <= 3);
  function ofTitles(set: string, change: (title: string) => string | undefined): Question[] {
    return take(titles, perSet, random).flatMap((group) => {
      const text = change(group[0]!.title);
      return text === undefined ? [] : [{ set, text, answers: group.map(({ url }) => url) }];
    });
  }
  const anchors = linkQuestions(records, links);
  const identifiers = identifierQuestions(records);
  const question = (text: string) => `${pick(leads, random)} ${text.toLowerCase()}`;
  return [
    ...ofTitles('title', (title) => title),
    ...ofTitles('typo', (title) => misspelt(title, random)),
    ...ofTitles('prefix', halved),
    ...ofTitles('lower-case', (title) => title.toLowerCase()),
    ...ofTitles('question', question),
    ...take(headingQuestions(records), perSet, random),
    ...take(anchors, perSet, random),
    ...take(anchors, perSet, random).map(({ text, answers }) => ({
      set: 'link as question',
      text: question(text),
      answers,
    })),
    ...take(identifiers, perSet, random),
    ...take(identifiers, perSet, random).map(({ text, answers }) => ({
      set: 'identifier respelt',
      text: respelt(text, random),
      answers,
    })),
  ];
}

/** Numbers from 0 to 1, the same ones for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)]!;
}

function take<T>(from: readonly T[], count: number, random: () => number): T[] {
  return from
    .map((value) => ({ value, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ value }) => value);
}

/** One edit in a word of five letters or more. */
function misspelt(title: string, random: () => number): string | undefined {
  const words = [...title.matchAll(/\p{L}{5,}/gu)];
  if (words.length === 0) return undefined;
  const { 0: word, index } = pick(words, random);
  const at = 1 + Math.floor(random() * (word.length - 2));
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const wrong = pick(
    [
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
      word.slice(0, at) + letter + word.slice(at + 1),
      word.slice(0, at) + letter + word.slice(at),
    ],
    random,
  );
  return wrong === word
    ? undefined
    : title.slice(0, index) + wrong + title.slice(index + word.length);
}

/** The last word half typed. */
function halved(title: string): string | undefined {
  const last = /\p{L}{4,}$/u.exec(title);
  return last ? title.slice(0, title.length - Math.floor(last[0].length / 2)) : undefined;
}

function headingQuestions(records: readonly SearchRecord[]): Question[] {
  const all = records.flatMap(({ url, sections = [] }) =>
    sections.map(({ title }) => ({ title, url })),
  );
  return [...Map.groupBy(all, ({ title }) => joinedWord(title)).values()].flatMap((group) => {
    const count = wordsOf(group[0]!.title).length;
    if (group.length > 1 || count < 3 || count > 9) return [];
    return [{ set: 'heading', text: group[0]!.title, answers: [group[0]!.url] }];
  });
}

/** Link texts of two to eight words that are no title and lead to three pages at most. */
function linkQuestions(records: readonly SearchRecord[], links: readonly PageLink[]): Question[] {
  const titles = new Set(records.map(({ title }) => joinedWord(title)));
  const urls = new Set(records.map(({ url }) => url));
  const useful = links.filter(({ from, to }) => from !== to && urls.has(to));
  return [...Map.groupBy(useful, ({ text }) => joinedWord(text))].flatMap(([joined, group]) => {
    const answers = [...new Set(group.map(({ to }) => to))];
    const count = wordsOf(group[0]!.text).length;
    if (titles.has(joined) || answers.length > 3 || count < 2 || count > 8) return [];
    return [{ set: 'link', text: group[0]!.text, answers }];
  });
}

const identifier =
  /(?<![\w./@-])(?:[a-z]+(?:[A-Z][a-z0-9]+)+|[a-z]{2,}(?:_[a-z0-9]+)+|[a-z]{3,}(?:-[a-z0-9]{2,}){1,4}|[A-Z]{2,}(?:_[A-Z0-9]+)+)(?![\w./@-])/g;

/** Identifiers that one or two pages hold. */
function identifierQuestions(records: readonly SearchRecord[]): Question[] {
  const places = new Map<string, Set<string>>();
  for (const record of records) {
    const text = [record.text, ...(record.sections ?? []).map((each) => each.text)].join('\n');
    for (const [word] of text.matchAll(identifier)) {
      if (word.length < 6 || word.length > 40) continue;
      const urls = places.get(word) ?? new Set();
      places.set(word, urls.add(record.url));
    }
  }
  return [...places].flatMap(([text, urls]) =>
    urls.size <= 2 ? [{ set: 'identifier', text, answers: [...urls] }] : [],
  );
}

/** The same words in another style. */
function respelt(text: string, random: () => number): string {
  const words = wordsOf(text);
  const camel = words.map((word, at) =>
    at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1),
  );
  const styles = [words.join('-'), words.join('_'), words.join(' '), camel.join('')];
  return pick(
    styles.filter((style) => style !== text),
    random,
  );
}
