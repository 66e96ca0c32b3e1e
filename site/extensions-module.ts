import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { findConfig } from '../collectors/find-config.ts';
import { engineDirectory, organisationDirectory } from './directory.ts';

const name = 'virtual:callboard/extensions';

/**
 * Gives the pages the organisation's own plugins through Vite: they hold .astro components.
 * Without `hasExtensions` the configuration is not looked at, so that one bundle serves every organisation.
 */
export function extensionsModule(hasExtensions: boolean): Plugin {
  return {
    name: 'callboard:extensions',
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
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const path = hasExtensions ? findConfig(organisationDirectory()) : undefined;
      if (path === undefined) return 'export default [];';
      return `import configuration from ${JSON.stringify(path)};\nexport default configuration.extensions ?? [];`;
    },
  };
}
