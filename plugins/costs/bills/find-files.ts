import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import glob from 'fast-glob';

const readable = '**/*.{csv,csv.gz,parquet,json}';

/** Files a list of files, folders and globs names, absolute and sorted. Links are not followed. */
export async function findFiles(
  patterns: readonly string[],
  workingDirectory: string,
): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const path = resolve(workingDirectory, pattern);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile()) found.add(path);
    else
      for (const file of await glob(stats ? readable : pattern, {
        cwd: stats ? path : workingDirectory,
        absolute: true,
        onlyFiles: true,
        followSymbolicLinks: false,
      }))
        found.add(file);
  }
  return [...found].toSorted();
}
