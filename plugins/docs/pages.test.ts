import { expect, test } from 'vitest';

import type { Docs, Site } from './model.ts';
import { readerPages, type ReaderItem } from './pages.ts';
import type { DocsPage } from './schema.ts';

function docsOf(paths: string[], redirects: Record<string, string> = {}): Docs {
  const order: DocsPage[] = paths.map((path) => ({ path, title: path, key: path }));
  const site = {
    path: '/docs/default/component/shop/',
    order,
    trails: new Map(),
    data: { entity: 'component:default/shop', title: 'Shop', pages: order, redirects },
  } as unknown as Site;
  return { sites: [site], aliases: [], stampOf: () => '' } as unknown as Docs;
}

function itemAt(docs: Docs, page: string | undefined): unknown {
  return [...readerPages(docs)].find(({ params }) => params['page'] === page)?.item;
}

test.each<[string, Docs, Partial<ReaderItem>]>([
  ['its first page', docsOf(['guide.md', 'index.md']), { kind: 'page', path: 'index.md' }],
  [
    'the page it begins with, where it has no first one',
    docsOf(['guide/start.md', 'z.md']),
    { kind: 'redirect', target: '/docs/default/component/shop/guide/start/' },
  ],
  [
    'where it moved',
    docsOf(['a.md', 'z.md'], { 'index.md': 'z.md' }),
    { kind: 'redirect', target: '/docs/default/component/shop/z/' },
  ],
])('the address of a site shows %s', (_, docs, expected) => {
  expect(itemAt(docs, undefined)).toMatchObject(expected);
});
