import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Change } from '../../collectors/changes/schema.ts';
import { definePlugin, type Portal } from '../../plugins/types.ts';
import { feedFiles } from '../../site/feeds/feed-files.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
afterAll(() => browser.close());

interface ReadFeed {
  error: string | null;
  /** Required elements that are missing, after RFC 4287. */
  missing: string[];
  entries: { id: string; title: string; summary: string; link: string; updated: string }[];
}

/** Reads a feed with the browser's own XML parser. */
function parse(text: string): Promise<ReadFeed> {
  return page.evaluate((xml) => {
    const read = new DOMParser().parseFromString(xml, 'application/xml');
    const atom = 'http://www.w3.org/2005/Atom';
    function text(parent: Element, name: string): string {
      return parent.getElementsByTagNameNS(atom, name)[0]?.textContent ?? '';
    }
    function missingOf(parent: Element): string[] {
      return ['id', 'title', 'updated', 'link'].filter(
        (name) => ![...parent.children].some((child) => child.localName === name),
      );
    }
    const root = read.documentElement;
    const entries = [...root.getElementsByTagNameNS(atom, 'entry')];
    return {
      error: read.querySelector('parsererror')?.textContent ?? null,
      missing: [
        ...(root.localName === 'feed' && root.namespaceURI === atom ? [] : ['feed']),
        ...missingOf(root),
        ...(root.querySelector('author > name') ? [] : ['author']),
        ...entries.flatMap((entry) => missingOf(entry)),
      ],
      entries: entries.map((entry) => ({
        id: text(entry, 'id'),
        title: text(entry, 'title'),
        summary: text(entry, 'summary'),
        updated: text(entry, 'updated'),
        link: entry.getElementsByTagNameNS(atom, 'link')[0]?.getAttribute('href') ?? '',
      })),
    };
  }, text);
}

test('every feed of the demo is Atom, and every team and system has one', async () => {
  const dist = inject('dist');
  const files = fastGlob.sync('feeds/**/*.xml', { cwd: dist });

  expect(files).toContain('feeds/all.xml');
  expect(files).toContain('feeds/group/default/checkout.xml');
  expect(files.some((file) => file.startsWith('feeds/system/'))).toBe(true);
  for (const file of files) {
    const read = await parse(readFileSync(join(dist, file), 'utf8'));
    expect(read, file).toMatchObject({ error: null, missing: [] });
  }
});

test('pages name their feeds', async () => {
  await page.goto(`${inject('portal')}/catalog/default/group/checkout/`);
  const feeds = await page
    .locator('link[rel="alternate"][type="application/atom+xml"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!));

  expect(feeds).toEqual(['/feeds/group/default/checkout.xml', '/feeds/all.xml']);
  for (const feed of feeds) expect(existsSync(join(inject('dist'), feed))).toBe(true);
});

const stages = definePlugin({
  name: 'stages',
  title: 'Stages',
  topics: () => [
    {
      id: 'group/default/light',
      title: 'Light & <sound>',
      path: '/stages/light/',
      follows: new Set(['group:default/light', 'component:default/cellar']),
    },
  ],
});

function portalBelow(base: string): Portal {
  return {
    title: 'Acme',
    plugins: [stages],
    asOf: '2026-11-28T09:00:00Z',
    model: () => undefined,
    href: (path: string) => base + path.slice(1),
  } as unknown as Portal;
}

function change(id: string, values: Partial<Change>): Change {
  const at = '2026-11-28T10:00:00Z';
  return { id, at, plugin: 'stages', what: 'added', title: id, about: [], ...values };
}

const hostile = ']]><script>alert("1")</script>&amp;\u0000\u000b\ud800 \u202e\'é漢';

test('hostile text stays text, and addresses are absolute below the base', async () => {
  const changes = [
    change('a', { title: hostile, summary: hostile, path: '/stages/"><x y="/' }),
    change('b', { at: '2026-11-28T11:00:00Z', about: ['component:default/cellar'] }),
  ];
  const [all, light] = [
    ...feedFiles(portalBelow('/portal/'), changes, 'https://portal.acme.example'),
  ];

  const readAll = await parse(String(all?.body));
  const readLight = await parse(String(light?.body));

  expect(readAll).toMatchObject({ error: null, missing: [] });
  expect(readAll.entries.map(({ title }) => title)).toEqual([
    'b',
    ']]><script>alert("1")</script>&amp;\ufffd \u202e\'é漢',
  ]);
  expect(readAll.entries.map(({ link }) => link)).toEqual([
    'https://portal.acme.example/portal/',
    'https://portal.acme.example/portal/stages/%22%3E%3Cx%20y=%22/',
  ]);
  expect(readLight.entries.map(({ title }) => title)).toEqual(['b']);
  expect(light?.path).toBe('/feeds/group/default/light.xml');
  expect(readLight.entries[0]?.id).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('a feed without news is one all the same, and shows no more than the last hundred', async () => {
  const many = Array.from({ length: 130 }, (_, index) => change(String(index), {}));
  const [all, light] = [...feedFiles(portalBelow('/'), many, undefined)];

  expect((await parse(String(all?.body))).entries).toHaveLength(100);
  expect(await parse(String(light?.body))).toMatchObject({ error: null, missing: [], entries: [] });
});
