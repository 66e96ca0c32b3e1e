import type { PrepareContext } from '../types.ts';
import { PageCache } from './render/cache.ts';
import { pipelineVersion } from './render/pipeline-version.ts';
import { renderSites } from './render/render-sites.ts';
import type { DocsOptions, DocsSite, DocsSnapshot } from './schema.ts';
import { SiteStore } from './sites/store.ts';

/** Renders the pages that are not in the cache: all of them where only the snapshot was carried over. */
export default async function prepare(
  context: PrepareContext<DocsOptions, DocsSnapshot>,
): Promise<void> {
  const cache = PageCache.open(context.cache, pipelineVersion());
  const sites: DocsSite[] = [];
  for (const site of context.data?.sites ?? []) {
    const pages = site.pages.filter(({ key }) => !cache.has(key));
    if (pages.length > 0) sites.push({ ...site, pages });
  }
  if (sites.length === 0) return;
  await renderSites(
    sites,
    new SiteStore(context.folder),
    cache,
    context.options,
    ({ message }) => context.log(message),
    () => {},
  );
}
