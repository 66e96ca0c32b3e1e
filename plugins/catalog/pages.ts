import { plainText } from '../../ui/plain-text.ts';
import type { PageItem, Portal } from '../types.ts';
import { contentHash } from './content-hash.ts';
import { catalogOf, type Catalog, type CatalogEntity } from './index.ts';
import { kindLook } from './kind-looks.ts';
import { problemsOf, targetOf } from './lookup.ts';
import { markdownPathOf } from './markdown.ts';
import { neighbourhoodOf } from './neighbourhood.ts';
import { feedPathOf } from './news.ts';

/** What an entity's pages are given. */
export interface EntityItem {
  ref: string;
  /** Path of the tab; undefined for the overview. */
  tab?: string;
}

/** The overview page of every entity. */
export function* entityPages(catalog: Catalog, portal: Portal): Iterable<PageItem> {
  for (const record of catalog.entities) {
    const cacheKey = overviewKey(portal, record);
    yield {
      params: paramsOf(record),
      title: record.title,
      ...descriptionOf(record),
      item: { ref: record.ref } satisfies EntityItem,
      breadcrumbs: breadcrumbsOf(record),
      alternates: alternatesOf(record),
      ...(cacheKey === undefined ? {} : { cacheKey }),
    };
  }
}

/** The pages of the tabs other plugins bring. Always drawn anew: only their plugin knows what they show. */
export function* entityTabPages(catalog: Catalog, portal: Portal): Iterable<PageItem> {
  for (const record of catalog.entities) {
    for (const tab of portal.tabsFor(record.entity)) {
      yield {
        params: { ...paramsOf(record), tab: tab.path },
        title: `${tab.title} of ${record.title}`,
        ...descriptionOf(record),
        item: { ref: record.ref, tab: tab.path } satisfies EntityItem,
        breadcrumbs: [...breadcrumbsOf(record), { title: record.title, href: record.path }],
      };
    }
  }
}

function paramsOf({ entity }: CatalogEntity): Record<string, string> {
  const { namespace, name } = entity.metadata;
  return {
    namespace: namespace.toLowerCase(),
    kind: entity.kind.toLowerCase(),
    name: name.toLowerCase(),
  };
}

function descriptionOf({ entity }: CatalogEntity): { description?: string } {
  const { description } = entity.metadata;
  return description ? { description: plainText(description, 200) } : {};
}

/** The page in other forms: Markdown, and the feed of a team or a system. */
function alternatesOf(record: CatalogEntity): NonNullable<PageItem['alternates']> {
  const markdown = { type: 'text/markdown', title: 'Markdown', path: markdownPathOf(record) };
  const feed = feedPathOf(record);
  if (feed === undefined) return [markdown];
  const title = `News of ${record.title}`;
  return [markdown, { type: 'application/atom+xml', title, path: feed }];
}

function breadcrumbsOf({ entity }: CatalogEntity): { title: string; href: string }[] {
  const { kind, many } = kindLook(entity.kind);
  return [
    { title: 'Catalog', href: '/catalog/' },
    { title: many, href: `/catalog/?kind=${kind}` },
  ];
}

/**
 * Everything the overview shows: the entity, the names of what it is related to, what is drawn, owned and wrong. Cards
 * of other plugins show what only they know, so a page with one has no key and is drawn in every build.
 */
function overviewKey(portal: Portal, record: CatalogEntity): string | undefined {
  const { entity, owner } = record;
  const cards = (['main', 'rail'] as const).flatMap((area) => portal.cardsFor(entity, area));
  if (cards.some(({ plugin }) => plugin !== 'catalog')) return undefined;
  const catalog = catalogOf(portal);
  const isOwner = /^(group|user):/.test(record.ref);
  const listed = isOwner
    ? catalog.ownedBy(record.ref, { descendants: true })
    : catalog.related(record.ref, 'hasPart');
  return contentHash({
    record,
    owner: owner && [
      targetOf(portal, owner),
      catalog.get(owner)?.entity.metadata,
      catalog.get(owner)?.entity.spec,
    ],
    related: entity.relations?.map(({ targetRef }) => [
      targetOf(portal, targetRef),
      catalog.get(targetRef)?.entity.spec?.['profile'],
    ]),
    listed: listed.map((each) => [
      each.ref,
      each.title,
      each.owner,
      each.owner && targetOf(portal, each.owner),
      each.entity.spec?.['type'],
      each.entity.spec?.['lifecycle'],
      problemsOf(portal, each.ref).map(({ severity }) => severity),
    ]),
    drawn: neighbourhoodOf(portal, record.ref),
    problems: problemsOf(portal, record.ref),
    facts: portal.factsFor(entity),
    tabs: portal
      .tabsFor(entity)
      .map(({ path, title, badge }) => [path, title, badge?.(entity, portal)]),
  });
}

/** What a page of the plain list is given. */
export interface PlainListItem {
  kind: string;
  /** From 1. */
  page: number;
}

/** Entities on one page of the plain list. */
export const plainListSize = 500;

/** Address of a page of the plain list of one kind. */
export function plainListPath(kind: string, page: number): string {
  return `/catalog/all/${kind}${page > 1 ? `-${page}` : ''}/`;
}

/** Plain lists by kind: every entity is reachable without scripts and no page explodes. */
export function* plainListPages(catalog: Catalog): Iterable<PageItem> {
  const kinds = new Set(catalog.entities.map(({ entity }) => entity.kind.toLowerCase()));
  for (const kind of kinds) {
    const pages = Math.ceil(catalog.ofKind(kind).length / plainListSize);
    for (let page = 1; page <= pages; page += 1) {
      const [list] = plainListPath(kind, page).split('/').slice(-2);
      yield {
        params: { list },
        title: kindLook(kind).many,
        item: { kind, page } satisfies PlainListItem,
        breadcrumbs: [{ title: 'Catalog', href: '/catalog/' }],
      };
    }
  }
}
