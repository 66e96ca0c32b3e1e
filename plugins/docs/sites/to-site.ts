import { createHash } from 'node:crypto';

import type { Repository } from '../../types.ts';
import type { PageTask } from '../render/render-page.ts';
import type { DocsAsset, DocsOptions, DocsPage, DocsSite } from '../schema.ts';
import type { ReadSite, SitePage } from './read-site.ts';
import { imageSize } from './images.ts';

/** What the snapshot says of a site that was read. */
export function toSite(
  entity: string,
  title: string,
  repository: Repository,
  { configuration, pages, assets, nav, title: ownTitle }: ReadSite,
  options: Pick<DocsOptions, 'iframeHosts' | 'imageHosts' | 'plantumlServer'>,
  history: Awaited<ReturnType<NonNullable<Repository['history']>>> = new Map(),
): DocsSite {
  const { docs, file, redirects } = configuration;
  const isOnly = pages.length === 1;
  const dialect = { ...configuration.dialect, features: [...configuration.dialect.features] };
  return {
    entity,
    source: repository.source,
    repository: repository.id,
    title: ownTitle ?? title,
    docs,
    ...(file !== undefined && { config: file }),
    ...addresses(repository),
    ...editPages(configuration, repository),
    asOf: repository.asOf,
    dialect,
    nav,
    pages: pages.map((page) => {
      const change = history.get(page.file);
      const stored = toPage(page, docs, isOnly, dialect, options);
      return change
        ? Object.assign(stored, { updated: change.at, contributors: change.by })
        : stored;
    }),
    assets: assets.map(({ path, bytes }): DocsAsset => ({
      path,
      bytes: bytes.length,
      ...imageSize(bytes),
    })),
    redirects,
  };
}

function toPage(
  page: SitePage,
  docs: string,
  isOnly: boolean,
  dialect: DocsSite['dialect'],
  { iframeHosts, imageHosts, plantumlServer }: Parameters<typeof toSite>[4],
): DocsPage {
  const isElsewhere = page.file !== (docs === '' ? page.path : `${docs}/${page.path}`);
  const texts = Object.fromEntries([...page.includes].map(([name, { text }]) => [name, text]));
  const task: PageTask = {
    text: page.text,
    path: page.path,
    file: page.file,
    isAlone: isOnly && isElsewhere,
    dialect: dialect as PageTask['dialect'],
    includes: texts,
    iframeHosts,
    imageHosts,
    plantumlServer,
  };
  return {
    path: page.path,
    ...(isElsewhere && { file: page.file }),
    title: page.title,
    key: keyOf(task),
    ...(page.includes.size > 0 && {
      includes: Object.fromEntries([...page.includes].map(([name, { file }]) => [name, file])),
    }),
    ...(page.isHidden && { isHidden: true }),
    ...([page.text, ...Object.values(texts)].some(mayLinkEntities) && { linksEntities: true }),
  };
}

function mayLinkEntities(text: string): boolean {
  return /entity:|\/(?:catalog|docs)\//u.test(text);
}

/** Everything a page's HTML is made of. */
function keyOf(task: PageTask): string {
  return createHash('sha256').update(JSON.stringify(task)).digest('hex').slice(0, 32);
}

/** MkDocs' rule: `edit_uri` is an address, or what follows `repo_url`; empty, pages are not to be edited. */
function editPages(
  { editUri, repoUrl }: ReadSite['configuration'],
  { url }: Repository,
): Pick<DocsSite, 'editPages'> {
  if (editUri === undefined) return {};
  if (editUri === '') return { editPages: '' };
  const base = `${repoUrl ?? url ?? ''}/`.replace(/\/+$/u, '/');
  if (!URL.canParse(editUri, base)) return {};
  const address = new URL(editUri.replace(/^\/+/u, ''), base).href.replace(/\/*$/u, '/');
  return /^https?:/u.test(address) ? { editPages: address } : {};
}

/** Where files can be read and edited, by the host's way of writing it. */
function addresses({
  url,
  branch = 'main',
  commit,
}: Repository): Pick<DocsSite, 'viewBase' | 'editBase' | 'issues'> {
  if (!url) return {};
  const isGitlab = /\bgitlab\b/u.test(new URL(url).host);
  const dash = isGitlab ? '/-' : '';
  return {
    viewBase: `${url}${dash}/blob/${commit ?? branch}/`,
    editBase: `${url}${dash}/edit/${branch}/`,
    issues: `${url}${dash}/issues/new`,
  };
}
