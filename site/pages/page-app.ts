import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  StaticPaths,
  type PathWithRoute,
  type StaticPathsApp,
} from 'astro/runtime/prerender/static-paths.js';
import type { OpenedBundle } from '../bundle/open-bundle.ts';

/** A page to make. */
export interface PagePath {
  /** Path of its file in the portal: `teams/index.html`. */
  file: string;
  /** Changes with what the page shows; undefined where it is made by every build. */
  cacheKey: string | undefined;
}

/**
 * What Astro's build bundles: `setInternals` and `setOptions` are how its own prerenderer (core/build/default-prerenderer.js)
 * starts it, with as much of both as making a page reads (core/build/environment.js).
 */
interface BuiltApp extends StaticPathsApp {
  setInternals(internals: { pagesByKeys: ReadonlyMap<string, unknown> }): void;
  setOptions(options: {
    settings: { scripts: [] };
    logger: { options: { destination: { write(event: unknown): void }; level: 'warn' } };
  }): void;
  render(request: Request, options: { routeData: PathWithRoute['route'] }): Promise<Response>;
}

/** Loads the code of the pages, which may be done ahead of making them. */
export async function importPages(bundle: OpenedBundle): Promise<{ app: BuiltApp }> {
  return await import(pathToFileURL(join(bundle.folder, 'server', bundle.entry)).href);
}

/** Makes pages with the code of a bundle, in this thread. The build context has to be set. */
export class PageApp {
  readonly #app: BuiltApp;
  readonly #origin: string;
  readonly #routes = new Map<string, PathWithRoute>();

  private constructor(app: BuiltApp, url: string | undefined) {
    this.#app = app;
    // Astro's own default, which no page shows.
    this.#origin = url === undefined ? 'http://localhost:4321' : new URL(url).origin;
  }

  static async open(bundle: OpenedBundle, url: string | undefined): Promise<PageApp> {
    const { app } = await importPages(bundle);
    app.setInternals({ pagesByKeys: new Map(bundle.pages) });
    app.setOptions({
      settings: { scripts: [] },
      logger: { options: { destination: { write: () => undefined }, level: 'warn' } },
    });
    const opened = new PageApp(app, url);
    await opened.#findPaths();
    return opened;
  }

  /** Every page of the portal once. Of two with one address, the one of the more exact route. */
  get paths(): PagePath[] {
    return [...this.#routes].map(([file, { cacheKey }]) => ({ file, cacheKey }));
  }

  /** Makes pages and writes them below a folder. */
  async make(files: readonly string[], folder: string): Promise<void> {
    for (const file of files) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await this.#html(file));
    }
  }

  async #findPaths(): Promise<void> {
    for (const path of await new StaticPaths(this.#app).getAll()) {
      const file = fileOf(path.pathname);
      if (!this.#routes.has(file)) this.#routes.set(file, path);
    }
  }

  async #html(file: string): Promise<string> {
    const { pathname, route } = this.#routes.get(file)!;
    const path = `${this.#app.manifest.base}/${pathname}/`.replaceAll(/\/{2,}/g, '/');
    const request = new Request(new URL(path, this.#origin));
    const response = await this.#app.render(request, { routeData: route });
    if (response.status !== 200 && !file.startsWith('404')) {
      throw new Error(`The page ${path} answered ${response.status}`);
    }
    return await response.text();
  }
}

function fileOf(pathname: string): string {
  const path = pathname.replace(/^\/|\/$/g, '');
  if (path === '404') return '404.html';
  return path === '' ? 'index.html' : `${path}/index.html`;
}
