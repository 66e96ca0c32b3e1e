import { createHash } from 'node:crypto';
import type { FileList } from '../src/offline/store.ts';
import type { FileTree } from './file-list.ts';

/** What the worker keeps for everyone: the pages that lead on, what they load, and what search begins with. */
const roots = [
  'index.html',
  'offline/index.html',
  'search/index.html',
  '404.html',
  'theme.js',
  'favicon.svg',
  'api/status.json',
  'search/index.json',
];
/** What names are found with. Texts come as they are asked for. */
const names = /^search\/files\/(rows|names|words)-/;

/** The part of all files that is kept without asking. */
export function shellOf(tree: FileTree, all: FileList): FileList {
  const assets = new Map(
    Object.keys(all.files).flatMap((path) => {
      return path.startsWith('_assets/') ? [[path.slice('_assets/'.length), path] as const] : [];
    }),
  );
  const paths = new Set([
    ...roots.filter((path) => path in all.files),
    ...Object.keys(all.files).filter((path) => names.test(path)),
  ]);
  for (const path of paths) {
    if (!/\.(html|js|css)$/.test(path)) continue;
    for (const asset of assetsNamedIn(tree.read(path).toString(), assets)) {
      paths.add(asset);
    }
  }
  const files = Object.fromEntries([...paths].toSorted().map((path) => [path, all.files[path]!]));
  const bytes = Object.values(files).reduce((sum, [, size]) => sum + size, 0);
  const version = createHash('sha256').update(JSON.stringify(files)).digest('base64url');
  return { version: version.slice(0, 16), bytes, files };
}

/** Whatever in a text looks like the name of a built file and is one: imports, styles, fonts, islands, workers. */
function assetsNamedIn(text: string, assets: ReadonlyMap<string, string>): string[] {
  return [...text.matchAll(/[\w.~@-]+\.(?:js|css|woff2|svg|wasm)\b/g)].flatMap(
    ([name]) => assets.get(name) ?? [],
  );
}
