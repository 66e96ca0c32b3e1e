import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { engineDirectory } from './directory.ts';

const stub = '\0callboard:node-only';

/** Collecting and checking never run at build: their code, and the clients it drags in, stay out of the bundle. */
export function nodeOnly(): Plugin {
  const sources = resolve(engineDirectory, 'collectors/sources/index.ts');
  return {
    name: 'callboard:node-only',
    enforce: 'pre',
    resolveId(id, importer) {
      if (
        importer?.endsWith('/plugin.ts') &&
        /\/(collect|prepare|checks|commands(\/[\w-]+)?)\.ts$/.test(id)
      )
        return stub;
      if (importer === sources && !/options|source\.ts$/.test(id) && id.startsWith('.'))
        return stub;
      return undefined;
    },
    load(id) {
      return id === stub
        ? 'export default undefined; export const localSource = undefined;'
        : undefined;
    },
  };
}
