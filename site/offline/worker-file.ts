import { join } from 'node:path';
import { build } from 'vite';
import { engineDirectory } from '../directory.ts';

/** One of the two service workers as a classic script: the one that keeps pages, and the one that takes everything back. */
export async function workerCode(entry: 'worker.ts' | 'stop.ts'): Promise<string> {
  const result = await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    root: engineDirectory,
    logLevel: 'warn',
    build: {
      write: false,
      modulePreload: false,
      lib: {
        entry: join(engineDirectory, 'site/src/offline/worker', entry),
        formats: ['iife'],
        name: 'callboardWorker',
      },
    },
  });
  const [output] = [result].flat();
  const [chunk] = output && 'output' in output ? output.output : [];
  if (chunk?.type !== 'chunk') throw new Error(`${entry} was not bundled`);
  return chunk.code;
}
