import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import { PageApp } from './page-app.ts';
import type { PageAnswer, PageTask } from './page-process.ts';

export interface PageTarget {
  directory: string;
  /** Address of the portal. */
  url: string | undefined;
  /** Where the pages go. */
  folder: string;
}

/** A process reads the whole portal before its first page: for fewer pages that is not worth it. */
const pagesPerProcess = 800;
/** Small enough that the processes end together. */
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
  // Those without a key lead: they are lists of the whole portal, which this process has read.
  const own = missing.flatMap(({ file, cacheKey }) => (cacheKey === undefined ? [file] : []));
  const waiting = missing.flatMap(({ file, cacheKey }) => (cacheKey === undefined ? [] : [file]));
  const others = Math.min(availableParallelism(), Math.ceil(waiting.length / pagesPerProcess)) - 1;
  const task = { directory: target.directory, bundle, folder: target.folder };
  await Promise.all([
    ...Array.from({ length: Math.max(0, others) }, () => makeElsewhere(task, waiting)),
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
    // Lets the other processes' questions through.
    await new Promise((done) => setImmediate(done));
  }
}

function makeElsewhere(task: PageTask, waiting: string[]): Promise<void> {
  const child = fork(fileURLToPath(new URL('./page-process.ts', import.meta.url)));
  child.send(task);
  return new Promise((done, fail) => {
    child.on('message', ({ failure }: PageAnswer) => {
      if (failure) {
        fail(Object.assign(new Error(failure.message), { stack: failure.stack }));
        child.kill();
        return;
      }
      const files = waiting.splice(0, pagesPerTurn);
      if (files.length > 0) child.send(files);
      else child.disconnect();
    });
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      if (code === 0) done();
      else fail(new Error(`A process that makes pages ended with ${code ?? signal}`));
    });
  });
}
