import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { engineDirectory } from '../directory.ts';

/** Of what Astro and the packages that are not bundled make of the code. */
const settings = ['package.json', 'package-lock.json', 'site/astro.config.ts'];

/** Watches the bundler: what it reads, and a stamp of what it writes, which changes when the code or the styles of any page do. */
export class BundleStamp {
  readonly #written = new Map<string, string>();
  /** Ids of all modules, most of them paths. */
  readonly modules = new Set<string>();

  integration(): AstroIntegration {
    const written = this.#written;
    const modules = this.modules;
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
                    for (const id of this.getModuleIds()) modules.add(id);
                    for (const [name, file] of Object.entries(bundle)) {
                      const content = file.code ?? file.source ?? '';
                      written.set(name, createHash('sha256').update(content).digest('hex'));
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
    const bundled = [...this.#written].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const rest = settings
      .map((name) => join(engineDirectory, name))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'utf8'));
    return createHash('sha256')
      .update(JSON.stringify([bundled, rest]))
      .digest('hex')
      .slice(0, 32);
  }
}

interface BundleFile {
  code?: string;
  source?: string | Uint8Array;
}
