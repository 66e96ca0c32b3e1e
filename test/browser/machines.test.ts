import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import { expect, inject, test } from 'vitest';

/** What programs read of the built demo: `/llms.txt` and the Markdown beside pages. */
const dist = inject('dist');

function read(path: string): string {
  return readFileSync(join(dist, path), 'utf8');
}

/** Addresses below the host that a Markdown text links to. */
function linksOf(markdown: string): string[] {
  return [...markdown.matchAll(/\]\((\/[^)\s]*)\)/g)].map(([, path]) => path!);
}

function isThere(path: string): boolean {
  const file = decodeURI(path.split(/[?#]/, 1)[0]!);
  return existsSync(join(dist, file.endsWith('/') ? `${file}index.html` : file));
}

test('llms.txt names lists, systems, teams, documentation and data, and nothing that is not there', () => {
  const text = read('llms.txt');
  const links = linksOf(text);

  expect(text).toMatch(/^# Marrowby\n\n> /);
  expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
    'Catalog',
    'Systems',
    'Teams',
    'Documentation',
    'Pages',
    'Data',
  ]);
  expect(links).toContain('/catalog/all/component/index.md');
  expect(links.filter((link) => !isThere(link))).toEqual([]);
});

test('every entity has a Markdown twin that says what its page says', () => {
  const text = read('catalog/default/component/checkout-api/index.md');

  expect(text).toMatch(/^# Checkout API\n\n`component:default\/checkout-api`, Component, /);
  expect(text).toContain('- Owner: [');
  expect(text).toContain('(/catalog/default/group/checkout/index.md)');
  expect(text).toMatch(/^- Health: /m);
});

test('twins link to what exists only', () => {
  const twins = fastGlob.sync('catalog/**/index.md', { cwd: dist });
  const dead = twins.flatMap((twin) =>
    linksOf(read(twin)).flatMap((link) => (isThere(link) ? [] : [`${twin} -> ${link}`])),
  );

  expect(twins.length).toBeGreaterThan(100);
  expect(dead).toEqual([]);
});

test('every page names its other forms, and they are there', () => {
  const pages = fastGlob.sync('{catalog,docs}/**/index.html', { cwd: dist });
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/<link rel="alternate"[^>]* href="([^"]*)"/g)].flatMap(([, href]) =>
      isThere(href!) ? [] : [`${page} -> ${href}`],
    ),
  );

  expect(read('catalog/default/component/checkout-api/index.html')).toContain(
    'href="/catalog/default/component/checkout-api/index.md"',
  );
  expect(dead).toEqual([]);
});
