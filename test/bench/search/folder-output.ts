import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IndexOutput } from '../../../site/search/index-files.ts';

/** Writes an index to a folder of its own. */
export function folderOutput(folder: string): IndexOutput {
  const made = new Set<string>();
  function place(path: string): string {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    return file;
  }
  return {
    write: (path, body) => writeFileSync(place(path), body),
    // Its name says what is in it.
    keeps: (path) => existsSync(join(folder, path)),
    make: (path, body) => writeFileSync(place(path), body),
    copy: (path, source) => {
      if (!existsSync(join(folder, path))) copyFileSync(source, place(path));
    },
  };
}
