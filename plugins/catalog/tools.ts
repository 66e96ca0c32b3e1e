import * as z from 'zod';
import { defineTool, ToolError } from '../reader-tool.ts';
import type { Entity, PortalReader, ReaderTool } from '../types.ts';
import { contactsOf } from './contact.ts';
import type { CatalogRow } from './list/rows.ts';
import { splitRef } from './refs.ts';

const name = z
  .string()
  .min(1)
  .max(300)
  .describe('Ref (`component:default/checkout-api`), name (`checkout-api`) or title of an entity.');

const getEntity = defineTool({
  name: 'get_entity',
  title: 'One entity',
  description:
    'What the catalog knows of one service, API, resource, system, domain, team, person or template: description, owner, lifecycle, links, relations, health and costs at a glance.',
  input: z.strictObject({ entity: name }),
  async run({ entity }, portal) {
    const row = await find(portal, entity);
    const whole = await entityOf(portal, row.ref);
    return {
      ...summaryOf(row, portal),
      ...(row.facts && { facts: row.facts.map(({ label, text }) => `${label}: ${text}`) }),
      ...(row.problems && { problems: row.problems }),
      repository: row.repository,
      links: whole?.metadata.links?.slice(0, 20),
      relations: relationsOf(whole),
    };
  },
});

const listEntities = defineTool({
  name: 'list_entities',
  title: 'Entities by filter',
  description:
    'Lists entities that fit all filters given, by title. Use it for questions such as "which services does a team own" or "which APIs are deprecated".',
  input: z.strictObject({
    kind: z
      .string()
      .optional()
      .describe('Component, API, Resource, System, Domain, Group, User, Template …'),
    type: z.string().optional().describe('spec.type, e.g. `service`, `openapi`.'),
    owner: z.string().optional().describe('Name or ref of the team or person who owns it.'),
    system: z.string().optional().describe('Name or ref of the system or domain it is part of.'),
    lifecycle: z.string().optional().describe('e.g. `production`, `deprecated`.'),
    tag: z.string().optional(),
    namespace: z.string().optional(),
    text: z.string().optional().describe('Words its name, title or description has.'),
    limit: z.number().int().min(1).max(50).default(25),
    offset: z.number().int().min(0).default(0).describe('Skip this many, to read on.'),
  }),
  async run({ limit, offset, ...filters }, portal) {
    const found = (await rowsOf(portal)).filter((row) => fits(row, filters));
    const shown = found.slice(offset, offset + limit);
    return {
      total: found.length,
      entities: shown.map((row) => summaryOf(row, portal)),
      ...(offset + limit < found.length && { next: { offset: offset + limit } }),
    };
  },
});

const whoOwns = defineTool({
  name: 'who_owns',
  title: 'Who owns it',
  description: 'The team or person who owns an entity, how to reach them, and who its members are.',
  input: z.strictObject({ entity: name }),
  async run({ entity }, portal) {
    const row = await find(portal, entity);
    const owner = row.owner;
    if (!owner) {
      return { entity: summaryOf(row, portal), owner: null, note: 'Nobody is said to own it.' };
    }
    const [whole, team] = await Promise.all([
      entityOf(portal, row.ref),
      entityOf(portal, owner.ref),
    ]);
    return {
      entity: summaryOf(row, portal),
      owner: {
        ref: owner.ref,
        title: owner.title,
        ...(owner.path ? { link: portal.link(owner.path) } : { note: 'It is not in the catalog.' }),
        contacts: whole
          ? contactsOf(whole, team).map(({ label, text, href }) => ({ label, text, href }))
          : [],
        members: (team?.relations ?? [])
          .filter(({ type }) => type === 'hasMember')
          .slice(0, 30)
          .map(({ targetRef }) => targetRef),
      },
    };
  },
});

const tools: readonly ReaderTool[] = [getEntity, listEntities, whoOwns];
export default tools;

async function rowsOf(portal: PortalReader): Promise<readonly CatalogRow[]> {
  const rows = await portal.json<CatalogRow[]>('/api/catalog/entities.json');
  if (!rows) throw new ToolError('This portal has no catalog.');
  return rows;
}

/** The entity somebody names. A name several kinds share is a question back, not a guess. */
async function find(portal: PortalReader, asked: string): Promise<CatalogRow> {
  const rows = await rowsOf(portal);
  const wanted = asked.trim().toLowerCase();
  const exact = rows.filter(({ ref }) => isSame(ref, wanted));
  const named = exact.length > 0 ? exact : rows.filter((row) => isNamed(row, wanted));
  if (named.length === 1) return named[0]!;
  if (named.length > 1) {
    const refs = named.slice(0, 10).map(({ ref }) => ref);
    throw new ToolError(
      `\`${asked}\` is the name of several entities. Ask for one of: ${refs.join(', ')}.`,
    );
  }
  const near = rows.filter((row) => has(row, wanted)).slice(0, 5);
  const hint =
    near.length > 0
      ? `Did you mean ${near.map(({ ref }) => ref).join(', ')}?`
      : 'Look for it with `search`.';
  throw new ToolError(`No entity is called \`${asked}\`. ${hint}`);
}

/** Whether a ref as written, its namespace perhaps left out, is this canonical one. */
function isSame(ref: string, wanted: string): boolean {
  return ref === wanted || ref === wanted.replace(/^([a-z]+):([^/]+)$/, '$1:default/$2');
}

function isNamed({ ref, name: own, title }: CatalogRow, wanted: string): boolean {
  const { namespace } = splitRef(ref);
  const names = [own, title, `${namespace}/${own}`].map((each) => each.toLowerCase());
  return names.includes(wanted) || joined(own) === joined(wanted);
}

/** `payments-api`, `paymentsApi` and `payments api` are one name. */
function joined(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function has({ name: own, title, description = '' }: CatalogRow, text: string): boolean {
  return `${own} ${title} ${description}`.toLowerCase().includes(text.toLowerCase());
}

type Filter = 'kind' | 'type' | 'owner' | 'system' | 'lifecycle' | 'tag' | 'namespace' | 'text';
type Filters = { [Name in Filter]?: string | undefined };

function fits(row: CatalogRow, filters: Filters): boolean {
  const { kind, type, owner, system, lifecycle, tag, namespace, text } = filters;
  return (
    isEqual(row.kind, kind) &&
    isEqual(row.type, type) &&
    isEqual(row.lifecycle, lifecycle) &&
    isEqual(row.namespace, namespace) &&
    isLink(row.owner, owner) &&
    isLink(row.system, system) &&
    (tag === undefined || (row.tags ?? []).some((each) => isEqual(each, tag))) &&
    (text === undefined || has(row, text))
  );
}

function isEqual(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value?.toLowerCase() === wanted.toLowerCase();
}

function isLink(link: CatalogRow['owner'], wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (!link) return false;
  const text = wanted.toLowerCase();
  return (
    isSame(link.ref, text) || link.title.toLowerCase() === text || splitRef(link.ref).name === text
  );
}

function summaryOf(row: CatalogRow, portal: PortalReader): object {
  const { ref, title, description, type, lifecycle, owner, system, tags } = row;
  return {
    ref,
    title,
    ...(description !== undefined && { description }),
    ...(type !== undefined && { type }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(owner && { owner: owner.ref }),
    ...(system && { system: system.ref }),
    ...(tags && { tags }),
    link: portal.link(row.path),
  };
}

function entityOf(portal: PortalReader, ref: string): Promise<Entity | undefined> {
  const { kind, namespace, name: own } = splitRef(ref);
  return portal.json(`/api/catalog/entities/by-name/${kind}/${namespace}/${own}.json`);
}

/** Refs by relation, at most twenty of each. */
function relationsOf(entity: Entity | undefined): Record<string, string[]> {
  const byType = Map.groupBy(entity?.relations ?? [], ({ type }) => type);
  return Object.fromEntries(
    Array.from(byType, ([type, all]) => [type, all.slice(0, 20).map(({ targetRef }) => targetRef)]),
  );
}
