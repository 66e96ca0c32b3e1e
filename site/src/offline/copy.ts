import { WrongContent } from './fetch-file.ts';
import { fetchMissing, missingOf } from './fetch-missing.ts';
import { openStore, type FileList, type ListedFile, type Store } from './store.ts';

/** Requests at once: hosts and phones both cope with this. */
const parallel = 6;
/** Portals are published while somebody fetches: begin anew, but not for ever. */
const mostAttempts = 3;

export interface Progress {
  done: number;
  total: number;
}

/** What of the portal is in this browser, and what there is. */
export interface CopyState {
  /** Version that is whole here. */
  kept: FileList | undefined;
  /** Version begun and not whole. */
  begun: FileList | undefined;
  /** Bytes a complete copy of the host's version still needs; undefined when the host does not answer. */
  missing: number | undefined;
  total: number | undefined;
}

/** Looks at the store and at the host. */
export async function copyState(base: string): Promise<CopyState> {
  const store = await openStore(base);
  const [kept, begun] = await Promise.all([store.list('copy'), store.list('copy-next')]);
  try {
    const next = await fetchList(base);
    const missing = sizeOf(missingOf(next, await store.ids()));
    return { kept, begun, missing, total: next.bytes };
  } catch {
    return { kept, begun, missing: undefined, total: undefined };
  }
}

/**
 * Fetches all files of the host's version that are not here, then makes that version the copy. Stopped or failed, the copy
 * before it stays, and the next call goes on where this one ended. One page at a time does it.
 */
export async function copyPortal(
  base: string,
  signal: AbortSignal,
  show: (progress: Progress) => void,
): Promise<'kept' | 'busy'> {
  const answer = await navigator.locks.request(
    `callboard copy ${base}`,
    { ifAvailable: true },
    async (lock) => {
      if (!lock) return 'busy' as const;
      const store = await openStore(base);
      for (let attempt = 1; ; attempt++) {
        const next = await fetchList(base);
        try {
          await fetchAll(base, store, next, signal, show);
          await makeCurrent(store, next);
          return 'kept' as const;
        } catch (error) {
          if (!(error instanceof WrongContent) || attempt === mostAttempts) throw error;
          // Published in the meantime? Then there is another list now.
          if ((await fetchList(base)).version === next.version) throw error;
        }
      }
    },
  );
  return answer;
}

/** Brings an existing copy up to date when the host has another version; silent, and ends with the page. */
export async function keepUpToDate(base: string): Promise<void> {
  const store = await openStore(base);
  const kept = await store.list('copy');
  const response = await fetch(`${base}offline/version.json`, { cache: 'no-store' });
  if (!response.ok) return;
  const { version } = (await response.json()) as { version: string };
  if (kept?.version === version) return;
  await copyPortal(base, new AbortController().signal, () => undefined);
}

/** Forgets the copy; what every page needs stays. */
export async function removeCopy(base: string): Promise<void> {
  const store = await openStore(base);
  await store.setList('copy', undefined);
  await store.setList('copy-next', undefined);
  await store.prune();
  await tellWorker();
}

async function fetchList(base: string): Promise<FileList> {
  const response = await fetch(`${base}offline/files.json`, { cache: 'no-store' });
  if (!response.ok) throw new Error(`The list of files answered ${response.status}`);
  return (await response.json()) as FileList;
}

async function fetchAll(
  base: string,
  store: Store,
  next: FileList,
  signal: AbortSignal,
  show: (progress: Progress) => void,
): Promise<void> {
  await store.setList('copy-next', next);
  const missing = missingOf(next, await store.ids());
  const total = next.bytes;
  let done = total - sizeOf(missing);
  show({ done, total });
  await fetchMissing(base, store, missing, parallel, {
    signal,
    stored(bytes) {
      done += bytes;
      show({ done, total });
    },
  });
}

/** From one write to the next the old version is shown, then the new one. */
async function makeCurrent(store: Store, next: FileList): Promise<void> {
  await store.setList('copy', next);
  // Before anything is forgotten: the worker must not look for what the old list names.
  await tellWorker();
  await store.setList('copy-next', undefined);
  await store.prune();
}

function sizeOf(files: readonly [string, ListedFile][]): number {
  return files.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
}

async function tellWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  registration?.active?.postMessage('lists');
}
