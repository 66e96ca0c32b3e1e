import { ReadError } from './read-error.ts';

/** The path without `.` and empty parts; throws for one that is absolute, leaves the root or holds a NUL. */
export function safePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const isOutside =
    path.startsWith('/') || path.includes('\0') || path.includes('\\') || parts.includes('..');
  if (isOutside)
    throw new ReadError(
      'outside',
      path,
      `\`${path}\` is outside the repository, expected a path below its root.`,
    );
  return parts.join('/');
}
