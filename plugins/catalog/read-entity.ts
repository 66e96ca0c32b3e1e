import type { Place, ProblemInput, Repository } from '../types.ts';
import { annotate } from './annotations.ts';
import type { YamlDocument } from './documents.ts';
import type { Finding } from './findings.ts';
import { judge } from './judge.ts';
import { asJson, typeName } from './json-values.ts';
import { unsafeLinks } from './links.ts';
import { webUrl } from './paths.ts';
import { resolvePlaceholders } from './placeholders.ts';
import { locate, type Position } from './positions.ts';
import { refOf } from '../entity.ts';
import { canonicalRef, parseRef } from './refs.ts';
import { referencesOf } from './relations.ts';
import type { Origin, StoredEntity } from './schema.ts';

/** A reference to another entity and where it is written. */
export interface PlacedReference extends Position {
  field: string;
  text: string;
  target: string;
}

/** A valid entity as read from a file. */
export interface ReadEntity {
  ref: string;
  entity: StoredEntity;
  origin: Origin;
  raw: string;
  references: PlacedReference[];
  /** Canonical ref of the owner it names. */
  owner: string | undefined;
}

/** Place of a field of an entity. */
export type PlaceOf = (path: readonly (string | number)[]) => Place;

export interface EntityReading {
  verdict: 'valid' | 'invalid' | 'unknown-kind';
  hasPlaceholders: boolean;
  entity?: ReadEntity;
  /** Holds on to the YAML tree: not to be kept. */
  placeOf?: PlaceOf;
  problems: ProblemInput[];
}

/** Fills in a document's placeholders, judges it, and says where everything wrong with it stands. */
export async function readEntity(
  document: YamlDocument,
  file: string,
  repository: Repository,
): Promise<EntityReading> {
  const problems: ProblemInput[] = [];
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push({
      code: 'catalog/not-an-entity',
      message: `Unexpected ${typeName(value)} as a document, expected a map with apiVersion, kind and metadata.`,
      hint: 'Describe an entity here, or move this document to a file of another name.',
      at: { repository: repository.id, file, ...document.start },
    });
    return { verdict: 'invalid', hasPlaceholders: false, problems };
  }

  function placeOf(path: readonly (string | number)[], what?: 'key' | 'value'): Place {
    const position = locate(document.document, document.lines, path, what);
    return {
      repository: repository.id,
      file,
      ...position,
      ...(path.length > 0 && { path: path.join('.') }),
    };
  }
  const about = identify(value as Record<string, unknown>);
  function add(code: string, { message, hint, path, what }: Finding): void {
    problems.push({ code, message, hint, at: placeOf(path, what), ...about });
  }

  const resolved = await resolvePlaceholders(value, file, repository);
  for (const finding of resolved.findings) add('catalog/placeholder', finding);
  const verdict = await judge(resolved.value as object);
  if (verdict.is !== 'valid') {
    const { allFindings } = await import('./findings.ts');
    const reason = verdict.is === 'invalid' ? verdict.reason : undefined;
    const unfilled = new Set(resolved.findings.map(({ path }) => path.slice(0, -1).join('\0')));
    for (const finding of allFindings(resolved.value as Record<string, unknown>, reason)) {
      // Already said: the value is missing because its placeholder could not be filled in.
      const key = finding.what === 'key' ? [...finding.path, finding.missing ?? ''] : finding.path;
      if (unfilled.has(key.join('\0'))) continue;
      add(
        verdict.is === 'unknown-kind' ? 'catalog/unknown-kind' : 'catalog/invalid-entity',
        finding,
      );
    }
    return { verdict: verdict.is, hasPlaceholders: resolved.isChanged, problems };
  }
  // Backstage takes in nothing of an entity one of whose placeholders failed.
  if (resolved.findings.length > 0) return { verdict: 'invalid', hasPlaceholders: true, problems };

  const origin: Origin = {
    source: repository.source,
    repository: repository.id,
    file,
    ...document.start,
    ...optional('viewUrl', webUrl(repository, file, 'blob')),
    ...optional('editUrl', webUrl(repository, file, 'edit')),
  };
  const entity = annotate(verdict.entity, repository, origin);
  for (const finding of unsafeLinks(entity)) add('catalog/unsafe-link', finding);
  const references: PlacedReference[] = [];
  for (const { path, text, target, wrong } of referencesOf(entity)) {
    const field = path.join('.');
    if (target !== undefined)
      references.push({ field, text, target, ...locate(document.document, document.lines, path) });
    else
      add('catalog/bad-reference', {
        message: `${field}: ${wrong}.`,
        hint: 'Write the reference in full, e.g. `component:default/checkout`.',
        path,
        what: 'value',
      });
  }
  const owner = references.find(({ field }) => field === 'spec.owner')?.target;
  const ref = refOf(entity);
  const read = { ref, entity, origin, raw: document.raw, references, owner };
  return { verdict: 'valid', hasPlaceholders: resolved.isChanged, entity: read, placeOf, problems };
}

/** Ref and owner of a document as far as they can be told, valid or not. */
function identify(value: Record<string, unknown>): { entity?: string; owner?: string } {
  const { name, namespace } = asJson(value['metadata']);
  const { kind } = value;
  if (typeof kind !== 'string' || typeof name !== 'string') return {};
  const space = typeof namespace === 'string' ? namespace : 'default';
  const { owner } = asJson(value['spec']);
  const parsed =
    typeof owner === 'string' ? parseRef(owner, { kind: 'Group', namespace: space }) : '';
  return {
    entity: canonicalRef({ kind, namespace: space, name }),
    ...(typeof parsed !== 'string' && { owner: canonicalRef(parsed) }),
  };
}

function optional<Key extends string>(
  key: Key,
  value: string | undefined,
): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, string>);
}
