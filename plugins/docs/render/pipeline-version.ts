import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
let known: string | undefined;

/** Changes whenever a page could come out differently: our own code, or a library that makes HTML. */
export function pipelineVersion(): string {
  if (known) return known;
  const hash = createHash('sha256');
  for (const folder of ['markdown', 'render', 'sites']) addFolder(join(root, folder));
  for (const name of ['shiki', 'katex', 'gemoji', 'hast-util-raw', 'hast-util-sanitize']) {
    hash.update(versionOf(name));
  }
  known = hash.digest('hex').slice(0, 16);
  return known;

  function addFolder(folder: string): void {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) addFolder(path);
      else if (name.endsWith('.ts') && !name.endsWith('.test.ts')) hash.update(readFileSync(path));
    }
  }
}

function versionOf(name: string): string {
  const entry = require.resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(`/node_modules/${name}/`) + 14 + name.length);
  return readFileSync(join(folder, 'package.json'), 'utf8').match(/"version": *"([^"]*)"/u)![1]!;
}
