/** Makes the pages it is told to. A process of its own: each reads the whole portal, and none is to grow with the others. */
import { loadConfig } from '../../collectors/config.ts';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import { setBuildContext } from '../src/build-context.ts';
import { PageApp } from './page-app.ts';

/** The first thing it is told. */
export interface PageTask {
  directory: string;
  bundle: OpenedBundle;
  /** Where the pages go. */
  folder: string;
}

/** Without a failure: ready for more. */
export interface PageAnswer {
  failure?: { message: string; stack: string | undefined };
}

let app: PageApp | undefined;
let folder = '';

process.on('message', async (message: PageTask | string[]) => {
  try {
    if (Array.isArray(message)) await app!.make(message, folder);
    else await start(message);
    answer({});
  } catch (error) {
    const { message: text, stack } = error instanceof Error ? error : new Error(String(error));
    answer({ failure: { message: text, stack } });
  }
});
// Whoever asked is gone.
process.on('disconnect', () => process.exit());

async function start(task: PageTask): Promise<void> {
  const config = await loadConfig(task.directory);
  setBuildContext({ directory: task.directory, config });
  app = await PageApp.open(task.bundle, config.url);
  folder = task.folder;
}

function answer(answer: PageAnswer): void {
  process.send!(answer);
}
