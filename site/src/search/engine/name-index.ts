import {
  headingOf,
  inName,
  inSummary,
  inTitle,
  isName,
  isTitle,
  type Rows,
} from './index-format.ts';
import type { WordMatch, WordSearch } from './word-search.ts';
import { joinedWord, wantedNames, wordsOf } from './words.ts';

/** A thing found by its name or by one of its headings. */
export interface NameHit {
  row: number;
  /** Number of the heading in its page that fits better than the title. */
  heading: number | undefined;
  score: number;
  /** The name itself was asked for. */
  isExact: boolean;
  /** The very heading was asked for. */
  isHeading: boolean;
}

/** What there is for the words of a query. */
export interface NameMatches {
  words: readonly string[];
  /** Words of the index that each of them stands for. */
  lists: readonly WordMatch[][];
  /** The query with its unknown words put right, or undefined when all of them are known. A last word may be unfinished. */
  corrected: string[] | undefined;
  /** Where the whole query stands as one name, in any spelling; or something that begins with it. */
  whole: readonly WordMatch[];
  wanted: readonly string[];
}

const headingWeight = 2;
const aroundWeight = 0.7;
/** What a word is worth by where it stands. */
const weightOf: Record<number, number> = {
  [inTitle]: 3,
  [isTitle]: 3,
  [inName]: 2.6,
  [isName]: 2.6,
  [inSummary]: aroundWeight,
};

/** Looks up the words of a query: what is asked for, not yet what is found. */
export async function lookUp(
  query: string,
  words: readonly string[],
  index: WordSearch,
): Promise<NameMatches> {
  const wanted = wantedNames(query);
  const last = wanted.at(-1);
  const [lists, exact, starts] = await Promise.all([
    Promise.all(words.map((word, at) => matchesOf(word, at === words.length - 1, index))),
    Promise.all(
      wanted.map(async (word) => ({ word, quality: 1, places: await index.places(word) })),
    ),
    last !== undefined && last.length > 1 ? index.matches(last, true) : [],
  ]);
  return {
    words,
    lists,
    corrected: correctionOf(words, lists),
    whole: [...exact, ...starts.filter(({ word }) => word !== last)],
    wanted,
  };
}

/** A word itself and longer ones; misspellings when there are none of these. */
async function matchesOf(word: string, isLast: boolean, index: WordSearch): Promise<WordMatch[]> {
  const found = await index.matches(word, isLast);
  const isKnown = found.some((match) => match.word === word);
  if (isKnown || (isLast && found.length > 0)) return found;
  const known = new Set(found.map((match) => match.word));
  return [...found, ...(await index.misspellings(word)).filter((match) => !known.has(match.word))];
}

function correctionOf(
  words: readonly string[],
  lists: readonly (readonly WordMatch[])[],
): string[] | undefined {
  let isChanged = false;
  const right = words.map((word, at) => {
    const matches = lists[at]!;
    const isUnfinished = at === words.length - 1 && matches[0]?.word.startsWith(word);
    if (isUnfinished || matches.some((match) => match.word === word)) return word;
    const nearest = matches.toSorted((a, b) => b.quality - a.quality)[0];
    if (!nearest) return word;
    isChanged = true;
    return nearest.word;
  });
  return isChanged ? right : undefined;
}

/** Best rows for the words of a query, each row once. */
export function rankNames(
  matches: NameMatches,
  { rows, units: unitCount }: { rows: Rows; units: number },
  limit: number,
  allows: (row: number) => boolean,
): NameHit[] {
  const words = matches.lists.map(standingOf);
  const rarities = matches.lists.map((list) => rarityOf(list, unitCount));
  const total = rarities.reduce((sum, rarity) => sum + rarity, 0) || 1;
  const whole = standingOf(matches.whole);
  const exact = standingOf(matches.whole.filter(({ word }) => matches.wanted.includes(word)));
  const last = matches.wanted.at(-1) ?? '';
  const best = new Map<number, NameHit>();
  const units = new Map(words.flatMap(({ units }) => [...units]));
  for (const [key, { row, heading, length }] of units) {
    if (!allows(row)) continue;
    let sum = 0;
    let covered = 0;
    for (const [at, { units, titles }] of words.entries()) {
      // A heading is found by the title of its page too.
      const around = heading === undefined ? 0 : (titles.get(row) ?? 0) * aroundWeight;
      const value = Math.max(units.get(key)?.value ?? 0, around);
      sum += value * rarities[at]!;
      covered += rarities[at]! * Math.min(1, value / headingWeight);
    }
    const title = rows.titles[2 * row]!;
    const isExact = exact.units.get(key)?.isWhole === true;
    const isStart =
      last.length > 1 &&
      (whole.units.get(key)?.isWhole === true ||
        (heading === undefined && joinedWord(title).startsWith(last)));
    let score = sum * (covered / total) ** 2 * rows.weight[row]!;
    const words_ = heading === undefined ? wordsOf(title).length : length;
    score /= 1 + 0.06 * Math.max(0, words_ - matches.lists.length);
    if (isExact) score *= heading === undefined ? 2.5 : 1.6;
    else if (isStart) score *= heading === undefined ? 1.5 : 1.2;
    const known = best.get(row);
    if (known && known.score >= score) continue;
    best.set(row, {
      row,
      heading,
      score,
      isExact: isExact && heading === undefined,
      isHeading: isExact && heading !== undefined,
    });
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score || a.row - b.row).slice(0, limit);
}

/** A title with its names, or one heading: where a word stands. */
interface Unit {
  row: number;
  heading: number | undefined;
  /** Words of the heading. */
  length: number;
  /** What the best of the words is worth there. */
  value: number;
  /** A word is all of a name or of the heading. */
  isWhole: boolean;
}

interface Standing {
  units: Map<number, Unit>;
  /** How well a word fits in the titles it stands in, by row. */
  titles: Map<number, number>;
}

const mostHeadings = 4096;

/** Where the words stand that one word of a query may mean. */
function standingOf(matches: readonly WordMatch[]): Standing {
  const units = new Map<number, Unit>();
  const titles = new Map<number, number>();
  for (const { quality, places } of matches) {
    let row = 0;
    for (let at = 0; at < places.length; at += 2) {
      row += places[at]!;
      const code = places[at + 1]!;
      const place = headingOf(code);
      const heading = place?.heading;
      const key = row * mostHeadings + (heading === undefined ? 0 : heading + 1);
      const value = quality * (place ? headingWeight : weightOf[code]!);
      const isWhole = place?.isWhole ?? (code === isTitle || code === isName);
      if (code === inTitle || code === isTitle)
        titles.set(row, Math.max(titles.get(row) ?? 0, quality));
      const known = units.get(key);
      if (!known) units.set(key, { row, heading, length: place?.length ?? 0, value, isWhole });
      else {
        known.value = Math.max(known.value, value);
        known.isWhole ||= isWhole;
      }
    }
  }
  return { units, titles };
}

/** How much a word tells: one that stands everywhere tells little, one that stands nowhere as much as a rare one. */
function rarityOf(matches: readonly WordMatch[], units: number): number {
  let count = 0;
  for (const { quality, places } of matches) count += (places.length / 2) * quality;
  return Math.log(1 + units / (1 + count));
}
