import { openStore, type FileList, type ListName } from '../store.ts';
import { base, type WorkerFetch } from './scope.ts';
import { recall, remember } from './seen.ts';

/** A host that takes longer than this is as good as down, where there is something to show instead. */
const patience = 4000;

/** Newest first, except that a whole copy is better than files of two versions. */
const order: readonly ListName[] = ['copy', 'shell', 'shell-before'];
let lists: Promise<KnownList[]> | undefined;

type KnownList = FileList & { isCopy: boolean };

/** Makes the next request read the lists anew. */
export function forgetLists(): void {
  lists = undefined;
}

/** Files whose name or folder is made of their content. */
const unchangingPath = /^(_assets|search\/files)\//;

/** Files with a hash in their name come from here; everything else from the host, as long as it answers. */
export function respond(event: WorkerFetch, path: string): Promise<Response> {
  return unchangingPath.test(path) ? unchanging(event, path) : fresh(event, path);
}

async function unchanging(event: WorkerFetch, path: string): Promise<Response> {
  const known = (await kept(path)) ?? (await recall(event.request.url));
  if (known) return known;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(remember(event.request.url, response.clone()));
  return response;
}

async function fresh(event: WorkerFetch, path: string): Promise<Response> {
  const asked = ask(event);
  const known = await knownFor(event.request, path);
  try {
    const response = await (known ? within(patience, asked) : asked);
    if (response.ok && !response.redirected) {
      if (!(await isInCopy(path))) {
        event.waitUntil(remember(event.request.url, response.clone()));
      }
      return response;
    }
    // A login page or a missing page is an answer; a host in trouble is none.
    return response.status >= 500 && known ? marked(known) : response;
  } catch {
    if (known) return marked(known);
    return (await elsewhere(event.request, path)) ?? Response.error();
  }
}

/** The host's answer. It may fail before anybody waits for it. */
function ask(event: WorkerFetch): Promise<Response> {
  const asked = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  asked.catch(() => undefined);
  return asked;
}

function within<T>(milliseconds: number, asked: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), milliseconds);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

async function knownFor(request: Request, path: string): Promise<Response | undefined> {
  return (await kept(path)) ?? recall(request.url);
}

/** Another address that may be shown: that of the folder, or the page that says what is kept. */
async function elsewhere(request: Request, path: string): Promise<Response | undefined> {
  if (request.mode !== 'navigate') return undefined;
  if (!path.endsWith('/') && (await knownFor(new Request(`${base}${path}/`), `${path}/`))) {
    return Response.redirect(`${base}${path}/`);
  }
  const page = await kept('offline/');
  return page && marked(page);
}

/** Content of a path in the first list that has it. */
async function kept(path: string): Promise<Response | undefined> {
  const file = fileOf(path);
  lists ??= readLists();
  for (const list of await lists) {
    const listed = list.files[file];
    const content = listed && (await (await openStore(base)).content(listed[0]));
    if (content) return content;
  }
  return undefined;
}

async function isInCopy(path: string): Promise<boolean> {
  lists ??= readLists();
  const [first] = await lists;
  return first?.isCopy === true && fileOf(path) in first.files;
}

async function readLists(): Promise<KnownList[]> {
  const store = await openStore(base);
  const found = await Promise.all(
    order.map(async (name) => {
      const list = await store.list(name);
      return list && { ...list, isCopy: name === 'copy' };
    }),
  );
  return found.filter((list) => list !== undefined);
}

function fileOf(path: string): string {
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}

/** Tells the page that this did not come from the host. */
function marked(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('x-callboard-offline', '1');
  return new Response(response.body, { status: response.status, headers });
}
