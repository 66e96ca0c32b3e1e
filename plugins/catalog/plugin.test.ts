import { expect, test } from 'vitest';
import { memoryRepository } from '../../test/memory-repository.ts';
import type { Portal, ProblemInput } from '../types.ts';
import { apiFiles } from './api.ts';
import { assemble } from './assemble.ts';
import check from './checks.ts';
import model from './model.ts';
import { problems as table } from './problems.ts';
import { readRepository } from './read-repository.ts';
import { CatalogSnapshot } from './schema.ts';
import { searchRecords } from './search.ts';

const files = {
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: payments, title: Payments }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: Shop, namespace: web, title: 東京 🛒, description: Sells., tags: [java] }
spec: { owner: default/payments, type: product }
`,
};

async function catalog() {
  const reading = await readRepository(memoryRepository(files));
  const entities = assemble([{ reading }], {}, () => {});
  const data = CatalogSnapshot.parse(JSON.parse(JSON.stringify({ entities, repositories: [] })));
  return model({ data });
}

test('search finds an entity by its names and narrows by its facets', async () => {
  expect([...searchRecords(await catalog())][1]).toEqual({
    url: '/catalog/web/system/shop/',
    title: '東京 🛒',
    type: 'System',
    summary: 'Sells.',
    names: ['Shop', 'shop', 'system:web/shop', 'web/shop'],
    breadcrumb: ['Catalog', 'System'],
    filters: {
      kind: ['System'],
      namespace: ['web'],
      type: ['product'],
      owner: ['Payments'],
      tag: ['java'],
    },
  });
});

test('the API holds summaries and each entity as Backstage returns it', async () => {
  const entities = await catalog();
  const portal = { model: () => entities, problems: [], factsFor: () => [] } as unknown as Portal;
  const written = [...apiFiles(entities, portal)];

  expect(written.map(({ path }) => path)).toEqual([
    'entities.json',
    'teams.json',
    'graph.json',
    'entities/by-name/group/default/payments.json',
    'entities/by-name/system/web/shop.json',
  ]);
  expect(JSON.parse(String(written.at(-1)!.body))).toEqual({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: {
      name: 'Shop',
      namespace: 'web',
      title: '東京 🛒',
      description: 'Sells.',
      tags: ['java'],
      annotations: {
        'backstage.io/managed-by-location': 'file:acme/shop/catalog-info.yaml',
        'backstage.io/managed-by-origin-location': 'file:acme/shop/catalog-info.yaml',
      },
    },
    spec: { owner: 'default/payments', type: 'product' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
  });
});

test('check reports what one repository alone can tell, and nothing that needs the others', async () => {
  const text = files['catalog-info.yaml'];
  const repository = memoryRepository({
    'catalog-info.yaml': `${text}---\n${text}`,
  });
  const found: ProblemInput[] = [];

  await check({ options: {}, repository, report: (problem) => void found.push(problem) });

  expect(found.map(({ code, at, message }) => [code, at?.line, message])).toEqual([
    [
      'catalog/duplicate',
      11,
      '`group:default/payments` is already defined in catalog-info.yaml:1, expected one definition.',
    ],
    [
      'catalog/duplicate',
      16,
      '`system:web/shop` is already defined in catalog-info.yaml:6, expected one definition.',
    ],
  ]);
});

test('every code the catalog reports is in its table', async () => {
  const sources = ['assemble', 'checks', 'cycles', 'locations', 'read-entity', 'read-repository'];
  const { readFile } = await import('node:fs/promises');
  const texts = await Promise.all(
    [...sources, 'documents'].map((name) =>
      readFile(new URL(`${name}.ts`, import.meta.url), 'utf8'),
    ),
  );

  const codes = new Set<string>();
  for (const text of texts) {
    for (const [, code] of text.matchAll(/'(catalog\/[a-z-]+)'/g)) codes.add(code!);
    for (const [, code] of text.matchAll(/(?:report\(\s*|code: )'([a-z-]+)'/g))
      codes.add(`catalog/${code}`);
  }

  expect([...codes].sort()).toEqual(Object.keys(table).sort());
});
