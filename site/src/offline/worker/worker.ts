/** The service worker. `shell` is put before it by the build; see the handbook's page on reading offline. */
import { keepingHeader } from '../fetch-file.ts';
import { fetchMissing, missingOf } from '../fetch-missing.ts';
import { cachePrefix, openStore, type FileList } from '../store.ts';
import { forgetLists, respond } from './respond.ts';
import { base, scope } from './scope.ts';

declare const shell: FileList;

/** Requests at once while installing: pages come first. */
const parallel = 4;

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('message', ({ data }) => {
  if (data === 'lists') forgetLists();
});
scope.addEventListener('fetch', (event) => {
  const { method, url, headers } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin || headers.has('range')) return;
  if (headers.has(keepingHeader)) return;
  if (!pathname.startsWith(base)) return;
  const path = pathname.slice(base.length);
  // What tells of a new version must come from the host or not at all.
  if (/^(sw\.js|offline\/(files|version)\.json)$/.test(path)) return;
  event.respondWith(respond(event, path));
});

/** Fetches what is new of the shell. One file that is missing or wrong, and the worker before this one goes on. */
async function install(): Promise<void> {
  const store = await openStore(base);
  await store.setList('shell-next', shell);
  await fetchMissing(base, store, missingOf(shell, await store.ids()), parallel);
  await scope.skipWaiting();
}

/** Pages that are open may still ask for files of the shell they came with: it is kept until the next one. */
async function activate(): Promise<void> {
  const store = await openStore(base);
  const before = await store.list('shell');
  if (before && before.version !== shell.version) await store.setList('shell-before', before);
  await store.setList('shell', shell);
  await store.setList('shell-next', undefined);
  await store.prune();
  forgetLists();
  for (const name of await caches.keys()) {
    const isOurs = name.startsWith(cachePrefix(base));
    if (isOurs && !/ (kept|seen)$/.test(name)) await caches.delete(name);
  }
  await scope.registration.navigationPreload?.enable();
  await scope.clients.claim();
}
