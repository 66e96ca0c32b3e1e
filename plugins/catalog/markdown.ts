import { safeUrl } from '../../ui/safe-url.ts';
import type { GuideSection, PortalFile, Portal } from '../types.ts';
import type { Catalog, CatalogEntity } from './index.ts';
import { kindLook } from './kind-looks.ts';
import { problemsOf, targetOf } from './lookup.ts';
import { compareRelations, relationLook } from './relation-looks.ts';

/** Links of one section of `/llms.txt`; who wants all reads the lists. */
const mostLinks = 200;

/** Every entity as Markdown beside its page, and a list of each kind. */
export function* markdownFiles(catalog: Catalog, portal: Portal): Generator<PortalFile> {
  for (const record of catalog.entities) {
    yield { path: markdownPathOf(record), body: entityMarkdown(portal, record) };
  }
  for (const kind of kindsOf(catalog)) {
    yield { path: listPathOf(kind), body: listMarkdown(portal, kind, catalog.ofKind(kind)) };
  }
}

/** What a program should read first: the lists, then what everything hangs together by. */
export function* guideSections(catalog: Catalog): Generator<GuideSection> {
  yield {
    title: 'Catalog',
    links: kindsOf(catalog).map((kind) => ({
      title: kindLook(kind).many,
      path: listPathOf(kind),
      note: `all ${catalog.ofKind(kind).length}, one line each`,
    })),
  };
  for (const [title, kind] of [
    ['Systems', 'system'],
    ['Teams', 'group'],
  ] as const) {
    const links = catalog
      .ofKind(kind)
      .slice(0, mostLinks)
      .map((record) => ({
        title: record.title,
        path: markdownPathOf(record),
        note: oneLine(record.entity.metadata.description ?? ''),
      }));
    if (links.length > 0) yield { title, links };
  }
}

/** Where an entity's Markdown is. */
export function markdownPathOf({ path }: CatalogEntity): string {
  return `${path}index.md`;
}

function listPathOf(kind: string): string {
  return `/catalog/all/${kind}/index.md`;
}

function kindsOf(catalog: Catalog): string[] {
  return [...new Set(catalog.entities.map(({ entity }) => entity.kind.toLowerCase()))].toSorted();
}

function listMarkdown(portal: Portal, kind: string, records: readonly CatalogEntity[]): string {
  const lines = records.map((record) => {
    const { entity, owner } = record;
    const about = [
      owner && `owned by ${escaped(targetOf(portal, owner).title)}`,
      entity.spec?.['lifecycle'],
      oneLine(entity.metadata.description ?? ''),
    ].filter((text) => typeof text === 'string' && text !== '');
    return `- [${escaped(record.title)}](${portal.href(markdownPathOf(record))})${about.length > 0 ? `: ${about.join('; ')}` : ''}`;
  });
  return `# ${kindLook(kind).many}\n\n${lines.join('\n')}\n`;
}

function entityMarkdown(portal: Portal, record: CatalogEntity): string {
  const { ref, title, entity, origin } = record;
  const { description, tags = [], links = [] } = entity.metadata;
  const facts = portal.factsFor(entity).map(({ label, text, href }) => {
    const shown = href === undefined ? escaped(text) : linkText(text, portal.href(href));
    return `- ${escaped(label)}: ${shown}`;
  });
  return [
    `# ${escaped(title)}`,
    `\`${ref}\`, ${[entity.kind, entity.spec?.['type'], entity.spec?.['lifecycle']].filter((each) => typeof each === 'string').join(', ')}`,
    description?.trim(),
    [
      ...ownerLine(portal, record),
      ...(tags.length > 0 ? [`- Tags: ${tags.join(', ')}`] : []),
      `- Source: ${origin.viewUrl ? linkText(`${origin.repository}, ${origin.file}`, origin.viewUrl) : `${origin.repository}, ${origin.file}`}`,
      `- Data: ${linkText('JSON', portal.href(dataPathOf(ref)))}, ${linkText('page', portal.href(record.path))}`,
      ...facts,
    ].join('\n'),
    section(
      'Links',
      links.flatMap(({ url, title: name }) => {
        const href = safeUrl(url);
        return href ? [`- ${linkText(name ?? url, href)}`] : [];
      }),
    ),
    ...relationSections(portal, record),
    section(
      'Problems',
      problemsOf(portal, ref).map(
        ({ severity, message, docs }) => `- ${severity}: ${linkText(message, portal.href(docs))}`,
      ),
    ),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n')
    .concat('\n');
}

/** Teams and people own; that nobody owns them is no news. */
function ownerLine(portal: Portal, { entity, owner }: CatalogEntity): string[] {
  if (owner !== undefined) return [`- Owner: ${refLink(portal, owner)}`];
  return /^(group|user)$/i.test(entity.kind) ? [] : ['- Owner: nobody is said to own it'];
}

function relationSections(portal: Portal, { entity }: CatalogEntity): (string | undefined)[] {
  const byType = Map.groupBy(entity.relations ?? [], ({ type }) => type);
  byType.delete('ownedBy');
  return [...byType]
    .toSorted(([a], [b]) => compareRelations(a, b))
    .map(([type, relations]) =>
      section(
        relationLook(type).title,
        relations.map(({ targetRef }) => `- ${refLink(portal, targetRef)}`),
      ),
    );
}

function section(title: string, lines: readonly string[]): string | undefined {
  return lines.length > 0 ? `## ${title}\n\n${lines.join('\n')}` : undefined;
}

function refLink(portal: Portal, ref: string): string {
  const { title, path } = targetOf(portal, ref);
  if (path === undefined) return `${escaped(title)} (\`${ref}\`, not in the catalog)`;
  return `${linkText(title, portal.href(`${path}index.md`))} (\`${ref}\`)`;
}

function dataPathOf(ref: string): string {
  const [kind, rest] = ref.split(':');
  return `/api/catalog/entities/by-name/${kind}/${rest}.json`;
}

/** A name in angle brackets or with a bracket must not end the link, nor an address with a space or a parenthesis. */
function linkText(text: string, href: string): string {
  const address = href.replaceAll(/[\s()<>]/g, (sign) =>
    encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'),
  );
  return `[${escaped(text)}](${address})`;
}

function escaped(text: string): string {
  return oneLine(text).replaceAll(/[\\[\]<>`*_]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
