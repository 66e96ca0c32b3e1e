import { failedResults } from './engine/failed-results.ts';
import type {
  Excerpt,
  Filter,
  Results,
  SearchAnswer,
  SearchRequest,
  TextRequest,
} from './engine/messages.ts';

let worker: Worker | undefined;
let lastId = 0;
/** Who waits for an answer; those to a query are told twice, or once when it has no texts to ask. */
const waiting = new Map<number, (answer: SearchAnswer) => void>();
let latest = 0;

/** Address below which the portal lives. */
export function basePath(): string {
  return document.body.dataset['base'] ?? '/';
}

/** Starts fetching the index, before the first key is pressed. */
export function startSearch(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./engine/search-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<SearchAnswer>) =>
    waiting.get(data.id)?.(data),
  );
  worker.addEventListener('error', () => failAll('the search worker stopped'));
  worker.postMessage({ base: basePath() });
  return worker;
}

/** Searches names, then texts; `show` is called once for each. A later call makes an earlier one silent. */
export function search(
  typed: string,
  filters: readonly Filter[],
  limit: number,
  show: (results: Results) => void,
): void {
  waiting.delete(latest);
  latest = ask({ typed, filters, limit, isNamesOnly: false }, show);
}

/** What names alone have for a text. */
export function searchNames(typed: string, limit: number): Promise<Results> {
  return new Promise((resolve) => ask({ typed, filters: [], limit, isNamesOnly: true }, resolve));
}

/** What the text of a result shows; undefined when it cannot be read. */
export function askText(request: Omit<TextRequest, 'id'>): Promise<Excerpt | undefined> {
  const id = ++lastId;
  return new Promise((resolve) => {
    waiting.set(id, (answer) => {
      waiting.delete(id);
      resolve('excerpt' in answer ? answer.excerpt : undefined);
    });
    startSearch().postMessage({ ...request, id } satisfies TextRequest);
  });
}

function ask(request: Omit<SearchRequest, 'id'>, show: (results: Results) => void): number {
  const id = ++lastId;
  waiting.set(id, (answer) => {
    if (!('results' in answer)) return;
    if (answer.results.isFinal) waiting.delete(id);
    show(answer.results);
  });
  startSearch().postMessage({ ...request, id } satisfies SearchRequest);
  return id;
}

/** A worker that died is started anew by the next query. */
function failAll(error: string): void {
  worker = undefined;
  const unanswered = [...waiting];
  waiting.clear();
  for (const [id, answer] of unanswered) answer({ id, results: failedResults(error) });
}
