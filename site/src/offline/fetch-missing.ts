import { fetchFile } from './fetch-file.ts';
import type { FileList, ListedFile, Store } from './store.ts';

/** Files of a list whose content is not in the store, each content once. */
export function missingOf(list: FileList, ids: ReadonlySet<string>): [string, ListedFile][] {
  const byId = new Map(Object.entries(list.files).map((file) => [file[1][0], file]));
  return [...byId.values()].filter(([, [id]]) => !ids.has(id));
}

/** Fetches files into the store, some at once. When one fails the others end at their next file: none is written later. */
export async function fetchMissing(
  base: string,
  store: Store,
  missing: [string, ListedFile][],
  parallel: number,
  { signal, stored }: { signal?: AbortSignal; stored?: (bytes: number) => void } = {},
): Promise<void> {
  async function work(): Promise<void> {
    for (let file = missing.pop(); file; file = missing.pop()) {
      signal?.throwIfAborted();
      const [path, listed] = file;
      const { body, headers } = await fetchFile(base, path, listed, signal);
      await store.keep(listed[0], body, headers);
      stored?.(listed[1]);
    }
  }
  const workers = Array.from({ length: parallel }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    missing.length = 0;
    await Promise.allSettled(workers);
    throw error;
  }
}
