/** Makes the pages it is told to, in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadConfig } from '../../collectors/config.ts';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import { setBuildContext } from '../src/build-context.ts';
import { PageApp } from './page-app.ts';

export interface PageWorkerData {
  directory: string;
  bundle: OpenedBundle;
  /** Where the pages go. */
  folder: string;
}

/** Without a failure: ready for more. */
export interface PageWorkerAnswer {
  failure?: { message: string; stack: string | undefined };
}

const { directory, bundle, folder } = workerData as PageWorkerData;
const config = await loadConfig(directory);
setBuildContext({ directory, config });
const app = await PageApp.open(bundle, config.url);

parentPort!.on('message', async (files: string[]) => {
  answer(await make(files));
});
answer({});

async function make(files: string[]): Promise<PageWorkerAnswer> {
  try {
    await app.make(files, folder);
    return {};
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { failure: { message, stack } };
  }
}

function answer(answer: PageWorkerAnswer): void {
  parentPort!.postMessage(answer);
}
