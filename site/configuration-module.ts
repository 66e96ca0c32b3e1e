import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { findConfig } from '../collectors/find-config.ts';
import { engineDirectory, organisationDirectory } from './directory.ts';

const name = 'virtual:callboard/configuration';

/** Gives the pages the organisation's configuration, and the plugins it imports, through Vite: they hold .astro components. */
export function configurationModule(): Plugin {
  let base = '/';
  return {
    name: 'callboard:configuration',
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [
          { find: /^callboard$/, replacement: resolve(engineDirectory, 'collectors/index.ts') },
          {
            find: /^callboard\/plugin$/,
            replacement: resolve(engineDirectory, 'plugins/types.ts'),
          },
        ],
      },
    }),
    configResolved(config) {
      base = config.base.endsWith('/') ? config.base : `${config.base}/`;
    },
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const directory = organisationDirectory();
      const path = findConfig(directory);
      const source =
        path && existsSync(path)
          ? `export { default } from ${JSON.stringify(path)};`
          : 'export default { sources: [] };';
      return [
        source,
        `export const directory = ${JSON.stringify(directory)};`,
        `export const base = ${JSON.stringify(base)};`,
      ].join('\n');
    },
  };
}
