import { join } from 'node:path';
import { build } from 'vite';
import { engineDirectory } from '../directory.ts';
import type { FileList } from '../src/offline/store.ts';

/** The worker as one classic script. Without a shell: the one that takes everything back. */
export async function workerText(shell: FileList | undefined): Promise<string> {
  const entry = shell ? 'worker.ts' : 'stop.ts';
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
  return `${shell ? `const shell=${JSON.stringify(shell)};\n` : ''}${chunk.code}`;
}
