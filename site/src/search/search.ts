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

/** The full text asked by one spelling for identifiers, by its words, corrected, and with a word less, until there is enough. */
async function searchText(
  { text, words, corrected, parts }: NameAnswer,
  isOutdated: () => boolean,
): Promise<Texts | undefined> {
  const rankings: TextRanking[] = [];
  const seen = new Set<string>();
  async function ask(query: string, weight: number): Promise<boolean> {
    const ids = isOutdated() ? [] : await askFullText(query, parts);
    if (!ids) return false;
    for (const id of ids) seen.add(id);
    if (ids.length > 0) rankings.push({ ids, weight });
    return true;
  }
  const joined = words.join(' ');
  if (isIdentifier(text)) await ask(joinedWord(text), 1);
  if (!(await ask(joined, isIdentifier(text) ? 0.5 : 1))) return undefined;
  let isCorrected = false;
  if (seen.size < enough && corrected !== undefined && corrected !== joined) {
    const before = seen.size;
    await ask(corrected, 0.8);
    isCorrected = seen.size > before;
  }
  if (seen.size < enough && words.length > 1 && words.length <= mostRelaxed) {
    for (const left of words.keys()) await ask(words.toSpliced(left, 1).join(' '), 0.3);
  }
  return { rankings, corrected: isCorrected ? corrected : undefined };
}
