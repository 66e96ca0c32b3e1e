import { cachePrefix } from '../store.ts';
import { base } from './scope.ts';

/** Pages and files kept as they are read; the oldest go first. */
const mostSeen = 400;
/** Counting takes time, so it is done now and then. */
const countEvery = 20;

let stored = 0;

/** Keeps an answer. Full storage is no reason for a page to fail. */
export async function remember(url: string, response: Response): Promise<void> {
  const address = withoutQuery(url);
  try {
    const cache = await open();
    await cache.put(address, response);
    if (stored++ % countEvery === 0) await trim(cache);
  } catch {
    const cache = await open().catch(() => undefined);
    if (cache) await trim(cache, mostSeen / 2).catch(() => undefined);
  }
}

/** The last answer seen for an address, whatever its query. */
export async function recall(url: string): Promise<Response | undefined> {
  return (await open()).match(withoutQuery(url));
}

function open(): Promise<Cache> {
  return caches.open(`${cachePrefix(base)}seen`);
}

async function trim(cache: Cache, most = mostSeen): Promise<void> {
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0]!;
}
