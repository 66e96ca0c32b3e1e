import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import type { Bundle, BundledFile } from '../bundle.ts';
import { encodeFile, placeOfAddress } from '../bundle.ts';
import type { JsonObject } from '../engine/index.ts';
import {
  defaultLimits,
  executableMode,
  linkMode,
  regularMode,
  templateSpecOf,
} from '../engine/index.ts';
import { parseYamlDocuments } from '../engine/yaml.ts';
import { skeletonAddresses } from '../skeleton-addresses.ts';

/** A template ready to run: its entity and its skeletons. */
export interface LoadedTemplate {
  entity: {
    metadata: { name: string; namespace?: string | undefined };
    spec: Record<string, unknown>;
  };
  ref: string;
  bundle: Bundle;
  /** Folder of the template's file; absent for one of the catalog. */
  folder?: string;
}

/** A template from disk: its file, or the folder it is in. Modes and links of its skeletons are kept. */
export function loadLocalTemplate(path: string): LoadedTemplate {
  const file = templateFile(resolve(path));
  const entity = entityIn(file);
  const root = repositoryRoot(dirname(file));
  const folder = relative(root, dirname(file)).split(sep).join('/');
  const bundle: Bundle = { repository: 'local/template', folder, repositories: [] };
  const files = new Map<string, BundledFile>();
  for (const { fixed, isFile } of skeletonAddresses(templateSpecOf(entity.spec))) {
    const place = placeOfAddress(fixed, bundle);
    if (place?.repository !== bundle.repository) continue;
    for (const each of isFile ? oneFile(root, place.path) : filesBelow(root, place.path))
      files.set(each.path, each);
  }
  bundle.repositories.push({
    id: bundle.repository,
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
  });
  const namespace = entity.metadata.namespace ?? 'default';
  return {
    entity,
    ref: `template:${namespace}/${entity.metadata.name}`.toLowerCase(),
    bundle,
    folder: dirname(file),
  };
}

function templateFile(path: string): string {
  const candidates = [path, join(path, 'template.yaml'), join(path, 'template.yml')];
  const file = candidates.find((each) => existsSync(each) && lstatSync(each).isFile());
  if (file !== undefined) return file;
  throw new CallboardError(
    exitCode.usage,
    `There is no template at ${path}.`,
    'Give a template.yaml, its folder, or the name of a template of the catalog.',
  );
}

function entityIn(file: string): LoadedTemplate['entity'] {
  const documents = documentsIn(file);
  const entity = documents.find((each) => each?.['kind'] === 'Template') as unknown as
    | LoadedTemplate['entity']
    | undefined;
  if (entity?.metadata?.name && entity.spec) return entity;
  throw new CallboardError(
    exitCode.usage,
    `${file} holds no template, expected a document of kind Template.`,
  );
}

function documentsIn(file: string): JsonObject[] {
  try {
    return parseYamlDocuments(readFileSync(file, 'utf8')) as JsonObject[];
  } catch (error) {
    throw new CallboardError(exitCode.usage, `${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Addresses may climb within a repository, not out of it. */
function repositoryRoot(folder: string): string {
  for (let up = folder; ; up = dirname(up)) {
    if (existsSync(join(up, '.git'))) return up;
    if (dirname(up) === up) return folder;
  }
}

function filesBelow(root: string, path: string): BundledFile[] {
  const folder = join(root, path);
  if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.name === '.git' || entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesBelow(root, inner) : oneFile(root, inner);
  });
}

function oneFile(root: string, path: string): BundledFile[] {
  const file = join(root, path);
  const status = existsSync(file) || isLink(file) ? lstatSync(file) : undefined;
  if (status?.isSymbolicLink())
    return [encodeFile(path, new TextEncoder().encode(readlinkSync(file)), linkMode)];
  if (!status?.isFile() || status.size > defaultLimits.fileBytes) return [];
  const mode = status.mode & 0o100 ? executableMode : regularMode;
  return [encodeFile(path, new Uint8Array(readFileSync(file)), mode)];
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
