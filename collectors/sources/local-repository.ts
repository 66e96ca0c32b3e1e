import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdir as readdirWithCallback,
  readFileSync,
  realpath as realpathWithCallback,
  realpathSync,
  type Dirent,
} from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import glob from 'fast-glob';

import type { Repository } from '../../plugins/types.ts';
import { gitHistory, isInGit } from './git-history.ts';
import { gitIgnore } from './git-ignore.ts';
import { ReadError } from './read-error.ts';
import { safePath } from './safe-path.ts';

/** Bytes of a file read without a limit of its own. */
const defaultMaxBytes = 10 * 1024 * 1024;

/** The newest change among the files read so far, as a time. */
export interface Newest {
  time: number;
}

/** Reading below one folder of this machine: never an ignored file, never through a link that leaves it. */
export function localRepository(
  root: string,
  about: Omit<Repository, 'find' | 'read' | 'isExecutable' | 'history' | 'asOf'>,
  newest: Newest,
): Repository {
  const isIgnored = gitIgnore(root);
  const folders = new Map<string, boolean>();

  /** Whether a folder, its links resolved, is still below the root. */
  function isInside(folder: string): boolean {
    let known = folders.get(folder);
    if (known === undefined) {
      known = isBelow(root, folder);
      folders.set(folder, known);
    }
    return known;
  }

  const repository: Repository = {
    ...about,
    get asOf() {
      return new Date(newest.time).toISOString();
    },
    find: (globs) => findFiles(root, globs, isIgnored),
    ...(isInGit(root) && { history: (folder) => gitHistory(root, folder) }),
    async read(path, maxBytes = defaultMaxBytes) {
      const safe = safePath(path);
      if (!isInside(folderOf(safe))) throw outside(path);
      return readBytes(root, safe, maxBytes, newest, isIgnored);
    },
    async isExecutable(path) {
      const safe = safePath(path);
      if (!isInside(folderOf(safe))) return undefined;
      const found = await lstat(join(root, safe)).catch(() => undefined);
      return found?.isFile() ? (found.mode & 0o100) !== 0 : undefined;
    },
  };
  return repository;
}

async function findFiles(
  root: string,
  globs: readonly string[],
  isIgnored: (path: string) => boolean,
): Promise<string[]> {
  const found = await glob([...globs], {
    cwd: root,
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    // A folder that cannot be read hides its own files only; reading the root is tried when the source is listed.
    suppressErrors: true,
    fs: { readdir: prunedReaddir(root, isIgnored) as never },
  });
  // A glob may be written by a contributor: `{..,x}/*` leads out whatever its first characters say.
  return found.filter((path) => isPlain(path) && !isIgnored(path)).sort();
}

type Callback = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

function isPlain(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}

/** A `readdir` that leaves out what git ignores, so that ignored folders are never walked, and sees nothing outside. */
function prunedReaddir(root: string, isIgnored: (path: string) => boolean) {
  const realRoot = realpathSync.native(root);
  /** Folders found as such, not as links, in a folder that is inside: they need no second look. */
  const inside = new Set<string>();

  function list(folder: string, callback: Callback): void {
    readdirWithCallback(folder, { withFileTypes: true }, (error, entries) => {
      if (error) {
        callback(error, []);
        return;
      }
      const below = relative(root, folder).split(sep).join('/');
      const prefix = below === '' ? '' : `${below}/`;
      const kept = entries.filter(
        (entry) => !entry.isDirectory() || !isIgnored(`${prefix}${entry.name}/`),
      );
      for (const entry of kept) if (entry.isDirectory()) inside.add(join(folder, entry.name));
      callback(null, kept);
    });
  }

  return (folder: string, _options: unknown, callback: Callback) => {
    if (inside.has(folder)) {
      list(folder, callback);
      return;
    }
    realpathWithCallback.native(folder, (error, real) => {
      if (!error && (real === realRoot || real.startsWith(`${realRoot}${sep}`)))
        list(folder, callback);
      else callback(error, []);
    });
  };
}

/** Without awaiting: most files are small, and four turns of the thread pool take longer than reading one. */
function readBytes(
  root: string,
  path: string,
  maxBytes: number,
  newest: Newest,
  isIgnored: (path: string) => boolean,
): Uint8Array | null {
  // What git ignores is not part of the repository: `.env` and the like must not be told by naming them.
  if (path === '' || isIgnored(path)) return null;
  const absolute = join(root, path);
  try {
    // A pipe would wait for a writer for ever, and a link may lead out: open neither without looking.
    const found = lstatSync(absolute);
    if (found.isSymbolicLink()) {
      const target = realpathSync.native(absolute);
      const below = relative(realpathSync.native(root), target);
      if (below.startsWith('..')) throw outside(path);
      return readBytes(root, below.split(sep).join('/'), maxBytes, newest, isIgnored);
    }
    if (!found.isFile()) return null;
    if (found.size > maxBytes) throw tooLarge(path, found.size, maxBytes);
    const file = openSync(absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const bytes = readFileSync(file);
      newest.time = Math.max(newest.time, Math.floor(found.mtimeMs));
      return bytes;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof ReadError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new ReadError(
      'unreadable',
      path,
      `\`${path}\` cannot be read: ${describe(code)}.`,
      error,
    );
  }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function isBelow(root: string, folder: string): boolean {
  if (folder === '') return true;
  try {
    const real = realpathSync.native(join(root, folder));
    const realRoot = realpathSync.native(root);
    return real === realRoot || real.startsWith(`${realRoot}${sep}`);
  } catch {
    // A folder that is not there leads nowhere; reading below it finds nothing.
    return true;
  }
}

function outside(path: string): ReadError {
  return new ReadError(
    'outside',
    path,
    `\`${path}\` leads out of the repository, expected a file below its root.`,
  );
}

function tooLarge(path: string, size: number, maxBytes: number): ReadError {
  const found = (size / 1024 / 1024).toFixed(1);
  const most = (maxBytes / 1024 / 1024).toFixed(1);
  return new ReadError(
    'too-large',
    path,
    `\`${path}\` has ${found} MiB, expected at most ${most} MiB.`,
  );
}

/** An operating system's error code in words. */
export function describe(code: string | undefined): string {
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ELOOP') return 'its links go in a circle';
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'ENOTDIR') return 'it is no folder';
  return code ?? 'unknown error';
}
