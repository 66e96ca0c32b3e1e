import type { PrepareContext } from '../types.ts';
import { entityDocs } from './entity-docs.ts';
import { PageCache } from './render/cache.ts';
import { pipelineVersion } from './render/pipeline-version.ts';
import { renderSites } from './render/render-sites.ts';
import { SiteChecks } from './render/site-checks.ts';
import type { DocsOptions, DocsSnapshot } from './schema.ts';
import { SiteStore } from './sites/store.ts';

type Context = Omit<PrepareContext<DocsOptions, DocsSnapshot>, 'log'>;

/** Renders the pages that are not in the cache, and checks the sites: what is wrong with a page shows when it is rendered. */
export default async function prepare(context: Context): Promise<void> {
  const { options, report } = context;
  const sites = context.data?.sites ?? [];
  const store = new SiteStore(context.folder);
  const cache = PageCache.open(context.cache, pipelineVersion());
  const cached = cache.keys();
  const missing = sites.flatMap((site) => {
    const pages = site.pages.filter(({ key }) => !cached.has(key));
    return pages.length > 0 ? [{ ...site, pages }] : [];
  });
  if (missing.length > 0) await renderSites(missing, store, cache, options);
  const checks = new SiteChecks(cache, store, options.staleAfterMonths, entityDocs(context.data));
  for (const site of sites) for (const problem of checks.problemsOf(site)) report(problem);
  cache.keepOnly(new Set(sites.flatMap((site) => site.pages.map(({ key }) => key))), cached);
}
