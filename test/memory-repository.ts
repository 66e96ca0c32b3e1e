import picomatch from 'picomatch';
import type { Repository } from '../plugins/types.ts';

type About = Partial<Omit<Repository, 'find' | 'read'>>;

/** A repository that exists in memory only: paths with their text or bytes. */
export function memoryRepository(
  files: Readonly<Record<string, string | Uint8Array>>,
  about: About = {},
): Repository {
  const owner = about.owner ?? 'acme';
  const name = about.name ?? 'shop';
  return {
    source: 'local:test',
    id: `${owner}/${name}`,
    owner,
    name,
    asOf: '2026-01-01T00:00:00.000Z',
    catalogFiles: ['catalog-info.{yaml,yml}'],
    ...about,
    async find(globs) {
      const matches = picomatch([...globs], { dot: true });
      return Object.keys(files)
        .filter((path) => matches(path))
        .sort();
    },
    async read(path, maxBytes = Infinity) {
      const content = files[path];
      if (content === undefined) return null;
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      if (bytes.byteLength > maxBytes)
        throw Object.assign(new Error(`\`${path}\` is too large.`), { reason: 'too-large' });
      return bytes;
    },
  };
}
