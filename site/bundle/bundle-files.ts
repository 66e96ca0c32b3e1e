import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { engineDirectory } from '../directory.ts';
import { filesIn } from '../files-in.ts';

/** A file a bundle was made of: path from the engine's folder, size, time of its last change, hash of its content. */
export type BundledFile = [path: string, size: number, time: number, hash: string];

/** What decides how the code is bundled, besides the code. */
const settings = [
  'package.json',
  'package-lock.json',
  'site/astro.config.ts',
  'site/extensions-module.ts',
  'site/node-only.ts',
  'site/bundle',
];

/** Everything a bundle of these modules was made of. */
export function bundledFiles(modules: Iterable<string>): BundledFile[] {
  const given = [...settings, 'site/public', 'site/src/pages'].flatMap((path) => allIn(path));
  const all = new Set<string>();
  for (const id of modules) withNamed(id.replace(/\?.*$/, ''), all);
  return [...new Set([...given, ...all])].toSorted().map((path) => {
    const { size, mtimeMs } = statSync(path);
    return [relative(engineDirectory, path), size, mtimeMs, hashOf(path)];
  });
}

/** Whether the files are what they were. A fresh clone has new times: then the content decides. */
export function areUnchanged(files: readonly BundledFile[]): boolean {
  return files.every(([path, size, time, hash]) => {
    const file = resolve(engineDirectory, path);
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.size === size && (found.mtimeMs === time || hashOf(file) === hash);
  });
}

/** A folder stands for the files in it, and one that is not there for none. */
function allIn(path: string): string[] {
  const full = join(engineDirectory, path);
  if (!existsSync(full)) return [];
  return statSync(full).isFile() ? [full] : filesIn(full).map((name) => join(full, name));
}

/**
 * A file with those it names, which need not be among the bundler's modules: what a style sheet imports, a worker and what
 * that is made of. In packages, the lock file stands for them.
 */
function withNamed(path: string, known: Set<string>): Set<string> {
  if (known.has(path) || !isFile(path)) return known;
  known.add(path);
  const pattern = path.endsWith('.css') ? styleImport : codeImport;
  if (!/\.(css|m?[jt]sx?|astro)$/.test(path) || path.includes('/node_modules/')) return known;
  for (const [, name] of readFileSync(path, 'utf8').matchAll(pattern))
    withNamed(resolve(dirname(path), name!), known);
  return known;
}

const styleImport = /@import\s+(?:url\()?['"](\.[^'"]+)/g;
const codeImport = /(?:\bfrom|\bimport|\bimport\(|new URL\()\s*['"](\.[^'"]+)/g;

function isFile(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)
    ? statSync(path, { throwIfNoEntry: false })?.isFile() === true
    : false;
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22);
}
