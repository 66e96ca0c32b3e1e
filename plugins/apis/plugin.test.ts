import { expect, test } from 'vitest';
import { memoryRepository } from '../../test/memory-repository.ts';
import type { CatalogEntity } from '../catalog/index.ts';
import type { ModelContext, ProblemInput } from '../types.ts';
import { apiFiles } from './api.ts';
import check from './checks.ts';
import buildApis from './model.ts';
import type { ApisOptions, ApisSnapshot } from './schema.ts';
import { searchRecords } from './search.ts';

const entityFile = `# ours
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: shop }
spec:
  type: openapi
  owner: us
  definition: `;

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  const problems: ProblemInput[] = [];
  const repository = memoryRepository(files);
  await check({ options: {}, repository, report: (problem) => problems.push(problem) });
  return problems.map(
    ({ code, at, entity }) => `${at?.file}:${at?.line}:${at?.column} ${code} ${entity}`,
  );
}

test('a problem stands in the file the definition was committed in', async () => {
  const definition = 'openapi: 3.0.0\ninfo:\n  title: T\n';
  const first = '---\nkind: Other\n---\n';
  const block = `${entityFile}|\n    openapi: 3.0.0\n    info:\n      title: T\n`;

  expect(
    await problemsOf({
      'catalog-info.yaml': `${entityFile}{ $text: ./apis/shop.yaml }`,
      'apis/shop.yaml': definition,
    }),
  ).toEqual(['apis/shop.yaml:3:3 apis/invalid api:default/shop']);
  expect(await problemsOf({ 'catalog-info.yaml': first + block })).toEqual([
    'catalog-info.yaml:14:undefined apis/invalid api:default/shop',
  ]);
  expect(
    await problemsOf({ 'catalog-info.yaml': `${entityFile}"openapi: 3.0.0\\ninfo: {title: T}"` }),
  ).toEqual(['catalog-info.yaml:8:undefined apis/invalid api:default/shop']);
});

test('what leads out of the repository is not read', async () => {
  expect(
    await problemsOf({ 'catalog-info.yaml': `${entityFile}{ $text: ../../etc/passwd }` }),
  ).toEqual([]);
});

test('operations are found by id, path and the names of fields', () => {
  const definition = `openapi: 3.0.0
info: { title: T, version: '1' }
paths:
  /a:
    get: { operationId: getA, summary: Gets, parameters: [{ name: page_size, in: query, schema: { type: integer } }] }`;
  const api: CatalogEntity = {
    ref: 'api:default/shop',
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: { name: 'shop', namespace: 'default' },
      spec: { type: 'openapi', definition },
    },
    title: 'Shop',
    path: '/catalog/default/api/shop/',
    origin: { source: '', repository: '', file: '', line: 1, column: 1 },
    raw: '',
    owner: undefined,
    isOwnerFromCodeOwners: false,
  };
  const catalog = {
    entities: [api],
    get: (ref: string) => (ref === api.ref ? api : undefined),
    ofKind: () => [api],
    related: () => [],
    ownedBy: () => [],
  };
  const apis = buildApis({ model: () => catalog, problems: [] } as unknown as ModelContext<
    ApisOptions,
    ApisSnapshot
  >);

  expect([...searchRecords(apis)]).toEqual([
    {
      url: '/catalog/default/api/shop/api/#geta',
      title: 'GET /a',
      type: 'API operation',
      summary: 'Gets',
      text: 'page_size',
      names: ['getA', '/a'],
      breadcrumb: ['APIs', 'Shop'],
      filters: { api: ['Shop'] },
      weight: 0.8,
    },
  ]);
  expect([...apiFiles(apis)][1]).toEqual({
    path: 'definitions/default/shop.yaml',
    body: definition,
  });
});
