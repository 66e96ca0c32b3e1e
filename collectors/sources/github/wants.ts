import { posix } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What a catalog file leads to, as far as it can be told before it is judged. */
export interface Wants {
  /** Files of the same repository it fills in. */
  files: string[];
  /** Folders of the same repository a template copies. */
  folders: string[];
  /** Folders of the same repository that hold a docs site. */
  docs: string[];
  /** Targets of its Locations, as written. */
  targets: string[];
  /** Docs sites at web addresses. */
  docsAddresses: string[];
}

/**
 * Looks over a catalog file for what will be read next, so that it is fetched in few requests. A guess is enough: what is
 * not guessed is fetched when it is read.
 */
export function wantsOf(file: string, text: string): Wants {
  const wants: Wants = { files: [], folders: [], docs: [], targets: [], docsAddresses: [] };
  for (const [, target = ''] of text.matchAll(/\$(?:text|json|yaml)["']?\s*:\s*["']?([^\s"'#]+)/g))
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) wants.files.push(pathFrom(file, target));
  for (const [, type, target = ''] of text.matchAll(
    /backstage\.io\/techdocs-ref["']?\s*:\s*["']?(dir|url):([^\s"'#]+)/g,
  )) {
    if (type === 'url') wants.docsAddresses.push(target);
    else wants.docs.push(pathFrom(file, target));
  }
  if (text.includes('scaffolder.backstage.io/'))
    for (const [, url = ''] of text.matchAll(
      /^[ \t]*(?:- )?["']?url["']?[ \t]*:[ \t]*["']?(\.[^\s"'#]*)/gm,
    ))
      if (!url.includes('{')) wants.folders.push(pathFrom(file, url));
  if (/^kind:\s*["']?Location\b/m.test(text)) wants.targets = locationTargets(text);
  wants.files = wants.files.filter(isInside);
  wants.folders = wants.folders.filter((folder) => isInside(folder) && folder !== '');
  wants.docs = wants.docs.filter(isInside);
  return wants;
}

/** A path written in a file, from the root of its repository; `''` is the root, `..` leads out. */
export function pathFrom(file: string, target: string): string {
  const joined = target.startsWith('/')
    ? posix.normalize(target.slice(1))
    : posix.normalize(posix.join(posix.dirname(file), target));
  return joined.replace(/\/+$/, '').replace(/^\.$/, '');
}

/** Whether a normalised path stays in its repository. */
export function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !/[\0\\]/.test(path);
}

function locationTargets(text: string): string[] {
  const targets: string[] = [];
  for (const document of parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false })) {
    if (!('toJS' in document) || document.errors.length > 0) continue;
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 50 });
    } catch {
      continue;
    }
    const { kind, spec } = (value ?? {}) as {
      kind?: unknown;
      spec?: { target?: unknown; targets?: unknown } | null;
    };
    if (kind !== 'Location') continue;
    const listed = Array.isArray(spec?.targets) ? (spec.targets as unknown[]) : [];
    for (const target of [spec?.target, ...listed])
      if (typeof target === 'string') targets.push(target);
  }
  return targets;
}

/** A file or folder of a repository at a web address of GitHub's. */
export interface WebPlace {
  owner: string;
  name: string;
  branch: string;
  path: string;
}

/** Reads `https://host/owner/name/blob/branch/path`; undefined for other addresses. */
export function parseWebPlace(target: string, web: string): WebPlace | undefined {
  const address = URL.parse(target);
  if (!address || address.host !== new URL(web).host) return undefined;
  const [, owner, name, view, branch, ...rest] = address.pathname.split('/');
  if (!owner || !name || !branch || !/^(blob|tree|raw|edit)$/.test(view ?? '')) return undefined;
  const path = posix
    .normalize(decode(rest.join('/')))
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
  return isInside(path) ? { owner, name, branch, path } : undefined;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `docs_dir` of an mkdocs.yml, `docs` where it says none. */
export function docsFolder(text: string | undefined): string {
  const written = /^docs_dir\s*:\s*["']?([^\s"'#]+)/m.exec(text ?? '')?.[1];
  const folder = pathFrom('mkdocs.yml', written ?? 'docs');
  return isInside(folder) ? folder : 'docs';
}

/** Folders of the sites an mkdocs.yml includes: `!include ./services/one/mkdocs.yml`. */
export function includedSites(file: string, text: string | undefined): string[] {
  const found: string[] = [];
  for (const [, target = ''] of (text ?? '').matchAll(/!include\s+([^\s"'#]+\.ya?ml)/g)) {
    const path = pathFrom(file, target);
    if (isInside(path) && path.includes('/')) found.push(path.slice(0, path.lastIndexOf('/')));
  }
  return found;
}
