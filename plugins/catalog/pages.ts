import { plainText } from '../../ui/inline-markdown.ts';
import type { PageItem, Portal } from '../types.ts';
import { contentHash } from './content-hash.ts';
import { catalogOf, type Catalog, type CatalogEntity } from './index.ts';
import { kindLook } from './kind-looks.ts';
import { problemsOf, targetOf } from './lookup.ts';
import { neighbourhoodOf } from './neighbourhood.ts';

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
  return description ? { description: plainText(description).slice(0, 200) } : {};
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
    owner: owner && [targetOf(portal, owner), catalog.get(owner)?.entity.metadata, catalog.get(owner)?.entity.spec],
    related: entity.relations?.map(({ targetRef }) => [targetOf(portal, targetRef), catalog.get(targetRef)?.entity.spec?.['profile']]),
    listed: listed.map((each) => [each.ref, each.title, each.owner, each.owner && targetOf(portal, each.owner), each.entity.spec?.['type'], each.entity.spec?.['lifecycle'], problemsOf(portal, each.ref).map(({ severity }) => severity)]),
    drawn: neighbourhoodOf(portal, record.ref),
    problems: problemsOf(portal, record.ref),
    facts: portal.factsFor(entity),
    tabs: portal.tabsFor(entity).map(({ path, title, badge }) => [path, title, badge?.(entity, portal)]),
  });
}
