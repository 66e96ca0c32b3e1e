import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { areUnchanged, bundledFiles, type BundledFile } from './bundle-files.ts';

let folder: string;
let files: BundledFile[];
let style: string;
let imported: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-bundle-'));
  style = join(folder, 'page.css');
  imported = join(folder, 'tokens.css');
  writeFileSync(style, "@import './tokens.css';\nbody { margin: 0 }");
  writeFileSync(imported, ':root { --gap: 1px }');
  files = bundledFiles([`${style}?inline`, '\0virtual:nothing', 'virtual:callboard/extensions']);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a module, what its style sheet imports, and the engine decide', () => {
  const paths = files.map(([path]) => path.replaceAll('\\', '/'));

  expect(paths.filter((path) => path.endsWith('/page.css'))).toHaveLength(1);
  expect(paths.filter((path) => path.endsWith('/tokens.css'))).toHaveLength(1);
  expect(paths).toContain('package-lock.json');
  expect(paths).toContain('site/public/theme.js');
  expect(areUnchanged(files)).toBe(true);
});

test('a worker and what it imports decide too: the bundler makes those apart', () => {
  const page = join(folder, 'page.ts');
  writeFileSync(page, "new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });");
  writeFileSync(join(folder, 'worker.ts'), "import { answer } from './answer.ts';");
  writeFileSync(join(folder, 'answer.ts'), 'export const answer = 1;');
  const made = bundledFiles([page]);
  expect(areUnchanged(made)).toBe(true);

  writeFileSync(join(folder, 'answer.ts'), 'export const answer = 2;');

  expect(areUnchanged(made)).toBe(false);
});

test('another time alone, as in a fresh clone, changes nothing', () => {
  utimesSync(style, 1, 1);

  expect(areUnchanged(files)).toBe(true);
});

test.each([
  ['other content', () => writeFileSync(style, '@import "./tokens.css";\nbody { margin: 1 }')],
  ['other content of an imported file', () => writeFileSync(imported, ':root { --gap: 2px }')],
  ['a longer file', () => writeFileSync(style, 'body { margin: 0 }'.repeat(9))],
  ['a file that is gone', () => rmSync(imported)],
])('%s does', (_what, change) => {
  change();

  expect(areUnchanged(files)).toBe(false);
});
