import { join } from 'node:path';
import { readChanges } from '../collectors/changes/read.ts';
import type { Config } from '../collectors/config-schema.ts';
import { builtIns } from '../plugins/index.ts';
import type { Problem } from '../plugins/types.ts';
import { apiFiles } from './api-files.ts';
import type { BundleTarget } from './bundle/bundle.ts';
import { openBundle, type OpenedBundle } from './bundle/open-bundle.ts';
import { feedFiles } from './feeds/feed-files.ts';
import { filesIn } from './files-in.ts';
import { writeOffline } from './offline/write.ts';
import { hashOf, Output } from './output.ts';
import { makePages } from './pages/make-pages.ts';
import { importPages } from './pages/page-app.ts';
import { portalFiles } from './portal-files.ts';
import { preparePlugins } from './prepare.ts';
import { openSearchDescription } from './search/open-search.ts';
import { writeSearch } from './search/write.ts';
import { setBuildContext } from './src/build-context.ts';
import { createPortal, loadParts } from './src/portal/load.ts';

export interface BuildReport {
  pages: number;
  records: number;
  /** What showed when the pages were made; problems of the snapshots are not among them. */
  problems: readonly Problem[];
  seconds: { pages: number; files: number; search: number };
}

/** Builds the portal from the snapshots into `dist/`; what was there before stays until the new one is whole. */
export async function buildPortal(
  directory: string,
  config: Config,
  base: string,
  log: (line: string) => void,
): Promise<BuildReport> {
  // Before any plugin loads React: pages render with its production half, and the two do not mix.
  process.env['NODE_ENV'] ??= 'production';
  const { url } = config;
  const hasExtensions = config.plugins.some((plugin) => !builtIns.includes(plugin));
  setBuildContext({ directory, config });
  const [problems, bundle] = await Promise.all([
    preparePlugins(directory, config, log),
    loadBundle({ directory, base, url, hasExtensions }),
  ]);
  const parts = await loadParts(directory, config, base);
  setBuildContext({ directory, config, parts });
  const portal = createPortal(config, parts);
  const output = new Output(directory);
  const started = performance.now();
  const stamp = hashOf(JSON.stringify([bundle.stamp, url, config.options]));
  const { pages, kept } = await makePages(
    bundle,
    { directory, url, folder: output.next },
    (file, cacheKey) => output.keeps(file, hashOf(`${stamp} ${file} ${cacheKey}`)),
  );
  const rendered = performance.now();
  log(`${pages} pages, ${kept} of them as they were, in ${seconds(started, rendered)} s`);
  for (const path of filesIn(join(bundle.folder, 'client')))
    output.copy(path, join(bundle.folder, 'client', path));
  for (const { path, body } of apiFiles(portal)) output.write(path, body);
  for (const { path, body } of feedFiles(portal, readChanges(directory).changes, config.url))
    output.write(path, body);
  for (const { path, source, body } of portalFiles(portal)) {
    if (source === undefined) output.write(path, body ?? '');
    else output.copy(path, source);
  }
  const written = performance.now();
  const search = await writeSearch(portal, output, join(directory, '.callboard', 'search'));
  if (config.url !== undefined) {
    const searchPage = new URL(portal.href('/search/'), config.url).href;
    output.write('opensearch.xml', openSearchDescription(portal.title, searchPage));
  }
  const indexed = performance.now();
  log(
    `${search.records} things to find, ${search.rebuilt} of ${search.parts} parts of the index built anew, in ${seconds(written, indexed)} s`,
  );
  writeOffline(output, config.offline, bundle.workers);
  output.publish();
  return {
    pages,
    records: search.records,
    problems,
    seconds: {
      pages: (rendered - started) / 1000,
      files: (written - rendered) / 1000,
      search: (indexed - written) / 1000,
    },
  };
}

/** Loads it too, while plugins prepare in threads of their own. */
async function loadBundle(target: BundleTarget): Promise<OpenedBundle> {
  const bundle = await openBundle(target);
  await importPages(bundle);
  return bundle;
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1);
}
