import { basePath } from './names.ts';

interface PagefindResult {
  id: string;
  data(): Promise<{ excerpt: string }>;
}
interface Pagefind {
  options(options: object): Promise<void>;
  mergeIndex(url: string): Promise<void>;
  search(query: string): Promise<{ results: PagefindResult[] }>;
}

let started: Promise<Pagefind | undefined> | undefined;
const found = new Map<string, PagefindResult>();

/** Places further down than this change no order. */
const mostTexts = 200;

/** Loads Pagefind and the parts of its index; undefined where there is none, or no WebAssembly to run it. */
export function startFullText(parts: number): Promise<Pagefind | undefined> {
  started ??= load(parts);
  return started;
}

async function load(parts: number): Promise<Pagefind | undefined> {
  const folder = `${basePath()}pagefind/`;
  try {
    const pagefind: Pagefind = await import(/* @vite-ignore */ `${folder}0/pagefind.js`);
    await pagefind.options({
      excerptLength: 24,
      ranking: { metaWeights: { title: 10, identifiers: 2 }, termSimilarity: 5 },
    });
    const others = Array.from({ length: parts - 1 }, (_, at) => `${folder}${at + 1}/`);
    await Promise.all(others.map((other) => pagefind.mergeIndex(other)));
    return pagefind;
  } catch {
    // Names are still found; the page says that texts are not.
    return undefined;
  }
}

/**
 * Pagefind's names of the texts that hold the words, best first; undefined without an index.
 * A single word can be asked for as it is: Pagefind answers with what is like it otherwise, where it has not the word itself.
 */
export async function askFullText(
  query: string,
  parts: number,
  isVeryWord = false,
): Promise<string[] | undefined> {
  const pagefind = await startFullText(parts);
  if (!pagefind) return undefined;
  // Pagefind keeps these signs in the query though no word of its index has them.
  const asked = query.replaceAll(/[$<>=+#@"]/g, ' ').trim();
  if (asked === '') return [];
  const results = isVeryWord
    ? await withVeryWord(pagefind, asked)
    : (await pagefind.search(asked)).results;
  for (const result of results.slice(0, mostTexts)) found.set(result.id, result);
  return results.slice(0, mostTexts).map((result) => result.id);
}

/** Texts that hold the word itself, in the order of an ordinary search: a quoted one only counts how often it stands there. */
async function withVeryWord(pagefind: Pagefind, word: string): Promise<PagefindResult[]> {
  const [quoted, ordinary] = await Promise.all([
    pagefind.search(`"${word}"`),
    pagefind.search(word),
  ]);
  const holding = new Set(quoted.results.map(({ id }) => id));
  const ordered = ordinary.results.filter(({ id }) => holding.delete(id));
  return [...ordered, ...quoted.results.filter(({ id }) => holding.has(id))];
}

/** Forgets the texts found for an earlier query. */
export function forgetTexts(): void {
  found.clear();
}

/** Where the words stand in a text, as escaped text with <mark>; fetched when it is shown. */
export async function excerptOf(id: string): Promise<string | undefined> {
  return (
    await found
      .get(id)
      ?.data()
      .catch(() => undefined)
  )?.excerpt;
}
