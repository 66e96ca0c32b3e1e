import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'astro';
import { readChanges } from '../collectors/changes/read.ts';
import type { Config } from '../collectors/config-schema.ts';
import type { ApiFile, Problem } from '../plugins/types.ts';
import { apiFiles } from './api-files.ts';
import { engineDirectory } from './directory.ts';
import { feedFiles } from './feeds/feed-files.ts';
import { writeOffline } from './offline/write.ts';
import { copyFiles } from './portal-files.ts';
import { preparePlugins } from './prepare.ts';
import { openSearchDescription } from './search/open-search.ts';
import { writeSearch } from './search/write.ts';
import { loadPortal } from './src/portal/load.ts';

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
  const problems = await preparePlugins(directory, config, log);
  const portal = await loadPortal(directory, config, base);
  const next = join(directory, '.callboard', 'next');
  process.env['CALLBOARD_DIRECTORY'] = directory;
  const started = performance.now();
  let pages = 0;
  rmSync(next, { recursive: true, force: true });
  await build({
    root: engineDirectory,
    configFile: './site/astro.config.ts',
    outDir: next,
    base,
    logLevel: 'warn',
    ...(config.url ? { site: config.url } : {}),
    integrations: [countPages((count) => (pages = count))],
  });
  const rendered = performance.now();
  log(`${pages} pages in ${seconds(started, rendered)} s`);
  writeFiles(next, apiFiles(portal));
  writeFiles(next, feedFiles(portal, readChanges(directory).changes, config.url));
  copyFiles(portal, next);
  const written = performance.now();
  const search = await writeSearch(portal, next, join(directory, '.callboard', 'search'));
  if (config.url !== undefined) {
    const searchPage = new URL(portal.href('/search/'), config.url).href;
    writeFileSync(join(next, 'opensearch.xml'), openSearchDescription(portal.title, searchPage));
  }
  const indexed = performance.now();
  log(
    `${search.records} things to find, ${search.rebuilt} of ${search.parts} parts of the index built anew, in ${seconds(written, indexed)} s`,
  );
  await writeOffline(next, config.offline);
  swap(next, join(directory, 'dist'), join(directory, '.callboard', 'previous'));
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

function writeFiles(folder: string, files: Iterable<ApiFile>): void {
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.body);
  }
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1);
}

function countPages(tell: (count: number) => void) {
  return {
    name: 'callboard:count',
    hooks: {
      'astro:build:done': ({ pages }: { pages: unknown[] }) => tell(pages.length),
    },
  };
}

/** Two renames: a reader of dist/ never sees half a portal for longer than that. */
function swap(next: string, dist: string, previous: string): void {
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, previous);
  renameSync(next, dist);
  rmSync(previous, { recursive: true, force: true });
}
