/** What the palette, the search page and the 404 page show for a query: names first, then text. */
export interface Hit {
  title: string;
  type: string;
  url: string;
  breadcrumb: string;
  summary: string;
  /** Excerpt with the words found, as Pagefind gives it: escaped text with <mark>. */
  excerpt: string | undefined;
}

type NameRow = [string, string, string, string[], string, string];

interface PagefindResult {
  data(): Promise<{ url: string; excerpt: string; meta: Record<string, string | undefined> }>;
}
interface Pagefind {
  options(options: object): Promise<void>;
  debouncedSearch(
    query: string,
    options: object,
    wait: number,
  ): Promise<{ results: PagefindResult[] } | null>;
}

let names: Promise<NameRow[]> | undefined;
let pagefind: Promise<Pagefind | undefined> | undefined;

/** Address below which the portal lives. */
export function basePath(): string {
  return document.body.dataset['base'] ?? '/';
}

/** Fetches the name index before the first key is pressed. */
export function warmUp(): void {
  names ??= loadNames();
  pagefind ??= loadPagefind();
}

async function loadNames(): Promise<NameRow[]> {
  const response = await fetch(`${basePath()}search/names.json`);
  if (!response.ok) throw new Error(`The name index answered ${response.status}`);
  return response.json();
}

async function loadPagefind(): Promise<Pagefind | undefined> {
  try {
    const module: Pagefind = await import(/* @vite-ignore */ `${basePath()}pagefind/pagefind.js`);
    await module.options({ excerptLength: 24 });
    return module;
  } catch {
    // No index in development, or a browser without WebAssembly: names are still found.
    return undefined;
  }
}

/** Names that fit, best first; rows of equal rank keep the index's order. */
export async function searchNames(query: string, limit: number): Promise<Hit[]> {
  warmUp();
  const wanted = normal(query);
  if (wanted === '') return [];
  const ranked: { rank: number; row: NameRow }[] = [];
  for (const row of await names!) {
    const rank = rankOf(row, wanted);
    if (rank < worstRank) ranked.push({ rank, row });
  }
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ row: [title, type, url, , breadcrumb, summary] }) => ({
      title,
      type,
      url: basePath() + url.replace(/^\//, ''),
      breadcrumb,
      summary,
      excerpt: undefined,
    }));
}

/** Pages whose text holds the words; null when a newer query has taken over. */
export async function searchText(query: string, limit: number): Promise<Hit[] | null> {
  warmUp();
  const search = await (await pagefind)?.debouncedSearch(query, {}, 120);
  if (search === undefined) return [];
  if (search === null) return null;
  const results = await Promise.all(search.results.slice(0, limit).map((result) => result.data()));
  return results.map(({ url, excerpt, meta }) => ({
    title: meta['title'] ?? url,
    type: meta['type'] ?? '',
    url,
    breadcrumb: meta['breadcrumb'] ?? '',
    summary: meta['summary'] ?? '',
    excerpt,
  }));
}

const worstRank = 6;

/** 0 the very name, 1 its start, 2 the start of a word in it, 3 every word somewhere, 4 letters inside it. */
function rankOf([title, , , others]: NameRow, wanted: string): number {
  const words = wanted.split(' ');
  let best = worstRank;
  for (const name of [title, ...others]) {
    const text = normal(name);
    if (text === wanted) return 0;
    if (text.startsWith(wanted)) best = Math.min(best, 1);
    else if (text.includes(` ${wanted}`)) best = Math.min(best, 2);
    else if (words.every((word) => ` ${text}`.includes(` ${word}`))) best = Math.min(best, 3);
    else if (text.replaceAll(' ', '').includes(wanted.replaceAll(' ', '')))
      best = Math.min(best, 4);
  }
  return best;
}

/** One spelling for `paymentsApi`, `payments-api`, `Payments API` and `component:default/payments-api`. */
function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
