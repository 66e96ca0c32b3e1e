import type { Found } from './engine/messages.ts';
import { basePath } from './search.ts';

interface PagefindResult {
  data(): Promise<{
    url: string;
    /** Escaped text, with <mark> around the words. */
    excerpt: string;
    meta: { title?: string; type?: string };
  }>;
}
interface Pagefind {
  options(options: object): Promise<void>;
  mergeIndex(url: string): Promise<void>;
  search(query: string): Promise<{ results: PagefindResult[] }>;
}

/** A page Pagefind found, as other results are, with the place where the words stand. */
export interface PagefindHit {
  hit: Found;
  excerpt: string;
}

/** Its first results are the ones worth a request each. */
const mostAsked = 12;

let started: Promise<Pagefind | undefined> | undefined;

/** Pages whose texts have the words or what is like them, best first; none where Pagefind cannot run. */
export async function askPagefind(query: string): Promise<PagefindHit[]> {
  // Pagefind keeps these signs in the query though no word of its index has them.
  const asked = query.replaceAll(/[$<>=+#@"]/g, ' ').trim();
  if (asked === '') return [];
  started ??= start();
  const pagefind = await started;
  if (!pagefind) return [];
  try {
    const { results } = await pagefind.search(asked);
    const data = await Promise.all(results.slice(0, mostAsked).map((result) => result.data()));
    return data.map(({ url, excerpt, meta }) => ({
      excerpt,
      hit: {
        row: -1,
        title: (meta.title ?? url).replaceAll('\u200B', ''),
        type: meta.type ?? 'Page',
        url,
        breadcrumb: '',
        summary: '',
        heading: undefined,
        day: 0,
        hasMore: false,
      },
    }));
  } catch {
    // A file of it did not answer; what our own index has is shown already.
    return [];
  }
}

/** Undefined where there is none, as offline without a copy, or no WebAssembly to run it. */
async function start(): Promise<Pagefind | undefined> {
  const folder = `${basePath()}pagefind/`;
  try {
    const answer = await fetch(`${folder}parts.json`);
    if (!answer.ok) return undefined;
    const { parts }: { parts: number } = await answer.json();
    if (parts === 0) return undefined;
    const pagefind: Pagefind = await import(/* @vite-ignore */ `${folder}0/pagefind.js`);
    await pagefind.options({
      baseUrl: '/',
      excerptLength: 24,
      ranking: { metaWeights: { title: 10, identifiers: 2 }, termSimilarity: 5 },
    });
    const others = Array.from({ length: parts - 1 }, (_, at) => `${folder}${at + 1}/`);
    await Promise.all(others.map((other) => pagefind.mergeIndex(other)));
    return pagefind;
  } catch {
    return undefined;
  }
}
