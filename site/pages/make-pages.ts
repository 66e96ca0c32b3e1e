import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import { PageApp } from './page-app.ts';
import type { PageWorkerAnswer, PageWorkerData } from './page-worker.ts';

export interface PageTarget {
  directory: string;
  /** Address of the portal. */
  url: string | undefined;
  /** Where the pages go. */
  folder: string;
}

/** A thread reads the whole portal before its first page: for fewer pages that is not worth it. */
const pagesPerThread = 800;
/** Small enough that the threads end together. */
const pagesPerTurn = 20;

/** Makes the pages that `isKept` does not know already; gives how many there are, and how many were kept. */
export async function makePages(
  bundle: OpenedBundle,
  target: PageTarget,
  isKept: (file: string, cacheKey: string) => boolean,
): Promise<{ pages: number; kept: number }> {
  const app = await PageApp.open(bundle, target.url);
  const paths = [...app.paths];
  const missing = paths.filter(
    ({ file, cacheKey }) => cacheKey === undefined || !isKept(file, cacheKey),
  );
  // Those without a key lead: they are lists of the whole portal, which this thread has read.
  const own = missing.flatMap(({ file, cacheKey }) => (cacheKey === undefined ? [file] : []));
  const waiting = missing.flatMap(({ file, cacheKey }) => (cacheKey === undefined ? [] : [file]));
  const threads = Math.min(availableParallelism(), Math.ceil(waiting.length / pagesPerThread)) - 1;
  const data = { directory: target.directory, bundle, folder: target.folder };
  await Promise.all([
    ...Array.from({ length: Math.max(0, threads) }, () => makeInThread(data, waiting)),
    makeHere(app, own, waiting, target.folder),
  ]);
  return { pages: paths.length, kept: paths.length - missing.length };
}

async function makeHere(
  app: PageApp,
  own: readonly string[],
  waiting: string[],
  folder: string,
): Promise<void> {
  await app.make(own, folder);
  while (waiting.length > 0) {
    await app.make(waiting.splice(0, pagesPerTurn), folder);
    // Lets the other threads' questions through.
    await new Promise((done) => setImmediate(done));
  }
}

function makeInThread(data: PageWorkerData, waiting: string[]): Promise<void> {
  const worker = new Worker(new URL('./page-worker.ts', import.meta.url), { workerData: data });
  return new Promise((done, fail) => {
    worker.on('message', ({ failure }: PageWorkerAnswer) => {
      if (failure) {
        fail(Object.assign(new Error(failure.message), { stack: failure.stack }));
        void worker.terminate();
        return;
      }
      const files = waiting.splice(0, pagesPerTurn);
      if (files.length > 0) worker.postMessage(files);
      else void worker.terminate().then(() => done());
    });
    worker.on('error', fail);
  });
}
