import type { GuideSection, PageItem, PortalFile, SearchRecord } from '../types.ts';
import type { Docs, Site } from './model.ts';
import { firstPage, pageAddress } from './outline.ts';
import { addressOf } from './sites/paths.ts';

/** What the reader's page is handed. */
export type ReaderItem =
  | { kind: 'page'; entity: string; path: string }
  | { kind: 'contents'; entity: string }
  | { kind: 'redirect'; target: string };

/** One page for every document, and for every address that moved. */
export function* readerPages(docs: Docs): Generator<PageItem> {
  for (const site of docs.sites) {
    const taken = new Set<string>();
    for (const page of site.order) {
      const address = addressOf(page.path);
      if (taken.has(address.toLowerCase())) continue;
      taken.add(address.toLowerCase());
      const trail = site.trails.get(page.path) ?? [];
      yield {
        params: paramsOf(site, address),
        title: address === '' ? site.data.title : `${page.title} · ${site.data.title}`,
        item: { kind: 'page', entity: site.data.entity, path: page.path } satisfies ReaderItem,
        cacheKey: docs.stampOf(site, page),
        alternates: [
          { type: 'text/markdown', title: 'Markdown', path: `${site.path}${address}index.md` },
        ],
        breadcrumbs: [
          { title: 'Docs', href: '/docs/' },
          ...(address === '' ? [] : [{ title: site.data.title, href: site.path }]),
          ...trail.map((node) => ({
            title: node.title,
            href: site.path + addressOf(firstPage(node) ?? page.path),
          })),
        ],
      };
    }
    if (!taken.has('all-pages/')) yield contents(site);
    yield* moved(site, taken);
    yield* home(site, taken);
  }
  for (const { path, target, title } of docs.aliases) {
    const [, , namespace, kind, name] = path.split('/');
    yield {
      params: { namespace, kind, name },
      title,
      item: { kind: 'redirect', target } satisfies ReaderItem,
    };
  }
}

/** What a page's pictures, diagrams and frames need from other hosts. */
export function pagePolicy(item: ReaderItem, docs: Docs): readonly string[] {
  if (item.kind !== 'page') return [];
  const site = docs.siteOf(item.entity);
  const page = site?.order[site.position.get(item.path)!];
  return (page && docs.render(page)?.meta.policy) ?? [];
}

function contents(site: Site): PageItem {
  return {
    params: paramsOf(site, 'all-pages/'),
    title: `All pages · ${site.data.title}`,
    item: { kind: 'contents', entity: site.data.entity } satisfies ReaderItem,
    breadcrumbs: [
      { title: 'Docs', href: '/docs/' },
      { title: site.data.title, href: site.path },
    ],
  };
}

/** Where a site without a first page of its own begins: links to the site lead to its address. */
function* home(site: Site, taken: ReadonlySet<string>): Generator<PageItem> {
  const [first] = site.order;
  if (!first || taken.has('')) return;
  yield {
    params: paramsOf(site, ''),
    title: site.data.title,
    item: { kind: 'redirect', target: pageAddress(site, first) } satisfies ReaderItem,
  };
}

function* moved(site: Site, taken: Set<string>): Generator<PageItem> {
  for (const [from, to] of Object.entries(site.data.redirects)) {
    const address = addressOf(from);
    if (taken.has(address.toLowerCase()) || /(?:^|\/)\.\.(?:\/|$)/u.test(address)) continue;
    taken.add(address.toLowerCase());
    const isExternal = /^https?:\/\//iu.test(to);
    const [path = '', anchor] = to.split('#');
    const target = isExternal ? to : site.path + addressOf(path) + (anchor ? `#${anchor}` : '');
    yield {
      params: paramsOf(site, address),
      title: site.data.title,
      item: { kind: 'redirect', target } satisfies ReaderItem,
    };
  }
}

function paramsOf(site: Site, address: string): PageItem['params'] {
  const [, , namespace, kind, name] = site.path.split('/');
  return { namespace, kind, name, page: address.replace(/\/$/u, '') || undefined };
}

/** Markdown beside each page, files of the docs folders, and one navigation for each site. */
export function* portalFiles(docs: Docs): Generator<PortalFile> {
  if (docs.sites.length > 0) yield* docs.frameFiles();
  for (const site of docs.sites) {
    for (const page of site.data.pages) {
      yield { path: `${pageAddress(site, page)}index.md`, source: docs.sourceOf(site, page.path) };
    }
    for (const { path } of site.data.assets) {
      yield { path: site.path + path, source: docs.sourceOf(site, path) };
    }
    yield { path: `${site.path}nav.json`, body: JSON.stringify(site.data.nav.map(compact)) };
  }
}

/** Title, address and children, as short as it goes. */
function compact({ title, page, url, children }: Site['data']['nav'][number]): unknown[] {
  const address = page === undefined ? (url ?? null) : addressOf(page);
  return children ? [title, address, children.map(compact)] : [title, address];
}

/** A record for each page with its sections. */
export function* searchRecords(docs: Docs): Generator<SearchRecord> {
  for (const site of docs.sites) {
    const owner = docs.ownerOf(site);
    for (const page of site.order) {
      const meta = docs.render(page)?.meta;
      if (!meta) continue;
      const [intro, ...sections] =
        meta.sections[0]?.anchor === '' ? meta.sections : [undefined, ...meta.sections];
      const text = intro?.text ?? '';
      yield {
        url: pageAddress(site, page),
        title: page.title,
        type: 'Page',
        summary: (meta.description ?? text).slice(0, 160),
        text,
        hasMarkdown: true,
        sections: sections
          .filter((section) => section !== undefined)
          .map(({ title, anchor, text: body }) => ({ title, anchor, text: body })),
        breadcrumb: ['Docs', site.data.title, ...trailTitles(site, page.path)],
        filters: { site: [site.data.title], ...(owner && { owner: [owner] }) },
        ...(page.updated && { updated: page.updated }),
      };
    }
  }
}

function trailTitles(site: Site, path: string): string[] {
  return (site.trails.get(path) ?? []).map(({ title }) => title);
}

/** Every site by its first page, for programs that look around. */
export function* guideSections({ sites }: Docs): Generator<GuideSection> {
  const links = sites.flatMap((site) => {
    const [first] = site.order;
    if (!first) return [];
    const path = `${pageAddress(site, first)}index.md`;
    return [{ title: site.data.title, path, note: `of ${site.data.entity}` }];
  });
  if (links.length > 0) yield { title: 'Documentation', links };
}
