import { catalogOf, type CatalogEntity } from '../catalog/index.ts';
import type { Entity, ModelContext, Problem } from '../types.ts';
import { countOperations, type Definition } from './definition.ts';
import { listOf, mapOf, textOf } from './json.ts';
import { readDefinition } from './read-definition.ts';
import type { ApisOptions, ApisSnapshot } from './schema.ts';

/** One API as lists show it. */
export interface Api {
  ref: string;
  title: string;
  /** Address of its documentation below the base. */
  path: string;
  entity: Entity;
  type: string;
  format: string | undefined;
  version: string | undefined;
  operations: number;
  /** Canonical ref of the owner. */
  owner: string | undefined;
  providers: readonly CatalogEntity[];
  consumers: readonly CatalogEntity[];
  problems: readonly Problem[];
  /** Name of the file that offers the definition as it was committed. */
  file: string | undefined;
}

/** What pages, cards and search ask of this plugin. */
export interface Apis {
  readonly all: readonly Api[];
  get(ref: string): Api | undefined;
  /** Its definition, read anew: only one at a time is kept, thousands would fill the memory. */
  definitionOf(ref: string): Definition | undefined;
}

/** The APIs of the catalog with what their definitions say. */
export default function buildApis(context: ModelContext<ApisOptions, ApisSnapshot>): Apis {
  const catalog = catalogOf(context);
  const problems = Map.groupBy(
    context.problems.filter(({ code }) => code.startsWith('apis/')),
    ({ entity }) => entity,
  );
  let last: { ref: string; definition: Definition | undefined } | undefined;

  function definitionOf(ref: string): Definition | undefined {
    if (last?.ref === ref) return last.definition;
    const entity = catalog.get(ref)?.entity;
    const definition = entity && definitionOfEntity(entity);
    last = { ref, definition };
    return definition;
  }

  function apiOf({ ref, entity, title, path, owner }: CatalogEntity): Api {
    const definition = definitionOf(ref);
    return {
      ref,
      entity,
      title,
      path: `${path}api/`,
      type: typeOf(entity),
      format: definition?.format,
      version: definition?.version,
      operations: definition ? countOperations(definition) : 0,
      owner,
      providers: catalog.related(ref, 'apiProvidedBy'),
      consumers: catalog.related(ref, 'apiConsumedBy'),
      problems: problems.get(ref) ?? [],
      file: fileOf(ref, entity),
    };
  }

  const all = catalog.ofKind('api').map(apiOf);
  const byRef = new Map(all.map((api) => [api.ref, api]));
  return { all, get: (ref) => byRef.get(ref), definitionOf };
}

function definitionOfEntity(entity: Entity): Definition | undefined {
  const type = typeOf(entity);
  const remotes = listOf(entity.spec?.['remotes']).flatMap((value) => {
    const { url, type } = mapOf(value);
    const address = textOf(url);
    return address === undefined ? [] : [{ address, description: textOf(type) }];
  });
  if (type === 'mcp-server')
    return { format: 'MCP server', servers: remotes, groups: [], schemas: [], leftOut: [] };
  const text = entity.spec?.['definition'];
  return typeof text === 'string' ? readDefinition(type, text).definition : undefined;
}

function typeOf(entity: Entity): string {
  return (textOf(entity.spec?.['type']) ?? 'unknown').toLowerCase();
}

const extensions: Readonly<Record<string, string>> = { graphql: 'graphql', grpc: 'proto' };

function fileOf(ref: string, entity: Entity): string | undefined {
  const text = entity.spec?.['definition'];
  if (typeof text !== 'string') return undefined;
  const type = typeOf(entity);
  const isTree = type === 'openapi' || type === 'asyncapi';
  const tree = /^\s*\{/.test(text) ? 'json' : 'yaml';
  const extension = isTree ? tree : (extensions[type] ?? 'txt');
  return `definitions/${ref.slice(ref.indexOf(':') + 1)}.${extension}`;
}
