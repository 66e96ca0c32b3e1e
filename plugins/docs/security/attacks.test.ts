import { fromHtml } from 'hast-util-from-html';
import { expect, test } from 'vitest';

import { fillPlaces } from '../fill-places.ts';
import { findAll } from '../markdown/present/find.ts';
import { linkSchemes } from '../markdown/sanitize.ts';
import type { DocsSite } from '../schema.ts';
import { dialectOf } from '../sites/mkdocs.ts';
import { sitePath } from '../sites/paths.ts';
import { renderPage } from '../render/render-page.ts';
import { allFeatures } from '../markdown/dialect.ts';
import { attacks } from './attacks.ts';

const forbidden = new Set(
  'script style link meta base object embed applet form button textarea select template noscript foreignobject use image animate set math-link frame frameset portal'.split(
    ' ',
  ),
);
const urls = [
  'href',
  'src',
  'srcSet',
  'xLinkHref',
  'poster',
  'cite',
  'formAction',
  'action',
  'data',
];
const ownClasses =
  /^(?:t-[a-z]|code|code-title|code-figure|line|marked|headerlink|diagram|mermaid|graph|katex|table-scroll|node|edge|doc-[a-z-]+)$/u;

const site = { viewBase: 'https://git.example/', assets: [] } as unknown as DocsSite;

test('there are at least eighty', () => {
  expect(new Set(attacks.map(([, markdown]) => markdown)).size).toBeGreaterThanOrEqual(80);
});

test.each(attacks)('%s', async (_name, markdown) => {
  const { html, meta } = await renderPage({
    text: `${markdown}\n`,
    path: 'guide/page.md',
    file: 'docs/guide/page.md',
    dialect: { ...dialectOf(undefined), features: allFeatures },
    includes: {},
    iframeHosts: ['video.example.org'],
    imageHosts: [],
  });

  // Read as a browser reads it, not as we meant it.
  const placed = fillPlaces(html, site, (ref, page) => `/docs/${sitePath(ref)}/${page}`);
  const found = findAll(fromHtml(placed, { fragment: true }), '*');
  expect(
    found.map(({ element }) => element.tagName.toLowerCase()).filter((tag) => forbidden.has(tag)),
  ).toEqual([]);
  for (const { element } of found) {
    const { properties, tagName } = element;
    for (const [name, value] of Object.entries(properties)) {
      expect(name, html).not.toMatch(/^on|^style$|^srcdoc$|^form|^name$/iu);
      if (urls.includes(name))
        expect(isSafe(String(value), tagName), `${name}=${String(value)}`).toBe(true);
    }
    for (const each of (properties['className'] ?? []) as string[]) {
      expect(isOurs(each), `class ${each}`).toBe(true);
    }
    if (tagName === 'iframe')
      expect(new URL(String(properties['src'])).host).toBe('video.example.org');
    if (tagName === 'input') expect(properties['type']).toBe('checkbox');
    expect(['__proto__', 'constructor', 'body', 'document']).not.toContain(
      String(properties['id'] ?? ''),
    );
  }
  if (/^---(?:js|coffee)/u.test(markdown)) expect(meta.title).toBeUndefined();
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

function isSafe(value: string, tagName: string): boolean {
  // What a browser drops before it reads the scheme.
  // oxlint-disable-next-line no-control-regex -- these are what attackers use
  const text = value.replace(/[\u0000-\u0020]/gu, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/iu.exec(text)?.[1]?.toLowerCase();
  if (!scheme) return true;
  if (scheme === 'data')
    return tagName === 'img' && /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/iu.test(text);
  return linkSchemes.includes(scheme);
}

function isOurs(name: string): boolean {
  return ownClasses.test(name) || !['header', 'palette', 'dialog', 'container'].includes(name);
}
