import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Catalog, CatalogEntity } from '../catalog/index.ts';
import model, { type Docs } from './model.ts';
import { PageCache } from './render/cache.ts';
import type { DocsSite } from './schema.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-docs-model-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function site(entity: string, pages: DocsSite['pages']): DocsSite {
  return {
    entity,
    source: 'local',
    repository: 'acme/shop',
    title: 'Shop',
    docs: 'docs',
    asOf: '2026-11-01T00:00:00.000Z',
    dialect: { features: [], listIndent: 4, saneLists: false, fenceOptions: true, slugs: 'ascii' },
    nav: [],
    pages,
    assets: [],
    redirects: {},
  };
}

const guide = { path: 'guide.md', title: 'Guide', key: 'guide000', linksEntities: true };
const other = { path: 'index.md', title: 'Home', key: 'home0000' };

function docsOf(more: { sites?: DocsSite[]; entities?: string[] }): Docs {
  const entities = new Map(
    (more.entities ?? []).map((ref) => [ref, { ref, path: `/catalog/${ref}/` } as CatalogEntity]),
  );
  const catalog = { get: (ref: string) => entities.get(ref) } as unknown as Catalog;
  return model({
    data: {
      sites: [site('system:default/shop', [other, guide]), ...(more.sites ?? [])],
      aliases: [],
    },
    folder: join(folder, 'files'),
    cache: folder,
    model: <T>() => catalog as T,
  });
}

test.each([
  [
    'a page of its docs',
    'component:default/stock',
    'setup/',
    '/docs/default/component/stock/setup/',
  ],
  [
    'its docs, where there is no such page',
    'component:default/stock',
    'gone/',
    '/docs/default/component/stock/',
  ],
  [
    'its own page, where it has no docs',
    'component:default/bare',
    'setup/',
    '/catalog/component:default/bare/',
  ],
  ['nowhere, where there is no such entity', 'component:default/gone', '', undefined],
])('a link to an entity leads to %s', (_, ref, page, expected) => {
  const docs = docsOf({
    sites: [site('component:default/stock', [{ path: 'setup.md', title: 'Setup', key: 'set' }])],
    entities: ['component:default/stock', 'component:default/bare'],
  });

  expect(docs.entityAddress(ref, page)).toBe(expected);
});

test('a page that links to an entity is drawn again when that moves, and no other page is', () => {
  PageCache.open(folder, 'v1').write(guide.key, {
    html: '',
    meta: {
      links: [{ kind: 'entity', written: 'entity:bare', target: 'component:default/bare' }],
    } as never,
  });

  const [without, known] = [docsOf({}), docsOf({ entities: ['component:default/bare'] })];

  expect(without.stampOf(without.sites[0]!, guide)).not.toBe(known.stampOf(known.sites[0]!, guide));
  expect(without.stampOf(without.sites[0]!, other)).toBe(known.stampOf(known.sites[0]!, other));
});
