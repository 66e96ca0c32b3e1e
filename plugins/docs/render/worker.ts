/** Renders the pages it is sent, and puts them into the cache. */
import { parentPort, workerData } from 'node:worker_threads';

import { PageCache } from './cache.ts';
import type { Job, Outcome } from './pool.ts';
import { renderPage } from './render-page.ts';

const cache = new PageCache(workerData as string);

parentPort!.on('message', async (job: Job) => {
  parentPort!.postMessage(await run(job));
});

async function run({ id, key, task }: Job): Promise<Outcome> {
  try {
    cache.write(key, await renderPage(task));
    return { id };
  } catch (error) {
    return { id, failure: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  return error instanceof Error ? error.message : String(error);
}
