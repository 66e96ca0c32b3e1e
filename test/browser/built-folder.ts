import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { digestOf } from '../../site/offline/file-list.ts';
import type { Writable } from '../../site/offline/write.ts';

/** A folder that was built before, to be published once more. */
export function builtFolder(folder: string): Writable {
  function read(path: string): Buffer {
    return readFileSync(join(folder, path));
  }
  return {
    paths: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name))),
    read,
    digest: (path) => digestOf(read(path)),
    write(path, body) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), body);
    },
  };
}
