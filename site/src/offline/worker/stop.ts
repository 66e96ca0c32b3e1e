/** Stands where the worker stood when `offline` is false: takes back all it kept, and itself. */
import { cachePrefix } from '../store.ts';
import { base, scope } from './scope.ts';

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(stop()));

async function stop(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(cachePrefix(base))) await caches.delete(name);
  }
  await scope.registration.unregister();
}
