import { createHash } from 'node:crypto';

import type { Workspace } from '../engine/index.ts';
import { matcherOf } from '../engine/glob.ts';
import { insideWorkspace } from '../engine/paths.ts';

/** A file as git keeps it. */
export interface GitFile {
  path: string;
  mode: '100644' | '100755' | '120000';
  content: Uint8Array;
}

/** Files of the workspace below a folder, as they are published. */
export function gitFiles(workspace: Workspace, sourcePath?: string): GitFile[] {
  const root = insideWorkspace(sourcePath ?? '');
  const prefix = root === '' ? '' : `${root}/`;
  return workspace.paths(root).map((path) => {
    const { content, mode } = workspace.get(path)!;
    return { path: path.slice(prefix.length), mode: gitMode(mode), content };
  });
}

/** Globs of files to delete from a repository, matched against its paths. */
export function matching(paths: readonly string[], globs: readonly string[]): string[] {
  const matches = matcherOf(globs, (folder) => paths.some((path) => path.startsWith(`${folder}/`)));
  return paths.filter(matches);
}

/** Object id of the tree these files make, so that equal content is recognised without writing anything. */
export function treeIdOf(files: readonly GitFile[]): string {
  const entries: { name: string; mode: string; id: Buffer }[] = [];
  const folders = new Map<string, GitFile[]>();
  for (const file of files) {
    const slash = file.path.indexOf('/');
    if (slash === -1) {
      entries.push({
        name: file.path,
        mode: file.mode,
        id: objectId('blob', Buffer.from(file.content)),
      });
      continue;
    }
    const folder = file.path.slice(0, slash);
    const inner = folders.get(folder) ?? [];
    inner.push({ ...file, path: file.path.slice(slash + 1) });
    folders.set(folder, inner);
  }
  for (const [name, inner] of folders) {
    entries.push({ name, mode: '40000', id: Buffer.from(treeIdOf(inner), 'hex') });
  }
  // git sorts a folder as if its name ended with a slash.
  const keyed = entries.map((entry) => ({
    entry,
    key: Buffer.from(entry.mode === '40000' ? `${entry.name}/` : entry.name),
  }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  const body = Buffer.concat(
    keyed.flatMap(({ entry }) => [Buffer.from(`${entry.mode} ${entry.name}\0`), entry.id]),
  );
  return objectId('tree', body).toString('hex');
}

function objectId(kind: string, content: Buffer): Buffer {
  return createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest();
}

/** A mode as GitHub's API writes it. */
export function gitMode(mode: number): GitFile['mode'] {
  if (mode === 0o120000) return '120000';
  return mode & 0o100 ? '100755' : '100644';
}
