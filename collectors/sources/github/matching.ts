import picomatch from 'picomatch';

import type { RepositoryRecord } from './record.ts';

/** Known files matching globs, links left out, sorted. */
export function matchingFiles(
  { entries, files }: RepositoryRecord,
  globs: readonly string[],
): string[] {
  if (globs.length === 0) return [];
  const names = new Set<string>();
  for (const [name, { type, isLink }] of Object.entries(entries))
    if (type === 'blob' && !isLink) names.add(name);
  for (const [path, file] of Object.entries(files)) {
    if (file && !file.isLink) names.add(path);
    else names.delete(path);
  }
  const matches = picomatch([...globs], { dot: true });
  return [...names].filter((path) => matches(path)).sort();
}
