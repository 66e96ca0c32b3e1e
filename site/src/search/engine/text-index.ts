import { noText, textLevels, type Rows } from './index-format.ts';
import { stemOf, formsOf } from './stem.ts';
import type { WordMatch, WordSearch } from './word-search.ts';
import { wordsOf } from './words.ts';

/** Rows whose texts are ranked; places further down change no order. */
const mostTexts = 200;
/** With so many texts that hold all words, those that miss one are left out. */
const enoughWhole = 3;
/** Texts that miss more of what the words tell than this are not like the query. */
const leastCovered = 0.4;
/** What a word in the title counts against the most it can count in the text. */
const titleBoost = 3;

/** Rows whose texts hold the words, best first (BM25, with the levels the build gave). */
export async function rankTexts(
  words: readonly string[],
  index: WordSearch,
  { text: places, titles }: Rows,
  allows: (row: number) => boolean,
): Promise<number[]> {
  const lists = await Promise.all(
    words.map((word, at) => matchesOf(word, at === words.length - 1, index)),
  );
  const texts = places.filter((place) => place !== noText).length;
  const scores = new Map<number, Score>();
  let total = 0;
  for (const matches of lists) {
    const values = valuesOf(matches);
    if (values.size === 0) continue;
    const rarity = Math.log(1 + (texts - values.size + 0.5) / (values.size + 0.5));
    total += rarity;
    for (const [row, { text, title }] of values) {
      const entry = scores.get(row) ?? { text: 0, title: 0, titled: 0, covered: 0 };
      scores.set(row, entry);
      entry.text += rarity * text;
      entry.covered += rarity;
      if (title === 0) continue;
      entry.title += rarity * title;
      entry.titled++;
    }
  }
  const ranked = Array.from(scores, ([row, { text, title, titled, covered }]) => {
    const share = titled === 0 ? 0 : titled / Math.max(1, wordsOf(titles[2 * row]!).length);
    return {
      row,
      covered: covered / total,
      score: (text + titleBoost * title * Math.sqrt(share)) * (covered / total) ** 2,
    };
  });
  const whole = ranked.filter(({ row, covered }) => covered > 0.999 && allows(row)).length;
  const least = whole >= enoughWhole ? 0.999 : leastCovered;
  return ranked
    .filter(({ row, covered }) => covered >= least && allows(row))
    .toSorted((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, mostTexts)
    .map(({ row }) => row);
}

interface Score {
  text: number;
  title: number;
  /** Words in the title. */
  titled: number;
  /** What the words found tell. */
  covered: number;
}

/** Rows whose texts hold the very word, best first. */
export async function rankWord(
  word: string,
  index: WordSearch,
  allows: (row: number) => boolean,
): Promise<number[]> {
  const values = valuesOf([{ word, quality: 1, places: await index.places(word) }]);
  return [...values]
    .filter(([row]) => allows(row))
    .toSorted(([a, left], [b, right]) => right.text + right.title - left.text - left.title || a - b)
    .slice(0, mostTexts)
    .map(([row]) => row);
}

/** The word in its forms, and what it may become while it is typed. */
async function matchesOf(word: string, isLast: boolean, index: WordSearch): Promise<WordMatch[]> {
  const stem = stemOf(word);
  const longer = await index.matches(word, isLast);
  const found = longer.flatMap((match) => {
    if (match.word === word) return [match];
    if (stemOf(match.word) === stem) return [{ ...match, quality: formQuality }];
    return isLast ? [match] : [];
  });
  const known = new Set(found.map((match) => match.word));
  for (const form of formsOf(word)) {
    if (known.has(form)) continue;
    const places = await index.places(form);
    if (places.length > 0) found.push({ word: form, quality: formQuality, places });
  }
  return found.length > 0 ? found : likeWords(word, index);
}

/** Words that begin alike where there is nothing better: idempotency for idempotent. */
async function likeWords(word: string, index: WordSearch): Promise<WordMatch[]> {
  const beginning = word.slice(0, Math.ceil(word.length * sharedBeginning));
  if (beginning.length < shortestBeginning) return [];
  const like = await index.matches(beginning, false);
  return like.map((match) => ({ ...match, quality: match.quality * formQuality }));
}

/** How much of a word another one must begin with to be like it, and letters that are too few for that. */
const sharedBeginning = 0.7;
const shortestBeginning = 5;
/** What another form of a word is worth. */
const formQuality = 0.8;

interface Value {
  text: number;
  title: number;
}

/** What the best of the words counts in each row. */
function valuesOf(matches: readonly WordMatch[]): Map<number, Value> {
  const values = new Map<number, Value>();
  const half = textLevels / 2;
  for (const { quality, places } of matches) {
    let row = 0;
    for (const place of places) {
      row += Math.floor(place / textLevels);
      const level = place % textLevels;
      const text = (quality * ((level % half) + 1)) / half;
      const title = level < half ? 0 : quality;
      const known = values.get(row);
      if (!known) values.set(row, { text, title });
      else {
        known.text = Math.max(known.text, text);
        known.title = Math.max(known.title, title);
      }
    }
  }
  return values;
}
