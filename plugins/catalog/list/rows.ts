import { plainText } from '../../../ui/plain-text.ts';
import type { EntityFact, Portal } from '../../types.ts';
import { catalogOf, type CatalogEntity } from '../index.ts';
import { problemsOf, profileOf, relatedRefs, specText, targetOf } from '../lookup.ts';

/** A named thing a row links to. */
export interface RowLink {
  ref: string;
  title: string;
  /** Below the base; absent when there is no such entity. */
  path?: string;
}

/** One entity as lists know it: an element of `/api/catalog/entities.json`. Absent fields are nothing, never unknown. */
export interface CatalogRow {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string;
  /** Below the base. */
  path: string;
  description?: string;
  type?: string;
  lifecycle?: string;
  owner?: RowLink;
  /** What it is part of: a system, domain or parent group. */
  system?: RowLink;
  tags?: string[];
  source: string;
  repository: string;
  email?: string;
  /** Groups a user is in. */
  groups?: string[];
  /** Of a group. */
  members?: number;
  owns?: number;
  parts?: number;
  problems?: { error?: number; warning?: number; info?: number };
  /** What other plugins say of it: their columns. */
  facts?: Pick<EntityFact, 'id' | 'label' | 'text' | 'tone' | 'sort'>[];
}

/** Every entity as a row, by title. */
export function catalogRows(portal: Portal): CatalogRow[] {
  return catalogOf(portal)
    .entities.map((record) => rowOf(portal, record))
    .toSorted((a, b) => byName.compare(a.title, b.title) || byName.compare(a.ref, b.ref));
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function rowOf(portal: Portal, record: CatalogEntity): CatalogRow {
  const { entity, origin, owner } = record;
  const { metadata } = entity;
  const facts = portal
    .factsFor(entity)
    .map(({ id, label, text, tone, sort }) => given({ id, label, text, tone, sort }));
  const parent =
    relatedRefs(entity, 'partOf').toSorted(systemsFirst)[0] ?? relatedRefs(entity, 'childOf')[0];
  return given({
    ref: record.ref,
    kind: entity.kind,
    namespace: metadata.namespace,
    name: metadata.name,
    title: record.title,
    path: record.path,
    description: metadata.description ? plainText(metadata.description, 160) : undefined,
    type: specText(entity, 'type'),
    lifecycle: specText(entity, 'lifecycle'),
    owner: owner ? linkOf(portal, owner) : undefined,
    system: parent ? linkOf(portal, parent) : undefined,
    tags: metadata.tags?.length ? metadata.tags : undefined,
    source: origin.source,
    repository: origin.repository,
    ...countsOf(portal, record),
    problems: problemCounts(portal, record.ref),
    facts: facts.length > 0 ? facts : undefined,
  });
}

function countsOf(portal: Portal, { ref, entity }: CatalogEntity): Partial<CatalogRow> {
  const catalog = catalogOf(portal);
  switch (entity.kind.toLowerCase()) {
    case 'group':
      return given({
        members: catalog.related(ref, 'hasMember').length,
        owns: catalog.ownedBy(ref, { descendants: true }).length,
        email: profileOf(entity).email,
      });
    case 'user':
      return given({
        email: profileOf(entity).email,
        groups: relatedRefs(entity, 'memberOf').map((group) => targetOf(portal, group).title),
      });
    case 'system':
    case 'domain':
      return { parts: catalog.related(ref, 'hasPart').length };
    default:
      return {};
  }
}

function problemCounts(portal: Portal, ref: string): CatalogRow['problems'] {
  const counts: NonNullable<CatalogRow['problems']> = {};
  for (const { severity } of problemsOf(portal, ref))
    counts[severity] = (counts[severity] ?? 0) + 1;
  return Object.keys(counts).length > 0 ? counts : undefined;
}

function linkOf(portal: Portal, ref: string): RowLink {
  const { title, path } = targetOf(portal, ref);
  return given({ ref, title, path });
}

/** A component may be part of another component and of a system: the system is what lists show. */
function systemsFirst(a: string, b: string): number {
  return Number(b.startsWith('system:')) - Number(a.startsWith('system:'));
}

/** Without the fields that hold nothing: ten thousand rows are sent. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;
}
