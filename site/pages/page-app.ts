import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathsOf, type PagePath, type PageRoute } from './page-paths.ts';
import type { OpenedBundle } from '../bundle/open-bundle.ts';

/**
 * What Astro's build bundles: `setInternals` and `setOptions` are how its own prerenderer (core/build/default-prerenderer.js)
 * starts it, with as much of both as making a page reads (core/build/environment.js).
 */
interface BuiltApp {
  manifest: { base: string; routes: { routeData: PageRoute }[] };
  getComponentByRoute(route: PageRoute): Promise<object>;
  setInternals(internals: { pagesByKeys: ReadonlyMap<string, unknown> }): void;
  setOptions(options: {
    settings: { scripts: [] };
    logger: { options: { destination: { write(event: unknown): void }; level: 'warn' } };
  }): void;
  render(request: Request, options: { routeData: PageRoute }): Promise<Response>;
}

/** Loads the code of the pages, which may be done ahead of making them. */
export async function importPages(bundle: OpenedBundle): Promise<{ app: BuiltApp }> {
  return await import(pathToFileURL(join(bundle.folder, 'server', bundle.entry)).href);
}

/** Makes pages with the code of a bundle, in this thread. The build context has to be set. */
export class PageApp {
  readonly #app: BuiltApp;
  readonly #origin: string;
  readonly #paths = new Map<string, PagePath>();

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
  get paths(): Iterable<PagePath> {
    return this.#paths.values();
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
    for (const { routeData } of this.#app.manifest.routes) {
      const component = await this.#app.getComponentByRoute(routeData);
      for (const path of await pathsOf(routeData, component)) {
        if (!this.#paths.has(path.file)) this.#paths.set(path.file, path);
      }
    }
  }

  async #html(file: string): Promise<string> {
    const { pathname, route } = this.#paths.get(file)!;
    const path = `${this.#app.manifest.base}/${pathname}/`.replaceAll(/\/{2,}/g, '/');
    const request = new Request(new URL(path, this.#origin));
    const response = await this.#app.render(request, { routeData: route });
    if (response.status !== 200 && !file.startsWith('404')) {
      throw new Error(`The page ${path} answered ${response.status}`);
    }
    return await response.text();
  }
}
