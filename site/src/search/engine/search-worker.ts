/** Searches off the page's thread: reading the index must not make typing stutter. */
import { failedResults } from './failed-results.ts';
import type { Results, SearchAnswer, SearchRequest, TextRequest } from './messages.ts';
import { PortalSearch } from './portal-search.ts';

let base = '/';
let search: Promise<PortalSearch> | undefined;
/** The newest query: an older one need not go on. */
let latest = 0;

self.addEventListener(
  'message',
  ({ data }: MessageEvent<{ base: string } | SearchRequest | TextRequest>) => {
    if ('base' in data) base = data.base;
    else if ('row' in data) void show(data);
    else void answer(data);
    start().catch(() => undefined);
  },
);

/** A start that failed is tried again by the next query. */
function start(): Promise<PortalSearch> {
  search ??= PortalSearch.open((path) => fetchFile(path));
  const started = search;
  started.catch(() => {
    if (search === started) search = undefined;
  });
  return started;
}

async function fetchFile(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await fetch(base + path);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

async function answer({ id, ...request }: SearchRequest, isAgain = false): Promise<void> {
  latest = id;
  let whole: Results | undefined;
  function post(results: Results): void {
    if (results.isFinal) whole = results;
    else send({ id, results });
  }
  try {
    const current = await start();
    await current.search(request, post, () => latest !== id);
  } catch (error) {
    whole = failedResults(error instanceof Error ? error.message : String(error));
  }
  if (!whole) return;
  // Published in the meantime? Then there is another index now.
  const isIncomplete = whole.isNamesOnly || whole.error !== undefined;
  if (isIncomplete && !isAgain && (await isReplaced())) return answer({ id, ...request }, true);
  send({ id, results: whole });
}

/** Whether the host has another index than the one in use; it is used then. */
async function isReplaced(): Promise<boolean> {
  const current = await start().catch(() => undefined);
  if (!current) return false;
  const response = await fetch(`${base}search/index.json`, { cache: 'no-cache' }).catch(
    () => undefined,
  );
  if (!response?.ok) return false;
  const { version }: { version: string } = await response.json();
  if (version === current.version) return false;
  search = undefined;
  return true;
}

async function show({ id, ...request }: TextRequest): Promise<void> {
  const excerpt = await start()
    .then((current) => current.excerpt(request))
    .catch(() => undefined);
  send({ id, ...(excerpt && { excerpt }) });
}

function send(answer: SearchAnswer): void {
  self.postMessage(answer);
}
