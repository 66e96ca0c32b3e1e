import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Takes what would make the pages out of Astro's hands before it makes any: a later build makes them without bundling. */
export class KeptServer {
  pages: Map<string, { styles: unknown[] }> = new Map();
  readonly #server: string;

  constructor(server: string) {
    this.#server = server;
  }

  integration(): AstroIntegration {
    let built = '';
    return {
      name: 'callboard:kept-server',
      hooks: {
        'astro:config:done': ({ config }) => {
          built = fileURLToPath(new URL('.prerender/', config.outDir));
        },
        'astro:build:setup': ({ pages }) => {
          // Astro fills it in while it bundles.
          this.pages = pages as unknown as typeof this.pages;
        },
        'astro:build:start': ({ setPrerenderer }) => {
          setPrerenderer({
            name: 'callboard:kept-server',
            setup: async () => renameSync(built, this.#server),
            getStaticPaths: async () => [],
            render: () => Promise.reject(new Error('Pages are not made while they are bundled')),
          });
        },
      },
    };
  }
}
