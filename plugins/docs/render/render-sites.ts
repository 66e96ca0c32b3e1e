import { fileOf, isAlone } from '../outline.ts';
import type { Dialect } from '../markdown/dialect.ts';
import type { DocsOptions, DocsPage, DocsSite } from '../schema.ts';
import type { SiteStore } from '../sites/store.ts';
import type { PageCache } from './cache.ts';
import { RenderPool } from './pool.ts';
import type { PageTask, RenderedPage } from './render-page.ts';

/** Renders these pages into the cache. */
export async function renderSites(
  sites: readonly DocsSite[],
  store: SiteStore,
  cache: PageCache,
  options: DocsOptions,
): Promise<void> {
  const pool = new RenderPool(cache.folder);
  const running = new Set<Promise<void>>();
  for (const site of sites) {
    for (const page of site.pages) {
      const job = render(site, page).finally(() => running.delete(job));
      running.add(job);
      // Texts wait in memory for their turn, so only a few at a time.
      if (running.size >= 16) await Promise.race(running);
    }
  }
  await Promise.all(running);
  await pool.close();

  async function render(site: DocsSite, page: DocsPage): Promise<void> {
    const failure = await pool.render(page.key, taskOf(site, page, store, options));
    if (failure !== undefined) cache.write(page.key, failedPage(page, failure));
  }
}

function taskOf(
  site: DocsSite,
  page: DocsPage,
  store: SiteStore,
  { iframeHosts, imageHosts, plantumlServer }: DocsOptions,
): PageTask {
  const includes = Object.entries(page.includes ?? {}).map(([name, file]) => [
    name,
    store.read(site.entity, 'includes', file) ?? '',
  ]);
  return {
    text: store.read(site.entity, 'files', page.path) ?? '',
    path: page.path,
    file: fileOf(site, page),
    isAlone: isAlone(site, page),
    dialect: site.dialect as Dialect,
    includes: Object.fromEntries(includes) as Record<string, string>,
    iframeHosts,
    imageHosts,
    plantumlServer,
  };
}

/** Stands where a page cannot be shown; its note is a problem for as long as it does. */
function failedPage({ path, title }: DocsPage, failure: string): RenderedPage {
  return {
    html: '<div class="admonition failure"><p class="admonition-title">This page could not be rendered</p><p>Its Markdown can still be read; the problem is on the page of problems.</p></div>',
    meta: {
      title,
      description: undefined,
      hasTitle: false,
      headings: [],
      ids: [],
      sections: [],
      links: [],
      notes: [
        {
          code: 'docs/render-failed',
          message: `\`${path}\` cannot be shown: ${failure}.`,
          hint: 'Look for very long lines, deep nesting or huge tables.',
        },
      ],
      words: 1,
      hasMermaid: false,
      hide: [],
    },
  };
}
