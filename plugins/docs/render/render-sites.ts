import type { ProblemInput } from '../../types.ts';
import type { Dialect } from '../markdown/dialect.ts';
import type { DocsOptions, DocsPage, DocsSite } from '../schema.ts';
import type { SiteStore } from '../sites/store.ts';
import type { PageCache } from './cache.ts';
import { RenderPool } from './pool.ts';
import type { PageMeta, PageTask } from './render-page.ts';

/** What is known of the pages of each site, by entity and path. */
export type SiteMetas = Map<string, Map<string, PageMeta>>;

/** Sees to it that every page is in the cache. */
export async function renderSites(
  sites: readonly DocsSite[],
  store: SiteStore,
  cache: PageCache,
  options: DocsOptions,
  report: (problem: ProblemInput) => void,
  progress: (done: number, total: number) => void,
): Promise<SiteMetas> {
  const metas: SiteMetas = new Map();
  const pool = new RenderPool(cache.folder);
  const total = sites.reduce((sum, site) => sum + site.pages.length, 0);
  let done = 0;
  const running = new Set<Promise<void>>();
  for (const site of sites) {
    const ofSite = new Map<string, PageMeta>();
    metas.set(site.entity, ofSite);
    for (const page of site.pages) {
      const known = cache.readMeta(page.key);
      if (known) {
        ofSite.set(page.path, known);
        progress((done += 1), total);
        continue;
      }
      const job = render(site, page, ofSite).finally(() => {
        running.delete(job);
        progress((done += 1), total);
      });
      running.add(job);
      // Texts wait in memory for their turn, so only a few at a time.
      if (running.size >= 16) await Promise.race(running);
    }
  }
  await Promise.all(running);
  await pool.close();
  return metas;

  async function render(
    site: DocsSite,
    page: DocsPage,
    ofSite: Map<string, PageMeta>,
  ): Promise<void> {
    const rendered = await pool.render(page.key, taskOf(site, page, store, options));
    if ('meta' in rendered) {
      ofSite.set(page.path, rendered.meta);
      return;
    }
    cache.write(page.key, failedPage(page));
    report({
      code: 'docs/render-failed',
      message: `\`${page.path}\` cannot be shown: ${rendered.failure}.`,
      hint: 'Look for very long lines, deep nesting or huge tables.',
      at: {
        repository: site.repository,
        file: site.docs ? `${site.docs}/${page.path}` : page.path,
      },
      entity: site.entity,
    });
  }
}

function taskOf(
  site: DocsSite,
  page: DocsPage,
  store: SiteStore,
  { iframeHosts }: DocsOptions,
): PageTask {
  const includes = Object.entries(page.includes ?? {}).map(([name, file]) => [
    name,
    store.read(site.entity, 'includes', file) ?? '',
  ]);
  return {
    text: store.read(site.entity, 'files', page.path) ?? '',
    path: page.path,
    docs: site.docs,
    dialect: site.dialect as Dialect,
    includes: Object.fromEntries(includes) as Record<string, string>,
    iframeHosts,
  };
}

/** Stands where a page cannot be shown. */
function failedPage({ title }: DocsPage) {
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
      notes: [],
      words: 1,
      hasMermaid: false,
      hide: [],
    } satisfies PageMeta,
  };
}
