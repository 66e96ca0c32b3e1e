import { expect, test } from 'vitest';

import { entityDocs } from './entity-docs.ts';
import { healthOf, type PageFacts } from './health.ts';
import type { PageLink } from './markdown/present/links.ts';
import type { DocsPage, DocsSite } from './schema.ts';

function page(path: string, more: Partial<DocsPage> = {}): DocsPage {
  return { path, title: path, key: path, ...more };
}

function facts(links: PageLink[] = [], more: Partial<PageFacts> = {}): PageFacts {
  return { ids: ['setup'], links, notes: [], words: 10, ...more };
}

function site(pages: DocsPage[], more: Partial<DocsSite> = {}): DocsSite {
  return {
    entity: 'component:default/checkout',
    source: 'local',
    repository: 'acme/checkout',
    title: 'Checkout',
    docs: 'docs',
    asOf: '2026-11-01T00:00:00.000Z',
    dialect: { features: [], listIndent: 4, saneLists: false, fenceOptions: true, slugs: 'ascii' },
    nav: [{ title: 'Home', page: 'index.md' }],
    pages,
    assets: [{ path: 'a.png', bytes: 1 }],
    redirects: {},
    ...more,
  };
}

function check(data: DocsSite, pages: Record<string, PageFacts>, text = ''): string[] {
  return healthOf({
    site: data,
    facts: new Map(Object.entries(pages)),
    textOf: () => text,
    fileOf: ({ path }) => `docs/${path}`,
    entities: entityDocs({
      sites: [site([page('index.md'), page('guide/README.md')])],
      aliases: [],
      entities: ['component:default/checkout', 'component:default/stock'],
    }),
    staleAfterMonths: 12,
    now: new Date('2026-11-23'),
  }).map(({ code, message, at }) => `${at?.file}:${at?.line ?? '-'} ${code} ${message}`);
}

test.each<[PageLink, string[]]>([
  [{ kind: 'page', written: 'b.md', target: 'b.md' }, []],
  [{ kind: 'page', written: 'b.md#setup', target: 'b.md', anchor: 'setup' }, []],
  [{ kind: 'asset', written: 'a.png', target: 'a.png' }, []],
  [{ kind: 'external', written: 'https://example.com', target: 'https://example.com' }, []],
  [{ kind: 'repository', written: '../src', target: 'src' }, []],
  [{ kind: 'address', written: '../b/', target: 'b/' }, []],
  [
    { kind: 'page', written: 'c.md', target: 'c.md' },
    [
      'docs/index.md:2 docs/broken-link The link `c.md` leads to no page, expected one at `c.md` in the docs folder.',
    ],
  ],
  [
    { kind: 'page', written: 'b.md#set-up', target: 'b.md', anchor: 'set-up' },
    [
      'docs/index.md:- docs/broken-anchor The link `b.md#set-up` leads to no heading: `b.md` has none with the id `set-up`.',
    ],
  ],
  [
    { kind: 'asset', written: 'z.png', target: 'z.png' },
    [
      'docs/index.md:- docs/missing-image `z.png` does not exist, expected a file at `z.png` in the docs folder.',
    ],
  ],
  [
    {
      kind: 'entity',
      written: 'entity:checkout/x/guide',
      target: 'component:default/checkout',
      page: 'guide/',
    },
    [],
  ],
  [
    { kind: 'entity', written: 'entity:stock/x', target: 'component:default/stock', page: 'x/' },
    [],
  ],
  [
    { kind: 'entity', written: 'c.md', target: 'component:default/checkout', page: 'x/' },
    [
      'docs/index.md:2 docs/broken-link The link `c.md` leads to no page: the docs of `component:default/checkout` have none at `x/`.',
    ],
  ],
  [
    { kind: 'entity', written: 'c.md', target: 'component:default/chekout' },
    [
      'docs/index.md:2 docs/broken-link The link `c.md` leads to no entity: there is no `component:default/chekout` in the catalog.',
    ],
  ],
  [
    { kind: 'entity', written: 'entity:', target: '' },
    [
      'docs/index.md:- docs/broken-link The link `entity:` names no entity, expected `entity:<kind>:<namespace>/<name>`.',
    ],
  ],
  [
    { kind: 'outside', written: '../../../x', target: '../../../x' },
    ['docs/index.md:- docs/outside The link `../../../x` leaves the repository.'],
  ],
])('%j', (link, expected) => {
  const data = site([page('index.md'), page('b.md')], {
    nav: [
      { title: 'Home', page: 'index.md' },
      { title: 'B', page: 'b.md' },
    ],
  });

  expect(check(data, { 'index.md': facts([link]), 'b.md': facts() }, 'first\n[x](c.md)')).toEqual(
    expected,
  );
});

test('pages nobody finds, empty pages and old pages', () => {
  const data = site([
    page('index.md', { updated: '2024-01-01T00:00:00Z' }),
    page('lost.md'),
    page('hidden.md', { isHidden: true }),
  ]);

  expect(
    check(data, { 'index.md': facts(), 'lost.md': facts([], { words: 0 }), 'hidden.md': facts() }),
  ).toEqual([
    'docs/index.md:- docs/stale-page `index.md` has not changed since 2024-01-01, while the repository has.',
    'docs/lost.md:- docs/empty-page `lost.md` is empty.',
    'docs/lost.md:- docs/orphan-page Nothing leads to `lost.md`: it is not in `nav`, and no page links to it.',
  ]);
});

test('what is common to a site is told once', () => {
  const note = { code: 'docs/python-only', message: 'macros' };
  const data = site([page('index.md'), page('b.md')], {
    nav: [
      { title: 'Home', page: 'index.md' },
      { title: 'B', page: 'b.md' },
    ],
  });

  expect(
    check(data, { 'index.md': facts([], { notes: [note] }), 'b.md': facts([], { notes: [note] }) }),
  ).toEqual([
    'docs/index.md:- docs/python-only Pages use Jinja macros, which only Python can fill in; they are shown as written.',
  ]);
});
