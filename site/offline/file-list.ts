import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { FileList } from '../src/offline/store.ts';

/** Not read by any page: the search's texts as data are in its index too. The worker is never kept. */
const leftOut = /^(sw\.js|offline\/(files|version)\.json|api\/search-records[./].*)$/;

/** The files of a portal, wherever they lie while it is built. */
export interface FileTree {
  paths(): string[];
  read(path: string): Buffer;
  /** Hash and size of a file's content, where they are known without reading it. */
  digest(path: string): Digest;
}

export interface Digest {
  hash: string;
  size: number;
}

export function digestOf(body: Uint8Array): Digest {
  const hash = createHash('sha256').update(body).digest().subarray(0, 12).toString('base64url');
  return { hash, size: body.length };
}

/** Every file with the hash of its content: what a copy for reading offline is made of. */
export function listFiles(tree: FileTree): FileList {
  const files: FileList['files'] = {};
  const version = createHash('sha256');
  let bytes = 0;
  const paths = tree
    .paths()
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !leftOut.test(path))
    .toSorted();
  for (const path of paths) {
    const { hash, size } = tree.digest(path);
    // The same bytes as .txt and as .md are served as different types.
    const id = hash + extname(path);
    files[path] = [id, size];
    bytes += size;
    version.update(`${path} ${id}\n`);
  }
  return { version: version.digest('base64url').slice(0, 16), bytes, files };
}
