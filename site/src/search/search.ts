import type { Filter, Found, NameAnswer, TextRanking } from './engine/messages.ts';
import { isIdentifier, joinedWord } from './engine/words.ts';
import { askFullText, forgetTexts } from './full-text.ts';
import { askNames } from './names.ts';

/** Results as far as they are known. Names come first, texts are joined in when Pagefind has them. */
export interface Results {
  hits: readonly Found[];
  total: number;
  facets: NameAnswer['facets'];
  filters: readonly Filter[];
  /** What was searched for as well, when few texts had the words as typed. */
  corrected: string | undefined;
  isFinal: boolean;
  /** The full text could not be asked. */
  isNamesOnly: boolean;
  error: string | undefined;
}

/** Fewer texts than this, and the query is asked again with its typos put right or a word less. */
const enough = 3;
/** Longer queries are not asked again with a word less: there are too many ways. */
const mostRelaxed = 6;
/** An identifier typed as words has no more of them, and no more letters. */
const mostJoined = 5;
const longestJoined = 40;

let latest = 0;

/** Searches names, then texts; `show` is called once for each. A later call makes an earlier one silent. */
export async function search(
  typed: string,
  filters: readonly Filter[],
  limit: number,
  show: (results: Results) => void,
): Promise<void> {
  const turn = ++latest;
  const named = await askNames({ typed, filters, limit, texts: [] });
  if (turn !== latest) return;
  const isWhole = named.text === '' || named.error !== undefined || named.parts === 0;
  show(resultsOf(named, { isFinal: isWhole, isNamesOnly: false, corrected: undefined }));
  if (isWhole) return;
  forgetTexts();
  const texts = await searchText(named, () => turn !== latest);
  if (turn !== latest) return;
  if (!texts) {
    show(resultsOf(named, { isFinal: true, isNamesOnly: true, corrected: undefined }));
    return;
  }
  const joined = await askNames({ typed, filters, limit, texts: texts.rankings });
  if (turn !== latest) return;
  show(resultsOf(joined, { isFinal: true, isNamesOnly: false, corrected: texts.corrected }));
}

function resultsOf(
  { hits, total, facets, filters, error }: NameAnswer,
  state: Pick<Results, 'corrected' | 'isFinal' | 'isNamesOnly'>,
): Results {
  return { hits, total, facets, filters, error, ...state };
}

interface Texts {
  rankings: TextRanking[];
  corrected: string | undefined;
}

/** The full text asked for the query as one word, by its words, with typos put right, and with a word less until there is enough. */
async function searchText(
  { text, words, corrected, parts }: NameAnswer,
  isOutdated: () => boolean,
): Promise<Texts | undefined> {
  const rankings: TextRanking[] = [];
  const seen = new Set<string>();
  async function find(query: string, isVeryWord = false): Promise<string[] | undefined> {
    return isOutdated() ? [] : askFullText(query, parts, isVeryWord);
  }
  function rank(ids: readonly string[], weight: number): void {
    for (const id of ids) seen.add(id);
    if (ids.length > 0) rankings.push({ ids, weight });
  }
  async function ask(query: string, weight: number): Promise<void> {
    rank((await find(query)) ?? [], weight);
  }
  const asTyped = words.join(' ');
  const first = await find(asTyped);
  if (!first) return undefined;
  const isName = isIdentifier(text);
  const joined = joinedWord(text);
  if (
    isName ||
    (words.length > 1 && words.length <= mostJoined && joined.length <= longestJoined)
  ) {
    const whole = (await find(joined, true)) ?? [];
    if (whole.length > 0) rank(whole, isName ? 1.5 : 0.7);
    else if (isName) await ask(joined, 0.5);
  }
  const isMisspelt =
    corrected !== undefined && (await hasUnknown(words, corrected.split(' '), find));
  const usual = isName ? 0.5 : 1;
  rank(first, isMisspelt ? 0.3 : usual);
  let isCorrected = false;
  if (corrected !== undefined && (isMisspelt || seen.size < enough)) {
    const before = seen.size;
    await ask(corrected, isMisspelt ? 1 : 0.8);
    isCorrected = isMisspelt || seen.size > before;
  }
  if (seen.size < enough && words.length > 1 && words.length <= mostRelaxed) {
    for (const left of words.keys()) await ask(words.toSpliced(left, 1).join(' '), 0.3);
  }
  return { rankings, corrected: isCorrected ? corrected : undefined };
}

/** Whether the words that no name has are in no text either. */
async function hasUnknown(
  words: readonly string[],
  right: readonly string[],
  find: (query: string, isVeryWord: boolean) => Promise<string[] | undefined>,
): Promise<boolean> {
  for (const [at, word] of words.entries()) {
    if (word === right[at]) continue;
    const ids = await find(word, true);
    if (ids?.length === 0) return true;
  }
  return false;
}
