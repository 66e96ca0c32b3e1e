/** Which documentation an entity asks for, by Backstage's annotations. */
import type { CollectedEntity } from '../../catalog/index.ts';
import type { ProblemInput, Repository } from '../../types.ts';
import { folderOf, joinPath } from './paths.ts';

export type Discovery =
  | { kind: 'none' }
  | { kind: 'alias'; target: string; path: string }
  | { kind: 'site'; repository: Repository; folder: string }
  | { kind: 'problem'; problem: ProblemInput };

const reference = 'backstage.io/techdocs-ref';

export function discover(
  { ref, entity, origin }: CollectedEntity,
  repositories: readonly Repository[],
): Discovery {
  const annotations = entity.metadata.annotations ?? {};
  const alias = annotations['backstage.io/techdocs-entity'];
  if (alias) {
    const path = annotations['backstage.io/techdocs-entity-path'] ?? '';
    return { kind: 'alias', target: canonical(alias), path: path.replace(/^\/+/u, '') };
  }
  const value = annotations[reference]?.trim();
  if (!value) return { kind: 'none' };

  const own = repositories.find(({ id }) => id === origin.repository);
  if (value.startsWith('dir:')) {
    const base = sourceLocation(annotations, repositories) ?? {
      repository: own,
      folder: folderOf(origin.file),
    };
    const folder = joinPath(base.folder, value.slice(4));
    if (base.repository && folder !== undefined) {
      return { kind: 'site', repository: base.repository, folder };
    }
  } else if (value.startsWith('url:')) {
    const place = placeOf(value.slice(4), repositories);
    if (place) return { kind: 'site', ...place };
  }
  return { kind: 'problem', problem: badReference(value, ref, origin) };
}

/** `component:default/checkout` of however it was written. */
function canonical(text: string): string {
  const match = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/u.exec(text.trim());
  if (!match) return text.toLowerCase();
  const [, kind = 'component', namespace = 'default', name] = match;
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

interface Place {
  repository: Repository;
  folder: string;
}

/** Backstage resolves `dir:` against the source location, so overriding that moves the documentation. */
function sourceLocation(
  annotations: Record<string, string>,
  repositories: readonly Repository[],
): Place | undefined {
  const location = annotations['backstage.io/source-location'];
  return location?.startsWith('url:') ? placeOf(location.slice(4), repositories) : undefined;
}

/** A web address as a folder of a repository that is read. */
function placeOf(address: string, repositories: readonly Repository[]): Place | undefined {
  for (const repository of repositories) {
    const { url } = repository;
    if (!url || !(address === url || address.startsWith(`${url}/`))) continue;
    const rest = address.slice(url.length).replace(/^\/+|\/+$/gu, '');
    const branch = repository.branch ?? '';
    const inBranch = new RegExp(
      `^(?:-/)?(?:tree|blob|src)/${escapeText(branch)}(?:/(.*))?$`,
      'u',
    ).exec(rest);
    const anyBranch = /^(?:-\/)?(?:tree|blob|src)\/[^/]+(?:\/(.*))?$/u.exec(rest);
    const folder = rest === '' ? '' : joinPath((inBranch ?? anyBranch)?.[1] ?? '');
    if (folder !== undefined && (rest === '' || anyBranch)) return { repository, folder };
  }
  return undefined;
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

function badReference(
  value: string,
  ref: string,
  { repository, file, line }: CollectedEntity['origin'],
): ProblemInput {
  return {
    code: 'docs/bad-reference',
    message: `\`${reference}: ${value}\` leads nowhere, expected \`dir:\` with a folder of this repository or \`url:\` with a folder of one this portal reads.`,
    hint: 'With the documentation beside this file, write `dir:.`.',
    at: { repository, file, line, path: `metadata.annotations.${reference}` },
    entity: ref,
  };
}
