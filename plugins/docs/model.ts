import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { catalogOf, type CatalogEntity } from '../catalog/index.ts';
import type { ModelContext, PortalFile } from '../types.ts';
import { hasPageAt, pagesIn, trailsOf } from './outline.ts';
import { PageCache } from './render/cache.ts';
import type { RenderedPage } from './render/render-page.ts';
import type { DocsOptions, DocsPage, DocsSite, DocsSnapshot, NavNode } from './schema.ts';
import { sitePath } from './sites/paths.ts';
import { SiteStore } from './sites/store.ts';

/** A site with what the catalog knows of its entity. */
export interface Site {
  data: DocsSite;
  /** Address below the base. */
  path: string;
  entity: CatalogEntity | undefined;
  /** Pages in the order they are read: the navigation's, then the rest. */
  order: readonly DocsPage[];
  /** Where each page stands in that order, by its path. */
  position: ReadonlyMap<string, number>;
  /** The sections each page is in. */
  trails: ReadonlyMap<string, NavNode[]>;
  /** Latest change of any page, where the source knows when pages changed. */
  updated: string | undefined;
}

export interface Docs {
  sites: readonly Site[];
  aliases: readonly { path: string; target: string; title: string }[];
  /** Site of an entity, its own or the one it shares. */
  siteOf(ref: string): Site | undefined;
  /** Who owns the entity of a site, as the catalog's own results say it. */
  ownerOf(site: Site): string | undefined;
  /** Where an entity is read about: this page of its docs, their first one, else its own page. */
  entityAddress(ref: string, page?: string): string | undefined;
  /** HTML of a page, read from disk each time: thousands of them would not fit into memory. */
  render(page: DocsPage): RenderedPage | undefined;
  /** Where the Markdown and the files of a site lie. */
  sourceOf(site: Site, path: string): string;
  /** Changes when anything a page shows changes. */
  stampOf(site: Site, page: DocsPage): string;
  /** The frame diagrams are drawn in. */
  frameFiles(): PortalFile[];
}

/** The documentation of all entities. */
export default function model(
  context: Pick<ModelContext<DocsOptions, DocsSnapshot>, 'data' | 'folder' | 'cache' | 'model'>,
): Docs {
  const { data, folder, cache } = context;
  const catalog = catalogOf(context);
  const store = new SiteStore(folder);
  const pages = PageCache.current(cache);
  const sites = (data?.sites ?? []).map((site): Site => {
    const order = readingOrder(site);
    const updates = site.pages.flatMap(({ updated }) => updated ?? []).sort();
    return {
      data: site,
      path: `/docs/${sitePath(site.entity)}/`,
      entity: catalog.get(site.entity),
      order,
      position: new Map(order.map(({ path }, index) => [path, index])),
      trails: trailsOf(site.nav),
      updated: updates.at(-1),
    };
  });
  const byRef = new Map(sites.map((site) => [site.data.entity, site]));
  const aliases = (data?.aliases ?? []).flatMap(({ entity, target, path }) => {
    const site = byRef.get(target);
    if (!site || byRef.has(entity)) return [];
    return [
      {
        entity,
        path: `/docs/${sitePath(entity)}/`,
        target: site.path + path,
        title: site.data.title,
        site,
      },
    ];
  });
  const byAlias = new Map(aliases.map(({ entity, site }) => [entity, site]));
  const stamps = new Map<Site, string>();
  let last: { key: string; rendered: RenderedPage | undefined } | undefined;

  /** A page's policy and its text are asked for one after the other. */
  function render({ key }: DocsPage): RenderedPage | undefined {
    if (last?.key !== key) last = { key, rendered: pages?.read(key) };
    return last.rendered;
  }

  function entityAddress(ref: string, page = ''): string | undefined {
    const site = byRef.get(ref);
    if (site) return site.path + (page !== '' && hasPageAt(site.data, page) ? page : '');
    const alias = aliases.find(({ entity }) => entity === ref);
    return alias?.target ?? catalog.get(ref)?.path;
  }

  /** Where the links of a page to entities lead; of most pages, which have none, nothing is read. */
  function entityStamp({ key, linksEntities }: DocsPage): string {
    if (!linksEntities) return '';
    const links = pages?.readMeta(key)?.links.filter(({ kind }) => kind === 'entity') ?? [];
    const addresses = links.map(({ target, page }) => entityAddress(target, page));
    return createHash('sha256').update(JSON.stringify(addresses)).digest('hex').slice(0, 16);
  }

  return {
    sites,
    aliases,
    siteOf: (ref) => byRef.get(ref) ?? byAlias.get(ref),
    ownerOf({ entity }) {
      const owner = entity?.owner;
      return owner && (catalog.get(owner)?.title ?? owner.slice(owner.lastIndexOf('/') + 1));
    },
    entityAddress,
    render,
    sourceOf: (site, path) => store.path(site.data.entity, 'files', path),
    frameFiles,
    stampOf(site, page) {
      let stamp = stamps.get(site);
      if (!stamp) {
        const { pages: list, assets, asOf: _asOf, ...rest } = site.data;
        const owner = site.entity?.owner;
        const people = [site.entity?.title, owner, owner && catalog.get(owner)?.title];
        const shown = [rest, list.map(({ path, title }) => [path, title]), assets, people];
        stamp = createHash('sha256').update(JSON.stringify(shown)).digest('hex');
        stamps.set(site, stamp);
      }
      const own = `${page.key}-${page.updated ?? ''}-${page.contributors?.join() ?? ''}-${entityStamp(page)}`;
      return `${stamp.slice(0, 16)}-${own}-${pages?.folder.slice(-16)}`;
    },
  };
}

function frameFiles(): PortalFile[] {
  const here = dirname(fileURLToPath(import.meta.url));
  const mermaid = createRequire(import.meta.url).resolve('@mermaid-js/tiny/dist/mermaid.tiny.js');
  return [
    { path: '/docs-mermaid/index.html', source: join(here, 'frame', 'index.html') },
    { path: '/docs-mermaid/draw.js', source: join(here, 'frame', 'draw.js') },
    { path: '/docs-mermaid/mermaid.js', source: mermaid },
  ];
}

function readingOrder(site: DocsSite): DocsPage[] {
  const byPath = new Map(site.pages.map((page) => [page.path, page]));
  const inNav = [...new Set(pagesIn(site.nav))].flatMap((path) => byPath.get(path) ?? []);
  const known = new Set(inNav);
  const rest = site.pages.filter((page) => !known.has(page));
  return [...inNav, ...rest];
}
