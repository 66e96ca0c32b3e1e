/** The templates of a corpus folder, with a source that reads their skeletons from disk. */
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { parseAllDocuments } from 'yaml';

import type { SkeletonFile, SkeletonSource } from '../../../plugins/templates/engine/index.ts';
import { executableMode, linkMode, regularMode } from '../../../plugins/templates/engine/index.ts';

export interface CorpusTemplate {
  file: string;
  repository: string;
  name: string;
  spec: Record<string, unknown>;
}

/** Every v1beta3 template named by TEMPLATES.tsv. */
export function templatesOf(corpus: string): CorpusTemplate[] {
  const rows = readFileSync(join(corpus, 'TEMPLATES.tsv'), 'utf8').trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [file, apiVersion, name] = row.split('\t');
    if (apiVersion !== 'scaffolder.backstage.io/v1beta3') return [];
    const path = join(corpus, file!);
    const documents = parseAllDocuments(readFileSync(path, 'utf8'), { logLevel: 'silent' });
    const entity = documents
      .map((document) => document.toJS({ maxAliasCount: 50 }) as Record<string, unknown> | null)
      .find(
        (each) =>
          each?.['kind'] === 'Template' && (each['metadata'] as { name?: string })?.name === name,
      );
    if (!entity) return [];
    const repository = join(corpus, ...file!.split('/').slice(0, 2));
    return [
      {
        file: path,
        repository,
        name: name!,
        spec: (entity['spec'] ?? {}) as Record<string, unknown>,
      },
    ];
  });
}

/** Skeletons beside a template, never outside of its repository; the folder of a tree, where it is on disk. */
export function diskSource(
  template: CorpusTemplate,
): SkeletonSource & { folder(address: string): string | undefined } {
  function place(address: string): string | undefined {
    if (/^[a-z+]+:/i.test(address)) return undefined;
    const path = resolve(dirname(template.file), address);
    return path.startsWith(template.repository + sep) ? path : undefined;
  }
  function folder(address: string): string | undefined {
    const path = place(address);
    return path && statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : undefined;
  }
  return {
    folder,
    tree(address) {
      const root = folder(address);
      return Promise.resolve(root === undefined ? undefined : filesBelow(root, root));
    },
    file(address) {
      const path = place(address);
      const isFile = path && statSync(path, { throwIfNoEntry: false })?.isFile();
      return Promise.resolve(isFile ? fileAt(path, dirname(path)) : undefined);
    },
  };
}

function filesBelow(folder: string, root: string): SkeletonFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path, root) : [fileAt(path, root)];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fileAt(path: string, root: string): SkeletonFile {
  const status = lstatSync(path);
  const isLink = status.isSymbolicLink();
  return {
    path: relative(root, path).split(sep).join('/'),
    content: isLink
      ? new TextEncoder().encode(readlinkSync(path))
      : new Uint8Array(readFileSync(path)),
    mode: modeOf(isLink, status.mode),
  };
}

function modeOf(isLink: boolean, mode: number): number {
  if (isLink) return linkMode;
  return mode & 0o100 ? executableMode : regularMode;
}
