import picomatch from 'picomatch';

import type { Repository } from '../types.ts';
import { decodeText } from './text.ts';

/** One owner as written: `@acme/payments` is a team, `@ada` a user. Addresses are left out. */
export interface CodeOwner {
  organization?: string;
  name: string;
}

/** Who owns a path by CODEOWNERS; nobody where no rule matches or the last one that does names none. */
export type CodeOwners = (path: string) => readonly CodeOwner[];

const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
const maxBytes = 3 * 1024 * 1024;

/** Reads a repository's CODEOWNERS from the first place it stands in, as GitHub does; nobody owns anything without one. */
export async function readCodeOwners(repository: Repository): Promise<CodeOwners> {
  for (const place of places) {
    // A file that cannot be read is no reason to lose the entities: it only ever gives a guess.
    const bytes = await repository.read(place, maxBytes).catch(() => null);
    if (bytes !== null) return parseCodeOwners(decodeText(bytes).text);
  }
  return () => [];
}

/** The rules of a CODEOWNERS file: the last one that matches a path wins. */
export function parseCodeOwners(text: string): CodeOwners {
  const rules: { matches: (path: string) => boolean; owners: CodeOwner[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    // GitLab's section headers name no files.
    if (!pattern || /^\^?\[/.test(pattern)) continue;
    rules.push({ matches: matcher(pattern), owners: owners.flatMap(owner) });
  }
  rules.reverse();
  return (path) => rules.find(({ matches }) => matches(path))?.owners ?? [];
}

function owner(text: string): CodeOwner[] {
  const parts = /^@(?:([^/\s]+)\/)?(?:.*\/)?([^/\s]+)$/.exec(text);
  if (!parts?.[2]) return [];
  return [{ ...(parts[1] !== undefined && { organization: parts[1] }), name: parts[2] }];
}

/** The patterns are gitignore's, save that `docs/*` does not reach into folders. */
function matcher(pattern: string): (path: string) => boolean {
  const isAnchored = pattern.replace(/\/$/, '').includes('/');
  const isFolder = pattern.endsWith('/');
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '');
  const base = isAnchored ? bare : `**/${bare}`;
  const options = { dot: true, nobrace: true, noextglob: true, nonegate: true };
  if (isFolder) return picomatch(`${base}/**`, options);
  if (bare.endsWith('/*')) return picomatch(base, options);
  return picomatch([base, `${base}/**`], options);
}
