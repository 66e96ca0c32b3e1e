import { posix } from 'node:path';

import type { Repository } from '../types.ts';

/** Where a target written in a file leads: a path in the same repository, or why it is none. */
export type Target = { path: string } | { wrong: 'outside' | 'url' };

/** Resolves a target as Backstage does: against the file's folder, from the repository's root after a leading `/`, or a web address of the same repository. */
export function resolveTarget(repository: Repository, file: string, target: string): Target {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return fromWeb(repository, target);
  const joined = target.startsWith('/')
    ? posix.normalize(target.slice(1))
    : posix.normalize(posix.join(posix.dirname(file), target));
  if (joined === '..' || joined.startsWith('../') || joined.includes('\0') || joined.includes('\\'))
    return { wrong: 'outside' };
  return { path: joined };
}

function fromWeb({ url, branch }: Repository, target: string): Target {
  if (url === undefined || branch === undefined) return { wrong: 'url' };
  const address = URL.parse(target);
  const root = URL.parse(url);
  if (!address || !root || address.host !== root.host) return { wrong: 'url' };
  const folder = `${root.pathname.replace(/\/$/, '')}/`;
  if (!address.pathname.toLowerCase().startsWith(folder.toLowerCase())) return { wrong: 'url' };
  const rest = address.pathname
    .slice(folder.length)
    .replace(/^(?:-\/)?(?:blob|tree|raw|edit)\//, '');
  if (!rest.startsWith(`${branch}/`)) return { wrong: 'url' };
  return { path: posix.normalize(decode(rest.slice(branch.length + 1))) };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Web address of a file (`blob`, `edit`) or folder (`tree`); undefined where the repository has none. */
export function webUrl(
  { url, branch, commit }: Repository,
  path: string,
  view: 'blob' | 'edit' | 'tree',
): string | undefined {
  const version = branch ?? (view === 'edit' ? undefined : commit);
  if (url === undefined || version === undefined) return undefined;
  const separator = new URL(url).host.includes('gitlab') ? '/-/' : '/';
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `${url.replace(/\/$/, '')}${separator}${view}/${version}/${encoded}`;
}
