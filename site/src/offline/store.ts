/**
 * What this browser keeps of the portal: files by the hash of their content, and lists that say which path has which
 * content. A version becomes the one that is shown by writing its list, after all its files are there: nothing is ever
 * half new. Used by the worker and by the pages.
 */

/** A file of the portal: id of its content, and bytes. */
export type ListedFile = [id: string, bytes: number];

/** All files of one version, by their path below the base. */
export interface FileList {
  version: string;
  bytes: number;
  files: Record<string, ListedFile>;
}

/** `shell` is what every page needs, `copy` is all of the portal. */
export type ListName = 'shell' | 'shell-before' | 'shell-next' | 'copy' | 'copy-next';

const listNames: readonly ListName[] = ['shell', 'shell-before', 'shell-next', 'copy', 'copy-next'];

export interface Store {
  /** Ids of the contents that are there. */
  ids(): Promise<Set<string>>;
  content(id: string): Promise<Response | undefined>;
  keep(id: string, body: ArrayBuffer, headers: Headers): Promise<void>;
  list(name: ListName): Promise<FileList | undefined>;
  setList(name: ListName, list: FileList | undefined): Promise<void>;
  /** Forgets contents that no list names. */
  prune(): Promise<void>;
}

/** Begins the names of all caches of the portal below this base. */
export function cachePrefix(base: string): string {
  return `callboard ${base} `;
}

/** Opens the store; throws where the browser keeps nothing, as in some private windows. */
export async function openStore(base: string): Promise<Store> {
  const cache = await caches.open(`${cachePrefix(base)}kept`);
  const contents = new URL(`${base}offline/kept/`, location.origin).href;
  function listAddress(name: ListName): string {
    return new URL(`${base}offline/lists/${name}`, location.origin).href;
  }

  const store: Store = {
    async ids() {
      const keys = await cache.keys();
      return new Set(
        keys.flatMap(({ url }) => (url.startsWith(contents) ? [url.slice(contents.length)] : [])),
      );
    },
    content: (id) => cache.match(contents + id),
    keep: (id, body, headers) => cache.put(contents + id, new Response(body, { headers })),
    async list(name) {
      const response = await cache.match(listAddress(name));
      return response && ((await response.json()) as FileList);
    },
    async setList(name, list) {
      if (list) await cache.put(listAddress(name), Response.json(list));
      else await cache.delete(listAddress(name));
    },
    async prune() {
      const named = new Set<string>();
      for (const name of listNames) {
        const list = await store.list(name);
        for (const [id] of Object.values(list?.files ?? {})) named.add(id);
      }
      for (const id of await store.ids()) if (!named.has(id)) await cache.delete(contents + id);
    },
  };
  return store;
}
