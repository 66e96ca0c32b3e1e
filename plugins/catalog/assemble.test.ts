import { expect, test } from 'vitest';
import { memoryRepository } from '../../test/memory-repository.ts';
import type { ProblemInput, Repository, SourceState } from '../types.ts';
import collect from './collect.ts';
import model from './model.ts';
import type { CatalogOptions, CatalogSnapshot } from './schema.ts';

const header = 'apiVersion: backstage.io/v1alpha1\n';

function entity(kind: string, name: string, spec: object = {}, extra = ''): string {
  return `${header}kind: ${kind}\nmetadata:\n  name: ${name}\n${extra}spec: ${JSON.stringify(spec)}\n`;
}
function component(name: string, spec: object = {}): string {
  return entity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    owner: 'payments',
    ...spec,
  });
}
function group(name: string, spec: object = {}): string {
  return entity('Group', name, { type: 'team', children: [], ...spec });
}
const template = `apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata:\n  name: new-service\nspec: { type: service, steps: [] }\n`;

async function run(
  repositories: Repository[],
  more: {
    options?: CatalogOptions;
    sources?: SourceState[];
    previous?: CatalogSnapshot;
    previousProblems?: ProblemInput[];
  } = {},
): Promise<{ data: CatalogSnapshot; problems: ProblemInput[] }> {
  const problems: ProblemInput[] = [];
  const { data } = await collect({
    options: more.options ?? {},
    repositories,
    sources: more.sources ?? [{ id: 'local:test', state: 'fresh', asOf: '' }],
    previous: more.previous,
    previousProblems: (more.previousProblems ?? []) as never,
    report: (problem) => void problems.push(problem),
    progress() {},
    snapshot: () => undefined,
    folder: '',
    cache: '',
    workingDirectory: '',
    signal: new AbortController().signal,
  });
  return { data, problems };
}

function repository(name: string, ...documents: string[]): Repository {
  return memoryRepository({ 'catalog-info.yaml': documents.join('---\n') }, { name });
}

test('the first of two entities wins, and the other is told both places', async () => {
  const { data, problems } = await run([
    repository('a', group('payments'), component('checkout')),
    repository('b', component('Checkout', { owner: 'payments' })),
  ]);

  expect(data.entities.map(({ ref, origin }) => [ref, origin.repository])).toEqual([
    ['component:default/checkout', 'acme/a'],
    ['group:default/payments', 'acme/a'],
  ]);
  expect(problems).toEqual([
    {
      code: 'catalog/duplicate',
      message:
        '`component:default/checkout` is already defined as `checkout` (case does not count) in acme/a catalog-info.yaml:7, expected one definition. That one is shown, this one in acme/b catalog-info.yaml:1 is left out.',
      hint: 'Remove one of the two, or rename it.',
      at: { repository: 'acme/b', file: 'catalog-info.yaml', line: 1, column: 1 },
      entity: 'component:default/checkout',
      owner: 'group:default/payments',
    },
  ]);
});

test('a reference that leads nowhere is a problem of the entity that makes it', async () => {
  const { problems } = await run([
    repository('a', group('payments'), component('checkout', { dependsOn: ['resource:ledger'] })),
  ]);

  expect(problems).toEqual([
    {
      code: 'catalog/dangling-reference',
      message:
        '`spec.dependsOn.0` refers to `resource:ledger`, but there is no `resource:default/ledger` in the catalog.',
      hint: 'Correct the reference, or register the entity it means.',
      at: {
        repository: 'acme/a',
        file: 'catalog-info.yaml',
        line: 11,
        column: 82,
        path: 'spec.dependsOn.0',
      },
      entity: 'component:default/checkout',
      owner: 'group:default/payments',
    },
  ]);
});

test('CODEOWNERS gives a guess where an entity names no owner, which is still a problem', async () => {
  const files = {
    'catalog-info.yaml': [group('Platform-Team', {}), template]
      .join('---\n')
      .replace(
        '  name: Platform-Team\n',
        '  name: Platform-Team\n  annotations: { github.com/team-slug: acme/platform }\n',
      ),
    '.github/CODEOWNERS': '* @acme/everyone\n/catalog-info.yaml @ada @acme/platform\n',
  };

  const { data, problems } = await run([memoryRepository(files)]);

  const found = model({ data }).get('template:default/new-service');
  expect(found).toMatchObject({
    owner: 'group:default/platform-team',
    isOwnerFromCodeOwners: true,
  });
  expect(problems.map(({ code, message, owner }) => [code, message, owner])).toEqual([
    [
      'catalog/no-owner',
      'The Template names no owner, expected `spec.owner`; `group:default/platform-team` is shown, from CODEOWNERS.',
      'group:default/platform-team',
    ],
  ]);
});

test('a failed source keeps its entities and problems of the last good run', async () => {
  const first = await run([
    repository('a', group('payments'), component('checkout', { system: 'gone' })),
  ]);

  const { data, problems } = await run([], {
    sources: [{ id: 'local:test', state: 'failed', asOf: '' }],
    previous: first.data,
    previousProblems: first.problems,
  });

  expect(data).toEqual(first.data);
  expect(problems).toEqual(first.problems);
  expect(problems.length).toBe(1);
});

test('rules say which repository may register which kind', async () => {
  const rules = [{ allow: ['component'] }, { allow: ['Group'], repositories: ['acme/org*'] }];

  const { data, problems } = await run(
    [
      repository('org-data', group('payments')),
      repository('shop', group('admins'), component('checkout')),
    ],
    { options: { rules } },
  );

  expect(data.entities.map(({ ref }) => ref)).toEqual([
    'component:default/checkout',
    'group:default/payments',
  ]);
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    [
      'catalog/kind-not-allowed',
      "A Group may not be registered by acme/shop, by the portal's rules.",
    ],
  ]);
});

test('groups and components above themselves are reported once and harm nothing', async () => {
  const { data, problems } = await run([
    repository(
      'a',
      group('a', { parent: 'b' }),
      group('b', { parent: 'c' }),
      group('c', { parent: 'a' }),
      component('x', { owner: 'a', subcomponentOf: 'x' }),
    ),
  ]);
  const catalog = model({ data });

  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    [
      'catalog/cycle',
      '`spec.subcomponentOf` goes in a circle: `component:default/x` → `component:default/x`, expected an end.',
    ],
    [
      'catalog/cycle',
      '`spec.parent` goes in a circle: `group:default/a` → `group:default/b` → `group:default/c` → `group:default/a`, expected an end.',
    ],
  ]);
  expect(catalog.ownedBy('group:default/b', { descendants: true }).map(({ ref }) => ref)).toEqual([
    'component:default/x',
  ]);
});

test('every relation stands at both ends, also towards what does not exist', async () => {
  const { data } = await run([
    repository(
      'a',
      group('payments', { members: ['ada'] }),
      component('checkout', { providesApis: ['orders'], dependsOn: ['component:ledger'] }),
      component('ledger', { dependencyOf: ['component:checkout'] }),
    ),
  ]);
  const catalog = model({ data });

  expect(catalog.get('component:default/checkout')?.entity.relations).toEqual([
    { type: 'dependsOn', targetRef: 'component:default/ledger' },
    { type: 'ownedBy', targetRef: 'group:default/payments' },
    { type: 'providesApi', targetRef: 'api:default/orders' },
  ]);
  expect(catalog.get('group:default/payments')?.entity.relations).toEqual([
    { type: 'hasMember', targetRef: 'user:default/ada' },
    { type: 'ownerOf', targetRef: 'component:default/checkout' },
    { type: 'ownerOf', targetRef: 'component:default/ledger' },
  ]);
  expect(catalog.related('component:default/ledger', 'dependencyOf').map(({ ref }) => ref)).toEqual(
    ['component:default/checkout'],
  );
  expect(catalog.related('component:default/checkout', 'providesApi')).toEqual([]);
});

test('implicit annotations name the file on the web; view and edit addresses may be overridden', async () => {
  const about = {
    url: 'https://github.com/acme/shop',
    branch: 'main',
    catalogFiles: ['svc/*.yaml'],
  };
  const own = entity(
    'System',
    'b',
    { owner: 'x' },
    '  annotations: { backstage.io/view-url: https://example.com }\n',
  );
  const files = { 'svc/a b.yaml': entity('System', 'a', { owner: 'x' }), 'svc/b.yaml': own };

  const { data } = await run([memoryRepository(files, about)]);

  const root = 'https://github.com/acme/shop';
  expect(data.entities.map(({ entity }) => entity.metadata.annotations)).toEqual([
    {
      'backstage.io/managed-by-location': `url:${root}/blob/main/svc/a%20b.yaml`,
      'backstage.io/managed-by-origin-location': `url:${root}/blob/main/svc/a%20b.yaml`,
      'backstage.io/source-location': `url:${root}/tree/main/svc/`,
      'backstage.io/view-url': `${root}/blob/main/svc/a%20b.yaml`,
      'backstage.io/edit-url': `${root}/edit/main/svc/a%20b.yaml`,
    },
    {
      'backstage.io/managed-by-location': `url:${root}/blob/main/svc/b.yaml`,
      'backstage.io/managed-by-origin-location': `url:${root}/blob/main/svc/b.yaml`,
      'backstage.io/source-location': `url:${root}/tree/main/svc/`,
      'backstage.io/view-url': 'https://example.com',
      'backstage.io/edit-url': `${root}/edit/main/svc/b.yaml`,
    },
  ]);
});
