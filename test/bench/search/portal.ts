import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SearchRecord } from '../../../plugins/types.ts';
import { cleanEnvironment } from '../../clean-environment.ts';
import type { PageLink } from './queries.ts';

const root = join(import.meta.dirname, '../../..');

/** The built portal of a corpus: of a folder of repositories, or one that is built already. */
export function portalOf(corpus: string): string {
  const folder = resolve(corpus);
  if (existsSync(join(folder, 'api/search-records.json'))) return folder;
  const repositories = existsSync(join(folder, 'repos')) ? join(folder, 'repos') : folder;
  const directory = mkdtempSync(join(tmpdir(), 'callboard-search-'));
  copyDocumented(repositories, join(directory, 'repos'));
  writeFileSync(
    join(directory, 'callboard.config.ts'),
    `export default { title: 'Corpus', sources: [{ type: 'local', root: './repos', repositories: '*', url: 'https://git.example/{name}' }] };\n`,
  );
  for (const command of ['collect', 'build']) {
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'collectors/callboard.mjs'), command],
      { cwd: directory, stdio: 'inherit', env: cleanEnvironment() },
    );
    if (status !== 0) throw new Error(`callboard ${command} ended with ${status}`);
  }
  return join(directory, 'dist');
}

/** Copies the repositories; one with documentation and no descriptor gets one, so that its pages are in the portal. */
function copyDocumented(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const folder = join(to, name);
    cpSync(join(from, name), folder, { recursive: true });
    const hasSite = ['mkdocs.yml', 'mkdocs.yaml'].some((file) => existsSync(join(folder, file)));
    if (!hasSite || existsSync(join(folder, 'catalog-info.yaml'))) continue;
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: name.replaceAll(/[^a-zA-Z0-9-]+/g, '-').slice(0, 63),
        annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
      },
      spec: { type: 'library', lifecycle: 'production', owner: 'documenters' },
    };
    writeFileSync(join(folder, 'catalog-info.yaml'), JSON.stringify(entity));
  }
}

/** Everything the portal says there is to find. */
export function recordsOf(dist: string): SearchRecord[] {
  const list: { shards: string[] } = readJson(join(dist, 'api/search-records.json'));
  return list.shards.flatMap(
    (shard) => readJson<{ records: SearchRecord[] }>(join(dist, shard)).records,
  );
}

/** Links in the text of the pages, from one to another; not those to the next page, whose words nobody searches for. */
export function linksOf(dist: string, records: readonly SearchRecord[]): PageLink[] {
  return records.flatMap(({ url }) => {
    const html = pageOf(dist, url);
    const article = /<article[\s\S]*<\/article>/.exec(html)?.[0] ?? '';
    return Array.from(
      article.matchAll(
        /<a (?!rel="(?:prev|next)")[^>]*?href="([^"#]+)[^"]*"[^>]*>([\s\S]*?)<\/a>/g,
      ),
      ([, href, inner]) => ({
        text: inner!
          .replaceAll(/<[^>]*>/g, '')
          .replaceAll(/&#?\w+;/g, ' ')
          .trim(),
        from: url,
        to: new URL(href!, `http://portal${url}`).pathname,
      }),
    );
  });
}

/** The HTML of a page; empty for what is part of another page. */
export function pageOf(dist: string, url: string): string {
  const file = join(dist, decodeURI(url.replace(/[#?].*/, '')), 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}
