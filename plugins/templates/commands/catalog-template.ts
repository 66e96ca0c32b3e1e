import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import { readSnapshot } from '../../../collectors/snapshot.ts';
import type { CatalogSnapshot } from '../../catalog/index.ts';
import catalogPlugin from '../../catalog/plugin.ts';
import type { Bundle } from '../bundle.ts';
import type { JsonObject } from '../engine/index.ts';
import templatesPlugin from '../plugin.ts';
import type { TemplatesSnapshot } from '../schema.ts';
import type { LoadedTemplate } from './local-template.ts';

/** A template of the collected catalog, by name or reference; undefined when there is none. */
export function loadCatalogTemplate(name: string, directory: string): LoadedTemplate | undefined {
  const ref = canonical(name);
  const templates = readSnapshot(directory, templatesPlugin)?.data as TemplatesSnapshot | undefined;
  const collected = templates?.templates.find((each) => each.ref === ref);
  const entity = catalogOf(directory)?.entities.find((each) => each.ref === ref)?.entity;
  if (!collected || !entity) return undefined;
  const path = join(directory, 'content', 'templates', collected.bundle);
  return {
    entity: { metadata: entity.metadata, spec: entity.spec ?? {} },
    ref,
    bundle: JSON.parse(readFileSync(path, 'utf8')) as Bundle,
  };
}

/** Names of all templates of the catalog. */
export function catalogTemplateNames(directory: string): string[] {
  const templates = readSnapshot(directory, templatesPlugin)?.data as TemplatesSnapshot | undefined;
  return templates?.templates.map(({ ref }) => ref.slice(ref.indexOf(':') + 1)) ?? [];
}

/** Entities by canonical ref, for `catalog:fetch`. */
export function catalogEntities(directory: string): Record<string, JsonObject> {
  const entities = catalogOf(directory)?.entities ?? [];
  return Object.fromEntries(
    entities.map(({ ref, entity }) => [ref, entity as unknown as JsonObject]),
  );
}

function catalogOf(directory: string): CatalogSnapshot | undefined {
  return readSnapshot(directory, catalogPlugin)?.data as CatalogSnapshot | undefined;
}

function canonical(name: string): string {
  const match = /^(?:template:)?(?:([\w.-]+)\/)?([\w.-]+)$/i.exec(name);
  if (match) return `template:${match[1] ?? 'default'}/${match[2]}`.toLowerCase();
  throw new CallboardError(
    exitCode.usage,
    `${name} is not the name of a template.`,
    'Expected <name>, <namespace>/<name> or template:<namespace>/<name>.',
  );
}
