/** Runs in Chromium: every engine answers the same queries over the same records. */
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import type { SearchRecord } from '../../../plugins/types.ts';
import { search } from '../../../site/src/search/search.ts';

/** Addresses found, best first, and how long it took. */
export interface Answer {
  urls: string[];
  milliseconds: number;
}

type Engine = (query: string) => Promise<string[]>;

declare global {
  interface Window {
    startEngine(name: string): Promise<void>;
    askAll(queries: string[]): Promise<Answer[]>;
  }
}

const engines: Record<string, () => Promise<Engine>> = {
  ours: async () => askOurs,
  pagefind: startPagefind,
  minisearch: startMiniSearch,
  lunr: startLunr,
};
let engine: Engine;

window.startEngine = async (name) => {
  engine = await engines[name]!();
};
window.askAll = async (queries) => {
  const answers: Answer[] = [];
  for (const query of queries) {
    const started = performance.now();
    const urls = await engine(query);
    answers.push({ urls, milliseconds: performance.now() - started });
  }
  return answers;
};

function askOurs(query: string): Promise<string[]> {
  return new Promise((resolve) => {
    search(query, [], 10, (results) => {
      if (results.isFinal) resolve(results.hits.map((hit) => hit.url.replace(/#.*/, '')));
    });
  });
}

async function startPagefind(): Promise<Engine> {
  const address = '/plain/pagefind.js';
  const pagefind = await import(/* @vite-ignore */ address);
  return async (query) => {
    const { results } = await pagefind.search(query);
    const data: { url: string }[] = await Promise.all(
      results.slice(0, 10).map((result: { data(): Promise<{ url: string }> }) => result.data()),
    );
    return data.map(({ url }) => url);
  };
}

async function startMiniSearch(): Promise<Engine> {
  const index = new MiniSearch({ idField: 'url', fields: ['title', 'headings', 'text'] });
  index.addAll(await documents());
  const options = { prefix: true, fuzzy: 0.2, boost: { title: 4, headings: 2 } };
  return async (query) =>
    index
      .search(query, options)
      .slice(0, 10)
      .map(({ id }) => id);
}

async function startLunr(): Promise<Engine> {
  const all = await documents();
  const index = lunr((builder) => {
    builder.ref('url');
    builder.field('title', { boost: 4 });
    builder.field('headings', { boost: 2 });
    builder.field('text');
    for (const each of all) builder.add(each);
  });
  return async (query) =>
    index
      .search(query.replaceAll(/[~^:+\-*]/g, ' '))
      .slice(0, 10)
      .map(({ ref }) => ref);
}

async function documents(): Promise<
  { url: string; title: string; headings: string; text: string }[]
> {
  const list: { shards: string[] } = await (await fetch('/api/search-records.json')).json();
  const files: { records: SearchRecord[] }[] = await Promise.all(
    list.shards.map(async (shard) => (await fetch(shard)).json()),
  );
  return files.flatMap(({ records }) =>
    records.map(({ url, title, names = [], summary = '', text = '', sections = [] }) => ({
      url,
      title,
      headings: sections.map((section) => section.title).join('\n'),
      text: [summary, ...names, text, ...sections.map((section) => section.text)].join('\n'),
    })),
  );
}
