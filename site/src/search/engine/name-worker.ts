/** Holds the name index off the page's thread: building it must not make typing stutter. */
import type { HeadingFile, NameFile, TextFile } from '../../../search/name-files.ts';
import type { NameAnswer, NameRequest } from './messages.ts';
import { NameSearch } from './name-search.ts';

let base = '/';
let ready: Promise<void> | undefined;
let names: NameFile | undefined;
let headings: Promise<void> | undefined;
let search: NameSearch | undefined;
let texts: Promise<readonly string[]> | undefined;

self.addEventListener('message', (event: MessageEvent<{ base: string } | NameRequest>) => {
  if ('base' in event.data) start(event.data.base);
  else void answer(event.data);
});

function start(at: string): void {
  base = at;
  ready ??= load();
}

/** Names first: headings are several times as many, and are fetched once the first query has its answer. */
async function load(): Promise<void> {
  names = await fetchJson<NameFile>('search/names.json');
  search = new NameSearch(names, []);
}

async function addHeadings(names: NameFile): Promise<void> {
  const file = await fetchJson<HeadingFile>('search/headings.json').catch(() => undefined);
  if (!file || file.headings.length === 0) return;
  const whole = new NameSearch(names, file.headings);
  if (texts) whole.knowTexts(await texts);
  search = whole;
}

async function addTexts(): Promise<void> {
  texts ??= fetchJson<TextFile>('search/texts.json').then(
    (file) => file.ids,
    () => [],
  );
  const ids = await texts;
  search!.knowTexts(ids);
}

async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

async function answer(request: NameRequest): Promise<void> {
  try {
    await ready;
    if (request.texts.length > 0 && !texts) await addTexts();
    // The last answer to a query has everything in it.
    if (request.texts.length > 0) await headings;
    self.postMessage(search!.answer(request));
    if (request.typed.trim() !== '') headings ??= addHeadings(names!);
  } catch (error) {
    self.postMessage(failed(request, error instanceof Error ? error.message : String(error)));
  }
}

function failed({ id, typed }: NameRequest, error: string): NameAnswer {
  return {
    id,
    text: typed,
    filters: [],
    hits: [],
    total: 0,
    facets: {},
    words: [],
    corrected: undefined,
    parts: 0,
    error,
  };
}
