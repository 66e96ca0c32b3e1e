import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import fastGlob from 'fast-glob';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

function pluginNames(): string[] {
  return readdirSync(join(root, 'plugins')).filter(
    (name) => !name.startsWith('_') && statSync(join(root, 'plugins', name)).isDirectory(),
  );
}

test('the shell knows no plugin by name', () => {
  // `docs` is also a field of the contract: the page that explains a problem.
  const names = new RegExp(`(?<!problem\\.)\\b(${pluginNames().join('|')})\\b`, 'i');
  const files = fastGlob.sync('site/**/*', { cwd: root });

  const found = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (names.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );

  expect(files.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

test('the plugin contract fits on a few screens', () => {
  expect(
    readFileSync(join(root, 'plugins/types.ts'), 'utf8').split('\n').length,
  ).toBeLessThanOrEqual(250);
});

test('every plugin says where each of its parts runs', () => {
  for (const name of pluginNames()) {
    const files = readdirSync(join(root, 'plugins', name));
    expect(files, name).toEqual(expect.arrayContaining(['plugin.ts', 'readme.md']));
  }
});

test('files are named in kebab-case, components in PascalCase, and none is a catch-all', () => {
  const files = fastGlob.sync('{collectors,plugins,site,ui,test}/**/*.{ts,tsx,astro,mjs}', {
    cwd: root,
    ignore: ['**/fixtures/**', 'site/src/pages/**', '**/vendor/**'],
  });

  const odd = files.filter((file) => {
    const name = relative(join(file, '..'), file);
    if (/(^|[-.])(utils?|helpers?|manager|misc|common)([-.]|$)/.test(name)) return true;
    if (name.endsWith('.astro'))
      return !/^[A-Z][A-Za-z0-9]*\.astro$/.test(name) && !file.includes('/pages/');
    return !/^(_?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*|[A-Z][A-Za-z0-9]*)\.(ts|tsx|mjs|d\.ts)$/.test(
      name,
    );
  });

  expect(odd).toEqual([]);
});

test('plugin.ts runs everywhere: it imports types and data, and the rest only when asked', () => {
  const heavy =
    /^import (?!type\b)[^;]*'\.\/[^']*(\.astro|\.tsx|\/|collect\.ts|model\.ts|checks\.ts|commands\.ts)'/m;

  for (const name of ['_template', ...pluginNames()]) {
    expect(readFileSync(join(root, 'plugins', name, 'plugin.ts'), 'utf8'), name).not.toMatch(heavy);
  }
});
