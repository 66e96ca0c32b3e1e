import type { NameAnswer, NameRequest } from './engine/messages.ts';

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, (answer: NameAnswer) => void>();

/** Address below which the portal lives. */
export function basePath(): string {
  return document.body.dataset['base'] ?? '/';
}

/** Starts fetching the name index, before the first key is pressed. */
export function startNames(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./engine/name-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<NameAnswer>) => {
    waiting.get(event.data.id)?.(event.data);
    waiting.delete(event.data.id);
  });
  worker.addEventListener('error', () => failAll('the search worker stopped'));
  worker.postMessage({ base: basePath() });
  return worker;
}

/** What the index has for a query; with `texts`, names and texts in one order. */
export function askNames(request: Omit<NameRequest, 'id'>): Promise<NameAnswer> {
  const id = ++lastId;
  const answer = new Promise<NameAnswer>((resolve) => waiting.set(id, resolve));
  startNames().postMessage({ ...request, id });
  return answer;
}

/** A worker that died is started anew by the next query. */
function failAll(error: string): void {
  worker = undefined;
  for (const [id, resolve] of waiting)
    resolve({
      id,
      text: '',
      filters: [],
      hits: [],
      total: 0,
      facets: {},
      words: [],
      corrected: undefined,
      parts: 0,
      error,
    });
  waiting.clear();
}
