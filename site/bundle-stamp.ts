import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { engineDirectory } from './directory.ts';

/** Of what Astro and the packages that are not bundled make of the code. */
const settings = ['package.json', 'package-lock.json', 'site/astro.config.ts'];

/** Changes when the code or the styles of any page do: a stamp of everything the bundler wrote. */
export class BundleStamp {
  readonly #files = new Map<string, string>();

  /** Watches the bundler. */
  integration(): AstroIntegration {
    const files = this.#files;
    return {
      name: 'callboard:bundle-stamp',
      hooks: {
        'astro:config:setup': ({ updateConfig }) => {
          updateConfig({
            vite: {
              plugins: [
                {
                  name: 'callboard:bundle-stamp',
                  generateBundle(_options: unknown, bundle: Record<string, BundleFile>) {
                    for (const [name, file] of Object.entries(bundle)) {
                      const content = file.code ?? file.source ?? '';
                      files.set(name, createHash('sha256').update(content).digest('hex'));
                    }
                  },
                },
              ],
            },
          });
        },
      },
    };
  }

  get value(): string {
    const bundled = [...this.#files].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const rest = settings
      .map((name) => join(engineDirectory, name))
      .filter((path) => existsSync(path));
    return JSON.stringify([bundled, rest.map((path) => readFileSync(path, 'utf8'))]);
  }
}

interface BundleFile {
  code?: string;
  source?: string | Uint8Array;
}
